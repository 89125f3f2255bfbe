package de.stadtkern.sensorthings.query;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensorthings.query.FilterInMemory.Entity;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Thousands of random filters over random entities: the answer of the database is what plain Java says it should be.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterMeaningTest {

    private static final List<EntityType> TYPES = List.of(EntityType.values());
    private static final long SEED = 18_088;
    private static final int FILTERS_PER_TYPE = 400;
    private static final int TREES = 20_000;
    private static final int BROKEN = 1_500;
    private static final List<String> STRANGE = List.of(
            "any(",
            "all(x:",
            "1e400",
            "-0",
            "null",
            "geography'POINT(1 2)'",
            "duration'P1D'",
            "duration'P999999D'",
            "2025-02-30",
            "9999-12-31T23:59:59Z",
            "24:00:00",
            "0001-01-01T00:00:00Z/9999-12-31T00:00:00Z",
            "$it/",
            "#1",
            "now()",
            "substring(",
            "st_within(location,",
            "geo.distance(",
            "in (",
            "1e308 mul 1e308",
            "div 0",
            "mod 0",
            "'",
            "id",
            "@iot.id",
            "%",
            "\u0000",
            "[",
            "result/x",
            "Datastreams/",
            "true");
    private static final JsonMapper JSON = new JsonMapper();

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private final Random random = new Random(SEED);
    private final Map<EntityType, Map<Long, Entity>> entities = new HashMap<>();

    @BeforeAll
    void randomEntitiesThatKnowEachOther() {
        town = TestTown.create(cities, port);
        for (int i = 0; i < 8; i++) {
            StringBuilder datastreams = new StringBuilder();
            for (int d = random.nextInt(4); d > 0; d--) {
                datastreams.append(datastreams.isEmpty() ? "" : ",").append(datastream());
            }
            post(
                    "/Things",
                    "{%s,\"Locations\":[{%s,\"encodingType\":\"\",\"location\":{\"type\":\"Point\",\"coordinates\":[11,50]}}],\"Datastreams\":[%s],\"MultiDatastreams\":[%s]}"
                            .formatted(named(), named(), datastreams, multiDatastream()));
        }
        for (EntityType type : EntityType.values()) {
            for (JsonNode json : all(type)) {
                of(type).put(json.get("@iot.id").asLong(), new Entity(json, new HashMap<>()));
            }
        }
        entities.forEach((type, all) -> all.values().forEach(entity -> relate(type, entity)));
    }

    private void relate(EntityType type, Entity entity) {
        for (Relation relation : type.relations()) {
            JsonNode there = entity.json().get(relation.name());
            List<Entity> related = new ArrayList<>();
            (there.isArray() ? there : JSON.createArrayNode().add(there)).forEach(one -> {
                if (!one.isNull()) {
                    related.add(of(relation.target()).get(one.get("@iot.id").asLong()));
                }
            });
            entity.related().put(relation.name(), related);
        }
    }

    private Map<Long, Entity> of(EntityType type) {
        return entities.computeIfAbsent(type, some -> new HashMap<>());
    }

    private JsonNode all(EntityType type) {
        String expand = String.join(
                ",",
                type.relations().stream()
                        .map(relation -> relation.name() + "($select=id" + (relation.isToMany() ? ";$top=10000)" : ")"))
                        .toList());
        return get("/" + type.set() + "?$top=10000&$expand=" + expand);
    }

    private JsonNode get(String path) {
        HttpResponse<String> answer = town.get("/sta/v1.1" + path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body()).get("value");
    }

    private void post(String path, String body) {
        HttpResponse<String> answer = town.post("/sta/v1.1" + path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private String word() {
        return "\"" + RandomFilters.WORDS.get(random.nextInt(RandomFilters.WORDS.size())) + "\"";
    }

    private String value() {
        return switch (random.nextInt(5)) {
            case 0 -> word();
            case 1 -> String.valueOf(random.nextBoolean());
            default -> List.of("-2", "-1.5", "0", "1", "2", "2.5", "3", "10").get(random.nextInt(8));
        };
    }

    private String json() {
        StringBuilder json = new StringBuilder();
        for (String name : List.of("n", "s", "b")) {
            if (random.nextInt(4) > 0) {
                json.append(json.isEmpty() ? "" : ",")
                        .append("\"%s\":%s".formatted(name, random.nextInt(9) == 0 ? "null" : value()));
            }
        }
        return "{" + json + "}";
    }

    private String named() {
        String properties = random.nextInt(5) == 0 ? "" : ",\"properties\":" + json();
        return "\"name\":%s,\"description\":%s%s".formatted(word(), word(), properties);
    }

    private String datastream() {
        StringBuilder observations = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            observations.append(observations.isEmpty() ? "" : ",").append(observation());
        }
        return """
            {%s,"observationType":"","unitOfMeasurement":{"name":"","symbol":"","definition":""},
             "Sensor":{%s,"encodingType":"","metadata":""},"ObservedProperty":{%s,"definition":""},"Observations":[%s]}
            """.formatted(named(), named(), named(), observations);
    }

    private String multiDatastream() {
        String unit = "{\"name\":\"\",\"symbol\":\"\",\"definition\":\"\"}";
        String property = "{%s,\"definition\":\"\"}";
        return """
            {%s,"multiObservationDataTypes":["a","b"],"unitOfMeasurements":[%s,%s],"Sensor":{%s,"encodingType":"","metadata":""},
             "ObservedProperties":[%s,%s],"Observations":[{"phenomenonTime":"%s","result":[%s,%s]}]}
            """.formatted(
                        named(),
                        unit,
                        unit,
                        named(),
                        property.formatted(named()),
                        property.formatted(named()),
                        time(),
                        value(),
                        value());
    }

    private String observation() {
        StringBuilder more = new StringBuilder();
        if (random.nextBoolean()) {
            more.append(",\"resultTime\":\"").append(time()).append('"');
        }
        if (random.nextInt(3) == 0) {
            more.append(",\"validTime\":\"").append(stretch()).append('"');
        }
        if (random.nextInt(3) == 0) {
            more.append(",\"parameters\":").append(json());
        }
        return "{\"phenomenonTime\":\"%s\",\"result\":%s%s}"
                .formatted(random.nextInt(3) == 0 ? stretch() : time(), value(), more);
    }

    /// Mostly at a whole hour, where several meet.
    private String time() {
        return RandomFilters.START
                .plus(random.nextInt(60), ChronoUnit.HOURS)
                .plusMillis(random.nextInt(4) == 0 ? 250L * random.nextInt(8_000) : 0)
                .toString();
    }

    private String stretch() {
        var from = RandomFilters.START.plus(random.nextInt(60), ChronoUnit.HOURS);
        return from + "/" + from.plus(random.nextInt(20), ChronoUnit.HOURS);
    }

    @ParameterizedTest
    @EnumSource(EntityType.class)
    void theDatabaseFindsWhatPlainJavaFinds(EntityType type) {
        RandomFilters filters = new RandomFilters(new Random(SEED + type.name().length()));
        int some = 0;
        for (int i = 0; i < FILTERS_PER_TYPE; i++) {
            Filter filter = filters.of(type);
            String text = FilterPrinter.print(filter);
            List<Long> expected = of(type).entrySet().stream()
                    .filter(entity -> FilterInMemory.holds(filter, Map.of("", entity.getValue())))
                    .map(Map.Entry::getKey)
                    .sorted()
                    .toList();
            List<Long> found = new ArrayList<>();
            get("/" + type.set() + "?$select=id&$orderby=id&$top=10000&$filter="
                            + URLEncoder.encode(text, StandardCharsets.UTF_8))
                    .forEach(entity -> found.add(entity.get("@iot.id").asLong()));
            assertThat(found).as("%s?$filter=%s", type.set(), text).isEqualTo(expected);
            some += found.isEmpty() || found.size() == of(type).size() ? 0 : 1;
        }
        assertThat(some)
                .as("filters that find some and not all")
                .isGreaterThan(type == EntityType.HISTORICAL_LOCATION ? 10 : FILTERS_PER_TYPE / 5);
    }

    private static String broken(String filter, Random random) {
        List<String> words = new ArrayList<>(List.of(filter.split("(?<=[ (),/:'])|(?=[ (),/:'])")));
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = random.nextInt(words.size());
            switch (random.nextInt(4)) {
                case 0 -> words.remove(at);
                case 1 -> words.add(at, words.get(random.nextInt(words.size())));
                case 2 -> words.set(at, words.get(random.nextInt(words.size())));
                default -> words.add(at, STRANGE.get(random.nextInt(STRANGE.size())));
            }
            if (words.isEmpty()) {
                words.add("x");
            }
        }
        return String.join("", words);
    }

    @Test
    void aBrokenFilterIsAnsweredOrRefusedAndNeverOurFault() {
        Random chance = new Random(SEED);
        RandomFilters filters = new RandomFilters(chance);
        for (int i = 0; i < BROKEN; i++) {
            EntityType type = TYPES.get(i % TYPES.size());
            String text = broken(FilterPrinter.print(filters.of(type)), chance);
            HttpResponse<String> answer =
                    town.get("/sta/v1.1/" + type.set() + "?$filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(text + ": " + answer.body()).isIn(200, 400, 501);
        }
    }

    @Test
    void aPrintedFilterIsReadAsTheSameTree() {
        RandomFilters filters = new RandomFilters(new Random(SEED));
        for (int i = 0; i < TREES; i++) {
            EntityType type = TYPES.get(i % TYPES.size());
            Filter filter = filters.of(type);
            String text = FilterPrinter.print(filter);
            assertThat(FilterParser.parse(type, Piece.of("$filter", text)))
                    .as(text)
                    .isEqualTo(filter);
        }
    }
}
