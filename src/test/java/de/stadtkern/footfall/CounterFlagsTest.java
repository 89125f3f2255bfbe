package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What does not look right at a counter, and what editors say of it.
@StadtkernTest
class CounterFlagsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;
    private LocalDate yesterday;

    @BeforeEach
    void aCounterThatSawNobodyYesterdayAtNoon() {
        street = new CountingTown(context, TestTown.create(cities, port));
        yesterday = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN).minusDays(1);
        street.street(new FootfallScenario(yesterday.minusDays(120).toString(), yesterday.toString(), 3)
                .change(yesterday.toString(), 11, 4, _ -> 0)
                .series());
        street.register("markt");
        street.keep();
        watch();
    }

    private void watch() {
        street.town.in(() -> {
            context.getBean(FaultRound.class).watch(Instant.now());
            return true;
        });
    }

    private String flags() {
        return street.text(
                "select coalesce(string_agg(fault || ' ' || verdict, ', ' order by id), '') from footfall_flag"
                        + " where fault = 'zero'");
    }

    @Test
    void aFaultIsOneFlagHoweverOftenItIsLookedAt() {
        assertThat(flags()).isEqualTo("zero open");
        watch();
        assertThat(flags()).isEqualTo("zero open");
        assertThat(street.editor.open("/counters/health").body())
                .contains("Zählt niemanden, wo sonst immer jemand war")
                .contains("gezählt wurden 0");
    }

    @Test
    void aConfirmedFaultIsAnOutageAndIsWorkedOut() {
        String id = street.text("select id::text from footfall_flag where fault = 'zero'");
        String page = "/counters/health";
        assertThat(street.editor
                        .fill(page, "/counters/flags/" + id, "verdict", "confirm", "cause-" + id, "")
                        .body())
                .contains("Nennen Sie den Grund");
        street.editor.fill(page, "/counters/flags/" + id, "verdict", "confirm", "cause-" + id, "Kabel lose");
        street.keep();
        assertThat(flags()).isEqualTo("zero confirmed");
        assertThat(zeros()).isEqualTo("missing");
        street.learn();
        assertThat(zeros()).isEqualTo("estimated");
        assertThat(street.text(
                        "select string_agg(distinct counted::text, ' ') from footfall_hour where state = 'estimated'"))
                .as("what came stays")
                .isEqualTo("0");
        assertThat(street.editor.open(page).body()).contains("Gerät gestört: Kabel lose");
    }

    private String zeros() {
        Instant noon = yesterday.atTime(12, 0).atZone(FootfallScenario.BERLIN).toInstant();
        return street.text("select state from footfall_hour where hour = '%s'".formatted(noon));
    }

    @Test
    void anExplainedFlagChangesNoFigure() {
        String id = street.text("select id::text from footfall_flag where fault = 'zero'");
        street.editor.fill(
                "/counters/health", "/counters/flags/" + id, "verdict", "explain", "cause-" + id, "Bombenentschärfung");
        street.keep();
        assertThat(flags()).isEqualTo("zero explained");
        assertThat(zeros()).isEqualTo("measured");
        watch();
        assertThat(flags()).isEqualTo("zero explained");
    }
}
