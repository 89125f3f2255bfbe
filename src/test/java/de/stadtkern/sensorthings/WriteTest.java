package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static de.stadtkern.sensorthings.SensorThingsScenario.thing;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Changing entities in every manner the standard knows, versions, links by themselves, preferences.
@StadtkernTest
class WriteTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;

    @BeforeEach
    void aThingWithADatastream() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
    }

    private HttpResponse<String> send(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = sta.town
                .request(SensorThingsScenario.ROOT + path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return sta.town.send(request);
    }

    private HttpResponse<String> put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    private HttpResponse<String> jsonPatch(String path, String operations) {
        return send("PATCH", path, "application/json-patch+json", operations);
    }

    @Test
    @Requirement("create-update-delete/update-entity-put")
    void putIsTheWholeEntityAndKeepsItsLinks() {
        JsonNode thing = parse(put("/Things(1)", "{\"name\":\"Neu\",\"description\":\"anders\"}")
                .body());
        assertThat(thing.get("name").asString()).isEqualTo("Neu");
        assertThat(thing.has("properties")).isFalse();
        assertThat(sta.names("/Things(1)/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(outcome(put("/Things(1)", "{\"name\":\"Neu\"}"))).isEqualTo("400 property-missing");
        assertThat(outcome(put("/Things(4711)", "{\"name\":\"a\",\"description\":\"\"}")))
                .isEqualTo("404 entity-unknown");
        assertThat(outcome(put("/Things", "{\"name\":\"a\",\"description\":\"\"}")))
                .isEqualTo("405 method-not-allowed");
        long observation = sta.observe(datastream, "2025-06-01T10:00:00Z", "1");
        put("/Observations(" + observation + ")", "{\"result\":2,\"resultTime\":\"2025-06-01T10:01:00Z\"}");
        put("/Observations(" + observation + ")", "{\"result\":3}");
        assertThat(sta.json("/Observations(" + observation + ")?$select=phenomenonTime,resultTime,result")
                        .toString())
                .isEqualTo("{\"phenomenonTime\":\"2025-06-01T10:00:00Z\",\"resultTime\":null,\"result\":3}");
    }

    @Test
    @Requirement("create-update-delete/update-entity-jsonpatch")
    void jsonPatchChangesPartsOfAnEntity() {
        HttpResponse<String> answer = jsonPatch("/Things(1)", """
            [{"op":"test","path":"/name","value":"Markt"}, {"op":"replace","path":"/name","value":"Platz"},
             {"op":"remove","path":"/properties/floor"}, {"op":"add","path":"/properties/tags","value":["a"]},
             {"op":"add","path":"/properties/tags/-","value":"b"}, {"op":"copy","from":"/name","path":"/properties/alias"},
             {"op":"move","from":"/properties/open","path":"/properties/isOpen"}]
            """);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(parse(answer.body()).get("properties"))
                .isEqualTo(parse(
                        "{\"street\":\"Marktstraße\",\"tags\":[\"a\",\"b\"],\"alias\":\"Platz\",\"isOpen\":true}"));
        assertThat(outcome(jsonPatch("/Things(1)", "[{\"op\":\"test\",\"path\":\"/name\",\"value\":\"x\"}]")))
                .isEqualTo("409 patch-test-failed");
        assertThat(outcome(jsonPatch("/Things(1)", "[{\"op\":\"remove\",\"path\":\"/name\"}]")))
                .isEqualTo("400 type-wrong");
        assertThat(outcome(jsonPatch("/Things(1)", "[{\"op\":\"remove\",\"path\":\"/properties/x\"}]")))
                .isEqualTo("400 patch-invalid");
        assertThat(outcome(jsonPatch("/Things(1)", "{}"))).isEqualTo("400 patch-invalid");
        assertThat(sta.names("/Things")).isEqualTo("Platz");
    }

    @Test
    void aVersionGuardsAgainstOverwritingWhatOthersChanged() {
        HttpResponse<String> first = sta.get("/Things(1)");
        String tag = first.headers().firstValue("ETag").orElseThrow();
        assertThat(sta.town
                        .send(sta.town.request("/sta/v1.1/Things(1)").header("If-None-Match", tag))
                        .statusCode())
                .isEqualTo(304);
        HttpResponse<String> changed =
                send("PATCH", "/Things(1)", "application/json", "{\"description\":\"1\"}", "If-Match", tag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(outcome(send("PATCH", "/Things(1)", "application/json", "{\"description\":\"2\"}", "If-Match", tag)))
                .isEqualTo("412 version-changed");
        assertThat(outcome(send("DELETE", "/Things(1)", "application/json", "", "If-Match", tag)))
                .isEqualTo("412 version-changed");
        String newest = changed.headers().firstValue("ETag").orElseThrow();
        assertThat(sta.get("/Things(1)").headers().firstValue("ETag")).hasValue(newest);
        assertThat(outcome(send(
                        "PUT",
                        "/Things(1)",
                        "application/json",
                        "{\"name\":\"a\",\"description\":\"\"}",
                        "If-None-Match",
                        "*")))
                .isEqualTo("412 version-changed");
        assertThat(outcome(send("DELETE", "/Things(1)", "application/json", "", "If-Match", newest)))
                .isEqualTo("200");
    }

    @Test
    void theAnswerIsAsLongAsTheCallerPrefers() {
        assertThat(send("POST", "/Things", "application/json", thing("A"), "Prefer", "return=minimal")
                        .body())
                .isEmpty();
        HttpResponse<String> observation = send(
                "POST",
                "/Datastreams(" + datastream + ")/Observations",
                "application/json",
                "{\"result\":5}",
                "Prefer",
                "return=representation");
        assertThat(observation.statusCode()).isEqualTo(201);
        assertThat(parse(observation.body()).get("result").asInt()).isEqualTo(5);
        assertThat(observation.headers().firstValue("Preference-Applied")).hasValue("return=representation");
        assertThat(send("PATCH", "/Things(1)", "application/json", "{\"name\":\"b\"}", "Prefer", "return=minimal")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void linksAreMadeAndCutByThemselves() {
        long other = sta.create(
                "/Locations",
                "{\"name\":\"Zweiter"
                    + " Ort\",\"description\":\"\",\"encodingType\":\"\",\"location\":{\"type\":\"Point\",\"coordinates\":[1,2]}}");
        assertThat(sta.post("/Things(1)/Locations/$ref", "{\"@iot.id\":" + other + "}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(sta.names("/Things(1)/Locations")).isEqualTo("Ort Markt, Zweiter Ort");
        assertThat(sta.json("/Things(1)/HistoricalLocations").get("value").size())
                .isEqualTo(2);
        assertThat(sta.delete("/Things(1)/Locations(1)/$ref").statusCode()).isEqualTo(200);
        assertThat(sta.names("/Things(1)/Locations")).isEqualTo("Zweiter Ort");
        assertThat(sta.delete("/Things(1)/Locations/$ref?$id=Locations(" + other + ")")
                        .statusCode())
                .isEqualTo(200);
        assertThat(sta.names("/Things(1)/Locations")).isEmpty();
        assertThat(sta.names("/Locations")).isEqualTo("Ort Markt, Zweiter Ort");
        long sensor = sta.create(
                "/Sensors", "{\"name\":\"Neu\",\"description\":\"\",\"encodingType\":\"\",\"metadata\":\"\"}");
        assertThat(put("/Datastreams(" + datastream + ")/Sensor/$ref", "{\"@id\":\"http://x/Sensors(" + sensor + ")\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(sta.json("/Datastreams(" + datastream + ")/Sensor")
                        .get("name")
                        .asString())
                .isEqualTo("Neu");
        assertThat(outcome(sta.delete("/Datastreams(" + datastream + ")/Sensor/$ref")))
                .isEqualTo("409 link-mandatory");
        assertThat(outcome(sta.delete("/Things(1)/Datastreams(" + datastream + ")/$ref")))
                .isEqualTo("409 link-mandatory");
        assertThat(outcome(sta.post("/Things(1)/Locations/$ref", "{\"@iot.id\":4711}")))
                .isEqualTo("400 link-target-unknown");
        assertThat(outcome(sta.post("/Things(1)/Locations/$ref", "{}"))).isEqualTo("400 property-missing");
        assertThat(sta.get("/Things(1)/Datastreams(" + datastream + ")/$ref").statusCode())
                .isEqualTo(200);
    }

    @Test
    @Requirement("request-data/query-status-code")
    void anErrorHasCodeAndMessageToo() {
        JsonNode error = parse(sta.get("/Things(4711)").body());
        assertThat(error.get("code").asInt()).isEqualTo(404);
        assertThat(error.get("message")).isEqualTo(error.get("detail"));
        assertThat(error.get("type").asString()).isEqualTo("urn:stadtkern:problem:entity-unknown");
    }

    @Test
    void aSetIsNotDeletedUnlessTheOperatorAllowsIt() {
        assertThat(outcome(sta.delete("/Things?$filter=true"))).isEqualTo("405 method-not-allowed");
        assertThat(sta.names("/Things")).isEqualTo("Markt");
    }
}
