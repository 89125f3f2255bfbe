package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
        sta.observe(sta.datastream("Markt"), "2025-01-01T10:00:00Z", "1");
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            if (path.getValue().has("get") && !path.getKey().contains("MultiDatastream")) {
                long id = path.getKey().startsWith("/Observations(")
                        ? sta.json("/Observations")
                                .get("value")
                                .get(0)
                                .get("@iot.id")
                                .asLong()
                        : 1;
                String address = path.getKey().replace("{id}", String.valueOf(id));
                assertThat(sta.get(address.equals("/") ? "" : address).statusCode())
                        .as(address)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aBodyWithWhatItCallsRequiredIsNotRefusedForMissingProperties() {
        JsonNode thing = document.at("/components/schemas/Thing");
        assertThat(thing.get("required").toString()).isEqualTo("[\"name\",\"description\"]");
        assertThat(SensorThingsScenario.outcome(sta.post("/Things", "{\"name\":\"A\",\"description\":\"\"}")))
                .isEqualTo("201");
        assertThat(document.at("/components/schemas/MultiDatastream/properties/unitOfMeasurements/items/$ref")
                        .asString())
                .endsWith("UnitOfMeasurement");
    }
}
