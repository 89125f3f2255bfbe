package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Each entity of the standard shows its properties and leads to those it is related to. The tests only read, so they
/// share one town.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatamodelTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeAll
    void oneOfEach() {
        sta = new SensorThingsScenario(context, port);
        long datastream = sta.datastream("Markt");
        sta.create("/Datastreams(" + datastream + ")/Observations", """
            {"phenomenonTime":"2025-06-01T09:00:00Z/2025-06-01T10:00:00Z","resultTime":"2025-06-01T10:00:01Z","result":7,
             "validTime":"2025-06-01T09:00:00Z/2025-06-02T09:00:00Z","parameters":{"lane":2},"resultQuality":{"q":"good"}}
            """);
        for (String path : new String[] {
            "/Sensors(1)", "/ObservedProperties(1)", "/Locations(1)", "/FeaturesOfInterest(1)", "/Datastreams(1)"
        }) {
            sta.patch(path, "{\"properties\":{\"a\":1}}");
        }
    }

    /// Names of the properties and relations of the first of a set: `name, … | Datastreams, …`.
    private String members(String set) {
        JsonNode entity = sta.json("/" + set + "?$top=1").get("value").get(0);
        StringBuilder properties = new StringBuilder();
        StringBuilder relations = new StringBuilder();
        for (String name : entity.propertyNames()) {
            if (name.endsWith("@iot.navigationLink")) {
                String relation = name.substring(0, name.indexOf('@'));
                String link = entity.get(name).asString();
                assertThat(sta.get(link.substring(link.indexOf("/v1.1/") + 5)).statusCode())
                        .as(link)
                        .isEqualTo(200);
                relations.append(relations.isEmpty() ? "" : ", ").append(relation);
            } else if (!name.startsWith("@iot.")) {
                properties.append(properties.isEmpty() ? "" : ", ").append(name);
            }
        }
        return properties + " | " + relations;
    }

    @Test
    @Requirement({"datamodel/thing/properties", "datamodel/thing/relations"})
    void aThing() {
        assertThat(members("Things"))
                .isEqualTo("name, description, properties | Locations, HistoricalLocations, Datastreams,"
                        + " MultiDatastreams");
    }

    @Test
    @Requirement({"datamodel/location/properties", "datamodel/location/relations"})
    void aLocation() {
        assertThat(members("Locations"))
                .isEqualTo("name, description, encodingType, location, properties | Things, HistoricalLocations");
    }

    @Test
    @Requirement({"datamodel/historical-location/properties", "datamodel/historical-location/relations"})
    void aHistoricalLocation() {
        assertThat(members("HistoricalLocations")).isEqualTo("time | Thing, Locations");
    }

    @Test
    @Requirement({"datamodel/datastream/properties", "datamodel/datastream/relations"})
    void aDatastream() {
        assertThat(members("Datastreams"))
                .isEqualTo("name, description, observationType, unitOfMeasurement, observedArea, phenomenonTime,"
                        + " resultTime, properties | Thing, Sensor, ObservedProperty, Observations");
    }

    @Test
    @Requirement({"datamodel/sensor/properties", "datamodel/sensor/relations"})
    void aSensor() {
        assertThat(members("Sensors"))
                .isEqualTo("name, description, encodingType, metadata, properties | Datastreams, MultiDatastreams");
    }

    @Test
    @Requirement({"datamodel/observed-property/properties", "datamodel/observed-property/relations"})
    void anObservedProperty() {
        assertThat(members("ObservedProperties"))
                .isEqualTo("name, definition, description, properties | Datastreams, MultiDatastreams");
    }

    @Test
    @Requirement({"datamodel/observation/properties", "datamodel/observation/relations"})
    void anObservation() {
        assertThat(members("Observations"))
                .isEqualTo("phenomenonTime, resultTime, result, resultQuality, validTime, parameters | Datastream,"
                        + " FeatureOfInterest");
    }

    @Test
    @Requirement({"datamodel/feature-of-interest/properties", "datamodel/feature-of-interest/relations"})
    void aFeatureOfInterest() {
        assertThat(members("FeaturesOfInterest"))
                .isEqualTo("name, description, encodingType, feature, properties | Observations");
    }
}
