package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Places that are described otherwise than as GeoJSON: an address, a room in a plan.
@StadtkernTest
class EncodingTypeTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeEach
    void anEmptyTown() {
        sta = new SensorThingsScenario(context, port);
    }

    /// The type of what is encoded is a matter of its encodingType: only GeoJSON is known to be an object, and a place.
    @Test
    @Requirement({
        "datamodel/location/properties",
        "datamodel/feature-of-interest/properties",
        "datamodel/sensor/properties"
    })
    void whatIsNoGeoJsonIsKeptAsItCameAndIsNoPlace() {
        String entity = "{\"name\":\"E\",\"description\":\"\",\"encodingType\":\"%s\",\"%s\":%s}";
        for (String value : List.of("\"Haus 3, Flur\"", "[1,2]", "7", "true", "{\"coordinates\":[1,2],\"floor\":3}")) {
            for (String set : List.of("Locations/location", "FeaturesOfInterest/feature", "Sensors/metadata")) {
                String[] names = set.split("/", 2);
                long id = sta.create("/" + names[0], entity.formatted("text/plain", names[1], value));
                assertThat(sta.json("/%s(%d)".formatted(names[0], id)).get(names[1]))
                        .as(set)
                        .isEqualTo(parse(value));
            }
        }
        assertThat(sta.names("/Locations?$filter=encodingType eq 'text/plain' and"
                        + " geo.distance(location,geography'POINT(1 2)') lt 100"))
                .isEmpty();
        assertThat(sta.names(
                        "/FeaturesOfInterest?$filter=st_within(feature,geography'POLYGON((0 0,9 0,9 9,0 9,0 0))')"))
                .isEmpty();
        for (JsonNode place : sta.json("/Locations?$resultFormat=GeoJSON&$filter=encodingType eq 'text/plain'")
                .get("features")) {
            assertThat(place.get("geometry").isNull()).isTrue();
        }
        for (String set : List.of("Locations/location", "FeaturesOfInterest/feature", "Sensors/metadata")) {
            String[] names = set.split("/", 2);
            String none = entity.formatted("text/plain", names[1], "null");
            assertThat(outcome(sta.post("/" + names[0], none))).as(set).isEqualTo("400 type-wrong");
        }
        for (String encoding : List.of("application/geo+json", "application/vnd.geo+json")) {
            assertThat(outcome(sta.post("/Locations", entity.formatted(encoding, "location", "\"Flur\""))))
                    .isEqualTo("400 type-wrong");
            assertThat(outcome(sta.post("/FeaturesOfInterest", entity.formatted(encoding, "feature", "[1,2]"))))
                    .isEqualTo("400 type-wrong");
        }
    }

    /// Whichever of the two a change names: the other one is what is stored.
    @Test
    void aChangedEncodingDecidesWhetherThereIsAPlace() {
        String near = "/Locations?$filter=geo.distance(location,geography'POINT(1 2)') lt 1";
        String plan =
                "{\"name\":\"Plan\",\"description\":\"\",\"encodingType\":\"application/x-floor\",\"location\":%s}";
        String point = "{\"type\":\"Point\",\"coordinates\":[1,2]}";
        long id = sta.create("/Locations", plan.formatted(point));
        assertThat(sta.names(near)).isEmpty();
        String path = "/Locations(%d)".formatted(id);
        sta.patch(path, "{\"encodingType\":\"application/geo+json\"}");
        assertThat(sta.names(near)).isEqualTo("Plan");
        assertThat(outcome(sta.patch(path, "{\"location\":\"Flur\"}"))).isEqualTo("400 type-wrong");
        assertThat(sta.patch(path, "{\"location\":\"Flur\",\"encodingType\":\"text/plain\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sta.names(near)).isEmpty();
        assertThat(outcome(sta.patch(path, "{\"encodingType\":\"application/geo+json\"}")))
                .isEqualTo("400 type-wrong");
        assertThat(sta.patch(path, "{\"location\":" + point + "}").statusCode()).isEqualTo(200);
        assertThat(sta.names(near)).isEmpty();
    }
}
