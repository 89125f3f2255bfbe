package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.datastreamBody;
import static de.stadtkern.sensorthings.SensorThingsScenario.detail;
import static de.stadtkern.sensorthings.SensorThingsScenario.idOf;
import static de.stadtkern.sensorthings.SensorThingsScenario.observation;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static de.stadtkern.sensorthings.SensorThingsScenario.thing;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@StadtkernTest
class CreateUpdateDeleteTest {

    private static final String PLACE = """
        {"name": "%s", "description": "", "encodingType": "application/geo+json",
         "location": {"type": "Feature", "geometry": {"type": "Point", "coordinates": [11.59, 50.93]}}}
        """;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeEach
    void anEmptyTown() {
        sta = new SensorThingsScenario(context, port);
    }

    @Test
    @Requirement("create-update-delete/create-entity")
    void aNewEntityIsAnsweredWithItsAddressAndItself() {
        var answer = sta.post("/Things", "{\"name\":\"A\",\"description\":\"B\",\"@iot.id\":77}");
        String location = answer.headers().firstValue("Location").orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(location).endsWith("/sta/v1.1/Things(" + idOf(location) + ")");
        assertThat(parse(answer.body()).get("@iot.selfLink").asString()).isEqualTo(location);
    }

    @Test
    @Requirement("create-update-delete/link-to-existing-entities")
    void entitiesLinkToExistingOnes() {
        long thing = sta.create("/Things", "{\"name\":\"A\",\"description\":\"\"}");
        long sensor = sta.create(
                "/Sensors",
                "{\"name\":\"S\",\"description\":\"\",\"encodingType\":\"text/plain\",\"metadata\":{\"v\":1}}");
        long property = sta.create("/ObservedProperties", "{\"name\":\"P\",\"definition\":\"x\",\"description\":\"\"}");
        long datastream = sta.create("/Datastreams", """
            {"name": "D", "description": "", "observationType": "", "unitOfMeasurement": {"name": null, "symbol": null, "definition": null},
             "Thing": {"@iot.id": %d}, "Sensor": {"@iot.id": %d}, "ObservedProperty": {"@iot.id": %d}}
            """.formatted(thing, sensor, property));
        assertThat(sta.names("/Things(" + thing + ")/Datastreams")).isEqualTo("D");
        long place = sta.create("/Things(" + thing + ")/Locations", PLACE.formatted("hier"));
        long feature = sta.create("/FeaturesOfInterest", """
            {"name": "F", "description": "", "encodingType": "application/geo+json", "feature": {"type": "Point", "coordinates": [1, 2]}}
            """);
        long observation = sta.create(
                "/Observations",
                "{\"phenomenonTime\":\"2025-01-01T00:00:00Z\",\"result\":1,\"Datastream\":{\"@iot.id\":%d},\"FeatureOfInterest\":{\"@iot.id\":%d}}"
                        .formatted(datastream, feature));
        assertThat(sta.json("/Observations(" + observation + ")/FeatureOfInterest")
                        .get("name")
                        .asString())
                .isEqualTo("F");
        assertThat(sta.names("/Locations(" + place + ")/Things")).isEqualTo("A");
        assertThat(outcome(sta.post(
                        "/Datastreams", datastreamBody("X").replaceFirst("\\{", "{\"Thing\":{\"@iot.id\":4711},"))))
                .isEqualTo("400 link-target-unknown");
    }

    @Test
    @Requirement({"create-update-delete/deep-insert", "create-update-delete/deep-insert-status-code"})
    void aDeepInsertMakesEverythingOrNothing() {
        String deep = thing("Markt").replace("\"Sensor\"", """
            "Observations": [{"phenomenonTime": "2025-03-01T08:00:00+01:00", "result": 70.4,
                "FeatureOfInterest": {"name": "F", "description": "", "encodingType": "application/geo+json",
                  "feature": {"type": "Point", "coordinates": [11.5, 50.9]}}},
              {"phenomenonTime": "2025-03-02T08:00:00+01:00", "result": "zu"}],
             "Sensor"
            """);
        sta.create("/Things", deep);
        assertThat(sta.list("/Observations", "result")).isEqualTo("70.4, zu");
        assertThat(sta.names("/FeaturesOfInterest?$orderby=name")).isEqualTo("F, Ort Markt");
        assertThat(sta.totals(1)).isEqualTo("2 03-01 07:00..03-02 07:00 last -");
        String broken = deep.replace("\"ObservedProperty\"", "\"ObservedProperties\"");
        assertThat(outcome(sta.post("/Things", broken))).isEqualTo("400 property-unknown");
        String halfway =
                deep.replace("\"ObservedProperty\": {", "\"ObservedProperty\": {\"@iot.id\": 99}, \"properties\": {");
        assertThat(outcome(sta.post("/Things", halfway))).isEqualTo("400 link-target-unknown");
        assertThat(sta.json("/Things?$count=true").get("@iot.count").asInt()).isEqualTo(1);
        assertThat(sta.json("/Sensors?$count=true").get("@iot.count").asInt()).isEqualTo(1);
    }

    @Test
    @Requirement("create-update-delete/historical-location-auto-creation")
    void aThingWithANewLocationHasLeftTheOldOne() {
        long thing = sta.create("/Things", thing("Markt"));
        sta.create("/Things(" + thing + ")/Locations", PLACE.formatted("dort"));
        assertThat(sta.names("/Things(" + thing + ")/Locations")).isEqualTo("dort");
        assertThat(sta.json("/Things(" + thing + ")/HistoricalLocations")
                        .get("value")
                        .size())
                .isEqualTo(2);
        sta.patch("/Things(" + thing + ")", "{\"Locations\":[{\"@iot.id\":1}]}");
        assertThat(sta.names("/Things(" + thing + ")/Locations")).isEqualTo("Ort Markt");
        assertThat(sta.json("/Things(" + thing + ")/HistoricalLocations?$count=true")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    @Requirement("create-update-delete/historical-location-manual-creation")
    void aHistoricalLocationNewerThanAllOthersSaysWhereTheThingIs() {
        long thing = sta.create("/Things", thing("Markt"));
        long place = sta.create("/Locations", PLACE.formatted("dort"));
        String body = "{\"time\":\"%s\",\"Thing\":{\"@iot.id\":%d},\"Locations\":[{\"@iot.id\":%d}]}";
        sta.create("/HistoricalLocations", body.formatted("2001-01-01T00:00:00Z", thing, place));
        assertThat(sta.names("/Things(" + thing + ")/Locations")).isEqualTo("Ort Markt");
        sta.create("/HistoricalLocations", body.formatted("2099-01-01T00:00:00Z", thing, place));
        assertThat(sta.names("/Things(" + thing + ")/Locations")).isEqualTo("dort");
    }

    @Test
    @Requirement("create-update-delete/update-entity")
    void aPatchChangesWhatItNamesAndNothingElse() {
        sta.create("/Things", thing("Markt"));
        var answer = sta.patch("/Things(1)", "{\"description\":\"neu\",\"@iot.id\":9}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode patched = sta.json("/Things(1)");
        assertThat(patched.get("description").asString()).isEqualTo("neu");
        assertThat(patched.get("name").asString()).isEqualTo("Markt");
        sta.patch("/Things(1)", "{\"properties\":null}");
        assertThat(sta.json("/Things(1)").has("properties")).isFalse();
        sta.patch(
                "/Datastreams(1)", "{\"unitOfMeasurement\":{\"name\":\"Räder\",\"symbol\":\"\",\"definition\":\"\"}}");
        assertThat(sta.get("/Datastreams(1)/unitOfMeasurement/name/$value").body())
                .isEqualTo("Räder");
        long property =
                sta.create("/ObservedProperties", "{\"name\":\"P2\",\"definition\":\"x\",\"description\":\"\"}");
        sta.patch("/Datastreams(1)", "{\"ObservedProperty\":{\"@iot.id\":%d}}".formatted(property));
        assertThat(sta.json("/Datastreams(1)/ObservedProperty").get("name").asString())
                .isEqualTo("P2");
        assertThat(outcome(sta.patch("/Things(4711)", "{}"))).isEqualTo("404 entity-unknown");
        assertThat(outcome(sta.patch("/Things(1)", "{\"Datastreams\":[{\"name\":\"x\"}]}")))
                .isEqualTo("400 inline-in-patch");
    }

    @Test
    void whatLooksLikeAConditionAndIsNoneIsRefused() {
        sta.create("/Things", thing("Markt"));
        assertThat(SensorThingsScenario.outcome(sta.delete("/Things(1)?$filter=false")))
                .isEqualTo("400 option-invalid");
        assertThat(SensorThingsScenario.outcome(sta.patch("/Things(1)?$select=name", "{\"name\":\"anders\"}")))
                .isEqualTo("400 option-invalid");
        assertThat(sta.names("/Things")).isEqualTo("Markt");
    }

    @Test
    void anObservationThatIsChangedOrMovedKeepsItsIdAndTheTotalsAreTrue() {
        long datastream = sta.datastream("Markt");
        long first = sta.observe(datastream, "2025-01-01T10:00:00Z", "1");
        long second = sta.observe(datastream, "2025-01-01T11:00:00Z", "2");
        sta.observe(datastream, "2025-01-01T12:00:00Z", "3");
        assertThat(sta.patch("/Observations(" + second + ")", "{\"result\":5}").statusCode())
                .isEqualTo(200);
        assertThat(sta.list("/Observations", "result")).isEqualTo("1, 5, 3");
        sta.patch("/Observations(" + second + ")", "{\"phenomenonTime\":\"2031-05-05T00:00:00Z\"}");
        assertThat(sta.totals(datastream)).isEqualTo("3 01-01 10:00..05-05 00:00 last 5");
        assertThat(sta.json("/Observations(" + second + ")")
                        .get("phenomenonTime")
                        .asString())
                .isEqualTo("2031-05-05T00:00:00Z");
        assertThat(sta.list("/Observations?$filter=id eq " + second, "result")).isEqualTo("5");
        sta.patch(
                "/Observations(" + second + ")", "{\"phenomenonTime\":\"2025-01-01T11:30:00Z\",\"result\":{\"a\":1}}");
        assertThat(sta.totals(datastream)).isEqualTo("3 01-01 10:00..01-01 12:00 last 3");
        assertThat(sta.delete("/Observations(" + first + ")").statusCode()).isEqualTo(200);
        assertThat(sta.totals(datastream)).isEqualTo("2 01-01 11:30..01-01 12:00 last 3");
        assertThat(outcome(sta.delete("/Observations(" + first + ")"))).isEqualTo("404 entity-unknown");
    }

    @Test
    void totalsAreTrueWhateverIsChangedReplacedOrRemoved() {
        Random random = new Random(7);
        long[] datastreams = {sta.datastream("Markt"), sta.datastream("Kirchplatz")};
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            long datastream = datastreams[random.nextInt(2)];
            int act = ids.size() < 10 ? 0 : random.nextInt(5);
            switch (act) {
                case 0, 1 -> ids.add(sta.create("/Datastreams(" + datastream + ")/Observations", anyTimes(random)));
                case 2 ->
                    sta.create("/Datastreams(" + datastream + ")/Observations?duplicates=replace", anyTimes(random));
                case 3 -> {
                    String to = random.nextBoolean() ? "" : ",\"Datastream\":{\"@iot.id\":%d}".formatted(datastream);
                    String path = "/Observations(" + ids.get(random.nextInt(ids.size())) + ")";
                    assertThat(sta.patch(path, anyTimes(random).replace("}", to + "}"))
                                    .statusCode())
                            .isEqualTo(200);
                }
                default -> sta.delete("/Observations(" + ids.remove(random.nextInt(ids.size())) + ")");
            }
            for (long each : datastreams) {
                assertThat(sta.allTotals(each)).as("after %d, act %d", i, act).isEqualTo(sta.recount(each));
            }
        }
    }

    /// Few different moments, so that the outermost are often hit; with and without an end and a resultTime.
    private static String anyTimes(Random random) {
        int hour = 10 + random.nextInt(8);
        String time = "2025-01-01T%d:00:00Z".formatted(hour);
        String period =
                random.nextBoolean() ? time : time + "/2025-01-01T%d:30:00Z".formatted(hour + random.nextInt(3));
        String resultTime =
                random.nextBoolean() ? "null" : "\"2025-01-02T%d:00:00Z\"".formatted(10 + random.nextInt(6));
        return "{\"phenomenonTime\":\"%s\",\"resultTime\":%s,\"result\":%d}"
                .formatted(period, resultTime, random.nextInt(9));
    }

    @Test
    void anObservationCanBeMovedToAnotherDatastream() {
        long from = sta.datastream("Markt");
        long to = sta.datastream("Kirchplatz");
        long id = sta.observe(from, "2025-01-01T10:00:00Z", "1");
        sta.patch("/Observations(" + id + ")", "{\"Datastream\":{\"@iot.id\":%d}}".formatted(to));
        assertThat(sta.totals(from)).isEqualTo("0 -..- last -");
        assertThat(sta.totals(to)).isEqualTo("1 01-01 10:00..01-01 10:00 last 1");
    }

    @Test
    @Requirement("create-update-delete/delete-entity")
    void aDeletedThingTakesItsDatastreamsAndTheirObservationsAlong() {
        long datastream = sta.datastream("Markt");
        long id = sta.observe(datastream, "2025-01-01T10:00:00Z", "1");
        long kept = sta.datastream("Kirchplatz");
        sta.observe(kept, "2025-01-01T10:00:00Z", "2");
        assertThat(sta.delete("/Things(1)").statusCode()).isEqualTo(200);
        assertThat(sta.outcome("/Things(1)")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Datastreams(" + datastream + ")")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Datastreams(" + datastream + ")/Observations")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Observations(" + id + ")")).isEqualTo("404 entity-unknown");
        assertThat(sta.list("/Observations", "result")).isEqualTo("2");
        assertThat(sta.json("/Observations?$count=true").get("@iot.count").asInt())
                .isEqualTo(1);
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Kirchplatz");
        assertThat(outcome(sta.post(
                        "/Datastreams(" + datastream + ")/Observations", observation("2025-01-01T10:00:00Z", "1"))))
                .startsWith("404");
    }

    @Test
    void deletingASensorAPropertyALocationOrAFeatureTakesWhatCannotBeWithoutIt() {
        long one = sta.datastream("Eins");
        long two = sta.datastream("Zwei");
        long three = sta.datastream("Drei");
        sta.observe(three, "2025-01-01T10:00:00Z", "1");
        sta.delete("/Datastreams(" + one + ")/Sensor");
        sta.delete("/Datastreams(" + two + ")/ObservedProperty");
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Drei");
        assertThat(sta.json("/Sensors?$count=true").get("@iot.count").asInt()).isEqualTo(2);
        sta.delete("/FeaturesOfInterest(1)");
        assertThat(sta.totals(three)).isEqualTo("0 -..- last -");
        assertThat(sta.names("/FeaturesOfInterest")).isEmpty();
        sta.delete("/Locations(1)");
        assertThat(sta.names("/Things(1)/Locations")).isEmpty();
        assertThat(sta.json("/Things(1)/HistoricalLocations").get("value").size())
                .isZero();
        sta.delete("/Things(1)/Datastreams(" + one + ")");
        sta.observe(three, "2025-01-01T10:00:00Z", "2");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Ort Drei");
    }

    @Test
    void aFeatureMadeForObservationsGoesWithTheLastThatNeedsItAndOneOfSomebodyStays() {
        long datastream = sta.datastream("Markt");
        sta.create("/FeaturesOfInterest", """
            {"name": "Eigenes", "description": "", "encodingType": "application/geo+json",
             "feature": {"type": "Point", "coordinates": [1, 2]}}
            """);
        sta.observe(datastream, "2025-01-01T00:00:00Z", "1");
        sta.delete("/Locations(1)");
        cleanUp();
        assertThat(sta.names("/FeaturesOfInterest?$orderby=name"))
                .as("the Observation is still there")
                .isEqualTo("Eigenes, Ort Markt");

        sta.delete("/Things(1)");
        cleanUp();
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Eigenes");
    }

    private void cleanUp() {
        sta.town.in(() -> {
            context.getBean(DatastreamPurge.class).run();
            context.getBean(HiddenEntities.class).run();
            return true;
        });
    }

    @Test
    void aDuplicateIsAddedKeptOrReplacedAsTheRequestSays() {
        String path = "/Datastreams(" + sta.datastream("Markt") + ")/Observations";
        long id = sta.create(path, observation("2025-01-01T10:00:00Z", "1"));
        sta.create(path, observation("2025-01-01T10:00:00Z", "2"));
        assertThat(sta.list("/Observations", "result")).isEqualTo("1, 2");
        assertThat(outcome(sta.post(path + "?duplicates=ignore", observation("2025-01-01T10:00:00Z", "3"))))
                .isEqualTo("409 observation-exists");
        sta.delete("/Observations(" + id + ")");
        sta.create(path + "?duplicates=replace", observation("2025-01-01T10:00:00Z", "4"));
        assertThat(sta.list("/Observations", "result")).isEqualTo("4");
        assertThat(outcome(sta.post(path + "?duplicates=maybe", observation("2025-01-01T10:00:00Z", "3"))))
                .isEqualTo("400 option-invalid");
    }

    @Test
    @Requirement("data-array/data-array")
    void manyObservationsInOneRequestAreAnsweredOneByOne() {
        long datastream = sta.datastream("Markt");
        var answer = sta.post("/CreateObservations", """
            [{"Datastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result", "resultTime"], "dataArray@iot.count": 4,
              "dataArray": [["2025-01-01T10:00:00Z", 1, null], ["gestern", 2, null], ["2025-01-01T11:00:00Z", 3],
                ["2025-01-01T12:00:00Z/2025-01-01T13:00:00Z", "zu", "2025-01-01T13:00:00Z"]]},
             {"Datastream": {"@iot.id": 4711}, "components": ["phenomenonTime", "result"], "dataArray": [["2025-01-01T10:00:00Z", 1]]}]
            """.formatted(datastream));
        assertThat(answer.statusCode()).isEqualTo(201);
        JsonNode links = parse(answer.body());
        assertThat(links.size()).isEqualTo(5);
        assertThat(links.get(0).asString()).contains("/Observations(");
        assertThat(links.get(1).asString()).startsWith("error: 'phenomenonTime': 'gestern' is not a time");
        assertThat(links.get(2).asString()).isEqualTo("error: the row has fewer values than components");
        assertThat(links.get(4).asString()).isEqualTo("error: Datastream 4711 does not exist.");
        assertThat(sta.list("/Observations", "result")).isEqualTo("1, zu");
    }

    @Test
    void aFeatureThatIsNotThereIsRefusedWhateverItsNumber() {
        long datastream = sta.datastream("Markt");
        for (long id : new long[] {0, -1, 4711, Long.MIN_VALUE}) {
            var answer = sta.post("/Datastreams(" + datastream + ")/Observations", """
                {"phenomenonTime": "2025-01-01T10:00:00Z", "result": 1, "FeatureOfInterest": {"@iot.id": %d}}
                """.formatted(id));
            assertThat(outcome(answer)).as("id " + id).startsWith("4");
            answer = sta.post("/CreateObservations", """
                [{"Datastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result", "FeatureOfInterest/id"],
                  "dataArray": [["2025-01-01T10:00:00Z", 1, %d]]}]
                """.formatted(datastream, id));
            assertThat(answer.body()).as("id " + id).contains("FeatureOfInterest " + id + " does not exist.");
        }
        assertThat(sta.list("/Observations", "result")).isEmpty();
    }

    @Test
    void aHeaderSaysTheDuplicateRuleToo() {
        long datastream = sta.datastream("Markt");
        sta.observe(datastream, "2025-01-01T10:00:00Z", "1");
        var answer = sta.town.send(sta.town
                .request("/sta/v1.1/Datastreams(" + datastream + ")/Observations")
                .header("Content-Type", "application/json")
                .header("Duplicates", "replace")
                .POST(HttpRequest.BodyPublishers.ofString(observation("2025-01-01T10:00:00Z", "2"))));
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(sta.list("/Observations", "result")).isEqualTo("2");
        assertThat(outcome(sta.post("/Things?duplicates=ignore", thing("X")))).isEqualTo("400 duplicates-not-possible");
        assertThat(outcome(sta.post("/Things?duplicates=insert", thing("X")))).isEqualTo("201");
    }

    @Test
    void numbersComeBackAsTheyWereSent() {
        String path = "/Datastreams(" + sta.datastream("Markt") + ")/Observations";
        String[] numbers = {
            "0", "-1", "70.4", "1.5E-7", "9007199254740993", "0.1234567890123456789", "true", "null", "[1,2.50]"
        };
        for (int i = 0; i < numbers.length; i++) {
            sta.create(path, observation("2025-01-01T10:00:0" + i + "Z", numbers[i]));
        }
        assertThat(sta.get("/Observations?$select=result")
                        .body()
                        .replaceAll(".*?\\{\"result\":(.*?)}", "$1 ")
                        .trim())
                .isEqualTo("0 -1 70.4 1.5E-7 9007199254740993 0.1234567890123456789 true null [1, 2.50] ]}");
    }

    @Test
    void aResultThatIsNullIsEqualToNull() {
        String path = "/Datastreams(" + sta.datastream("Markt") + ")/Observations";
        sta.create(path, observation("2025-01-01T10:00:00Z", "null"));
        sta.create(path, observation("2025-01-01T10:00:01Z", "0"));
        assertThat(sta.list("/Observations?$filter=result%20eq%20null", "result"))
                .isEqualTo("null");
        assertThat(sta.list("/Observations?$filter=result%20ne%20null", "result"))
                .isEqualTo("0");
    }

    /// What databases and decimal libraries write has more digits than a double holds.
    @Test
    void aNumberOfManyDigitsIsANumberInSumsAndInOrder() {
        long datastream = sta.datastream("Markt");
        String path = "/Datastreams(" + datastream + ")/Observations";
        long first = sta.create(path, observation("2025-01-01T10:00:00Z", "20.3333333333333333"));
        sta.create(path, observation("2025-01-01T10:00:01Z", "1"));
        sta.create(path, observation("2025-01-01T10:00:02Z", "9007199254740993"));
        sta.create(path, observation("2025-01-01T10:00:03Z", "-2.00000000000000000001"));
        assertThat(sta.post("/CreateObservations", """
            [{"Datastream": {"@iot.id": %d}, "components": ["phenomenonTime", "result"],
              "dataArray": [["2025-01-01T10:00:04Z", 0.333333333333333333333], ["2025-01-01T10:00:05Z", "viel"]]}]
            """.formatted(datastream)).statusCode())
                .isEqualTo(201);
        assertThat(sta.list("/Observations?$filter=result%20gt%200.4&$orderby=result%20desc", "result"))
                .isEqualTo("9007199254740993, 20.333333333333332, 1");
        String all = "/Observations?$apply=aggregate($count%20as%20n,result%20with%20min%20as%20least"
                + ",result%20with%20max%20as%20most)";
        assertThat(sta.get(all).body()).contains("\"n\":5", "\"least\":-2", "\"most\":9.007199254740992E15");
        new StoreScenario(context, sta.town).rollUp();
        assertThat(sta.get(all).body()).contains("\"n\":5", "\"least\":-2", "\"most\":9.007199254740992E15");
        assertThat(sta.recount(datastream)).isEqualTo(sta.allTotals(datastream));
        assertThat(sta.patch("/Observations(" + first + ")", "{\"result\": 9e15}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sta.patch("/Observations(" + first + ")", "{\"result\": 9107199254740993}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sta.get(all).body()).contains("\"most\":9.107199254740992E15");
    }

    @Test
    void whatIsWrongInABodyIsNamedWithTheWayOut() {
        long datastream = sta.datastream("Markt");
        String path = "/Datastreams(" + datastream + ")/Observations";
        assertThat(outcome(sta.post("/Things", "{\"name\":\"A\"}"))).isEqualTo("400 property-missing");
        assertThat(outcome(sta.post("/Things", "{\"name\":5,\"description\":\"\"}")))
                .isEqualTo("400 type-wrong");
        assertThat(outcome(sta.post("/Datastreams", datastreamBody("X")))).isEqualTo("400 link-missing");
        assertThat(outcome(sta.post(path, observation("gestern", "1")))).isEqualTo("400 time-unreadable");
        assertThat(outcome(sta.post(path, "{\"phenomenonTime\":\"2025-01-01T10:00:00Z\"}")))
                .isEqualTo("400 property-missing");
        assertThat(outcome(sta.post(path, "{\"result\":1,\"colour\":2}"))).isEqualTo("400 property-unknown");
        assertThat(outcome(sta.post("/Observations", "{\"result\":1}"))).isEqualTo("400 link-missing");
        assertThat(outcome(sta.post("/Things", "[]"))).isEqualTo("400 type-wrong");
        assertThat(outcome(sta.post("/Things", ""))).startsWith("400");
        var malformed = sta.post("/Things", "{\"name\": \"A\",\n \"description\" \"B\"}");
        assertThat(outcome(malformed)).isEqualTo("400 json-malformed");
        assertThat(detail(malformed)).contains("in line 2, column");
        assertThat(detail(sta.post("/Things", "{\"name\": \"A\"")))
                .isEqualTo("The body is not JSON: Unexpected end-of-input: expected close marker for Object, in line 1,"
                        + " column 13.");
        assertThat(outcome(sta.town.send(sta.town
                        .request("/sta/v1.1/Things")
                        .header("Content-Type", "text/csv")
                        .POST(HttpRequest.BodyPublishers.ofString("a,b")))))
                .isEqualTo("415 media-type-unknown");
        assertThat(outcome(sta.post("/Things", "{\"name\":\"" + "x".repeat(9 << 20) + "\"}")))
                .isEqualTo("413 body-too-large");
    }
}
