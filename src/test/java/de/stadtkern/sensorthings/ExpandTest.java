package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.StatementCount;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Related entities in the answer itself. The tests only read, so they share one town.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Requirement("request-data/expand")
class ExpandTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long markt;

    @BeforeAll
    void twoThingsWithDatastreamsAndOneWithNothing() {
        sta = new SensorThingsScenario(context, port);
        markt = sta.datastream("Markt");
        long kirche = sta.datastream("Kirche");
        sta.create("/Things", "{\"name\":\"leer\",\"description\":\"\"}");
        sta.create(
                "/Things(1)/Datastreams",
                SensorThingsScenario.datastreamBody("Markt 2")
                        .replace("\"Lichtschranke\"", "\"Radar\"")
                        .replace("\"Anzahl\"", "\"Tempo\""));
        sta.observe(markt, "2025-06-01T10:00:00Z", "1");
        sta.observe(markt, "2025-06-01T11:00:00Z", "2.5");
        sta.observe(markt, "2025-06-02T12:00:00Z", "3");
        sta.observe(kirche, "2024-01-01T00:00:00Z", "7");
        sta.observe(kirche, "2026-01-01T00:00:00Z", "\"viel\"");
    }

    /// Names and results of an entity and of what stands in it: `Markt(Reihe Markt(1,2.5),Reihe 2())`.
    private static String shown(JsonNode entity) {
        StringBuilder inner = new StringBuilder();
        entity.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isArray()) {
                inner.append('(')
                        .append(String.join(
                                ",",
                                StreamSupport.stream(value.spliterator(), false)
                                        .map(ExpandTest::shown)
                                        .toList()))
                        .append(')');
            } else if (value.isObject() && value.has("@iot.id")) {
                inner.append('<').append(shown(value)).append('>');
            }
        });
        JsonNode own = entity.has("name") ? entity.get("name") : entity.get("result");
        return (own == null ? "" : own.isString() ? own.asString() : own.toString()) + inner;
    }

    private String tree(String path) {
        return shown(sta.json(path)).replaceFirst("^\\(", "").replaceFirst("\\)$", "");
    }

    @Test
    void aSetAndASingleEntityCarryTheirRelatives() {
        assertThat(tree("/Things?$expand=Datastreams"))
                .isEqualTo("Markt(Reihe Markt,Reihe Markt 2),Kirche(Reihe Kirche),leer()");
        assertThat(shown(sta.json("/Things(1)?$expand=Datastreams,Locations")))
                .isEqualTo("Markt(Reihe Markt,Reihe Markt 2)(Ort Markt)");
        assertThat(tree("/Observations?$expand=Datastream&$top=2")).isEqualTo("7<Reihe Kirche>,1<Reihe Markt>");
    }

    @Test
    void everyRelationCanBeExpandedFromBothEnds() {
        assertThat(tree("/Locations?$expand=Things,HistoricalLocations($select=time)"))
                .isEqualTo("Ort Markt(Markt)(),Ort Kirche(Kirche)()");
        assertThat(tree("/HistoricalLocations?$expand=Thing,Locations"))
                .isEqualTo("<Markt>(Ort Markt),<Kirche>(Ort Kirche)");
        assertThat(tree("/Datastreams?$expand=Thing,Sensor,ObservedProperty&$top=1"))
                .isEqualTo("Reihe Markt<Markt><Lichtschranke><Anzahl>");
        assertThat(tree("/Sensors?$expand=Datastreams&$filter=name eq 'Radar'")).isEqualTo("Radar(Reihe Markt 2)");
        assertThat(tree("/ObservedProperties?$expand=Datastreams&$filter=name eq 'Tempo'"))
                .isEqualTo("Tempo(Reihe Markt 2)");
        assertThat(tree("/Observations?$expand=FeatureOfInterest($select=name)&$top=1"))
                .isEqualTo("7");
        assertThat(tree("/FeaturesOfInterest?$expand=Observations($orderby=result)"))
                .isEqualTo("Ort Markt(1,2.5,3),Ort Kirche(viel,7)");
    }

    @Test
    void optionsInParenthesesHoldForTheirLevelOnly() {
        assertThat(tree("/Datastreams?$expand=Observations($filter=result gt 1;$orderby=result"
                        + " desc;$select=result)&$top=1"))
                .isEqualTo("Reihe Markt(3,2.5)");
        assertThat(tree("/Datastreams?$expand=Observations($skip=1;$top=1)"))
                .isEqualTo("Reihe Markt(2.5),Reihe Kirche(viel),Reihe Markt 2()");
        assertThat(sta.get("/Things?$select=name&$expand=Datastreams($select=name)&$top=1")
                        .body())
                .startsWith("{\"value\":[{\"name\":\"Markt\",\"Datastreams\":[{\"name\":\"Reihe Markt\"},");
        assertThat(sta.get("/Things?$select=id&$expand=Datastreams($select=Sensor)&$top=1")
                        .body())
                .contains("{\"@iot.id\":1,\"Datastreams\":[{\"Sensor@iot.navigationLink\":");
    }

    @Test
    void theNewestObservationOfEachDatastreamIsOneStatementPerLevel() {
        String path = "/Things?$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))";
        assertThat(tree(path)).isEqualTo("Markt(Reihe Markt(3),Reihe Markt 2()),Kirche(Reihe Kirche(viel)),leer()");
        assertThat(StatementCount.of(sta.town, () -> sta.json(path))).isLessThanOrEqualTo(4);
        assertThat(tree(path.replace("Observations($top=1", "Observations($top=1;$filter=result gt 0")))
                .isEqualTo("Markt(Reihe Markt(3),Reihe Markt 2()),Kirche(Reihe Kirche(7)),leer()");
    }

    @Test
    void theLatestObservationHasAWayOfItsOwn() {
        assertThat(tree("/Datastreams?$expand=LatestObservation($select=result)&$select=name"))
                .isEqualTo("Reihe Markt,Reihe Kirche,Reihe Markt 2");
        assertThat(sta.get("/Datastreams?$expand=LatestObservation($select=result)&$select=id")
                        .body())
                .isEqualTo(
                        "{\"value\":[{\"@iot.id\":1,\"LatestObservation\":{\"result\":3}},"
                            + "{\"@iot.id\":2,\"LatestObservation\":{\"result\":\"viel\"}},{\"@iot.id\":3,\"LatestObservation\":null}]}");
        assertThat(sta.list("/Things(1)/LatestObservations", "result")).isEqualTo("3");
        assertThat(sta.json("/Datastreams(2)/LatestObservation").get("result").asString())
                .isEqualTo("viel");
        assertThat(sta.json("/Things(2)/LatestObservations?$count=true")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(1);
        assertThat(tree("/Things?$expand=LatestObservations($expand=Datastream)"))
                .isEqualTo("Markt(3<Reihe Markt>),Kirche(viel<Reihe Kirche>),leer()");
        assertThat(sta.outcome("/Datastreams(3)/LatestObservation")).isEqualTo("204");
        assertThat(SensorThingsScenario.outcome(sta.post("/Things(1)/LatestObservations", "{\"result\":1}")))
                .isEqualTo("404 path-unknown");
    }

    @Test
    void aPathIsShortForNestedExpands() {
        assertThat(tree("/Things?$expand=Datastreams/Sensor&$top=1"))
                .isEqualTo("Markt(Reihe Markt<Lichtschranke>,Reihe Markt 2<Radar>)");
        assertThat(tree("/Things?$expand=Datastreams,Datastreams/Sensor,Datastreams/ObservedProperty&$top=1"))
                .isEqualTo("Markt(Reihe Markt<Lichtschranke><Anzahl>,Reihe Markt 2<Radar><Tempo>)");
    }

    @Test
    void whatDoesNotFitOnAPageHasACountAndALink() {
        JsonNode thing =
                sta.json("/Datastreams(" + markt + ")?$expand=Observations($top=2;$count=true;$select=result)");
        assertThat(thing.get("Observations@iot.count").asInt()).isEqualTo(3);
        String next = thing.get("Observations@iot.nextLink").asString();
        assertThat(sta.list(next.substring(next.indexOf("/Datastreams(")), "result"))
                .isEqualTo("3");
        JsonNode newest = sta.json("/Datastreams?$expand=Observations($top=1;$orderby=phenomenonTime desc)")
                .get("value")
                .get(0);
        String older = newest.get("Observations@iot.nextLink").asString();
        assertThat(sta.list(older.substring(older.indexOf("/Datastreams(")), "result"))
                .isEqualTo("2.5");
        assertThat(sta.json("/Things?$expand=Datastreams($count=true;$top=0)")
                        .get("value")
                        .get(0)
                        .toString())
                .contains("\"Datastreams@iot.count\":2,\"Datastreams\":[]");
    }

    @Test
    void pagesOfTheSetAboveKeepWhatIsExpanded() {
        assertThat(sta.pages("/Things?$top=2&$expand=Datastreams($top=1;$select=name)&$select=name", "Datastreams"))
                .isEqualTo("[{\"name\":\"Reihe Markt\"}], [{\"name\":\"Reihe Kirche\"}] | []");
    }

    @Test
    void whatCannotBeExpandedIsNamed() {
        assertThat(sta.outcome("/Things?$expand=Observations")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$expand=")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$expand=Datastreams($top=1")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$expand=Datastreams($colour=1)")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things?$expand=Datastreams,Datastreams")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Datastreams?$expand=Thing($top=1)")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Things(4711)?$expand=Datastreams")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Things?$expand=Datastreams($expand=Observations($filter=colour eq 1))"))
                .isEqualTo("400 property-unknown");
    }
}
