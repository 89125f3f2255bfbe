package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.springframework.context.ApplicationContext;

/// A town with something in it, and requests made of the right words in wrong places, the same ones in each run.
/// Whatever comes, the answer is one a caller can act on: never our fault, never the inside of the program.
public final class FuzzScenario {

    /// What an option is usually given, so that more than its name is understood.
    private static final Map<String, List<String>> USUAL = Map.of(
            "$top", List.of("0", "1", "5", "-1", "1e3", "100000"),
            "$skip", List.of("0", "1", "99999999999"),
            "$count", List.of("true", "false", "1"),
            "$resultFormat", List.of("dataArray", "CSV", "GeoJSON", "csv", "XML"),
            "$resultMetadata", List.of("full", "minimal", "none", "all"),
            "$expand", List.of("Datastreams", "Thing($select=name)", "Observations($top=1;$count=true)", "*"),
            "$select", List.of("name", "id,result", "properties/floor", "Thing", "@iot.id"),
            "$orderby", List.of("name desc", "Datastream/Thing/name,id", "Locations/name", "result", "properties/a"),
            "$skiptoken", List.of("1", "x", "AAAA", "%00"),
            "downsample", List.of("1", "2", "500", "0", "-1", "1e9", "99999999999", "x"));

    final SensorThingsScenario sta;
    final TreeMap<Integer, Integer> statuses = new TreeMap<>();
    private final Random random;

    public FuzzScenario(ApplicationContext context, int port, long seed) {
        this(new SensorThingsScenario(context, port), seed);
    }

    public FuzzScenario(SensorThingsScenario town, long seed) {
        sta = town;
        random = new Random(seed);
        something();
    }

    /// A Thing with a Datastream, a MultiDatastream, and a few Observations of either.
    private void something() {
        long datastream = sta.datastream("Markt");
        sta.observe(datastream, "2025-06-01T10:00:00Z", "1");
        sta.observe(datastream, "2025-06-01T11:00:00Z", "\"viel\"");
        sta.observe(datastream, "2025-06-02T11:00:00Z", "1e300");
        String type = "\"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement\"";
        String unit = "{\"name\": \"Meter\", \"symbol\": \"m\", \"definition\": \"\"}";
        long multi = sta.create("/Things(1)/MultiDatastreams", """
            {"name": "Wind", "description": "", "multiObservationDataTypes": [%1$s, %1$s], "unitOfMeasurements": [%2$s, %2$s],
             "Sensor": {"@iot.id": 1}, "ObservedProperties": [{"@iot.id": 1}, {"name": "Richtung", "description": "", "definition": ""}]}
            """.formatted(type, unit));
        sta.create(
                "/MultiDatastreams(%d)/Observations".formatted(multi),
                SensorThingsScenario.observation("2025-06-01T10:00:00Z", "[1, 2]"));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    String any(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }

    String any(String... words) {
        return words[random.nextInt(words.length)];
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Below the service's root.
    String path() {
        StringBuilder path = new StringBuilder("/").append(any(FuzzWords.SETS));
        if (!oneIn(3)) {
            path.append(oneIn(4) ? any(FuzzWords.KEYS) : "(1)");
        }
        for (int steps = below(4); steps > 0; steps--) {
            path.append('/').append(any(FuzzWords.STEPS)).append(oneIn(3) ? any(FuzzWords.KEYS) : "");
        }
        return path.toString();
    }

    String options() {
        StringBuilder query = new StringBuilder();
        for (int count = below(3); count > 0; count--) {
            String option = any(FuzzWords.OPTIONS);
            query.append(query.isEmpty() ? "?" : "&")
                    .append(option.replace("%", "%25"))
                    .append('=')
                    .append(encoded(oneIn(2) ? any(USUAL.getOrDefault(option, FuzzWords.WORDS)) : words()));
        }
        return query.toString();
    }

    private String words() {
        StringBuilder words = new StringBuilder(any(FuzzWords.WORDS));
        for (int more = below(8); more > 0; more--) {
            words.append(' ').append(any(FuzzWords.WORDS));
        }
        return words.toString();
    }

    String body() {
        return oneIn(8) ? "[" + body(0) + "]" : body(0);
    }

    String body(int depth) {
        StringBuilder body = new StringBuilder("{");
        for (int fields = below(9); fields > 0; fields--) {
            String value = depth < 3 && oneIn(5)
                    ? oneIn(2) ? body(depth + 1) : "[" + body(depth + 1) + "]"
                    : any(FuzzWords.VALUES);
            body.append(body.length() == 1 ? "" : ",")
                    .append('"')
                    .append(any(FuzzWords.FIELDS))
                    .append("\":")
                    .append(value);
        }
        return body + (oneIn(20) ? "" : "}");
    }

    void get(String path) {
        check("GET " + path, sta.get(path));
    }

    HttpResponse<String> send(String method, String path, String type, String body) {
        HttpResponse<String> answer = sta.town.send(sta.town
                .request(SensorThingsScenario.ROOT + path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body)));
        check(method + " " + path + " " + body, answer);
        return answer;
    }

    void check(String request, HttpResponse<String> answer) {
        statuses.merge(answer.statusCode(), 1, Integer::sum);
        assertThat(answer.statusCode()).as(request).isNotEqualTo(500);
        assertThat(answer.body()).as(request).doesNotContain("Exception", "\tat ", "de.stadtkern.", "PSQL", "java.");
    }
}
