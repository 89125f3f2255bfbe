package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Changes nobody should ask for, one by one; [SensorThingsBatchFuzzTest] sends many at once.
@StadtkernTest
class SensorThingsWriteFuzzTest {

    private static final int CASES = 1_000;
    private static final String JSON = "application/json";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private FuzzScenario town;

    @BeforeEach
    void aTownWithSomethingInIt() {
        town = new FuzzScenario(context, port, Long.getLong("fuzz.seed", 18_088));
    }

    @Test
    void noBodyIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            town.send(town.any("POST", "POST", "PATCH"), town.path(), JSON, town.body());
        }
        assertThat(town.sta.outcome("/Things(1)")).isEqualTo("200");
    }

    /// Whole entities, most with what they need, some with more or less.
    @Test
    void noReplacementIsOurFault() {
        List<String> whole = List.of(
                SensorThingsScenario.thing("Neu"),
                SensorThingsScenario.datastreamBody("Neu"),
                SensorThingsScenario.observation("2025-06-01T10:00:00Z", "5"),
                "{\"name\":\"x\",\"description\":\"y\",\"definition\":\"\"}",
                "{\"name\":\"x\",\"description\":\"\",\"encodingType\":\"application/geo+json\",\"location\":"
                    + "{\"type\":\"Point\",\"coordinates\":[1,2]},\"feature\":{\"type\":\"Point\",\"coordinates\":[1,2]},\"metadata\":\"\"}");
        for (int i = 0; i < CASES; i++) {
            String body = town.oneIn(3) ? town.body() : mixed(town.any(whole));
            town.send("PUT", town.oneIn(2) ? town.path() : "/" + town.any(FuzzWords.SETS) + "(1)", JSON, body);
        }
        assertThat(town.statuses.keySet()).contains(200, 400, 404);
    }

    private String mixed(String whole) {
        String more = "\"%s\":%s,".formatted(town.any(FuzzWords.FIELDS), town.any(FuzzWords.VALUES));
        return town.oneIn(2) ? whole : whole.stripLeading().replaceFirst("\\{", "{" + more.replace("\\", "\\\\"));
    }

    @Test
    void noPatchOfJsonIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            StringBuilder operations = new StringBuilder();
            for (int count = town.below(3); count >= 0; count--) {
                operations
                        .append(operations.isEmpty() ? "[" : ",")
                        .append(town.oneIn(2) ? operation() : fittingOperation());
            }
            String body = town.oneIn(10)
                    ? town.body()
                    : operations.append(town.oneIn(20) ? "" : "]").toString();
            String target = town.oneIn(4) ? town.path() : "/" + town.any(FuzzWords.SETS) + "(1)";
            town.send("PATCH", target, "application/json-patch+json", body);
        }
        assertThat(town.statuses.keySet()).contains(200, 400, 404);
    }

    private String operation() {
        return """
            {"op": "%s", "path": "%s", "value": %s, "from": "%s"}\
            """.formatted(
                        town.any("add", "replace", "remove", "test", "move", "copy", "merge", ""),
                        pointer(),
                        town.any(FuzzWords.VALUES),
                        pointer());
    }

    private String fittingOperation() {
        return town.any(
                "{\"op\": \"replace\", \"path\": \"/description\", \"value\": \"neu\"}",
                "{\"op\": \"add\", \"path\": \"/properties\", \"value\": {\"a\": [1, {\"b\": null}]}}",
                "{\"op\": \"copy\", \"path\": \"/description\", \"from\": \"/name\"}",
                "{\"op\": \"test\", \"path\": \"/description\", \"value\": \"neu\"}");
    }

    private String pointer() {
        return town.any(
                "/" + town.any(FuzzWords.FIELDS),
                "/" + town.any(FuzzWords.FIELDS),
                "/properties/" + town.any("floor", "a/b", "-", "0", "~1", "~2", "99999999999"),
                "/location/coordinates/" + town.any("0", "-", "1", "x"),
                "",
                "/",
                "name",
                "/properties" + "/a".repeat(200));
    }

    @Test
    void noLinkIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            String set = "/" + town.any(FuzzWords.SETS) + "(1)/" + town.any(FuzzWords.STEPS.subList(0, 14));
            String path =
                    (town.oneIn(4) ? town.path() : set) + (town.oneIn(3) ? town.any(FuzzWords.KEYS) : "") + "/$ref";
            String body = town.any(
                    "{\"@iot.id\":1}",
                    "{\"@iot.id\":%s}".formatted(town.any(FuzzWords.VALUES)),
                    "{\"@odata.id\":\"Locations(1)\"}",
                    "[]",
                    town.body());
            town.send(town.any("POST", "PUT", "DELETE", "PATCH"), path, JSON, body);
        }
        assertThat(town.statuses.keySet()).contains(204, 400, 404);
    }

    /// What is gone is made anew from time to time, with other ids.
    @Test
    void noRemovalIsOurFault() {
        String key = "(1)";
        for (int i = 0; i < CASES / 2; i++) {
            if (i % 10 == 9) {
                key = "(%d)".formatted(town.sta.datastream("Markt"));
                town.sta.observe(Long.parseLong(key.substring(1, key.length() - 1)), "2025-06-01T10:00:00Z", "1");
            }
            String path = town.path().replace("(1)", key);
            town.send("DELETE", path + (town.oneIn(3) ? town.options() : ""), JSON, town.oneIn(5) ? town.body() : "");
        }
        assertThat(town.statuses.keySet()).contains(200, 404);
    }

    @Test
    void aValueOfEveryKindInEveryFieldOfEveryEntityIsStoredOrRefused() {
        String observation = "{\"phenomenonTime\":\"2025-01-01T00:00:00Z\",\"result\":1}";
        for (String field : FuzzWords.FIELDS) {
            for (String value : FuzzWords.VALUES) {
                String change = "{\"%s\":%s}".formatted(field, value);
                town.send(
                        "PATCH",
                        town.any("/Datastreams(1)/Thing", "/Datastreams(1)", "/MultiDatastreams(2)"),
                        JSON,
                        change);
                String added = observation.substring(0, observation.length() - 1) + "," + change.substring(1);
                String owner = town.any("/Datastreams(1)", "/Datastreams(1)", "/MultiDatastreams(2)");
                town.send("POST", owner + "/Observations", JSON, added);
            }
        }
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsEndsAtTheLimit() {
        byte[] part = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("/CreateObservations", "/Things", "/$batch", "/Datastreams(1)/Observations")) {
            var parts = Stream.generate(() -> part).limit(600).iterator();
            var answer = town.sta.town.send(town.sta
                    .town
                    .request(SensorThingsScenario.ROOT + path)
                    .header("Content-Type", JSON)
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(() -> parts)));
            assertThat(answer.statusCode()).as(path).isEqualTo(413);
        }
    }
}
