package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// Observations summarised by the API. The town's time zone is Europe/Berlin.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApplyTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;

    @BeforeAll
    void twoDatastreams() {
        sta = new SensorThingsScenario(context, port);
        long markt = sta.datastream("Markt");
        long kirche = sta.datastream("Kirche");
        sta.observe(markt, "2025-06-01T21:50:00Z", "1");
        sta.observe(markt, "2025-06-01T22:10:00Z", "2");
        sta.observe(markt, "2025-06-02T10:05:00Z", "6");
        sta.observe(markt, "2025-06-02T10:20:00Z", "\"viel\"");
        sta.observe(kirche, "2025-06-02T10:59:00Z", "10");
        sta.observe(kirche, "2025-07-01T10:59:00Z", "20");
    }

    /// `Datastream 1 2025-06-01T22:00:00Z 2 8`
    private String groups(String apply) {
        return groups("/Observations", apply);
    }

    private String groups(String path, String apply) {
        List<String> groups = new ArrayList<>();
        for (JsonNode group : sta.json(path + "?$apply=" + apply).get("value")) {
            StringBuilder line = new StringBuilder();
            group.properties().forEach(member -> {
                JsonNode value = member.getValue();
                String text = value.isObject()
                        ? member.getKey() + " " + value.get("@iot.id")
                        : member.getKey().equals("phenomenonTime")
                                ? value.asString().substring(0, value.asString().indexOf('/'))
                                : value.toString();
                line.append(line.isEmpty() ? "" : " ").append(text);
            });
            groups.add(line.toString());
        }
        return String.join(", ", groups);
    }

    @Test
    void daysAreThoseOfTheTown() {
        assertThat(groups("groupby((Datastream,bucket(phenomenonTime,'day')),aggregate($count as n,result with"
                        + " sum as s))"))
                .isEqualTo("Datastream 1 2025-05-31T22:00:00Z 1 1, Datastream 1 2025-06-01T22:00:00Z 2 8,"
                        + " Datastream 2 2025-06-01T22:00:00Z 1 10, Datastream 2 2025-06-30T22:00:00Z 1 20");
        JsonNode first = sta.json(
                        "/Observations?$apply=groupby((bucket(phenomenonTime,'month')),aggregate($count as n))")
                .get("value")
                .get(0);
        assertThat(first.get("phenomenonTime").asString()).isEqualTo("2025-05-31T22:00:00Z/2025-06-30T22:00:00Z");
    }

    @Test
    void everyLengthOfTimeAndEveryMethod() {
        String all = "aggregate($count as n,result with sum as s,result with min as a,result with max as b,result with"
                + " average as m,result with first as f,result with last as l)";
        assertThat(groups("groupby((bucket(phenomenonTime,'year'))," + all + ")"))
                .isEqualTo("2024-12-31T23:00:00Z 5 39 1 20 7.8 1 20");
        assertThat(groups("/Datastreams(1)/Observations", all)).isEqualTo("3 9 1 6 3 1 6");
        assertThat(groups("groupby((bucket(phenomenonTime,'week')),aggregate($count as n))"))
                .isEqualTo("2025-05-25T22:00:00Z 1, 2025-06-01T22:00:00Z 3, 2025-06-29T22:00:00Z 1");
        assertThat(groups("groupby((bucket(phenomenonTime,'hour')),aggregate(result with sum as s))"))
                .isEqualTo(
                        "2025-06-01T21:00:00Z 1, 2025-06-01T22:00:00Z 2, 2025-06-02T10:00:00Z 16, 2025-07-01T10:00:00Z"
                                + " 20");
        assertThat(groups("groupby((bucket(phenomenonTime,'15min')),aggregate(result with sum as s))"))
                .isEqualTo(
                        "2025-06-01T21:45:00Z 1, 2025-06-01T22:00:00Z 2, 2025-06-02T10:00:00Z 6, 2025-06-02T10:45:00Z"
                                + " 10, 2025-07-01T10:45:00Z 20");
    }

    @Test
    void groupsAreMadeByThingAndObservedPropertyToo() {
        assertThat(groups("groupby((Datastream/Thing/id),aggregate(result with sum as s))"))
                .isEqualTo("Thing 1 9, Thing 2 30");
        assertThat(groups("groupby((Datastream/ObservedProperty,Datastream),aggregate(result with max as m))"))
                .isEqualTo("ObservedProperty 1 Datastream 1 6, ObservedProperty 2 Datastream 2 20");
    }

    @Test
    void aFilterChoosesTimesDatastreamsAndResults() {
        String sum = "/aggregate(result with sum as s)";
        assertThat(groups("filter(phenomenonTime ge 2025-06-01T22:00:00Z and phenomenonTime lt 2025-06-30T22:00:00Z)"
                        + sum))
                .isEqualTo("18");
        assertThat(groups("filter(phenomenonTime ge 2025-06-01T22:05:00Z and phenomenonTime lt 2025-06-02T10:06:00Z)"
                        + sum))
                .isEqualTo("8");
        assertThat(groups("filter(Datastream/Thing/name eq 'Kirche')" + sum)).isEqualTo("30");
        assertThat(groups("filter(result lt 10 and not (result eq 2))" + sum)).isEqualTo("7");
        assertThat(groups("filter(result gt 1000)" + sum)).isEmpty();
    }

    @Test
    void quantilesAreThoseOfTheNumbersOfTheWholeGroup() {
        assertThat(groups("aggregate(result with median as m,result with p90 as p,$count as n)"))
                .isEqualTo("6 16 5");
        assertThat(groups("groupby((Datastream/Thing,bucket(phenomenonTime,'month')),aggregate(result with"
                        + " median as m))"))
                .isEqualTo(
                        "Thing 1 2025-05-31T22:00:00Z 2, Thing 2 2025-05-31T22:00:00Z 10, Thing 2 2025-06-30T22:00:00Z"
                                + " 20");
        assertThat(groups("filter(result lt 10)/aggregate(result with median as m)"))
                .isEqualTo("2");
        assertThat(sta.outcome("/Observations?$apply=aggregate(result with p100 as m)"))
                .isEqualTo("400 option-invalid");
    }

    @Test
    void datastreamsAreSummarisedThemselves() {
        SensorThingsScenario three = new SensorThingsScenario(context, port);
        long first = three.datastream("Markt");
        three.datastream("Kirche");
        three.observe(first, "2025-06-01T10:00:00Z", "4");
        String path = "/Datastreams?$apply=";
        assertThat(three.json(path
                                + "aggregate($count as n,Observations/$count as o,Observations/result with max as m)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"n\":2,\"o\":1,\"m\":4}]");
        assertThat(three.json(path + "groupby((Thing),aggregate($count as n,Observations/result with sum as s))")
                        .get("value")
                        .toString())
                .isEqualTo(
                        "[{\"Thing\":{\"@iot.id\":1},\"n\":1,\"s\":4},{\"Thing\":{\"@iot.id\":2},\"n\":1,\"s\":null}]");
        assertThat(three.json("/Things(2)" + path + "aggregate($count as n)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"n\":1}]");
        assertThat(three.json(path + "filter(Thing/name eq 'Kirche')/aggregate($count as n)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"n\":1}]");
        assertThat(three.outcome(path + "aggregate(result with sum as s)")).isEqualTo("400 option-invalid");
    }

    @Test
    void aChartGetsSoManyNumbersThatItLooksTheSame() {
        SensorThingsScenario many = new SensorThingsScenario(context, port);
        long series = many.datastream("Markt");
        many.minutes(series, 1_000);
        many.observe(series, "2025-01-01T05:00:30Z", "5000");
        many.observe(series, "2025-01-01T05:00:40Z", "\"viel\"");
        JsonNode answer = many.json("/Datastreams(" + series + ")/Observations?downsample=20");
        assertThat(answer.get("value")).hasSize(20);
        assertThat(answer.get("@iot.count").asInt()).isEqualTo(1_001);
        String results = many.list("/Datastreams(" + series + ")/Observations?downsample=20", "result");
        assertThat(results).startsWith("0, ").endsWith(", 999").contains(", 5000, ");
        String path = "/Datastreams(" + series + ")/Observations?downsample=20&$filter=";
        assertThat(many.list(path + "result lt 4", "result")).isEqualTo("0, 1, 2, 3");
        assertThat(many.outcome("/Datastreams(4711)/Observations?downsample=20"))
                .isEqualTo("404 entity-unknown");
        assertThat(many.outcome("/Datastreams(1)/Observations?downsample=2")).isEqualTo("400 option-invalid");
        assertThat(many.outcome("/Observations?downsample=20")).isEqualTo("400 option-invalid");
    }

    @Test
    void whatIsWrittenCountsAtOnceAndWhatIsDeletedNoLonger() {
        SensorThingsScenario busy = new SensorThingsScenario(context, port);
        long series = busy.datastream("Markt");
        String days = "/Observations?$apply=groupby((bucket(phenomenonTime,'day')),aggregate(result with sum as s))";
        long id = busy.observe(series, "2025-06-01T10:00:00Z", "1");
        busy.observe(series, "2025-06-01T11:00:00Z", "2");
        assertThat(busy.json(days).get("value").get(0).get("s").asInt()).isEqualTo(3);
        busy.delete("/Observations(" + id + ")");
        assertThat(busy.json(days).get("value").get(0).get("s").asInt()).isEqualTo(2);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() {
        assertThat(sta.outcome("/Observations?$apply=groupby((Datastream))")).isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Observations?$apply=aggregate(result with mode as m)"))
                .isEqualTo("400 option-invalid");
        assertThat(sta.outcome(
                        "/Observations?$apply=groupby((bucket(phenomenonTime,'decade')),aggregate($count as n))"))
                .isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Observations?$apply=filter(colour eq 1)/aggregate($count as n)"))
                .isEqualTo("400 property-unknown");
        assertThat(sta.outcome("/Observations?$apply=aggregate($count as n)&$top=1"))
                .isEqualTo("400 option-invalid");
        assertThat(sta.outcome("/Datastreams(4711)/Observations?$apply=aggregate($count as n)"))
                .isEqualTo("404 entity-unknown");
    }

    @Test
    void aFilterMayAskWhereSomethingIs() {
        String near = "geography'POLYGON((11 50,12 50,12 51,11 51,11 50))'";
        String far = "geography'POLYGON((1 1,2 1,2 2,1 2,1 1))'";
        String sum = "/aggregate(result with sum as s,result with median as m,$count as n)";
        String there = "st_within(Datastream/Thing/Locations/location,%s)";
        String all = groups("aggregate(result with sum as s,result with median as m,$count as n)");
        assertThat(groups("filter(" + there.formatted(near) + ")" + sum)).isEqualTo(all);
        assertThat(groups("filter(" + there.formatted(far) + ")" + sum)).isEmpty();
        assertThat(groups("filter(st_within(FeatureOfInterest/feature,%s) and result gt 2)".formatted(near)
                        + "/groupby((bucket(phenomenonTime,'15min')),aggregate($count as n))"))
                .isNotEmpty();
        assertThat(groups("/Datastreams", "filter(geo.length(observedArea) ge 0)/aggregate($count as n)"))
                .isEqualTo("2");
    }
}
