package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Single Observations go when their time is over; what was made of them stays.
@StadtkernTest
class RetentionTest {

    /// Still to come, so that the job of the process has nothing to do here.
    @SuppressWarnings("TimeInStaticInitializer")
    private static final int YEAR = Year.now(ZoneOffset.UTC).getValue() + 1;

    private static final Instant NOW = Instant.parse(YEAR + "-06-11T12:00:00Z");
    private static final String DAYS =
            "?$apply=groupby((bucket(phenomenonTime,'day')),aggregate($count as n,result with sum as s))";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private String observations;

    @BeforeEach
    void tenDays() {
        sta = new SensorThingsScenario(context, port);
        long datastream = sta.datastream("Markt");
        observations = "/Datastreams(" + datastream + ")/Observations";
        for (int day = 1; day <= 10; day++) {
            sta.observe(datastream, YEAR + "-06-%02dT10:00:00Z".formatted(day), String.valueOf(day));
        }
        keep(3);
    }

    private void keep(int days) {
        sta.patch("/Datastreams(1)", "{\"properties\":{\"retentionDays\":" + days + "}}");
    }

    private void clean() {
        sta.town.in(() -> {
            context.getBean(RollupWorker.class).catchUpNow();
            context.getBean(Retention.class).clean(NOW);
            return true;
        });
    }

    @Test
    void valuesOlderThanWishedAreGoneAndTheirDaysStay() {
        String before = sta.list(observations + DAYS, "s");
        clean();
        assertThat(sta.list(observations, "result")).isEqualTo("8, 9, 10");
        assertThat(sta.totals(1)).isEqualTo("3 06-08 10:00..06-10 10:00 last 10");
        assertThat(sta.allTotals(1)).isEqualTo(sta.recount(1));
        assertThat(sta.list(observations + DAYS, "s")).isEqualTo(before).isEqualTo("1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
    }

    @Test
    void theirHoursStayTooAndShorterStretchesDoNot() {
        sta.observe(1, YEAR + "-06-02T10:45:00Z", "40");
        sta.observe(1, YEAR + "-06-02T11:00:00Z", "7");
        String hours = DAYS.replace("'day'", "'hour'");
        String api = "/api/v1/datastreams/1/hours?from=%1$s-06-02T00:00:00Z&to=%1$s-06-03T00:00:00Z".formatted(YEAR);
        String before = sta.town.get(api).body();
        assertThat(before).contains("42");
        clean();
        assertThat(sta.list(observations, "result")).isEqualTo("8, 9, 10");
        assertThat(sta.list(observations + hours, "s")).isEqualTo("1, 42, 7, 3, 4, 5, 6, 7, 8, 9, 10");
        assertThat(sta.list(observations + hours, "n")).isEqualTo("1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1");
        assertThat(sta.town.get(api).body()).isEqualTo(before);
        assertThat(sta.list(observations + DAYS.replace("'day'", "'15min'"), "s"))
                .isEqualTo("8, 9, 10");
    }

    @Test
    void editorsSayItOnThePageOfTheDatastream() {
        sta.patch("/Datastreams(1)", "{\"properties\":{}}");
        PeopleScenario.Browser editor =
                new PeopleScenario(context, sta.town).loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        assertThat(editor.change("/datastreams/1/edit", "retention", "2", "confirmed", "on")
                        .statusCode())
                .isEqualTo(303);
        clean();
        assertThat(sta.list(observations, "result")).isEqualTo("9, 10");
    }

    @Test
    void whatComesLateForADayThatIsOverDoesNotSpoilIt() {
        clean();
        sta.observe(1, YEAR + "-06-02T10:30:00Z", "100");
        assertThat(sta.list(observations + DAYS, "s")).isEqualTo("1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
        clean();
        assertThat(sta.list(observations + DAYS, "s")).isEqualTo("1, 2, 3, 4, 5, 6, 7, 8, 9, 10");
        assertThat(sta.list(observations, "result")).isEqualTo("8, 9, 10");
        sta.observe(1, YEAR + "-06-09T10:30:00Z", "100");
        assertThat(sta.list(observations + DAYS, "s")).isEqualTo("1, 2, 3, 4, 5, 6, 7, 8, 109, 10");
    }

    @Test
    void withoutAWishEverythingStays() {
        sta.patch("/Datastreams(1)", "{\"properties\":{}}");
        clean();
        assertThat(sta.totals(1)).startsWith("10 ");
        keep(0);
        clean();
        assertThat(sta.totals(1)).startsWith("10 ");
    }

    @Test
    void nothingGoesWhileItsHoursAreStillToBeComputed() {
        clean();
        sta.observe(1, YEAR + "-06-01T10:00:00Z", "5");
        sta.town.in(() -> {
            context.getBean(Retention.class).clean(NOW);
            return true;
        });
        assertThat(sta.totals(1)).startsWith("4 ");
        clean();
        assertThat(sta.totals(1)).startsWith("3 ");
    }
}
