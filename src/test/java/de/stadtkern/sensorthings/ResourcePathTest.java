package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.datastreamBody;
import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.thing;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@StadtkernTest
@Requirement("resource-path/resource-path-to-entities")
class ResourcePathTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long thing;
    private long datastream;

    @BeforeEach
    void aThingWithADatastream() {
        sta = new SensorThingsScenario(context, port);
        thing = sta.create("/Things", thing("Markt"));
        datastream = sta.json("/Datastreams").get("value").get(0).get("@iot.id").asLong();
        sta.observe(datastream, "2025-06-01T10:00:00+02:00", "12");
    }

    @Test
    void theRootNamesTheSetsWithAbsoluteAddresses() {
        JsonNode root = sta.json("");
        assertThat(sta.list("", "name"))
                .isEqualTo("Things, Locations, HistoricalLocations, Datastreams, MultiDatastreams, Sensors,"
                        + " ObservedProperties, Observations, FeaturesOfInterest");
        assertThat(root.get("value").get(0).get("url").asString())
                .isEqualTo(
                        "http://%s.localhost/sta/v1.1/Things", sta.town.city().slug());
        assertThat(root.get("serverSettings").get("conformance").toString()).contains("datamodel");
    }

    @Test
    @Requirement("datamodel/entity-control-information/common-control-information")
    void anEntityTellsItsIdItsAddressAndWhereItsRelativesAre() {
        JsonNode entity = sta.json("/Things(" + thing + ")");
        String self = entity.get("@iot.selfLink").asString();
        assertThat(entity.get("@iot.id").asLong()).isEqualTo(thing);
        assertThat(self).endsWith("/sta/v1.1/Things(" + thing + ")");
        assertThat(entity.get("Datastreams@iot.navigationLink").asString()).isEqualTo(self + "/Datastreams");
        assertThat(entity.get("Locations@iot.navigationLink").asString()).isEqualTo(self + "/Locations");
        assertThat(entity.get("HistoricalLocations@iot.navigationLink").asString())
                .isEqualTo(self + "/HistoricalLocations");
    }

    @Test
    void everySetIsAnsweredAndHoldsWhatTheDeepInsertMade() {
        assertThat(sta.names("/Things")).isEqualTo("Markt");
        assertThat(sta.names("/Locations")).isEqualTo("Ort Markt");
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.names("/Sensors")).isEqualTo("Lichtschranke");
        assertThat(sta.names("/ObservedProperties")).isEqualTo("Anzahl");
        assertThat(sta.list("/Observations", "result")).isEqualTo("12");
        assertThat(sta.names("/FeaturesOfInterest")).isEqualTo("Ort Markt");
        assertThat(sta.json("/HistoricalLocations").get("value").size()).isEqualTo(1);
    }

    @Test
    void everyRelationCanBeFollowedFromBothEnds() {
        String observation = "/Things(" + thing + ")/Datastreams(" + datastream + ")/Observations";
        long id = sta.json(observation).get("value").get(0).get("@iot.id").asLong();
        String one = "/Observations(" + id + ")";
        assertThat(sta.json(one + "/Datastream").get("name").asString()).isEqualTo("Reihe Markt");
        assertThat(sta.json(one + "/Datastream/Thing").get("name").asString()).isEqualTo("Markt");
        assertThat(sta.json(one + "/FeatureOfInterest").get("name").asString()).isEqualTo("Ort Markt");
        assertThat(sta.list(one + "/FeatureOfInterest/Observations", "result")).isEqualTo("12");
        assertThat(sta.json(one + "/Datastream/Sensor").get("name").asString()).isEqualTo("Lichtschranke");
        assertThat(sta.names(one + "/Datastream/Sensor/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.names(one + "/Datastream/ObservedProperty/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.names(one + "/Datastream/Thing/Locations")).isEqualTo("Ort Markt");
        assertThat(sta.names("/HistoricalLocations(1)/Locations")).isEqualTo("Ort Markt");
        assertThat(sta.names("/Locations(1)/HistoricalLocations(1)/Thing/Datastreams"))
                .isEqualTo("Reihe Markt");
        assertThat(sta.names("/Locations(1)/Things")).isEqualTo("Markt");
    }

    @Test
    void aPropertyItsPartsAndItsBareValueHaveAddresses() {
        assertThat(sta.get("/Things(" + thing + ")/name").body()).isEqualTo("{\"name\":\"Markt\"}");
        assertThat(sta.get("/Things(" + thing + ")/name/$value").body()).isEqualTo("Markt");
        assertThat(sta.get("/Things(" + thing + ")/properties/street").body())
                .isEqualTo("{\"street\":\"Marktstraße\"}");
        assertThat(sta.get("/Things(" + thing + ")/properties/street/$value").body())
                .isEqualTo("Marktstraße");
        assertThat(sta.get("/Datastreams(" + datastream + ")/unitOfMeasurement/symbol")
                        .body())
                .isEqualTo("{\"symbol\":\"1\"}");
        assertThat(sta.get("/Datastreams(" + datastream + ")/unitOfMeasurement/symbol/$value")
                        .body())
                .isEqualTo("1");
        assertThat(sta.get("/Datastreams(" + datastream + ")/phenomenonTime/$value")
                        .body())
                .isEqualTo("2025-06-01T08:00:00Z/2025-06-01T08:00:00Z");
    }

    @Test
    void aPropertyWithoutAValueIs204AndAnUnknownOne404() {
        long id = sta.json("/Observations").get("value").get(0).get("@iot.id").asLong();
        assertThat(sta.outcome("/Observations(" + id + ")/resultTime")).isEqualTo("204");
        assertThat(sta.outcome("/Observations(" + id + ")/colour")).isEqualTo("404 path-unknown");
    }

    @Test
    void refGivesTheAddressesOnly() {
        assertThat(sta.get("/Things(" + thing + ")/Datastreams/$ref").body())
                .isEqualTo("{\"value\":[{\"@iot.selfLink\":\"http://%s.localhost/sta/v1.1/Datastreams(%d)\"}]}"
                        .formatted(sta.town.city().slug(), datastream));
    }

    @Test
    @Requirement("request-data/status-code")
    void whatIsNotThereIs404() {
        assertThat(sta.outcome("/Things(4711)")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Things(4711)/Datastreams")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Things(" + thing + ")/Datastreams(4711)/Observations"))
                .isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Observations(4711)")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Things(abc)")).isEqualTo("404 path-unknown");
        assertThat(sta.outcome("/Dinge")).isEqualTo("404 path-unknown");
        assertThat(sta.outcome("/Things/name")).isEqualTo("404 path-unknown");
    }

    /// OData 4.0, 11.2.6: nothing is at the other end, which is no mistake of the caller.
    @Test
    void aRelationToOneThatLeadsNowhereIs204() {
        long bare = sta.create("/Things", "{\"name\":\"ohne Ort\",\"description\":\"\"}");
        long datastream = sta.create("/Things(%d)/Datastreams".formatted(bare), datastreamBody("D"));
        assertThat(sta.get("/Datastreams(%d)/LatestObservation".formatted(datastream))
                        .statusCode())
                .isEqualTo(204);
        long observation = sta.create("/Datastreams(%d)/Observations".formatted(datastream), "{\"result\":1}");
        String feature = "/Observations(%d)/FeatureOfInterest".formatted(observation);
        assertThat(sta.get(feature).statusCode()).isEqualTo(204);
        assertThat(sta.get(feature).body()).isEmpty();
        assertThat(sta.json("/Observations(%d)?$expand=FeatureOfInterest".formatted(observation))
                        .get("FeatureOfInterest")
                        .isNull())
                .isTrue();
        assertThat(sta.outcome("/Observations(4711)/FeatureOfInterest")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Things(%d)/Datastreams(4711)".formatted(bare))).isEqualTo("404 entity-unknown");
    }

    @Test
    void aMethodAnAddressDoesNotKnowIs405WithTheOnesItDoes() {
        var answer = sta.post("/Things(" + thing + ")", "{}");
        assertThat(outcome(answer)).isEqualTo("405 method-not-allowed");
        assertThat(answer.headers().firstValue("Allow")).hasValue("GET, PATCH, PUT, DELETE");
        assertThat(outcome(sta.delete("/Things"))).isEqualTo("405 method-not-allowed");
        assertThat(outcome(sta.town.send(sta.town
                        .request("/sta/v1.1/Things(1)")
                        .PUT(java.net.http.HttpRequest.BodyPublishers.ofString("{}")))))
                .isEqualTo("400 property-missing");
    }
}
