package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// Thousands of requests made of the right words in wrong places. Whatever comes, the answer is one a caller can act
/// on: never our fault, never the inside of the program.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SensorThingsFuzzTest {

    private static final long SEED = 18_088;
    private static final int CASES = 1_500;

    private static final List<String> SETS = List.of(
            "Things",
            "Locations",
            "HistoricalLocations",
            "Datastreams",
            "Sensors",
            "ObservedProperties",
            "Observations",
            "FeaturesOfInterest",
            "CreateObservations",
            "Dinge",
            "$batch",
            "");
    private static final List<String> STEPS = List.of(
            "Thing",
            "Things",
            "Locations",
            "Location",
            "Datastream",
            "Datastreams",
            "Observations",
            "Sensor",
            "$ref",
            "$value",
            "name",
            "properties",
            "properties/floor",
            "phenomenonTime",
            "result",
            "unitOfMeasurement/name",
            "@iot.id",
            "..",
            ".",
            "%00",
            "%25zz",
            "ä",
            "a;b",
            "FeatureOfInterest",
            "ObservedProperty",
            "HistoricalLocations",
            "$count",
            "'",
            "%2F");
    private static final List<String> KEYS = List.of(
            "(1)", "(2)", "(0)", "(-1)", "(99999999999999999999)", "('x')", "()", "(1", ")", "(4200000000000000)", "");
    private static final List<String> WORDS = List.of(
            "name",
            "id",
            "@iot.id",
            "result",
            "phenomenonTime",
            "resultTime",
            "properties/floor",
            "properties",
            "unitOfMeasurement/name",
            "location",
            "eq",
            "ne",
            "gt",
            "ge",
            "lt",
            "le",
            "and",
            "or",
            "not",
            "(",
            ")",
            "'a'",
            "'",
            "''''",
            "1",
            "-1.5",
            "1e400",
            "1e-400",
            "99999999999999999999",
            "2025-01-01T00:00:00Z",
            "2025-13-01T00:00:00Z",
            "2025-01-01",
            "0000-01-01T00:00:00+18:00",
            "null",
            "true",
            "false",
            "add",
            "startswith(name,'a')",
            "geography'POINT(1 1)'",
            "in",
            "any",
            "ü",
            "\u0000",
            "\uD800",
            "/",
            "a/b/c",
            ",",
            "desc",
            "asc",
            "$it",
            "time",
            "encodingType",
            "observedArea/x",
            "validTime",
            "parameters/a",
            "1 eq 1");
    private static final List<String> OPTIONS = List.of(
            "$filter",
            "$orderby",
            "$select",
            "$top",
            "$skip",
            "$count",
            "$skiptoken",
            "$expand",
            "$resultFormat",
            "top",
            "$x",
            "",
            "duplicates",
            "%");
    private static final List<String> VALUES = List.of(
            "1",
            "-1",
            "0",
            "1e400",
            "12345678901234567890123",
            "0.1",
            "true",
            "null",
            "\"\"",
            "\"a\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "{}",
            "[]",
            "[[1]]",
            "{\"@iot.id\":1}",
            "{\"@iot.id\":-1}",
            "{\"@iot.id\":\"1\"}",
            "[{\"@iot.id\":1}]",
            "{\"type\":\"Point\",\"coordinates\":[1,2]}",
            "{\"type\":\"Point\",\"coordinates\":[1e400,\"x\",[[]]]}",
            "\"2025-01-01T00:00:00Z\"",
            "\"2025-01-01T00:00:00Z/2024-01-01T00:00:00Z\"",
            "\"0000-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59.9999999-18:00\"",
            "{\"name\":\"n\",\"symbol\":null,\"definition\":null}",
            "1e-99999",
            "{\"a\":",
            "tru",
            "[[\"2025-01-01T00:00:00Z\",1]]",
            "[\"phenomenonTime\",\"result\"]",
            "{\"name\":\"x\",\"description\":\"y\"}");
    private static final List<String> FIELDS = List.of(
            "name",
            "description",
            "properties",
            "encodingType",
            "location",
            "feature",
            "metadata",
            "definition",
            "observationType",
            "unitOfMeasurement",
            "observedArea",
            "phenomenonTime",
            "resultTime",
            "result",
            "validTime",
            "resultQuality",
            "parameters",
            "time",
            "Thing",
            "Things",
            "Locations",
            "Datastream",
            "Datastreams",
            "Sensor",
            "ObservedProperty",
            "Observations",
            "FeatureOfInterest",
            "HistoricalLocations",
            "components",
            "dataArray",
            "dataArray@iot.count",
            "@iot.id",
            "colour",
            "");

    private static final List<String> COMPONENTS =
            List.of("phenomenonTime", "resultTime", "validTime", "resultQuality", "parameters", "FeatureOfInterest/id");

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private final Random random = new Random(SEED);
    private final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private SensorThingsScenario sta;

    @BeforeEach
    void aTownWithSomethingInIt() {
        sta = new SensorThingsScenario(context, port);
        long datastream = sta.datastream("Markt");
        sta.observe(datastream, "2025-06-01T10:00:00Z", "1");
        sta.observe(datastream, "2025-06-01T11:00:00Z", "\"viel\"");
    }

    private String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    private String path() {
        StringBuilder path =
                new StringBuilder(SensorThingsScenario.ROOT).append('/').append(any(SETS));
        if (random.nextInt(3) > 0) {
            path.append(random.nextInt(4) > 0 ? "(1)" : any(KEYS));
        }
        for (int steps = random.nextInt(4); steps > 0; steps--) {
            path.append('/').append(any(STEPS)).append(random.nextInt(3) == 0 ? any(KEYS) : "");
        }
        return path.toString();
    }

    private String options() {
        StringBuilder query = new StringBuilder();
        for (int count = random.nextInt(3); count > 0; count--) {
            StringBuilder value = new StringBuilder();
            for (int words = random.nextInt(8); words >= 0; words--) {
                value.append(value.isEmpty() ? "" : " ").append(any(WORDS));
            }
            query.append(query.isEmpty() ? "?" : "&")
                    .append(any(OPTIONS).replace("%", "%25"))
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
        return query.toString();
    }

    /// Comparisons that are mostly well-formed, so that many reach the database.
    private String filter() {
        StringBuilder filter = new StringBuilder();
        for (int terms = 1 + random.nextInt(3); terms > 0; terms--) {
            filter.append(filter.isEmpty() ? "" : random.nextBoolean() ? " and " : " or ")
                    .append(random.nextInt(4) == 0 ? "not " : "")
                    .append(any(WORDS.subList(0, 10)))
                    .append(' ')
                    .append(any(WORDS.subList(10, 16)))
                    .append(' ')
                    .append(any(WORDS.subList(21, 36)));
        }
        return "?$filter=" + URLEncoder.encode(filter.toString(), StandardCharsets.UTF_8)
                + (random.nextBoolean() ? "&$count=true" : "") + "&$orderby=" + any(WORDS.subList(0, 8));
    }

    private String body(int depth) {
        StringBuilder body = new StringBuilder("{");
        for (int fields = random.nextInt(9); fields > 0; fields--) {
            String value = depth < 3 && random.nextInt(5) == 0
                    ? random.nextBoolean() ? body(depth + 1) : "[" + body(depth + 1) + "]"
                    : any(VALUES);
            body.append(body.length() == 1 ? "" : ",")
                    .append('"')
                    .append(any(FIELDS))
                    .append("\":")
                    .append(value);
        }
        return body + (random.nextInt(20) == 0 ? "" : "}");
    }

    private void check(String request, HttpResponse<String> answer) {
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        assertThat(answer.statusCode()).as(request).isNotEqualTo(500);
        assertThat(answer.body()).as(request).doesNotContain("Exception", "\tat ", "de.stadtkern.", "PSQL", "java.");
    }

    @Test
    void noAddressOrOptionIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            String path = path() + options();
            check("GET " + path, sta.town.get(path));
        }
        assertThat(statuses.keySet()).contains(200, 400, 404);
    }

    @Test
    void noFilterIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            String path = SensorThingsScenario.ROOT + "/" + any(SETS.subList(0, 8)) + filter();
            check("GET " + path, sta.town.get(path));
        }
    }

    @Test
    void noBodyIsOurFault() {
        for (int i = 0; i < CASES; i++) {
            String path = path();
            String body = random.nextInt(8) == 0 ? "[" + body(0) + "]" : body(0);
            boolean isPatch = random.nextInt(3) == 0;
            check(
                    (isPatch ? "PATCH " : "POST ") + path + " " + body,
                    isPatch ? sta.town.patch(path, body) : sta.town.post(path, body));
        }
        assertThat(sta.town.get("/sta/v1.1/Things(1)").statusCode()).isEqualTo(200);
    }

    @Test
    void aValueOfEveryKindInEveryFieldOfEveryEntityIsStoredOrRefused() throws IOException {
        String observation = "{\"phenomenonTime\":\"2025-01-01T00:00:00Z\",\"result\":1}";
        for (String field : FIELDS) {
            for (String value : VALUES) {
                String change = "{\"%s\":%s}".formatted(field, value);
                String target = random.nextBoolean() ? "/Datastreams(1)/Thing" : "/Datastreams(1)";
                check(change, sta.patch(target, change));
                String added = observation.substring(0, observation.length() - 1) + "," + change.substring(1);
                check(added, sta.post("/Datastreams(1)/Observations", added));
            }
        }
    }

    /// Groups as CreateObservations wants them, so that most get as far as their values.
    private String group() {
        List<String> components = new ArrayList<>(COMPONENTS);
        Collections.shuffle(components, random);
        components = new ArrayList<>(components.subList(0, random.nextInt(4)));
        components.add(random.nextInt(15) == 0 ? "colour" : "result");
        StringBuilder rows = new StringBuilder();
        for (int count = random.nextInt(4); count > 0; count--) {
            StringBuilder row = new StringBuilder();
            for (String component : components) {
                boolean fits = random.nextInt(10) > 0;
                row.append(row.isEmpty() ? "" : ",").append(fits ? fitting(component) : any(VALUES));
            }
            rows.append(rows.isEmpty() ? "[" : ",[").append(row).append(random.nextInt(12) == 0 ? ",1]" : "]");
        }
        String owner = random.nextInt(10) > 0 ? "Datastream" : "MultiDatastream";
        String id =
                random.nextInt(10) > 0 ? "1" : any(List.of("2", "0", "-1", "99999999999999999999", "\"1\"", "null"));
        return """
            {"%s": {"@iot.id": %s}, "components": ["%s"], "dataArray": [%s]%s}\
            """.formatted(
                        owner,
                        id,
                        String.join("\",\"", components),
                        rows,
                        random.nextInt(6) == 0 ? ", \"dataArray@iot.count\": " + any(VALUES) : "");
    }

    private String fitting(String component) {
        int hour = random.nextInt(24);
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
        for (int i = 0; i < CASES / 2; i++) {
            StringBuilder body = new StringBuilder("[").append(group());
            for (int more = random.nextInt(3); more > 0; more--) {
                body.append(',').append(group());
            }
            String rule = any(List.of("", "?duplicates=ignore", "?duplicates=replace", "?duplicates=x"));
            var answer = sta.post("/CreateObservations" + rule, body.append(']').toString());
            check("CreateObservations" + rule + " " + body, answer);
            stored += answer.body().contains("Observations(") ? 1 : 0;
        }
        assertThat(stored).as("answers with something stored").isGreaterThan(50);
    }

    @Test
    void noBatchIsOurFault() {
        int answered = 0;
        for (int i = 0; i < CASES / 5; i++) {
            StringBuilder requests = new StringBuilder();
            for (int number = 0; number < random.nextInt(6); number++) {
                String url = path().substring(SensorThingsScenario.ROOT.length() + random.nextInt(2)) + options();
                requests.append(requests.isEmpty() ? "" : ",").append("""
                    {"id": %s, "method": "%s", "url": %s%s%s%s}\
                    """.formatted(
                                random.nextInt(10) == 0 ? any(VALUES) : "\"" + number + "\"",
                                any(List.of("get", "GET", "post", "patch", "put", "delete", "trace")),
                                new JsonMapper().writeValueAsString(url.replaceAll("[\\x00-\\x1f]", "")),
                                random.nextInt(3) == 0 ? ", \"atomicityGroup\": \"g" + random.nextInt(2) + "\"" : "",
                                random.nextInt(5) == 0 ? ", \"dependsOn\": [\"" + random.nextInt(5) + "\"]" : "",
                                random.nextBoolean() ? ", \"body\": " + body(1) : ""));
            }
            var answer = sta.post("/$batch", "{\"requests\": [" + requests + "]}");
            check("$batch " + requests, answer);
            assertThat(answer.body()).as(requests.toString()).doesNotContain("\"status\":500");
            answered += answer.body().contains("\"responses\":[{") ? 1 : 0;
        }
        assertThat(answered).as("batches with answers").isGreaterThan(50);
    }

    @Test
    void noAddressOfAFileIsOurFault() {
        List<String> times = List.of(
                "2025-01-01",
                "2025-01-01T00:00:00Z",
                "2025-13-01",
                "",
                "x",
                "-9999-01-01",
                "%2B200001-01-01T00:00:00Z");
        for (int i = 0; i < CASES / 3; i++) {
            String path = "/api/v1/%s/%s/%s?%s=%s&%s=%s"
                    .formatted(
                            any(List.of("datastreams", "things", "imports", "sensors")),
                            any(List.of("1", "1", "2", "0", "-1", "x", "99999999999999999999", "%00", "1%2F2")),
                            any(List.of(
                                    "observations.csv",
                                    "observations.json",
                                    "observations.xml",
                                    "mapping.yaml",
                                    "refused")),
                            any(List.of("from", "to", "by", "")),
                            any(times),
                            any(List.of("from", "to", "fron")),
                            any(times));
            check("GET " + path, sta.town.get(path));
        }
    }

    @Test
    void aBodyThatDoesNotSayHowLongItIsEndsAtTheLimit() {
        byte[] part = " ".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
        for (String path : List.of("/CreateObservations", "/Things", "/$batch", "/Datastreams(1)/Observations")) {
            var parts = Stream.generate(() -> part).limit(600).iterator();
            var answer = sta.town.send(sta.town
                    .request(SensorThingsScenario.ROOT + path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArrays(() -> parts)));
            assertThat(answer.statusCode()).as(path).isEqualTo(413);
        }
    }
}
