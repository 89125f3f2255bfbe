package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.observation;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A Datastream says with `properties.duplicates` what happens to an Observation that is there already, for whoever
/// writes and says nothing.
@StadtkernTest
class DuplicateRuleTest {

    private static final String TEN = "2025-01-01T10:00:00Z";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    @BeforeEach
    void aDatastream() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
    }

    private void says(long datastream, String rule) {
        assertThat(sta.patch("/Datastreams(" + datastream + ")", "{\"properties\":{\"duplicates\":\"" + rule + "\"}}")
                        .statusCode())
                .isEqualTo(200);
    }

    private String post(String result) {
        return outcome(sta.post("/Datastreams(" + datastream + ")/Observations", observation(TEN, result)));
    }

    private String results(long datastream) {
        assertThat(sta.allTotals(datastream)).isEqualTo(sta.recount(datastream));
        return sta.list("/Datastreams(" + datastream + ")/Observations", "result");
    }

    @Test
    void withoutAWordEachObservationIsAnotherOne() {
        assertThat(post("1") + ", " + post("2")).isEqualTo("201, 201");
        assertThat(results(datastream)).isEqualTo("1, 2");
    }

    @Test
    void theOneThatIsThereIsKeptOrReplacedAsTheDatastreamSays() {
        says(datastream, "ignore");
        assertThat(post("1") + ", " + post("2")).isEqualTo("201, 409 observation-exists");
        assertThat(results(datastream)).isEqualTo("1");
        says(datastream, "replace");
        assertThat(post("3")).isEqualTo("201");
        assertThat(results(datastream)).isEqualTo("3");
        says(datastream, "insert");
        assertThat(post("4")).isEqualTo("201");
        assertThat(results(datastream)).isEqualTo("3, 4");
    }

    @Test
    void whoeverWritesMaySayOtherwise() {
        says(datastream, "ignore");
        post("1");
        String path = "/Datastreams(" + datastream + ")/Observations?duplicates=";
        assertThat(outcome(sta.post(path + "insert", observation(TEN, "2")))).isEqualTo("201");
        assertThat(outcome(sta.post(path + "replace", observation(TEN, "3")))).isEqualTo("201");
        assertThat(results(datastream)).isEqualTo("3, 2");
    }

    @Test
    void inOneArrayEachDatastreamHasItsOwnRule() {
        long replacing = sta.datastream("Kirche");
        long ignoring = sta.datastream("Brücke");
        says(replacing, "replace");
        says(ignoring, "ignore");
        String rows = "\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[[\"%s\",1],[\"%s\",2]]"
                .formatted(TEN, TEN);
        String body = IntStream.of((int) replacing, (int) datastream, (int) ignoring)
                .mapToObj(id -> "{\"Datastream\":{\"@iot.id\":%d},%s}".formatted(id, rows))
                .collect(Collectors.joining(",", "[", "]"));
        String first = sta.post("/CreateObservations", body).body();
        String again = sta.post("/CreateObservations", body).body();
        assertThat(results(replacing)).isEqualTo("2");
        assertThat(results(datastream)).isEqualTo("1, 2, 1, 2");
        assertThat(results(ignoring)).isEqualTo("1");
        assertThat(parse(again).get(0))
                .as("the one replaced keeps its address")
                .isEqualTo(parse(first).get(1));
        assertThat(parse(first).get(5).asString()).isEqualTo("ignored");
        assertThat(parse(again).get(4).asString()).isEqualTo("ignored");
        assertThat(parse(again).get(2)).isNotEqualTo(parse(first).get(2));
    }

    @Test
    void itHoldsForObservationsThatComeWithOthersToo() {
        says(datastream, "ignore");
        String withFeature = """
            {"phenomenonTime": "%s", "result": %d, "FeatureOfInterest":
              {"name": "Platz", "description": "", "encodingType": "application/geo+json", "feature": {"type": "Point", "coordinates": [11, 50]}}}
            """;
        String path = "/Datastreams(" + datastream + ")/Observations";
        assertThat(outcome(sta.post(path, withFeature.formatted(TEN, 1)))).isEqualTo("201");
        assertThat(outcome(sta.post(path, withFeature.formatted(TEN, 2)))).isEqualTo("409 observation-exists");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Platz");
        assertThat(outcome(sta.post(path + "?duplicates=replace", withFeature.formatted(TEN, 3))))
                .isEqualTo("201");
        assertThat(results(datastream)).isEqualTo("3");

        String whole = SensorThingsScenario.datastreamBody("Neu").strip();
        long together = sta.create(
                "/Things(1)/Datastreams",
                whole.substring(0, whole.length() - 1)
                        + ",\"properties\":{\"duplicates\":\"replace\"},\"Observations\":[" + observation(TEN, "1")
                        + "," + observation(TEN, "2") + "]}");
        assertThat(results(together)).isEqualTo("2");

        String group =
                "{\"id\":\"%d\",\"atomicityGroup\":\"g\",\"method\":\"post\",\"url\":\"Datastreams(%d)/Observations\","
                        + "\"body\":{\"phenomenonTime\":\"" + TEN + "\",\"result\":%d}}";
        assertThat(sta.post(
                                "/$batch",
                                "{\"requests\":[%s,%s]}"
                                        .formatted(group.formatted(1, together, 7), group.formatted(2, together, 8)))
                        .body())
                .contains("\"status\":201");
        assertThat(results(together)).isEqualTo("8");
    }

    @Test
    void aMultiDatastreamSaysItToo() {
        long wind = sta.create("/Things(1)/MultiDatastreams", """
            {"name": "Wind", "description": "", "multiObservationDataTypes": ["a"], "properties": {"duplicates": "replace"},
             "unitOfMeasurements": [{"name": "", "symbol": "m/s", "definition": ""}],
             "Sensor": {"name": "Mast", "description": "", "encodingType": "", "metadata": ""},
             "ObservedProperties": [{"name": "speed", "definition": "", "description": ""}]}
            """);
        String path = "/MultiDatastreams(" + wind + ")/Observations";
        sta.create(path, observation(TEN, "[1]"));
        sta.create(path, observation(TEN, "[2]"));
        assertThat(sta.list(path, "result")).isEqualTo("[2]");
        assertThat(sta.patch("/MultiDatastreams(" + wind + ")", "{\"properties\":{\"duplicates\":\"never\"}}")
                        .body())
                .contains("properties/duplicates");
    }

    @Test
    void whatIsNoRuleIsRefusedAtItsField() {
        for (String wrong : new String[] {"\"never\"", "\"Ignore\"", "true", "null", "[\"ignore\"]"}) {
            var refused =
                    sta.patch("/Datastreams(" + datastream + ")", "{\"properties\":{\"duplicates\":" + wrong + "}}");
            assertThat(outcome(refused)).as(wrong).isEqualTo("400 type-wrong");
            assertThat(parse(refused.body()).get("field").asString()).isEqualTo("properties/duplicates");
            assertThat(SensorThingsScenario.detail(refused)).contains("is insert, ignore or replace");
        }
        assertThat(outcome(sta.patch("/Things(1)", "{\"properties\":{\"duplicates\":\"never\"}}")))
                .as("a Thing's properties are nobody's business")
                .isEqualTo("200");
        assertThat(sta.json("/Datastreams(" + datastream + ")").has("properties"))
                .isFalse();
    }
}
