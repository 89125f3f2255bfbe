package de.stadtkern.sensorthings;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What bodies look like: of each entity four, because what is read, made, changed and linked to is not the same.
///
/// | schema | where |
/// |---|---|
/// | `Thing` | answers |
/// | `NewThing` | POST: mandatory properties, relations as links or as new entities |
/// | `ThingChange` | PATCH: what is to change, relations as links |
/// | `WholeThing` | PUT: the same with what is mandatory |
/// | `Link` | an entity that is there already |
final class OpenApiSchemas {

    private final ObjectNode schemas = EntityBody.MAPPER.createObjectNode();

    private OpenApiSchemas() {}

    static ObjectNode of(List<EntityModel> entities) {
        OpenApiSchemas all = new OpenApiSchemas();
        for (EntityModel entity : entities) {
            all.read(entity);
            all.made(entity);
            all.changed(entity);
            all.whole(entity);
        }
        all.link();
        all.unit();
        all.summaries();
        all.dataArrays();
        all.jsonPatch();
        all.batch();
        all.problem();
        return all.schemas;
    }

    static ObjectNode reference(String schema) {
        return EntityBody.MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    }

    static ObjectNode arrayOf(ObjectNode items) {
        ObjectNode array = EntityBody.MAPPER.createObjectNode().put("type", "array");
        array.set("items", items);
        return array;
    }

    private static ObjectNode typed(String type) {
        return EntityBody.MAPPER.createObjectNode().put("type", type);
    }

    private ObjectNode object(String name, String description) {
        ObjectNode schema = schemas.putObject(name).put("type", "object").put("description", description);
        schema.putObject("properties");
        return schema;
    }

    private static ObjectNode properties(ObjectNode schema) {
        return (ObjectNode) schema.get("properties");
    }

    private static void require(ObjectNode schema, EntityModel entity) {
        ArrayNode required = schema.putArray("required");
        entity.parts().stream().filter(EntityModel.Part::isMandatory).forEach(part -> required.add(part.name()));
    }

    /// Nothing is required: `$select` leaves out what it likes.
    private void read(EntityModel entity) {
        ObjectNode schema = object(entity.name(), "As it is answered; $select and $resultMetadata leave things out.");
        ObjectNode properties = properties(schema);
        properties.set("@iot.id", id());
        properties.putObject("@iot.selfLink").put("type", "string").put("format", "uri");
        for (EntityModel.Part part : entity.parts()) {
            properties.set(part.name(), value(part.sort(), part.isNullable()));
        }
        for (EntityModel.Way way : entity.ways()) {
            properties
                    .putObject(way.name() + "@iot.navigationLink")
                    .put("type", "string")
                    .put("format", "uri");
            expanded(properties, way.name(), way.target(), way.isToMany());
        }
        for (EntityModel.Way way : entity.shortcuts()) {
            expanded(properties, way.name(), way.target(), way.isToMany());
        }
        schema.put("additionalProperties", false);
    }

    private static void expanded(ObjectNode properties, String name, String target, boolean isToMany) {
        if (isToMany) {
            properties.set(name, arrayOf(reference(target)));
            properties.set(name + "@iot.count", typed("integer"));
            properties.putObject(name + "@iot.nextLink").put("type", "string").put("format", "uri");
        } else {
            properties.putObject(name).putArray("oneOf").add(reference(target)).add(typed("null"));
        }
    }

    private void made(EntityModel entity) {
        ObjectNode schema = object("New" + entity.name(), needs(entity));
        require(schema, entity);
        written(schema, entity);
        for (EntityModel.Way way : entity.ways()) {
            ObjectNode one = EntityBody.MAPPER.createObjectNode();
            one.putArray("anyOf").add(reference("Link")).add(reference("New" + way.target()));
            properties(schema).set(way.name(), way.isToMany() ? arrayOf(one) : one);
        }
    }

    private static String needs(EntityModel entity) {
        List<String> ways = entity.ways().stream()
                .filter(EntityModel.Way::isMandatory)
                .map(EntityModel.Way::name)
                .toList();
        return ways.isEmpty()
                ? "A new " + entity.name() + "."
                : "A new %s. It needs %s, in the body or by the address it is posted to."
                        .formatted(entity.name(), String.join(", ", ways));
    }

    private void changed(EntityModel entity) {
        ObjectNode schema = object(entity.name() + "Change", "What is to change; the rest stays as it is.");
        written(schema, entity);
        for (EntityModel.Way way : entity.ways()) {
            properties(schema).set(way.name(), way.isToMany() ? arrayOf(reference("Link")) : reference("Link"));
        }
    }

    private void whole(EntityModel entity) {
        ObjectNode schema = schemas.putObject("Whole" + entity.name())
                .put("description", "All of it: what is left out goes away, relations stay.");
        ObjectNode mandatory = EntityBody.MAPPER.createObjectNode();
        require(mandatory, entity);
        schema.putArray("allOf").add(reference(entity.name() + "Change")).add(mandatory);
    }

    /// Unknown names are refused; annotations and what the service keeps are taken and mean nothing, so that what was
    /// read can be sent back.
    private static void written(ObjectNode schema, EntityModel entity) {
        for (EntityModel.Part part : entity.parts()) {
            ObjectNode value = value(part.sort(), !part.isMandatory() && !part.isComputed());
            if (part.isComputed()) {
                value = EntityBody.MAPPER
                        .createObjectNode()
                        .put("readOnly", true)
                        .put("description", "Kept by the service, ignored here.");
            }
            properties(schema).set(part.name(), value);
        }
        schema.putObject("patternProperties").putObject("@iot\\.").put("description", "Ignored.");
        schema.put("additionalProperties", false);
    }

    private static ObjectNode id() {
        return typed("integer").put("format", "int64");
    }

    private static ObjectNode value(EntityModel.Sort sort, boolean isNullable) {
        ObjectNode value = EntityBody.MAPPER.createObjectNode();
        switch (sort) {
            case TEXT -> type(value, "string", isNullable);
            case ANY -> value.put("description", "Any JSON.");
            case OBJECT -> type(value, "object", isNullable);
            case TEXTS -> {
                type(value, "array", isNullable);
                value.set("items", typed("string"));
            }
            case UNIT -> value.setAll(reference("UnitOfMeasurement"));
            case UNITS -> {
                type(value, "array", isNullable);
                value.set("items", reference("UnitOfMeasurement"));
            }
            case MOMENT -> {
                type(value, "string", isNullable);
                value.put("format", "date-time");
            }
            case PERIOD -> {
                type(value, "string", isNullable);
                value.put("description", "A moment, or its beginning and end with a slash.");
            }
        }
        return value;
    }

    private static void type(ObjectNode schema, String type, boolean isNullable) {
        if (isNullable) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
    }

    private void link() {
        ObjectNode link =
                object("Link", "An entity that is there already; in a batch also the one a request made, as $ID.");
        ObjectNode id = properties(link).putObject("@iot.id");
        id.putArray("oneOf")
                .add(id())
                .add(typed("string").put("pattern", "^\\$").put("description", "Only inside of a batch."));
        link.putArray("required").add("@iot.id");
        link.put("additionalProperties", false);
    }

    private void unit() {
        ObjectNode unit = object("UnitOfMeasurement", "Null where there is no unit.");
        for (String part : List.of("name", "symbol", "definition")) {
            type(properties(unit).putObject(part), "string", true);
        }
        unit.putArray("required").add("name").add("symbol").add("definition");
    }

    private void summaries() {
        ObjectNode groups = object(
                "Summaries", "The answer of $apply: a row for each group, its members as the question names them.");
        ObjectNode row = typed("object");
        row.put("additionalProperties", true);
        properties(groups).set("value", arrayOf(row));
    }

    private void dataArrays() {
        ObjectNode array = object("NewDataArray", "Values of one Datastream; 'dataArray' comes last.");
        for (String owner : List.of("Datastream", "MultiDatastream")) {
            properties(array).set(owner, reference("Link"));
        }
        ObjectNode components = arrayOf(typed("string"));
        ((ObjectNode) components.get("items"))
                .putArray("enum")
                .add("phenomenonTime")
                .add("resultTime")
                .add("result")
                .add("resultQuality")
                .add("validTime")
                .add("parameters")
                .add("FeatureOfInterest/id");
        properties(array).set("components", components);
        properties(array).set("dataArray@iot.count", typed("integer"));
        properties(array).set("dataArray", arrayOf(typed("array")));
        array.putArray("required").add("components").add("dataArray");
    }

    private void jsonPatch() {
        ObjectNode operation = object("JsonPatchOperation", "RFC 6902.");
        properties(operation)
                .putObject("op")
                .putArray("enum")
                .add("add")
                .add("remove")
                .add("replace")
                .add("move")
                .add("copy")
                .add("test");
        properties(operation).set("path", typed("string"));
        properties(operation).set("from", typed("string"));
        properties(operation).putObject("value");
        operation.putArray("required").add("op").add("path");
    }

    private void batch() {
        ObjectNode request = object("BatchRequest", "One request; later ones call what it made $ID.");
        for (String name : List.of("id", "method", "url", "atomicityGroup")) {
            properties(request).set(name, typed("string"));
        }
        properties(request).set("headers", typed("object"));
        properties(request).putObject("body");
        request.putArray("required").add("method").add("url");
        ObjectNode batch =
                object("Batch", "Requests in their order; those of one atomicityGroup happen all or not at all.");
        properties(batch).set("requests", arrayOf(reference("BatchRequest")));
        batch.putArray("required").add("requests");
        ObjectNode response = object("BatchResponse", "The answer to the request of that id.");
        properties(response).set("id", typed("string"));
        properties(response).set("status", typed("integer"));
        properties(response).set("headers", typed("object"));
        properties(response).putObject("body");
        properties(object("BatchAnswer", "An answer for each request."))
                .set("responses", arrayOf(reference("BatchResponse")));
    }

    private void problem() {
        ObjectNode problem =
                object("Problem", "What is wrong, for people (detail) and programs (type and further members).");
        for (String part : List.of("type", "title", "detail", "message")) {
            properties(problem).set(part, typed("string"));
        }
        properties(problem).set("status", typed("integer"));
        properties(problem).set("code", typed("integer"));
    }
}
