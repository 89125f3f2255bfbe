package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.thing;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Whoever asks wrongly learns where the mistake stands and what there is instead.
@StadtkernTest
@Requirement("request-data/query-status-code")
class UsefulErrorsTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeEach
    void aThing() {
        sta = new SensorThingsScenario(context, port);
        sta.create("/Things", thing("Markt"));
    }

    private String detail(String path) {
        return SensorThingsScenario.detail(sta.get(path));
    }

    @Test
    void anUnknownNameHasItsPlaceAndWhatThereIs() {
        assertThat(detail("/Things?$filter=name eq 'a' and nme eq 'b'"))
                .isEqualTo("Thing has no property 'nme', at position 17 of $filter. It has: id, name, description,"
                        + " properties, Locations, HistoricalLocations, Datastreams, MultiDatastreams.");
        assertThat(detail("/Datastreams?$filter=Thing/nme eq 'b'"))
                .startsWith("Thing has no property 'nme', at position 7 of $filter. It has: id");
        assertThat(detail("/Things?$select=id,nme"))
                .startsWith("Thing has no property 'nme', at position 4 of $select.");
        assertThat(detail("/Things?$orderby=name desc, nme"))
                .startsWith("Thing has no property 'nme', at position 12 of $orderby.");
        assertThat(detail("/Things?$expand=Locations, Foo"))
                .isEqualTo("Thing has no 'Foo' to expand, at position 12 of $expand. It has: Locations,"
                        + " HistoricalLocations, Datastreams, MultiDatastreams.");
        assertThat(detail("/Things?$filter=Foo/any()"))
                .startsWith("Thing leads to no 'Foo', at position 1 of $filter. It leads to: Locations,");
    }

    @Test
    void soHasACharacterNoTextMayHold() {
        assertThat(detail("/Things?$filter=name eq 'a%00b'"))
                .isEqualTo("A text cannot hold a zero character, at position 11 of $filter.");
    }

    @Test
    void soHasWhatStandsInsideOfAnExpand() {
        assertThat(detail("/Things?$expand=Datastreams($select=id;$filter=nme eq 'x')"))
                .startsWith("Datastream has no property 'nme', at position 32 of $expand.");
        assertThat(detail("/Things?$expand=Datastreams/Foo"))
                .startsWith("Datastream has no 'Foo' to expand, at position 13 of $expand.");
        assertThat(detail("/Things?$expand=Datastreams($top=1"))
                .isEqualTo("Options of 'Datastreams' end with ')', at position 19 of $expand.");
    }

    @Test
    void soHasWhatStandsInsideOfAnApply() {
        assertThat(detail("/Observations?$apply=filter(reslt gt 1)/aggregate($count as n)"))
                .startsWith("Observation has no property 'reslt', at position 8 of $apply.");
        assertThat(detail("/Observations?$apply=filter(phenomenonTime gt 'a')/aggregate($count as n)"))
                .isEqualTo("A time or an interval cannot be compared with text, at position 26 of $apply.");
        assertThat(detail("/Observations?$apply=groupby((bucket(phenomenonTime,'decade')),aggregate($count as n))"))
                .isEqualTo(
                        "'decade' is not understood, at position 33 of $apply. Expected 15min, hour, day, week, month"
                                + " or year.");
        assertThat(detail("/Observations?$apply=aggregate($count as n,result with foo as x)"))
                .startsWith(
                        "'result with foo as x' is not understood, at position 23 of $apply. Expected 'result with");
    }

    @Test
    void anUnknownOptionAndAnUnknownSetNameTheKnownOnes() {
        assertThat(detail("/Things?$foo=1"))
                .startsWith("The option '$foo' is not known for the set Things; known are: ")
                .contains("$filter", "$top", "$skip", "$expand", "$select", "$orderby", "$count");
        assertThat(detail("/Nope"))
                .isEqualTo("There is no entity set 'Nope' here; there are: Things, Locations, HistoricalLocations,"
                        + " Datastreams, MultiDatastreams, Sensors, ObservedProperties, Observations,"
                        + " FeaturesOfInterest.");
    }

    @Test
    void anotherVersionOfTheStandardIsToldWhichOneIsSpoken() {
        for (String path : new String[] {"/sta", "/sta/v1.0/Things", "/sta/v2.0"}) {
            HttpResponse<String> answer = sta.town.get(path);
            JsonNode told = SensorThingsScenario.parse(answer.body());
            assertThat(outcome(answer)).as(path).isEqualTo("404 path-unknown");
            assertThat(told.get("code").asInt()).isEqualTo(404);
            assertThat(told.get("message").asString()).contains(path, "SensorThings 1.1 is spoken at /sta/v1.1");
        }
    }

    @Test
    void whatNoControllerAnswersIsAProblemLikeAnyOther() {
        HttpResponse<String> nothing = sta.town.get("/api/v1/nix");
        assertThat(outcome(nothing)).isEqualTo("404 path-unknown");
        assertThat(nothing.body()).contains("There is nothing at /api/v1/nix.", "\"request\"");
        HttpResponse<String> nul = sta.town.get("/sta/v1.1/Things%00");
        assertThat(outcome(nul)).isEqualTo("400 request-400");
        assertThat(nul.body()).contains("cannot be read");
    }
}
