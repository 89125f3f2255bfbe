package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// The document that describes the service says nothing that is not so.
@StadtkernTest
class OpenApiTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private JsonNode document;

    @BeforeEach
    void theDocument() {
        sta = new SensorThingsScenario(context, port);
        document = sta.json("/openapi");
    }

    @Test
    void theRootLeadsToIt() {
        assertThat(sta.json("").get("serverSettings").get("openapi").asString()).endsWith("/sta/v1.1/openapi");
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
    }

    @Test
    void everyReferenceLeadsSomewhereAndEveryOperationHasANameOfItsOwn() {
        List<String> references = new ArrayList<>();
        collect(document, "$ref", references);
        assertThat(references).isNotEmpty();
        assertThat(references)
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
        List<String> ids = new ArrayList<>();
        collect(document, "operationId", ids);
        Set<String> different = new HashSet<>(ids);
        assertThat(ids).hasSameSizeAs(different);
        document.get("paths")
                .forEach(path -> path.forEach(operation -> {
                    assertThat(operation.get("responses").size()).isGreaterThan(1);
                }));
    }

    private static void collect(JsonNode node, String name, List<String> found) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().equals(name) && member.getValue().isString()) {
                found.add(member.getValue().asString());
            }
        }
        node.forEach(inner -> collect(inner, name, found));
    }

    @Test
    void everyAddressItNamesIsAnswered() {
        aSensorOfEachKind();
        int asked = 0;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            if (path.getValue().has("get")) {
                JsonNode get = path.getValue().get("get");
                String address = address(path.getKey());
                assertThat(sta.get(address.equals("/") ? "" : address).statusCode())
                        .as(address)
                        .isIn(codes(get));
                for (String option : options(get)) {
                    assertThat(sta.outcome(address + option))
                            .as(address + option)
                            .doesNotContain("option-");
                }
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(100);
    }

    @Test
    void linksAreMadeAndCutWhereItSaysSo() {
        aSensorOfEachKind();
        int tried = 0;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (String method : List.of("post", "put", "delete")) {
                if (path.getKey().endsWith("/$ref") && path.getValue().has(method)) {
                    String address = address(path.getKey());
                    String body = "{\"@iot.id\": 1}";
                    if (method.equals("put")) {
                        body = "{\"@iot.id\": %d}"
                                .formatted(sta.json(address.replace("/$ref", ""))
                                        .get("@iot.id")
                                        .asLong());
                    }
                    var answer = sta.town.send(sta.town
                            .request(SensorThingsScenario.ROOT + address)
                            .header("Content-Type", "application/json")
                            .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body)));
                    assertThat(answer.statusCode())
                            .as(method + " " + address + answer.body())
                            .isIn(codes(path.getValue().get(method)));
                    tried++;
                }
            }
        }
        assertThat(tried).isGreaterThan(12);
    }

    /// A Thing with a Datastream and a MultiDatastream, an Observation of each, and a place it has left.
    private void aSensorOfEachKind() {
        sta.observe(sta.datastream("Markt"), "2025-01-01T10:00:00Z", "1");
        sta.create("/MultiDatastreams", """
            {"name": "Wind", "description": "", "observationType": "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_ComplexObservation",
             "multiObservationDataTypes": ["http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"],
             "unitOfMeasurements": [{"name": "Meter je Sekunde", "symbol": "m/s", "definition": null}],
             "Thing": {"@iot.id": 1}, "Sensor": {"@iot.id": 1}, "ObservedProperties": [{"@iot.id": 1}],
             "Observations": [{"result": [4.5], "phenomenonTime": "2025-01-01T11:00:00Z"}]}
            """);
        sta.patch("/Things(1)", "{\"Locations\": [{\"@iot.id\": 1}]}");
    }

    /// With an id there is; what has its id from its time is looked up.
    private String address(String path) {
        String set = path.replaceAll("/([A-Za-z]+).*", "$1");
        long id = path.contains("{id}")
                ? sta.json("/" + set).get("value").get(0).get("@iot.id").asLong()
                : 0;
        return path.replace("{id}", String.valueOf(id)).replace("{other}", "1").replace("{property}", property(path));
    }

    private String property(String path) {
        JsonNode names = document.at("/paths/" + path.replace("/", "~1") + "/get/parameters");
        return names.valueStream()
                .filter(parameter -> parameter.path("name").asString("").equals("property"))
                .map(parameter -> parameter.at("/schema/enum/0").asString())
                .findFirst()
                .orElse("");
    }

    private static List<Integer> codes(JsonNode operation) {
        return operation.get("responses").propertyNames().stream()
                .filter(code -> !code.equals("default"))
                .map(Integer::valueOf)
                .toList();
    }

    /// Every option it names, alone and with a value it allows.
    private List<String> options(JsonNode operation) {
        List<String> options = new ArrayList<>();
        for (JsonNode named : operation.path("parameters")) {
            JsonNode parameter =
                    named.has("$ref") ? document.at(named.get("$ref").asString().substring(1)) : named;
            if (parameter.get("in").asString().equals("query")) {
                String name = parameter.get("name").asString();
                String value = switch (name) {
                    case "$filter" -> "id gt 0";
                    case "$expand" -> "";
                    case "$select", "$orderby" -> "id";
                    case "$count" -> "true";
                    case "$apply" -> "aggregate($count as n)";
                    case "$top", "$skip", "downsample" -> "3";
                    default -> parameter.at("/schema/enum/0").asString();
                };
                if (!value.isEmpty()) {
                    options.add("?" + name + "=" + value);
                }
            }
        }
        return options;
    }

    private List<String> misfits(String schema, JsonNode value) {
        return SchemaCheck.misfits(document, document.at("/components/schemas/" + schema), value);
    }

    @Test
    void whatIsAnsweredFits() {
        aSensorOfEachKind();
        for (EntityModel entity : EntityModel.all()) {
            List<String> ways = new ArrayList<>();
            entity.ways().forEach(way -> ways.add(way.name()));
            entity.shortcuts().forEach(way -> ways.add(way.name()));
            for (String query :
                    List.of("", "?$count=true&$expand=" + String.join(",", ways), "?$resultMetadata=none")) {
                JsonNode answer = sta.json("/" + entity.set() + query);
                assertThat(answer.get("value")).as(entity.set()).isNotEmpty();
                assertThat(SchemaCheck.misfits(
                                document,
                                document.at("/paths/~1" + entity.set()
                                        + "/get/responses/200/content/application~1json/schema"),
                                answer))
                        .as(answer.toPrettyString())
                        .isEmpty();
            }
        }
        assertThat(misfits("Summaries", sta.json("/Observations?$apply=aggregate($count as n)")))
                .isEmpty();
        assertThat(misfits(
                        "Problem",
                        SensorThingsScenario.parse(sta.get("/Things(4711)").body())))
                .isEmpty();
    }

    /// A body that fits is taken, one that does not is refused: by the service itself.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        POST  | /Things                      | NewThing             | {"name": "A", "description": ""}
        POST  | /Things                      | NewThing             | {"name": "A"}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "colour": "red"}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "properties": null}
        POST  | /Things                      | NewThing             | {"name": 5, "description": ""}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "Locations": [{"@iot.id": 1}]}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "Locations": {"@iot.id": 1}}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "Locations": [{"@iot.id": "eins"}]}
        POST  | /Things                      | NewThing             | {"name": "A", "description": "", "Locations": [{"name": "Ort"}]}
        POST  | /Datastreams(1)/Observations | NewObservation       | {"result": 5}
        POST  | /Datastreams(1)/Observations | NewObservation       | {"result": {"a": [1]}, "phenomenonTime": "2025-01-01T10:00:00Z/2025-01-01T11:00:00Z", "parameters": {"b": 1}, "resultTime": null}
        POST  | /Datastreams(1)/Observations | NewObservation       | {"phenomenonTime": "2025-01-01T10:00:00Z"}
        POST  | /Datastreams(1)/Observations | NewObservation       | {"result": 5, "parameters": "viele"}
        POST  | /Observations                | NewObservation       | {"result": 5, "Datastream": {"@iot.id": 1}, "FeatureOfInterest": {"name": "F", "description": "", "encodingType": "", "feature": {}}}
        PATCH | /Things(1)                   | ThingChange          | {"description": "neu", "properties": null}
        PATCH | /Things(1)                   | ThingChange          | {"Locations": [{"@iot.id": 1}]}
        PATCH | /Things(1)                   | ThingChange          | {"Locations": [{"name": "Ort", "description": "", "encodingType": "", "location": {}}]}
        PATCH | /Things(1)                   | ThingChange          | {"height": 5}
        PATCH | /Datastreams(1)              | DatastreamChange     | {"unitOfMeasurement": {"name": null, "symbol": null, "definition": null}}
        PATCH | /Datastreams(1)              | DatastreamChange     | {"unitOfMeasurement": {"name": "Grad"}}
        PUT   | /Things(1)                   | WholeThing           | {"name": "A", "description": ""}
        PUT   | /Things(1)                   | WholeThing           | {"name": "A"}
        POST  | /$batch                      | Batch                | {"requests": [{"id": "1", "method": "get", "url": "Things"}]}
        POST  | /$batch                      | Batch                | {"request": []}
        """)
    void aBodyFitsIfTheServiceTakesIt(String method, String path, String schema, String body) {
        sta.observe(sta.datastream("Markt"), "2025-01-01T10:00:00Z", "1");
        List<String> misfits = misfits(schema, SensorThingsScenario.parse(body));
        var answer = sta.town.send(sta.town
                .request(SensorThingsScenario.ROOT + path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
        assertThat(answer.statusCode() < 300)
                .as("%s %s: %s, %s", body, misfits, answer.statusCode(), answer.body())
                .isEqualTo(misfits.isEmpty());
    }

    @Test
    void aDeepInsertAnArrayOfValuesAPatchOfOperationsAndWhatWasReadFit() {
        JsonNode thing = SensorThingsScenario.parse(SensorThingsScenario.thing("Markt"));
        assertThat(misfits("NewThing", thing)).isEmpty();
        sta.create("/Things", thing.toString());
        assertThat(misfits("ThingChange", sta.json("/Things(1)"))).isEmpty();
        assertThat(SensorThingsScenario.outcome(
                        sta.patch("/Things(1)", sta.json("/Things(1)").toString())))
                .isEqualTo("200");
        JsonNode arrays = SensorThingsScenario.parse(
                "[{\"Datastream\":{\"@iot.id\":1},\"components\":[\"phenomenonTime\",\"result\"],\"dataArray\":[[\"2025-01-01T00:00:00Z\",5]]}]");
        assertThat(misfits("NewDataArray", arrays.get(0))).isEmpty();
        assertThat(SensorThingsScenario.outcome(sta.post("/CreateObservations", arrays.toString())))
                .isEqualTo("201");
        JsonNode operation = SensorThingsScenario.parse("{\"op\": \"replace\", \"path\": \"/name\", \"value\": \"B\"}");
        assertThat(misfits("JsonPatchOperation", operation)).isEmpty();
        assertThat(document.at("/paths/~1Things({id})/patch/requestBody/content")
                        .propertyNames())
                .contains("application/json", "application/json-patch+json");
        assertThat(document.at("/components/securitySchemes/key/scheme").asString())
                .isEqualTo("bearer");
    }
}
