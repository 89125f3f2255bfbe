package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.detail;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Functions, arithmetic, times, relations and geometries in `$filter` and `$orderby`. The tests only read, so they
/// share one town.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FilterTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeAll
    void threeThingsAndSomeObservations() {
        sta = new SensorThingsScenario(context, port);
        long markt = sta.datastream("Markt");
        long kirche = sta.datastream("Kirchplatz");
        sta.create("/Things", "{\"name\":\" Leer \",\"description\":\"ohne alles\"}");
        sta.observe(markt, "2025-06-01T10:15:30.25Z", "1");
        sta.observe(markt, "2025-06-01T11:00:00Z", "2.5");
        sta.observe(markt, "2025-06-02T12:00:00Z/2025-06-02T13:00:00Z", "-3.5");
        sta.observe(markt, "2025-07-01T14:00:00Z", "\"viel\"");
        sta.create("/Datastreams(" + kirche + ")/Observations", """
            {"phenomenonTime":"2024-12-31T23:59:59Z","resultTime":"2025-01-01T00:30:00Z","result":7,
             "validTime":"2025-01-01T00:00:00Z/2025-02-01T00:00:00Z","parameters":{"lane":2,"wet":true}}
            """);
        location("Bahnhof", "{\"type\":\"Point\",\"coordinates\":[11.6,50.9]}");
        location("Saale", "{\"type\":\"LineString\",\"coordinates\":[[11.5,50.8],[11.7,51.0]]}");
        location(
                "Park",
                "{\"type\":\"Polygon\",\"coordinates\":[[[11.0,50.0],[12.0,50.0],[12.0,51.0],[11.0,51.0],[11.0,50.0]]]}");
        location("Loch", "{\"type\":\"Loch\"}");
    }

    private void location(String name, String geoJson) {
        sta.create(
                "/Locations",
                "{\"name\":\"%s\",\"description\":\"\",\"encodingType\":\"application/geo+json\",\"location\":%s}"
                        .formatted(name, geoJson));
    }

    private String things(String filter) {
        return sta.names("/Things?$filter=" + filter);
    }

    private String results(String filter) {
        return sta.list("/Observations?$filter=" + filter.replace("+", "%2B"), "result");
    }

    private String places(String filter) {
        return sta.names("/Locations?$filter=" + filter);
    }

    private String refused(String path) {
        return sta.outcome(path);
    }

    @Test
    void whatIsSaidOfTheDatastreamPicksTheSameObservationsOnEveryPageAndInEveryOrder() {
        String markt = "Datastream/Thing/name eq 'Markt'";
        assertThat(sta.pages("/Observations?$top=2&$filter=" + markt, "result")).isEqualTo("1, 2.5 | -3.5, viel");
        assertThat(sta.pages("/Observations?$top=3&$orderby=phenomenonTime desc&$filter=" + markt, "result"))
                .isEqualTo("viel, -3.5, 2.5 | 1");
        assertThat(results(markt + " and result gt 0&$skip=1")).isEqualTo("2.5");
        assertThat(results(markt + " and phenomenonTime ge 2025-06-02T00:00:00Z and Datastream/id gt 0"))
                .isEqualTo("-3.5, viel");
        assertThat(results("Datastream/Thing/name eq 'nowhere'")).isEmpty();
        assertThat(sta.get(
                                "/Observations?$resultFormat=CSV&$select=result&$expand=Datastream($select=name)&$top=1&$filter="
                                        + markt)
                        .body())
                .contains("1,Reihe Markt");
        assertThat(sta.json("/Observations?$count=true&$top=0&$filter=" + markt)
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(4);
    }

    @Test
    @Requirement("request-data/built-in-query-functions")
    void stringsAreSearchedCutAndChanged() {
        assertThat(things("substringof('irch',name)")).isEqualTo("Kirchplatz");
        assertThat(things("contains(name,'irch')")).isEqualTo("Kirchplatz");
        assertThat(things("startswith(name,'Ma')")).isEqualTo("Markt");
        assertThat(things("endswith(name,'platz')")).isEqualTo("Kirchplatz");
        assertThat(things("endswith(name,'platz') eq false")).isEqualTo("Markt,  Leer ");
        assertThat(things("length(name) eq 5")).isEqualTo("Markt");
        assertThat(things("indexof(name,'r') eq 2")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("substring(name,1) eq 'arkt'")).isEqualTo("Markt");
        assertThat(things("substring(name,1,2) eq 'ar'")).isEqualTo("Markt");
        assertThat(things("substring(name,-5,-1) eq ''")).isEqualTo("Markt, Kirchplatz,  Leer ");
        assertThat(things("tolower(name) eq 'markt'")).isEqualTo("Markt");
        assertThat(things("toupper(name) eq 'MARKT'")).isEqualTo("Markt");
        assertThat(things("trim(name) eq 'Leer'")).isEqualTo(" Leer ");
        assertThat(things("concat(concat(name,'/'),properties/street) eq 'Markt/Marktstraße'"))
                .isEqualTo("Markt");
        assertThat(things("startswith(properties/street,'Markt')")).isEqualTo("Markt");
        assertThat(results("startswith(result,'v')")).isEqualTo("viel");
    }

    @Test
    @Requirement("request-data/built-in-filter-operations")
    void numbersAreReckonedWith() {
        assertThat(results("result add 5 gt 10")).isEqualTo("7");
        assertThat(results("(result sub 5) lt -5")).isEqualTo("-3.5");
        assertThat(results("2 mul result eq 5")).isEqualTo("2.5");
        assertThat(results("result div 2 eq 3.5")).isEqualTo("7");
        assertThat(results("result mod 2 eq 1")).isEqualTo("7, 1");
        assertThat(results("1 add 2 mul result eq 3")).isEqualTo("1");
        assertThat(results("7 div (result sub 1) gt 0")).isEqualTo("7, 2.5");
        assertThat(results("round(result) eq 3")).isEqualTo("2.5");
        assertThat(results("round(result) eq -4")).isEqualTo("-3.5");
        assertThat(results("floor(result) eq 2 or ceiling(result) eq -3")).isEqualTo("2.5, -3.5");
        assertThat(things("properties/floor add 1 eq 6")).isEqualTo("Markt");
        assertThat(results("result gt parameters/lane")).isEqualTo("7");
    }

    @Test
    @Requirement("request-data/built-in-query-functions")
    void timesAreTakenApartInUtc() {
        assertThat(results("year(phenomenonTime) eq 2024")).isEqualTo("7");
        assertThat(results("month(phenomenonTime) eq 7 and day(phenomenonTime) eq 1"))
                .isEqualTo("viel");
        assertThat(results("hour(phenomenonTime) eq 10 and minute(phenomenonTime) eq 15"))
                .isEqualTo("1");
        assertThat(results("second(phenomenonTime) eq 30 and fractionalseconds(phenomenonTime) eq 0.25"))
                .isEqualTo("1");
        assertThat(results("date(phenomenonTime) eq 2025-06-01")).isEqualTo("1, 2.5");
        assertThat(results("date(phenomenonTime) gt 2025-06-01")).isEqualTo("-3.5, viel");
        assertThat(results("time(phenomenonTime) ge 12:00:00 and time(phenomenonTime) lt 23:00"))
                .isEqualTo("-3.5, viel");
        assertThat(results("totaloffsetminutes(resultTime) eq 0")).isEqualTo("7");
        assertThat(results("phenomenonTime lt now() and phenomenonTime gt mindatetime()"))
                .isEqualTo("7, 1, 2.5, -3.5, viel");
        assertThat(results("resultTime lt maxdatetime()")).isEqualTo("7");
        assertThat(results("resultTime eq null and phenomenonTime lt 2025-06-01T10:30:00Z"))
                .isEqualTo("1");
    }

    @Test
    @Requirement("request-data/built-in-filter-operations")
    void durationsAreAddedAndCompared() {
        assertThat(results("phenomenonTime add duration'P1D' gt 2025-06-02T10:30:00Z and phenomenonTime lt"
                        + " 2025-06-02T00:00:00Z"))
                .isEqualTo("2.5");
        assertThat(results("resultTime sub phenomenonTime eq duration'PT30M1S'"))
                .isEqualTo("7");
        assertThat(results("resultTime sub phenomenonTime gt duration'PT15M' mul 2"))
                .isEqualTo("7");
        assertThat(results("phenomenonTime ge 2025-07-02T00:00:00Z sub duration'P1D'"))
                .isEqualTo("viel");
        assertThat(results("now() sub phenomenonTime gt duration'P1D' and result eq 1"))
                .isEqualTo("1");
    }

    @Test
    @Requirement("request-data/built-in-query-functions")
    void intervalsKnowAllensRelations() {
        assertThat(results("before(phenomenonTime,2025-06-01T11:00:00Z)")).isEqualTo("7, 1");
        assertThat(results("after(phenomenonTime,2025-06-02T12:00:00Z)")).isEqualTo("viel");
        assertThat(results("during(phenomenonTime,2025-06-01T00:00:00Z/2025-06-03T00:00:00Z)"))
                .isEqualTo("1, 2.5, -3.5");
        assertThat(results("during(phenomenonTime,2025-06-01T00:00:00Z/P1D)")).isEqualTo("1, 2.5");
        assertThat(results("overlaps(phenomenonTime,2025-06-02T12:30:00Z/2025-06-03T00:00:00Z)"))
                .isEqualTo("-3.5");
        assertThat(results("meets(phenomenonTime,2025-06-02T13:00:00Z/2025-06-03T00:00:00Z)"))
                .isEqualTo("-3.5");
        assertThat(results("starts(phenomenonTime,2025-06-02T12:00:00Z/2025-06-03T00:00:00Z)"))
                .isEqualTo("-3.5");
        assertThat(results("finishes(phenomenonTime,2025-06-01T00:00:00Z/2025-06-02T13:00:00Z)"))
                .isEqualTo("-3.5");
        assertThat(results("overlaps(validTime,2025-01-15T00:00:00Z)")).isEqualTo("7");
        assertThat(results("phenomenonTime gt 2025-06-01T00:00:00Z/2025-06-01T11:00:00Z"))
                .isEqualTo("2.5, -3.5, viel");
        assertThat(sta.names("/Datastreams?$filter=during(phenomenonTime,2024-01-01T00:00:00Z/2025-01-01T00:00:00Z)"))
                .isEqualTo("Reihe Kirchplatz");
    }

    @Test
    @Requirement("request-data/filter")
    void conditionsReachOverRelations() {
        assertThat(results("Datastream/name eq 'Reihe Kirchplatz'")).isEqualTo("7");
        assertThat(results("Datastream/Thing/name eq 'Markt' and result gt 0")).isEqualTo("1, 2.5");
        assertThat(results("Datastream/ObservedProperty/name eq 'Anzahl' and phenomenonTime ge 2025-06-02T00:00:00Z"))
                .isEqualTo("-3.5, viel");
        assertThat(results("Datastream/id eq 2")).isEqualTo("7");
        assertThat(results("FeatureOfInterest/name eq 'Ort Markt' and result eq 1"))
                .isEqualTo("1");
        assertThat(sta.names("/Datastreams?$filter=Thing/Locations/name eq 'Ort Markt'"))
                .isEqualTo("Reihe Markt");
        assertThat(sta.names("/Datastreams?$filter=Thing/properties/floor gt 6"))
                .isEqualTo("Reihe Kirchplatz");
        assertThat(things("Datastreams/Observations/result eq 7")).isEqualTo("Kirchplatz");
        assertThat(things("not Datastreams/name ne null")).isEqualTo(" Leer ");
        assertThat(sta.names("/Datastreams?$filter=Thing/name eq substring(name,6)"))
                .isEqualTo("Reihe Markt, Reihe Kirchplatz");
    }

    @Test
    @Requirement("request-data/filter")
    void anyAndAllLookAtEachRelatedEntity() {
        assertThat(things("Datastreams/any(d: d/name eq 'Reihe Markt')")).isEqualTo("Markt");
        assertThat(things("Datastreams/any()")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("not Datastreams/any()")).isEqualTo(" Leer ");
        assertThat(things("Datastreams/all(d: startswith(d/name,'Reihe M'))")).isEqualTo("Markt,  Leer ");
        assertThat(things("Datastreams/any(d: d/Observations/any(o: o/result lt 0))"))
                .isEqualTo("Markt");
        assertThat(things("Datastreams/Observations/all(o: o/result eq 7)")).isEqualTo("Kirchplatz,  Leer ");
        assertThat(things("Datastreams/any(d: d/name eq concat('Reihe ',name))"))
                .isEqualTo("Markt, Kirchplatz");
        assertThat(sta.names("/Datastreams?$filter=Observations/any(o: o/parameters/wet)"))
                .isEqualTo("Reihe Kirchplatz");
        assertThat(sta.names("/ObservedProperties?$filter=Datastreams/any(d: d/Thing/name eq 'Markt')"))
                .isEqualTo("Anzahl");
    }

    @Test
    void listsTruthsAndTwoPropertiesAreCompared() {
        assertThat(things("name in ('Markt','Kirchplatz')")).isEqualTo("Markt, Kirchplatz");
        assertThat(results("result in (1, 7)")).isEqualTo("7, 1");
        assertThat(things("properties/open")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("not properties/open")).isEqualTo(" Leer ");
        assertThat(things("name eq description")).isEmpty();
        assertThat(things("name gt description")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("true")).isEqualTo("Markt, Kirchplatz,  Leer ");
    }

    @Test
    @Requirement("request-data/built-in-query-functions")
    void geometriesAreHeldAgainstOneAnother() {
        String box = "geography'POLYGON((11.59 50.89,11.61 50.89,11.61 50.91,11.59 50.91,11.59 50.89))'";
        assertThat(places("st_within(location," + box + ")")).isEqualTo("Bahnhof");
        assertThat(places("st_contains(" + box + ",location)")).isEqualTo("Bahnhof");
        assertThat(places("geo.intersects(location," + box + ")")).isEqualTo("Bahnhof, Saale, Park");
        assertThat(places("st_intersects(location," + box + ")")).isEqualTo("Bahnhof, Saale, Park");
        assertThat(places("st_disjoint(location," + box + ")")).isEqualTo("Ort Markt, Ort Kirchplatz");
        assertThat(places("st_contains(location," + box + ")")).isEqualTo("Park");
        assertThat(places("st_crosses(location," + box + ")")).isEqualTo("Saale");
        assertThat(places("st_touches(location,geography'POINT(12 50.5)')")).isEqualTo("Park");
        assertThat(places("st_equals(location,geography'POINT(11.6 50.9)')")).isEqualTo("Bahnhof");
        assertThat(places("st_overlaps(location,geography'POLYGON((11.5 50.5,13 50.5,13 50.6,11.5 50.6,11.5 50.5))')"))
                .isEqualTo("Park");
        assertThat(places("st_relate(location," + box + ",'T*F**F***')")).isEqualTo("Bahnhof");
        assertThat(places("geo.distance(location,geography'POINT(11.6 50.93)') lt 0.035"))
                .isEqualTo("Ort Markt, Ort Kirchplatz, Bahnhof, Saale, Park");
        assertThat(places("geo.length(location) gt 0 and geo.length(location) lt 1"))
                .isEqualTo("Saale");
        assertThat(things("st_within(Locations/location,geography'POLYGON((11.5 50.9,11.59 50.9,11.59 51,11.5"
                        + " 51,11.5 50.9))')"))
                .isEqualTo("Markt, Kirchplatz");
        assertThat(sta.names("/FeaturesOfInterest?$filter=st_within(feature,geography'POLYGON((11 50,12 50,12 51,11"
                        + " 51,11 50))')"))
                .isEqualTo(sta.names("/FeaturesOfInterest"));
        assertThat(sta.names("/Datastreams?$filter=geo.intersects(observedArea,geography'POINT(11.58 50.92)')"))
                .isEqualTo("Reihe Markt, Reihe Kirchplatz");
    }

    @Test
    @Requirement("request-data/orderby")
    void anOrderKnowsRelationsAndFunctions() {
        assertThat(sta.list("/Observations?$orderby=Datastream/Thing/name,result desc", "result"))
                .isEqualTo("7, 2.5, 1, -3.5, viel");
        assertThat(sta.pages("/Observations?$top=2&$orderby=Datastream/name desc,phenomenonTime", "result"))
                .isEqualTo("1, 2.5 | -3.5, viel | 7");
        assertThat(sta.names("/Things?$orderby=length(name) desc")).isEqualTo("Kirchplatz,  Leer , Markt");
        assertThat(sta.pages(
                        "/Locations?$top=2&$filter=name ne 'Loch'&$orderby=geo.distance(location,geography'POINT(11.6"
                                + " 50.9)'),id desc",
                        "name"))
                .isEqualTo("Park, Saale | Bahnhof, Ort Kirchplatz | Ort Markt");
        assertThat(refused("/Things?$orderby=Datastreams/name")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?$orderby=length(name")).isEqualTo("400 option-invalid");
    }

    @Test
    @Requirement("request-data/query-status-code")
    void whatDoesNotFitIs400WithItsPlaceAndWhatWasExpected() {
        assertThat(detail(sta.get("/Things?$filter=name eq 5")))
                .isEqualTo("Text cannot be compared with a number, at position 9 of $filter.");
        assertThat(detail(sta.get("/Things?$filter=length(id) gt 1")))
                .isEqualTo("'length' wants text here, not a number, at position 8 of $filter.");
        assertThat(detail(sta.get("/Things?$filter=substring(name) eq 'a'")))
                .isEqualTo("'substring' takes 3 arguments, not 1, at position 1 of $filter.");
        assertThat(detail(sta.get("/Things?$filter=foo(name)")))
                .isEqualTo("There is no function 'foo', at position 1 of $filter.");
        assertThat(detail(sta.get("/Observations?$filter=phenomenonTime add 5 gt now()")))
                .isEqualTo("'add' does not work on a time or an interval and a number, at position 16 of $filter.");
        assertThat(detail(sta.get("/Things?$filter=name")))
                .isEqualTo("Expected a condition here, and this is text, at position 1 of $filter.");
        assertThat(detail(sta.get("/Things?$filter=Datastreams/any(d d/name eq 'a')")))
                .startsWith("Expected a new variable and a colon");
        assertThat(refused("/Locations?$filter=st_within(location,geography'POLYGON((1 1,2 2))')"))
                .isEqualTo("400 filter-invalid");
        assertThat(refused("/Locations?$filter=st_within(location,location)")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Locations?$filter=location eq geography'POINT(1 2)'"))
                .isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=name in ()")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=1 eq 1 and")).isEqualTo("400 filter-invalid");
    }
}
