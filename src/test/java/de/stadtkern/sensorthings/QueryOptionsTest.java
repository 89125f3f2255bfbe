package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.detail;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reading with options. The tests only read, so they share one town.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QueryOptionsTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long datastream;
    private long other;

    @BeforeAll
    void threeThingsAndSomeObservations() {
        sta = new SensorThingsScenario(context, port);
        datastream = sta.datastream("Markt");
        other = sta.datastream("Kirchplatz");
        sta.create("/Things", "{\"name\":\"O'Hara\",\"description\":\"ohne alles\"}");
        sta.observe(datastream, "2025-06-01T10:00:00Z", "1");
        sta.observe(datastream, "2025-06-01T11:00:00Z", "2.5");
        sta.observe(datastream, "2025-06-01T12:00:00Z/2025-06-01T13:00:00Z", "3");
        sta.observe(datastream, "2025-06-01T14:00:00Z", "\"viel\"");
        sta.observe(datastream, "2025-06-01T15:00:00Z", "{\"ok\":true}");
        sta.create("/Datastreams(" + other + ")/Observations", """
            {"phenomenonTime":"2025-06-01T09:00:00Z","resultTime":"2025-06-01T09:30:00Z","result":7,
             "validTime":"2025-06-01T09:00:00Z/2025-06-02T09:00:00Z","parameters":{"lane":2},"resultQuality":{"q":"good"}}
            """);
    }

    private String results(String query) {
        return sta.list("/Observations?" + query, "result");
    }

    private String things(String filter) {
        return sta.names("/Things?$filter=" + filter);
    }

    private String refused(String path) {
        return sta.outcome(path);
    }

    @Test
    void observationsComeByPhenomenonTimeUnlessAskedOtherwise() {
        assertThat(results("")).isEqualTo("7, 1, 2.5, 3, viel, {\"ok\":true}");
    }

    @Test
    void anObservationShowsWhatItHasAndAnAbsentResultTimeAsNull() {
        JsonNode plain = sta.json("/Observations?$top=1&$skip=1").get("value").get(0);
        assertThat(plain.get("phenomenonTime").asString()).isEqualTo("2025-06-01T10:00:00Z");
        assertThat(plain.get("resultTime").isNull()).isTrue();
        assertThat(plain.has("parameters")).isFalse();
        JsonNode full = sta.json("/Observations?$top=1").get("value").get(0);
        assertThat(full.get("validTime").asString()).isEqualTo("2025-06-01T09:00:00Z/2025-06-02T09:00:00Z");
        assertThat(full.get("parameters").toString()).isEqualTo("{\"lane\":2}");
        assertThat(full.get("resultQuality").toString()).isEqualTo("{\"q\":\"good\"}");
    }

    @Test
    void aDatastreamTellsItsExtentAndNothingWhereThereIsNoObservation() {
        JsonNode entity = sta.json("/Datastreams(" + datastream + ")");
        assertThat(entity.get("phenomenonTime").asString()).isEqualTo("2025-06-01T10:00:00Z/2025-06-01T15:00:00Z");
        assertThat(entity.get("resultTime").isNull()).isTrue();
        assertThat(entity.get("unitOfMeasurement").get("name").asString()).isEqualTo("Personen");
        assertThat(entity.get("observedArea").get("type").asString()).isEqualTo("Point");
    }

    @Test
    @Requirement({"request-data/top", "request-data/skip", "request-data/order"})
    void topAndSkipCutTheOrderedSet() {
        assertThat(results("$top=2")).isEqualTo("7, 1");
        assertThat(results("$skip=2&$top=2")).isEqualTo("2.5, 3");
        assertThat(results("$top=0")).isEmpty();
        assertThat(results("$filter=result gt 0&$orderby=result desc&$skip=1&$top=1"))
                .isEqualTo("3");
    }

    @Test
    @Requirement("request-data/count")
    void countTellsAllPagesAndHeedsTheFilter() {
        assertThat(sta.json("/Observations?$count=true&$top=1")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(6);
        assertThat(sta.json("/Datastreams(" + datastream + ")/Observations?$count=true&$top=0")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(5);
        assertThat(sta.json("/Observations?$count=true&$filter=result ge 2")
                        .get("@iot.count")
                        .asInt())
                .isEqualTo(3);
        assertThat(sta.json("/Things?$count=true").get("@iot.count").asInt()).isEqualTo(3);
        assertThat(sta.json("/Things?$count=false").has("@iot.count")).isFalse();
        assertThat(refused("/Things?$count=yes")).isEqualTo("400 option-invalid");
    }

    @Test
    @Requirement("request-data/orderby")
    void anOrderTakesSeveralPropertiesAndDirections() {
        assertThat(sta.names("/Things?$orderby=name")).isEqualTo("Kirchplatz, Markt, O'Hara");
        assertThat(sta.names("/Things?$orderby=name desc")).isEqualTo("O'Hara, Markt, Kirchplatz");
        assertThat(sta.names("/Things?$orderby=description desc,name desc")).isEqualTo("O'Hara, Markt, Kirchplatz");
        assertThat(sta.names("/Things?$orderby=properties/floor,id")).isEqualTo("O'Hara, Markt, Kirchplatz");
        assertThat(results("$orderby=resultTime desc,phenomenonTime desc")).startsWith("7, {\"ok\":true}, viel");
    }

    @Test
    @Requirement("request-data/select")
    void selectShowsOnlyWhatItNames() {
        assertThat(sta.get("/Things?$select=name&$filter=id eq 1").body())
                .isEqualTo("{\"value\":[{\"name\":\"Markt\"}]}");
        assertThat(sta.json("/Things(1)?$select=@iot.id,name,Datastreams").propertyNames())
                .containsExactly("@iot.id", "name", "Datastreams@iot.navigationLink");
        assertThat(refused("/Things?$select=colour")).isEqualTo("400 property-unknown");
        assertThat(sta.get("/Things(1)?$select=properties/street,name,properties/floor")
                        .body())
                .isEqualTo("{\"name\":\"Markt\",\"properties\":{\"street\":\"Marktstraße\",\"floor\":5}}");
        assertThat(refused("/Things?$select=name/x")).isEqualTo("400 option-invalid");
    }

    @Test
    @Requirement("request-data/pagination")
    void everyOrderIsPagedByKeysUntilTheLastRow() {
        assertThat(sta.pages("/Observations?$top=2&$select=result", "result"))
                .isEqualTo("7, 1 | 2.5, 3 | viel, {\"ok\":true}");
        assertThat(sta.pages("/Observations?$top=4&$orderby=phenomenonTime desc", "result"))
                .isEqualTo("{\"ok\":true}, viel, 3, 2.5 | 1, 7");
        assertThat(sta.pages("/Observations?$top=4&$orderby=resultTime&$filter=result lt 5", "result"))
                .isEqualTo("1, 2.5, 3");
        assertThat(sta.pages("/Observations?$top=2&$orderby=resultTime,phenomenonTime desc", "result"))
                .isEqualTo("{\"ok\":true}, viel | 3, 2.5 | 1, 7");
        assertThat(sta.pages("/Observations?$top=2&$orderby=resultTime desc,result", "result"))
                .isEqualTo("7, viel | {\"ok\":true}, 1 | 2.5, 3");
        assertThat(sta.pages("/Things?$top=1&$orderby=properties/floor desc", "name"))
                .isEqualTo("Kirchplatz | Markt | O'Hara");
        assertThat(sta.pages("/Things?$top=1&$orderby=properties/floor", "name"))
                .isEqualTo("O'Hara | Markt | Kirchplatz");
    }

    @Test
    void aPageGoesOnAfterItsLastRowWhateverCameInBetween() {
        SensorThingsScenario busy = new SensorThingsScenario(context, port);
        for (String name : new String[] {"b", "d", "f"}) {
            busy.create("/Things", "{\"name\":\"%s\",\"description\":\"\"}".formatted(name));
        }
        String next =
                busy.json("/Things?$orderby=name&$top=2").get("@iot.nextLink").asString();
        busy.create("/Things", "{\"name\":\"a\",\"description\":\"\"}");
        assertThat(busy.names(next.substring(next.indexOf("/Things")))).isEqualTo("f");
    }

    /// So the next page is what `$skip` would show of the same request, and the links lead to the same end.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Observations?$top=2&$count=true",
                "/Observations?$top=2&$count=true&$filter=result ne 3 and phenomenonTime ge 2025-06-01T10:00:00Z",
                "/Observations?$top=2&$orderby=phenomenonTime desc&$select=result,phenomenonTime&$count=true",
                "/Observations?$top=2&$resultMetadata=minimal",
                "/Observations?$top=2&$resultMetadata=none&$count=true",
                "/Observations?%24top=2&%24resultMetadata=none&%24count=true&%24select=result",
                "/Observations?$top=2&$resultFormat=dataArray&$count=true&$select=result",
                "/Things?$top=1&$count=true&$resultMetadata=none&$expand=Datastreams($select=name;$count=true)",
                "/Things?$top=1&$orderby=name&$expand=Datastreams/Observations($top=1;$orderby=result desc),Locations",
                "/Locations?$top=1&$resultFormat=GeoJSON&$count=true",
                "/Locations?$top=1&$resultFormat=GeoJSON&$select=location,name&$orderby=name desc",
                "/Things?$top=1&$resultFormat=GeoJSON&$expand=Locations&$filter=name gt 'A''B' or name eq '%26'",
                "/Things/$ref?$top=1&$count=true"
            })
    void nextLinksKeepEveryOption(String path) {
        int pages = 0;
        int seen = size(sta.json(path));
        for (JsonNode page = sta.json(path); page.has("@iot.nextLink"); pages++) {
            page = sta.json(next(page, "@iot.nextLink"));
            JsonNode skipped = sta.json(path.replace("&%24", "&$") + "&$skip=" + seen);
            assertThat(without(page, "@iot.nextLink")).isEqualTo(without(skipped, "@iot.nextLink"));
            seen += size(page);
        }
        assertThat(pages).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$top=2;$count=true",
                "$top=2;$select=result,phenomenonTime;$orderby=result desc,phenomenonTime desc",
                "$top=2;$filter=phenomenonTime ge 2025-06-01T10:30:00Z;$count=true",
                "$top=1;$expand=Datastream($select=name;$expand=Thing($select=name))"
            })
    void nextLinksOfExpandedSetsKeepEveryOption(String options) {
        for (String metadata : List.of("", "&$resultMetadata=minimal", "&$resultMetadata=none")) {
            JsonNode above =
                    sta.json("/Datastreams(" + datastream + ")?$expand=Observations(" + options + ")" + metadata);
            int seen = above.get("Observations").size();
            JsonNode page = sta.json(next(above, "Observations@iot.nextLink"));
            JsonNode skipped = sta.json(
                    "/Datastreams(" + datastream + ")/Observations?" + topLevel(options) + metadata + "&$skip=" + seen);
            assertThat(without(page, "@iot.nextLink")).as(metadata).isEqualTo(without(skipped, "@iot.nextLink"));
        }
    }

    /// Options inside of `$expand` are separated by semicolons, those of the next level are not touched.
    private static String topLevel(String options) {
        int inner = options.indexOf('(');
        return inner < 0
                ? options.replace(';', '&')
                : options.substring(0, inner).replace(';', '&') + options.substring(inner);
    }

    private static String next(JsonNode page, String name) {
        String link = page.get(name).asString();
        return link.substring(link.indexOf(SensorThingsScenario.ROOT) + SensorThingsScenario.ROOT.length());
    }

    private static int size(JsonNode page) {
        if (page.has("features")) {
            return page.get("features").size();
        }
        int size = 0;
        for (JsonNode entity : page.get("value")) {
            size += entity.has("dataArray") ? entity.get("dataArray").size() : 1;
        }
        return size;
    }

    private static String without(JsonNode page, String name) {
        return ((ObjectNode) page).without(name).toString();
    }

    @Test
    @Requirement("request-data/built-in-filter-operations")
    void comparisonsKnowTextNumbersTimesAndJson() {
        assertThat(things("name eq 'Markt'")).isEqualTo("Markt");
        assertThat(things("name eq 'O''Hara'")).isEqualTo("O'Hara");
        assertThat(things("name ne 'Markt'")).isEqualTo("Kirchplatz, O'Hara");
        assertThat(things("name gt 'L'")).isEqualTo("Markt, O'Hara");
        assertThat(things("'Markt' ge name")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("id eq 2")).isEqualTo("Kirchplatz");
        assertThat(things("@iot.id le 2")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("properties/floor ge 6")).isEqualTo("Kirchplatz");
        assertThat(things("properties/street eq 'Marktstraße'")).isEqualTo("Markt");
        assertThat(things("properties/open eq true")).isEqualTo("Markt, Kirchplatz");
        assertThat(things("properties/floor eq '5'")).isEmpty();
        assertThat(things("properties/floor eq null")).isEqualTo("O'Hara");
        assertThat(things("properties ne null")).isEqualTo("Markt, Kirchplatz");
        assertThat(sta.names("/Datastreams?$filter=unitOfMeasurement/name eq 'Personen'&$top=1"))
                .isEqualTo("Reihe Markt");
    }

    @Test
    @Requirement("request-data/filter")
    void aResultIsComparedAsWhatItIs() {
        assertThat(results("$filter=result eq 2.5")).isEqualTo("2.5");
        assertThat(results("$filter=result le 2.5")).isEqualTo("1, 2.5");
        assertThat(results("$filter=result eq 'viel'")).isEqualTo("viel");
        assertThat(results("$filter=result ne 'viel'")).isEqualTo("7, 1, 2.5, 3, {\"ok\":true}");
        assertThat(results("$filter=result ne 1")).isEqualTo("7, 2.5, 3, viel, {\"ok\":true}");
        assertThat(results("$filter=result eq null")).isEmpty();
    }

    @Test
    @Requirement("request-data/filter")
    void aStretchOfTimeIsBeforeAMomentWhenItHasEnded() {
        assertThat(results("$filter=phenomenonTime lt 2025-06-01T11:00:00Z")).isEqualTo("7, 1");
        assertThat(results("$filter=phenomenonTime ge 2025-06-01T14:00:00%2B02:00"))
                .isEqualTo("3, viel, {\"ok\":true}");
        assertThat(results("$filter=phenomenonTime ge 2025-06-01T14:00:00+02:00"))
                .isEqualTo("3, viel, {\"ok\":true}");
        assertThat(results("$filter=phenomenonTime lt 2025-06-01T12:30:00Z")).isEqualTo("7, 1, 2.5");
        assertThat(results("$filter=phenomenonTime le 2025-06-01T13:00:00Z")).isEqualTo("7, 1, 2.5, 3");
        assertThat(results("$filter=phenomenonTime eq 2025-06-01T10:00:00Z")).isEqualTo("1");
        assertThat(results("$filter=resultTime gt 2025-06-01T09:00:00Z")).isEqualTo("7");
        assertThat(results("$filter=validTime ne null")).isEqualTo("7");
        assertThat(sta.names("/Datastreams?$filter=phenomenonTime ge 2025-06-01T09:30:00Z"))
                .isEqualTo("Reihe Markt");
    }

    @Test
    @Requirement("request-data/built-in-filter-operations")
    void andBindsCloserThanOrAndNotTurnsAround() {
        assertThat(things("name eq 'Markt' or name eq 'Kirchplatz' and id eq 99"))
                .isEqualTo("Markt");
        assertThat(things("(name eq 'Markt' or name eq 'Kirchplatz') and id eq 2"))
                .isEqualTo("Kirchplatz");
        assertThat(things("not (name eq 'Markt')")).isEqualTo("Kirchplatz, O'Hara");
        assertThat(things("not properties/floor gt 0")).isEqualTo("O'Hara");
    }

    @Test
    void anObservationIsFoundByItsIdInAFilterToo() {
        long id = sta.json("/Observations?$filter=result eq 3")
                .get("value")
                .get(0)
                .get("@iot.id")
                .asLong();
        assertThat(results("$filter=id eq " + id)).isEqualTo("3");
    }

    @Test
    @Requirement("request-data/query-status-code")
    void whatIsNotOfferedYetIs501AndNamesIt() {
        assertThat(refused("/Things?$apply=aggregate($count as n)")).isEqualTo("501 not-offered");
        assertThat(refused("/Things?$filter=name has 'a'")).isEqualTo("501 not-offered");
        assertThat(refused("/Things/$batch")).isEqualTo("501 not-offered");
    }

    @Test
    void everySetIsCountedAtAnAddressOfItsOwn() {
        assertThat(sta.get("/Things/$count").body()).isEqualTo("3");
        assertThat(sta.get("/Things/%24count?$filter=properties/floor ge 1").body())
                .isEqualTo(sta.json("/Things?$count=true&$top=0&$filter=properties/floor ge 1")
                        .get("@iot.count")
                        .toString());
        assertThat(sta.get("/Datastreams(" + datastream + ")/Observations/$count")
                        .body())
                .isEqualTo(sta.json("/Datastreams(" + datastream + ")/Observations?$count=true&$top=0")
                        .get("@iot.count")
                        .toString());
        assertThat(refused("/Things(4711)/Datastreams/$count")).isEqualTo("404 entity-unknown");
        assertThat(refused("/Things/$count?$top=1")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things(1)/$count")).isEqualTo("404 path-unknown");
    }

    @Test
    void whatIsWrongIs400AndSaysWhatIsRight() {
        assertThat(refused("/Things?$top=-1")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?$top=many")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?top=5")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?$top=1&$top=2")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things(1)?$top=1")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?$filter=name eq")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=(name eq 'a'")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=name eq 'a")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=name eq 5")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Observations?$filter=phenomenonTime gt 2025-06-01"))
                .isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$filter=" + "(".repeat(200) + "id eq 1")).isEqualTo("400 filter-invalid");
        assertThat(refused("/Things?$skiptoken=abc")).isEqualTo("400 option-invalid");
        assertThat(refused("/Things?$orderby=name sideways")).isEqualTo("400 option-invalid");
        assertThat(detail(sta.get("/Things?$filter=colour eq 'red'")))
                .isEqualTo("Thing has no property 'colour', at position 1 of $filter. It has: id, name, description,"
                        + " properties, Locations, HistoricalLocations, Datastreams, MultiDatastreams.");
    }
}
