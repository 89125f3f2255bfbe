package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.detail;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Datastreams whose Observations have several values, one for each ObservedProperty. They lie in the same tables as
/// the others and are never mistaken for them.
@StadtkernTest
class MultiDatastreamTest {

    private static final String UNIT =
            "{\"name\":\"%1$s\",\"symbol\":\"%1$s\",\"definition\":\"https://example.org/%1$s\"}";
    private static final String PROPERTY =
            "{\"name\":\"%1$s\",\"definition\":\"https://example.org/%1$s\",\"description\":\"\"}";
    private static final String MEASUREMENT =
            "\"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement\"";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long wind;

    @BeforeEach
    void aWindGaugeBesideACounter() {
        sta = new SensorThingsScenario(context, port);
        sta.datastream("Markt");
        wind = sta.create("/Things(1)/MultiDatastreams", body("Wind", "speed", "direction"));
    }

    private static String body(String name, String first, String second) {
        return """
            {"name": "%s", "description": "", "multiObservationDataTypes": [%s, %s], "unitOfMeasurements": [%s, %s],
             "Sensor": {"name": "Mast", "description": "", "encodingType": "text/plain", "metadata": ""},
             "ObservedProperties": [%s, %s]}
            """.formatted(
                        name,
                        MEASUREMENT,
                        MEASUREMENT,
                        UNIT.formatted("m/s"),
                        UNIT.formatted("deg"),
                        PROPERTY.formatted(second),
                        PROPERTY.formatted(first));
    }

    private long observe(String time, String result) {
        return sta.create(
                "/MultiDatastreams(" + wind + ")/Observations", SensorThingsScenario.observation(time, result));
    }

    private String members(JsonNode entity) {
        StringBuilder members = new StringBuilder();
        entity.propertyNames().stream()
                .map(name -> name.replace("@iot.navigationLink", " →"))
                .filter(name -> !name.startsWith("@iot."))
                .forEach(name -> members.append(members.isEmpty() ? "" : ", ").append(name));
        return members.toString();
    }

    @Test
    void whatIsNotOfADatastreamIsOfNoDatastreamWithThatName() {
        observe("2026-01-01T00:00:00Z", "[1, 2]");
        sta.observe(1, "2026-01-01T00:00:00Z", "5");
        assertThat(sta.list("/Observations?$filter=Datastream/name eq 'Reihe Markt'", "result"))
                .isEqualTo("5");
        assertThat(sta.list("/Observations?$filter=not (Datastream/name eq 'Reihe Markt')", "result"))
                .isEqualTo("[1,2]");
    }

    @Test
    @Requirement("multi-datastream/properties")
    void itHasAsManyTypesAndUnitsAsValues() {
        observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        JsonNode entity = sta.json("/MultiDatastreams(" + wind + ")");
        assertThat(members(entity))
                .isEqualTo("name, description, observationType, multiObservationDataTypes, unitOfMeasurements,"
                        + " observedArea, phenomenonTime, resultTime, Thing →, Sensor →, ObservedProperties →,"
                        + " Observations →");
        assertThat(entity.get("observationType").asString()).endsWith("OM_ComplexObservation");
        assertThat(entity.get("unitOfMeasurements").get(1).get("symbol").asString())
                .isEqualTo("deg");
        assertThat(entity.get("phenomenonTime").asString()).isEqualTo("2025-01-01T10:00:00Z/2025-01-01T10:00:00Z");
    }

    @Test
    @Requirement("multi-datastream/relations")
    void itIsReachedFromEverythingItBelongsTo() {
        long id = observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        for (String path : new String[] {"/Things(1)", "/Sensors(2)", "/ObservedProperties(2)"}) {
            assertThat(sta.names(path + "/MultiDatastreams")).as(path).isEqualTo("Wind");
        }
        JsonNode observation = sta.json("/Observations(" + id + ")");
        assertThat(members(observation))
                .isEqualTo("phenomenonTime, resultTime, result, MultiDatastream →, FeatureOfInterest →");
        assertThat(sta.json("/Observations(" + id + ")/MultiDatastream")
                        .get("name")
                        .asString())
                .isEqualTo("Wind");
        assertThat(sta.get("/Observations(" + id + ")/Datastream").statusCode()).isEqualTo(204);
        assertThat(sta.names("/MultiDatastreams(" + wind + ")/ObservedProperties"))
                .isEqualTo("direction, speed");
        assertThat(sta.names("/MultiDatastreams(" + wind + ")/ObservedProperties?$orderby=name desc"))
                .isEqualTo("speed, direction");
    }

    @Test
    void neitherIsShownAmongTheOthers() {
        observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        sta.observe(1, "2025-01-01T11:00:00Z", "1");
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.names("/MultiDatastreams")).isEqualTo("Wind");
        assertThat(sta.outcome("/Datastreams(" + wind + ")")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/MultiDatastreams(1)/Observations")).isEqualTo("404 entity-unknown");
        assertThat(sta.list("/Observations?$count=true", "result")).isEqualTo("[3.5,270], 1");
        assertThat(sta.json("/Observations?$count=true&$top=0")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(2);
        assertThat(outcome(sta.post("/Datastreams(" + wind + ")/Observations", "{\"result\":[1,2]}")))
                .isEqualTo("404 datastream-unknown");
        assertThat(outcome(sta.post("/Observations", "{\"result\":1,\"MultiDatastream\":{\"@iot.id\":1}}")))
                .isEqualTo("404 datastream-unknown");
    }

    @Test
    @Requirement("multi-datastream/constraints")
    void aResultIsAnArrayOfJustSoManyValues() {
        String path = "/MultiDatastreams(" + wind + ")/Observations";
        for (String wrong : new String[] {"1", "[1]", "[1, 2, 3]", "\"viel\"", "{\"a\":1}", "null"}) {
            assertThat(outcome(sta.post(path, "{\"result\":" + wrong + "}")))
                    .as(wrong)
                    .isEqualTo("400 result-not-fitting");
        }
        assertThat(outcome(sta.post("/Datastreams(" + wind + ")/Observations", "{\"result\":1}")))
                .isEqualTo("400 result-not-fitting");
        long id = observe("2025-01-01T10:00:00Z", "[null, 270]");
        assertThat(outcome(sta.patch("/Observations(" + id + ")", "{\"result\":[1]}")))
                .isEqualTo("400 result-not-fitting");
        assertThat(outcome(sta.patch("/Observations(" + id + ")", "{\"result\":[1,2]}")))
                .isEqualTo("200");
        assertThat(
                        outcome(
                                sta.post(
                                        path,
                                        "{\"result\":[1],\"FeatureOfInterest\":{\"name\":\"F\",\"description\":\"\",\"encodingType\":\"\",\"feature\":{}}}")))
                .isEqualTo("400 result-not-fitting");
        assertThat(sta.totals(wind)).startsWith("1 01-01 10:00..01-01 10:00");
    }

    @Test
    @Requirement("multi-datastream/constraints")
    void typesUnitsAndObservedPropertiesAreAsMany() {
        String uneven = body("Regen", "a", "b").replace(MEASUREMENT + ", ", "");
        assertThat(outcome(sta.post("/Things(1)/MultiDatastreams", uneven))).isEqualTo("400 multi-datastream-uneven");
        assertThat(detail(sta.post("/Things(1)/MultiDatastreams", uneven))).contains("1, 2 and 2");
        String twice = body("Regen", "a", "b")
                .replaceAll(
                        "\"ObservedProperties\": \\[.*]}",
                        "\"ObservedProperties\": [{\"@iot.id\":1},{\"@iot.id\":1}]}");
        assertThat(outcome(sta.post("/Things(1)/MultiDatastreams", twice))).isEqualTo("400 link-twice");
        assertThat(outcome(sta.patch("/MultiDatastreams(" + wind + ")", "{\"multiObservationDataTypes\":[\"a\"]}")))
                .isEqualTo("400 multi-datastream-uneven");
        assertThat(sta.names("/MultiDatastreams")).isEqualTo("Wind");
        assertThat(outcome(sta.patch(
                        "/MultiDatastreams(" + wind + ")",
                        "{\"ObservedProperties\":[{\"@iot.id\":3},{\"@iot.id\":2}],\"name\":\"Sturm\"}")))
                .isEqualTo("200");
        assertThat(sta.names("/MultiDatastreams(" + wind + ")/ObservedProperties"))
                .isEqualTo("speed, direction");
        observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        String narrower =
                "{\"multiObservationDataTypes\":[\"a\"],\"unitOfMeasurements\":[%s],\"ObservedProperties\":[{\"@iot.id\":2}]}"
                        .formatted(UNIT.formatted("m"));
        assertThat(outcome(sta.patch("/MultiDatastreams(" + wind + ")", narrower)))
                .isEqualTo("409 multi-datastream-observed");
    }

    @Test
    void itIsExpandedFilteredAndCountedLikeTheOthers() {
        observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        observe("2025-01-01T11:00:00Z", "[9, 90]");
        sta.observe(1, "2025-01-01T11:00:00Z", "1");
        assertThat(sta.list("/Observations?$filter=result/0 gt 5", "result")).isEqualTo("[9,90]");
        assertThat(sta.list("/Observations?$filter=result%5B1%5D eq 270", "result"))
                .isEqualTo("[3.5,270]");
        assertThat(sta.list("/Observations?$filter=MultiDatastream/name eq 'Wind'&$orderby=result/1", "result"))
                .isEqualTo("[9,90], [3.5,270]");
        assertThat(sta.names("/Things?$filter=MultiDatastreams/ObservedProperties/name eq 'speed'"))
                .isEqualTo("Markt");
        JsonNode thing = sta.json(
                "/Things(1)?$expand=MultiDatastreams($expand=ObservedProperties,LatestObservation,Observations($count=true;$top=1))");
        JsonNode multi = thing.get("MultiDatastreams").get(0);
        assertThat(multi.get("ObservedProperties").get(0).get("name").asString())
                .isEqualTo("direction");
        assertThat(multi.get("Observations@iot.count").asInt()).isEqualTo(2);
        assertThat(multi.get("Observations@iot.nextLink").asString())
                .contains("/MultiDatastreams(" + wind + ")/Observations");
        assertThat(multi.get("LatestObservation").get("result").toString()).isEqualTo("[9,90]");
        JsonNode both = sta.json("/Observations?$expand=Datastream,MultiDatastream&$orderby=phenomenonTime,id&$top=1");
        assertThat(both.get("value").get(0).get("Datastream").isNull()).isTrue();
        assertThat(both.get("value").get(0).get("MultiDatastream").get("name").asString())
                .isEqualTo("Wind");
    }

    @Test
    void dataArraysNameIt() {
        String rows = """
            [{"MultiDatastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result"],
              "dataArray": [["2025-01-01T10:00:00Z", [1, 2]], ["2025-01-01T11:00:00Z", [1]], ["2025-01-01T12:00:00Z", [3, 4]]]},
             {"Datastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result"], "dataArray": [["2025-01-01T10:00:00Z", [5, 6]]]}]
            """.formatted(wind, wind);
        JsonNode answers =
                SensorThingsScenario.parse(sta.post("/CreateObservations", rows).body());
        assertThat(answers.get(1).asString()).startsWith("error: MultiDatastream");
        assertThat(answers.get(3).asString()).isEqualTo("error: Datastream %d does not exist.".formatted(wind));
        JsonNode group = sta.json("/Observations?$resultFormat=dataArray&$select=result")
                .get("value")
                .get(0);
        assertThat(group.get("MultiDatastream@iot.navigationLink").asString())
                .endsWith("/MultiDatastreams(" + wind + ")");
        assertThat(group.get("dataArray").toString()).isEqualTo("[[[1,2]],[[3,4]]]");
    }

    @Test
    void itIsReplacedAndDeletedWithItsObservations() {
        long id = observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        var put = sta.town
                .request("/sta/v1.1/MultiDatastreams(" + wind + ")")
                .header("Content-Type", "application/json")
                .method(
                        "PUT",
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"N\",\"description\":\"\",\"multiObservationDataTypes\":[\"a\",\"b\"],\"unitOfMeasurements\":[%s,%s]}"
                                        .formatted(UNIT.formatted("x"), UNIT.formatted("y"))));
        assertThat(outcome(sta.town.send(put))).isEqualTo("200");
        assertThat(sta.names("/MultiDatastreams")).isEqualTo("N");
        assertThat(outcome(sta.delete("/MultiDatastreams(" + wind + ")"))).isEqualTo("200");
        assertThat(sta.names("/MultiDatastreams")).isEmpty();
        assertThat(sta.outcome("/Observations(" + id + ")")).isEqualTo("404 entity-unknown");
    }

    @Test
    void numbersOfArraysAreNotSummedUpAndPagesDoNotTripOverThem() {
        observe("2025-01-01T10:00:00Z", "[3.5, 270]");
        sta.observe(1, "2025-01-01T11:00:00Z", "1");
        assertThat(sta.json("/Observations?$apply=aggregate($count as n,result with sum as s)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"n\":1,\"s\":1}]");
        for (String page : new String[] {"/", "/sensors", "/sensors/1-markt", "/search?q=wind", "/api/v1/latest"}) {
            assertThat(sta.town.get(page).statusCode()).as(page).isEqualTo(200);
        }
        assertThat(sta.town.get("/sensors/1-markt").body())
                .contains("Wind</a>: direction 3,5 m/s, speed 270 deg</span> – vor ");
        assertThat(sta.town.get("/datastreams/" + wind).statusCode()).isEqualTo(404);
        assertThat(sta.town
                        .get("/api/v1/datastreams/" + wind + "/observations.json")
                        .body())
                .contains("\"units\":[", "\"result\":[3.5, 270]");
    }
}
