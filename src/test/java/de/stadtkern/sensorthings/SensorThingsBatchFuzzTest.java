package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// Many requests in one, or many Observations, of which some or all are wrong.
@StadtkernTest
class SensorThingsBatchFuzzTest {

    private static final int CASES = 400;
    private static final String JSON = "application/json";

    private static final List<String> COMPONENTS =
            List.of("phenomenonTime", "resultTime", "validTime", "resultQuality", "parameters", "FeatureOfInterest/id");

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private FuzzScenario town;

    @BeforeEach
    void aTownWithSomethingInIt() {
        town = new FuzzScenario(context, port, Long.getLong("fuzz.seed", 18_088));
    }

    /// Groups as CreateObservations wants them, so that most get as far as their values.
    private String group() {
        List<String> components = new ArrayList<>(COMPONENTS);
        Collections.shuffle(components, new Random(town.below(Integer.MAX_VALUE)));
        components = new ArrayList<>(components.subList(0, town.below(4)));
        components.add(town.oneIn(15) ? "colour" : "result");
        boolean isMulti = town.oneIn(6);
        StringBuilder rows = new StringBuilder();
        for (int count = town.below(4); count > 0; count--) {
            StringBuilder row = new StringBuilder();
            for (String component : components) {
                String value = isMulti && component.equals("result") ? "[1,2]" : fitting(component);
                row.append(row.isEmpty() ? "" : ",").append(town.oneIn(10) ? town.any(FuzzWords.VALUES) : value);
            }
            rows.append(rows.isEmpty() ? "[" : ",[").append(row).append(town.oneIn(12) ? ",1]" : "]");
        }
        String id = town.oneIn(10)
                ? town.any("3", "0", "-1", "99999999999999999999", "\"1\"", "null")
                : isMulti ? "2" : "1";
        return """
            {"%s": {"@iot.id": %s}, "components": ["%s"], "dataArray": [%s]%s}\
            """.formatted(
                        isMulti ? "MultiDatastream" : "Datastream",
                        id,
                        String.join("\",\"", components),
                        rows,
                        town.oneIn(6) ? ", \"dataArray@iot.count\": " + town.any(FuzzWords.VALUES) : "");
    }

    private String fitting(String component) {
        int hour = town.below(24);
        return switch (component) {
            case "phenomenonTime", "resultTime" -> "\"2025-02-01T%02d:00:00Z\"".formatted(hour);
            case "validTime" -> "\"2025-02-01T%02d:00:00Z/2025-03-01T00:00:00Z\"".formatted(hour);
            case "parameters" -> "{\"a\":1}";
            case "FeatureOfInterest/id" -> "1";
            default -> String.valueOf(hour);
        };
    }

    @Test
    void noDataArrayIsOurFault() {
        int stored = 0;
        for (int i = 0; i < CASES * 2; i++) {
            StringBuilder body = new StringBuilder("[").append(group());
            for (int more = town.below(3); more > 0; more--) {
                body.append(',').append(group());
            }
            String rule = town.any("", "?duplicates=ignore", "?duplicates=replace", "?duplicates=x");
            var answer = town.send(
                    "POST", "/CreateObservations" + rule, JSON, body.append(']').toString());
            stored += answer.body().contains("Observations(") ? 1 : 0;
        }
        assertThat(stored).as("answers with something stored").isGreaterThan(50);
    }

    @Test
    void noBatchIsOurFault() {
        int answered = 0;
        for (int i = 0; i < CASES; i++) {
            StringBuilder requests = new StringBuilder();
            for (int number = 0; number < town.below(6); number++) {
                requests.append(requests.isEmpty() ? "" : ",").append("""
                    {"id": %s, "method": "%s", "url": %s%s%s%s}\
                    """.formatted(
                                town.oneIn(10) ? town.any(FuzzWords.VALUES) : "\"" + number + "\"",
                                town.any("get", "GET", "post", "patch", "put", "delete", "trace"),
                                new JsonMapper().writeValueAsString(address()),
                                town.oneIn(3) ? ", \"atomicityGroup\": \"g" + town.below(2) + "\"" : "",
                                town.oneIn(5) ? ", \"dependsOn\": [\"" + town.below(5) + "\"]" : "",
                                town.oneIn(2) ? ", \"body\": " + town.body(1) : ""));
            }
            var answer = town.send("POST", "/$batch", JSON, "{\"requests\": [" + requests + "]}");
            assertThat(answer.body()).as(requests.toString()).doesNotContain("\"status\":500");
            answered += answer.body().contains("\"responses\":[{") ? 1 : 0;
        }
        assertThat(answered).as("batches with answers").isGreaterThan(50);
    }

    private String address() {
        String path = (town.path() + town.options()).replaceAll("[\\x00-\\x1f]", "");
        return switch (town.below(8)) {
            case 0 -> SensorThingsScenario.ROOT + path;
            case 1 -> "http://elsewhere.example" + path;
            case 2 -> "$" + town.below(3) + path;
            default -> path.substring(1);
        };
    }

    @Test
    void noBatchInPartsIsOurFault() {
        int answered = 0;
        for (int i = 0; i < CASES; i++) {
            StringBuilder body = new StringBuilder();
            for (int parts = town.below(4); parts >= 0; parts--) {
                body.append("--b\n").append(town.oneIn(3) ? changeSet() : part(parts));
            }
            body.append(town.oneIn(15) ? "" : "--b--\n");
            String text = body.toString().replace("\n", town.oneIn(10) ? "\n" : "\r\n");
            if (town.oneIn(6)) {
                int at = town.below(text.length());
                text = text.substring(0, at) + town.any("", "\r\n", "--b", ":", "\u0000") + text.substring(at);
            }
            String type = town.oneIn(20)
                    ? town.any("multipart/mixed", "multipart/mixed;boundary=")
                    : "multipart/mixed;boundary=b";
            var answer = town.send("POST", "/$batch", type, text);
            assertThat(answer.body()).as(text).doesNotContain("HTTP/1.1 500");
            answered += answer.body().contains("HTTP/1.1 ") ? 1 : 0;
        }
        assertThat(answered).as("batches with answers").isGreaterThan(50);
    }

    private String changeSet() {
        StringBuilder set = new StringBuilder("Content-Type: multipart/mixed;boundary=c\n\n");
        for (int parts = town.below(3); parts >= 0; parts--) {
            set.append("--c\n").append(part(parts));
        }
        return set.append(town.oneIn(15) ? "" : "--c--\n").toString();
    }

    private String part(int number) {
        return """
            Content-Type: %s
            %s
            %s %s HTTP/1.1
            Content-Type: %s

            %s
            """.formatted(
                        town.oneIn(15) ? town.any("text/plain", "", "multipart/mixed;boundary=b") : "application/http",
                        town.oneIn(10) ? "Content-ID: " + town.any(FuzzWords.VALUES) : "Content-ID: " + number + "\n",
                        town.any("GET", "GET", "POST", "PATCH", "PUT", "DELETE", "TRACE", ""),
                        address(),
                        town.any(JSON, JSON, JSON, "application/json-patch+json", "x"),
                        town.oneIn(2) ? town.body(1) : "");
    }
}
