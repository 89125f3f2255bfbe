package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.TightStadtkernTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Pages are as large as the operator's settings allow, 3 entities and 2 KB here, and nextLinks lead through all of a
/// set in any form: every row once, whatever ended a page. The tests only read, so they share one town.
@TightStadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PageLimitsTest {

    private static final List<String> TEN =
            IntStream.range(0, 10).mapToObj(String::valueOf).toList();

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeAll
    void shortAndLongOnes() {
        sta = new SensorThingsScenario(context, port);
        sta.minutes(sta.datastream("Markt"), 10);
        String text = "a".repeat(1_500);
        for (int i = 0; i < 10; i++) {
            sta.create(
                    "/Sensors",
                    "{\"name\":\"%d\",\"description\":\"%s\",\"encodingType\":\"text/plain\",\"metadata\":\"\"}"
                            .formatted(i, text));
            sta.create("/Things", """
                {"name": "%d", "description": "Etwas", "properties": {"long": true},
                 "Locations": [{"name": "%1$d", "description": "%s", "encodingType": "application/geo+json",
                   "location": {"type": "Point", "coordinates": [11.58, 50.92]}}]}
                """.formatted(i, text));
        }
    }

    /// A page and what it holds.
    private record Page(long bytes, List<String> rows) {}

    private List<Page> pages(String path) {
        List<Page> pages = new ArrayList<>();
        for (String next = path; next != null && pages.size() < 50; ) {
            HttpResponse<String> answer = sta.get(next);
            assertThat(answer.statusCode()).as(next).isEqualTo(200);
            JsonNode page = SensorThingsScenario.parse(answer.body());
            pages.add(new Page(answer.body().length(), rows(page)));
            JsonNode link = page.get("@iot.nextLink");
            next = link == null
                    ? null
                    : link.asString().substring(link.asString().indexOf(SensorThingsScenario.ROOT) + 9);
        }
        return pages;
    }

    /// What tells the rows apart, in any form: the name or else the result.
    private static List<String> rows(JsonNode page) {
        List<String> rows = new ArrayList<>();
        JsonNode features = page.get("features");
        for (JsonNode entity : features == null ? page.get("value") : features) {
            JsonNode array = entity.get("dataArray");
            if (array == null) {
                JsonNode fields = features == null ? entity : entity.get("properties");
                rows.add((fields.has("name") ? fields.get("name") : fields.get("result")).asString());
            } else {
                int column = StreamSupport.stream(entity.get("components").spliterator(), false)
                        .map(JsonNode::asString)
                        .toList()
                        .indexOf(entity.get("components").toString().contains("\"name\"") ? "name" : "result");
                array.forEach(row -> rows.add(row.get(column).asString()));
            }
        }
        return rows;
    }

    private static List<String> all(List<Page> pages) {
        return pages.stream().flatMap(page -> page.rows.stream()).toList();
    }

    private static List<Integer> sizes(List<Page> pages) {
        return pages.stream().map(page -> page.rows.size()).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Observations?$top=100",
                "/Observations?$top=100&$orderby=phenomenonTime",
                "/Observations?$top=100&$orderby=result",
                "/Observations?$top=100&$filter=result ge 0",
                "/Observations?$top=100&$filter=Datastream/name eq 'Reihe Markt'",
                "/Datastreams(1)/Observations?$top=100&$resultFormat=dataArray&$select=result",
                "/Observations?$top=100&$orderby=result&$resultFormat=dataArray&$select=result",
                "/Observations?$top=100&$resultFormat=GeoJSON&$select=result&$expand=FeatureOfInterest($select=feature)",
                "/Observations?$top=100&$expand=Datastream($select=name)&$select=result",
                "/Observations?$top=100&$orderby=result&$expand=Datastream($select=name)&$select=result"
            })
    void noPageHasMoreEntitiesThanTheLargestOneMayHave(String path) {
        List<Page> pages = pages(path);
        assertThat(all(pages)).isEqualTo(TEN);
        assertThat(sizes(pages)).containsExactly(3, 3, 3, 1);
    }

    @Test
    void withoutTopAPageHasTheUsualSize() {
        List<Page> pages = pages("/Observations");
        assertThat(all(pages)).isEqualTo(TEN);
        assertThat(sizes(pages)).containsExactly(2, 2, 2, 2, 2);
    }

    @Test
    void aSmallerTopIsKept() {
        assertThat(sizes(pages("/Observations?$top=1"))).hasSize(10).containsOnly(1);
    }

    /// A page ends with the row that passes the limit, so that it goes on however large one row is.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Sensors?$top=3&$filter=length(description) gt 100",
                "/Sensors?$top=3&$filter=length(description) gt 100&$orderby=name",
                "/Sensors?$top=3&$filter=length(description) gt 100&$resultFormat=dataArray",
                "/Sensors?$top=3&$filter=length(description) gt 100&$orderby=name&$resultFormat=dataArray",
                "/Locations?$top=3&$filter=length(description) gt 100&$resultFormat=GeoJSON",
                "/Things?$top=3&$filter=properties/long eq true&$select=name&$expand=Locations($select=description)",
                "/Things?$top=3&$filter=properties/long eq"
                        + " true&$select=name&$expand=Locations($select=description)&$orderby=name",
                "/Sensors?$top=3&$filter=length(description) gt 100&$expand=Datastreams($select=name)"
            })
    void noAnswerGrowsFarBeyondTheLargestOne(String path) {
        List<Page> pages = pages(path);
        assertThat(all(pages)).isEqualTo(TEN);
        assertThat(sizes(pages)).containsExactly(2, 2, 2, 2, 2);
        assertThat(pages).allMatch(page -> page.bytes < 2 * 2_048);
    }

    /// It has no nextLink, and one that ended early would look like a whole one.
    @Test
    void aTableThatDoesNotFitIsRefusedUnlessItsBeginningWasAskedFor() {
        assertThat(sta.get("/Observations?$resultFormat=CSV&$select=result&$top=3")
                        .body())
                .isEqualTo("result\r\n0\r\n1\r\n2\r\n");
        assertThat(sta.outcome("/Observations?$resultFormat=CSV&$select=result"))
                .isEqualTo("400 answer-too-large");
        assertThat(sta.outcome("/Observations?$resultFormat=CSV&$select=result&$top=4"))
                .isEqualTo("400 answer-too-large");
        assertThat(sta.get("/Observations?$resultFormat=CSV&$select=result&$filter=result ge 7")
                        .body())
                .isEqualTo("result\r\n7\r\n8\r\n9\r\n");
        assertThat(SensorThingsScenario.detail(sta.get(
                        "/Sensors?$resultFormat=CSV&$top=3&$orderby=name desc&$filter=length(description) gt 100")))
                .isEqualTo("This table would have more than 3 rows or 2048 bytes; ask for less by $top, $select or"
                        + " $filter.");
    }

    @Test
    void anEntityWhoseExpandedSetsAreTooLargeSaysHowToAskForLess() {
        long thing = sta.json("/Things?$filter=name eq '0'&$select=id")
                .get("value")
                .get(0)
                .get("@iot.id")
                .asLong();
        assertThat(sta.outcome("/Things(" + thing + ")?$select=name&$expand=Locations($select=name)"))
                .isEqualTo("200");
        HttpResponse<String> refused = sta.get("/Things(" + thing + ")?$expand=Locations");
        assertThat(SensorThingsScenario.outcome(refused)).isEqualTo("400 answer-too-large");
        assertThat(SensorThingsScenario.detail(refused)).contains("2048 bytes", "$select");
    }
}
