package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static de.stadtkern.sensorthings.SensorThingsScenario.parse;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/// DELETE of a filtered set, where the setting allows it.
@StadtkernTest
@TestPropertySource(properties = "stadtkern.sensorthings.delete-sets=true")
class DeleteSetTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private long market;
    private long church;

    @BeforeEach
    void twoDatastreams() {
        sta = new SensorThingsScenario(context, port);
        market = sta.datastream("Markt");
        church = sta.datastream("Kirche");
    }

    /// `200 Deleted: 5`, or what was wrong.
    private String delete(String path) {
        return said(sta.delete(path.replace(" ", "%20")));
    }

    private static String said(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Deleted")
                .map(number -> answer.statusCode() + " Deleted: " + number)
                .orElseGet(() -> outcome(answer));
    }

    private void figuresAreTrue() {
        for (long datastream : new long[] {market, church}) {
            assertThat(sta.allTotals(datastream)).isEqualTo(sta.recount(datastream));
            assertThat(sta.rolledUp(datastream)).isEqualTo(sta.rolledUpAnew(datastream));
        }
        long all =
                sta.json("/Observations?$count=true&$top=0").get("@iot.count").asLong();
        assertThat(sta.json("/Observations?$count=true&$top=0&$filter=result ge -1000000")
                        .get("@iot.count")
                        .asLong())
                .isEqualTo(all);
    }

    @Test
    void observationsThatMatchAreGoneAndEveryFigureIsTrueAfterwards() {
        sta.minutes(market, 3_000);
        sta.minutes(church, 3_000);
        sta.observe(church, "1850-01-01T10:00:00Z", "10");
        sta.observe(market, "2025-01-01T00:00:30Z/2025-12-31T00:00:00Z", "20");
        long moved = sta.observe(market, "2025-02-01T00:00:00Z", "30");
        sta.patch("/Observations(" + moved + ")", "{\"phenomenonTime\":\"2026-02-01T00:00:00Z\"}");
        assertThat(sta.rolledUp(market)).isEqualTo(sta.rolledUpAnew(market)).contains("2025-01-02");
        assertThat(delete("/Observations?$filter=result lt 100")).isEqualTo("200 Deleted: 203");
        figuresAreTrue();
        assertThat(sta.totals(market)).isEqualTo("2900 01-01 01:40..01-03 01:59 last 2999");
        assertThat(sta.json("/Datastreams(" + church + ")")
                        .get("phenomenonTime")
                        .asString())
                .startsWith("2025-01-01T01:40:00Z/");
        assertThat(delete("/Datastreams(" + church + ")/Observations?$filter=phenomenonTime ge 2025-01-02T00:00:00Z"))
                .isEqualTo("200 Deleted: 1560");
        figuresAreTrue();
        assertThat(delete("/Datastreams(" + market + ")/Observations?$filter=true"))
                .isEqualTo("200 Deleted: 2900");
        figuresAreTrue();
        assertThat(sta.totals(market)).isEqualTo("0 -..- last -");
    }

    @Test
    void aConditionIsNeededAndMustBeOne() {
        sta.minutes(market, 5);
        HttpResponse<String> refused = sta.delete("/Observations");
        assertThat(outcome(refused)).isEqualTo("400 filter-missing");
        assertThat(parse(refused.body()).get("option").asString()).isEqualTo("$filter");
        assertThat(delete("/Observations?$top=1")).isEqualTo("400 filter-missing");
        assertThat(delete("/Observations?$filter=resul lt 3")).startsWith("400 ");
        assertThat(sta.totals(market)).startsWith("5 ");
        assertThat(delete("/Observations?$filter=result gt 1000")).isEqualTo("200 Deleted: 0");
    }

    @Test
    void moreThanTenThousandAreNotDeletedAtOnce() {
        sta.minutes(market, 10_001);
        assertThat(delete("/Observations?$filter=result ge 0")).isEqualTo("400 set-too-large");
        assertThat(sta.totals(market)).startsWith("10001 ");
        assertThat(delete("/Observations?$filter=result ge 1")).isEqualTo("200 Deleted: 10000");
        figuresAreTrue();
        assertThat(sta.totals(market)).startsWith("1 ");
    }

    @Test
    void otherEntitiesGoWithWhatCannotBeWithoutThem() {
        sta.minutes(market, 3);
        sta.minutes(church, 4);
        assertThat(delete("/FeaturesOfInterest?$filter=name eq 'Ort Markt'")).isEqualTo("200 Deleted: 1");
        figuresAreTrue();
        assertThat(sta.list("/Observations", "result")).isEqualTo("0, 1, 2, 3");
        assertThat(delete("/Datastreams?$filter=startswith(name,'Reihe')")).isEqualTo("200 Deleted: 2");
        assertThat(sta.json("/Observations?$count=true").get("@iot.count").asLong())
                .isZero();
        assertThat(delete("/Locations?$filter=name eq 'Ort Kirche'")).isEqualTo("200 Deleted: 1");
        assertThat(delete("/Things?$filter=true")).isEqualTo("200 Deleted: 2");
        assertThat(sta.names("/Things")).isEmpty();
        assertThat(sta.names("/Locations")).isEqualTo("Ort Markt");
    }

    @Test
    void whatIsClosedToTheCallerIsNotDeleted() {
        sta.minutes(market, 2);
        sta.minutes(church, 2);
        Rights rights = context.getBean(Rights.class);
        ApiKeys.Created reader = sta.town.in(() -> rights.asOperator(() -> context.getBean(ApiKeys.class)
                .create(new ApiKeys.Wish("reading", Area.PLATFORM, Role.EDITOR, null, Duration.ofDays(1)))));
        sta.town.in(() -> rights.asOperator(() -> context.getBean(DataSets.class)
                .create(new DataSet.Wish(
                        "Schutz",
                        "",
                        DataSet.Openness.PROTECTED,
                        Set.of(),
                        Set.of(),
                        Set.of(reader.key().id()),
                        Set.of(),
                        Set.of(2L),
                        Set.of()))));
        for (String set : new String[] {"Observations", "Datastreams", "Things", "Sensors", "FeaturesOfInterest"}) {
            assertThat(said(sta.town.send(sta.town
                            .request("/sta/v1.1/" + set + "?$filter=true")
                            .header("Authorization", "Bearer " + reader.token())
                            .DELETE())))
                    .as("may read and not write: all or nothing")
                    .isEqualTo("403 data-set-closed");
        }
        assertThat(sta.totals(market)).startsWith("2 ");
        assertThat(delete("/Observations?$filter=true"))
                .as("may not even read: it is not there")
                .isEqualTo("200 Deleted: 2");
        assertThat(delete("/Things?$filter=true")).isEqualTo("200 Deleted: 1");
        assertThat(sta.totals(market)).startsWith("0 ");
        assertThat(sta.totals(church)).startsWith("2 ");
        figuresAreTrue();
    }
}
