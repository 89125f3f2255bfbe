package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The root of the service: its entity sets, and what it can. A requirement stands here only if all of it holds.
final class LandingPage {

    private static final String REQUIREMENT = "http://www.opengis.net/spec/iot_sensing/1.1/req/";
    private static final String LIMITS = "urn:stadtkern:sensorthings:limits";

    /// `docs/conformance.md` names the test behind each.
    static final List<String> CONFORMANCE = List.of(
            "datamodel/entity-control-information/common-control-information",
            "datamodel/thing/properties",
            "datamodel/thing/relations",
            "datamodel/location/properties",
            "datamodel/location/relations",
            "datamodel/historical-location/properties",
            "datamodel/historical-location/relations",
            "datamodel/datastream/properties",
            "datamodel/datastream/relations",
            "datamodel/sensor/properties",
            "datamodel/sensor/relations",
            "datamodel/observed-property/properties",
            "datamodel/observed-property/relations",
            "datamodel/observation/properties",
            "datamodel/observation/relations",
            "datamodel/feature-of-interest/properties",
            "datamodel/feature-of-interest/relations",
            "resource-path/resource-path-to-entities",
            "request-data/order",
            "request-data/status-code",
            "request-data/query-status-code",
            "request-data/expand",
            "request-data/select",
            "request-data/orderby",
            "request-data/top",
            "request-data/skip",
            "request-data/count",
            "request-data/filter",
            "request-data/built-in-filter-operations",
            "request-data/built-in-query-functions",
            "request-data/pagination",
            "create-update-delete/create-entity",
            "create-update-delete/link-to-existing-entities",
            "create-update-delete/deep-insert",
            "create-update-delete/deep-insert-status-code",
            "create-update-delete/update-entity",
            "create-update-delete/update-entity-put",
            "create-update-delete/update-entity-jsonpatch",
            "create-update-delete/delete-entity",
            "create-update-delete/historical-location-auto-creation",
            "create-update-delete/historical-location-manual-creation",
            "batch-request/batch-request",
            "data-array/data-array",
            "create-observations-via-mqtt/observations-creation",
            "receive-updates-via-mqtt/receive-updates");

    private LandingPage() {}

    /// @param mqtt where it can be reached over MQTT; empty for nowhere
    static byte[] of(String root, SensorThingsProperties limits, List<String> mqtt) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("value");
            for (EntityType type : EntityType.values()) {
                json.writeStartObject();
                json.writeStringProperty("name", type.set());
                json.writeStringProperty("url", root + type.set());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("serverSettings");
            json.writeArrayPropertyStart("conformance");
            CONFORMANCE.stream()
                    .filter(requirement -> !mqtt.isEmpty() || !isOverMqtt(requirement))
                    .forEach(requirement -> json.writeString(REQUIREMENT + requirement));
            json.writeEndArray();
            if (!mqtt.isEmpty()) {
                writeEndpoints(json, mqtt);
            }
            writeLimits(json, limits);
            json.writeEndObject();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static boolean isOverMqtt(String requirement) {
        return requirement.contains("-via-mqtt/");
    }

    /// OGC 18-088, chapter 14.
    private static void writeEndpoints(JsonGenerator json, List<String> mqtt) {
        for (String requirement : CONFORMANCE) {
            if (isOverMqtt(requirement)) {
                json.writeObjectPropertyStart(REQUIREMENT + requirement);
                json.writeArrayPropertyStart("endpoints");
                mqtt.forEach(json::writeString);
                json.writeEndArray();
                json.writeEndObject();
            }
        }
    }

    private static void writeLimits(JsonGenerator json, SensorThingsProperties limits) {
        json.writeObjectPropertyStart(LIMITS);
        json.writeNumberProperty("defaultPage", limits.defaultPage());
        json.writeNumberProperty("largestPage", limits.largestPage());
        json.writeNumberProperty("answerBytes", limits.largestAnswer().toBytes());
        json.writeNumberProperty("entityBytes", RequestBody.ENTITY_BYTES);
        json.writeNumberProperty("createObservationsBytes", RequestBody.OBSERVATIONS_BYTES);
        json.writeEndObject();
    }
}
