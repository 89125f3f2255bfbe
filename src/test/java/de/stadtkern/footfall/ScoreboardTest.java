package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The town measures its own forecasts and filled gaps, and shows that to everybody.
@StadtkernTest
class ScoreboardTest {

    private static final Instant NOW = Instant.parse("2026-05-13T08:00:00Z");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;

    @BeforeEach
    void aTownThatCounts() {
        street = new CountingTown(context, TestTown.create(cities, port));
    }

    @Test
    void aForecastIsMeasuredByWhatWasCountedBesideTheSameHourAWeekBefore() {
        street.hours("2026-05-04T22:00:00Z", 24, 90).hours("2026-05-11T22:00:00Z", 24, 110);
        street.register("markt");
        street.keep();
        forecast("2026-05-11T22:00:00Z", 12, 100, 20);
        forecast("2026-05-12T10:00:00Z", 12, 105, 2);
        measure(NOW.plus(Duration.ofDays(1)));
        assertThat(street.text(
                        "select string_agg(concat_ws(' ', day, kind, hours, counted, off, plain_off, likely, wide),"
                                + " ',') from footfall_score"))
                .isEqualTo("2026-05-12 forecast 24 2640 180 480 12 24");
        assertThat(street.town.get("/footfall/markt/quality").body())
                .contains("Vorhersage von Mitternacht um 6,8 % daneben")
                .contains("um 18,2 %")
                .contains("50 % im Bereich");
        assertThat(street.town.get("/footfall/markt/quality.csv").body())
                .contains("2026-05-12,Vorhersage,24,6.8,18.2,50,100");
        assertThat(street.town.get("/footfall/quality.csv").body()).contains("Markt,1,6.8,18.2,50,100,,,,,");
    }

    @Test
    void whatComesLateIsMeasuredAnew() {
        street.hours("2026-05-04T22:00:00Z", 24, 90).hours("2026-05-11T22:00:00Z", 24, 110);
        street.register("markt");
        street.keep();
        forecast("2026-05-11T22:00:00Z", 24, 100, 20);
        measure(NOW.plus(Duration.ofDays(1)));
        street.hours("2026-05-11T22:00:00Z", 1, 100).keep();
        measure(NOW.plus(Duration.ofDays(2)));
        assertThat(street.text("select off::text from footfall_score")).isEqualTo("230");
    }

    @Test
    void anHourOfWhichNothingIsKnownIsNotMeasured() {
        street.hours("2026-05-11T22:00:00Z", 24, 110);
        street.register("markt");
        street.keep();
        forecast("2026-05-11T22:00:00Z", 24, 100, 20);
        measure(NOW.plus(Duration.ofDays(1)));
        assertThat(street.text("select count(*)::text from footfall_score")).isEqualTo("0");
        assertThat(street.town.get("/footfall/markt/quality").body()).contains("Noch nichts gemessen");
        assertThat(street.town.get("/footfall/quality").body()).contains("Noch nichts gemessen");
    }

    @Test
    void onceAWeekDaysAreTakenAwayAndWorkedOutAndNothingThatIsPublishedChanges() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3).series());
        street.register("markt");
        street.keep();
        String before = street.text("select count(*) || ' ' || sum(value) from footfall_hour");
        for (int day = 0; day < 14; day++) {
            measure(NOW.plus(Duration.ofDays(day)));
        }
        assertThat(street.text("select string_agg(concat_ws(' ', day, hours), ', ' order by day) from footfall_score"
                        + " where kind = 'gap'"))
                .isEqualTo("2026-03-27 24, 2026-03-30 24, 2026-04-02 24");
        assertThat(street.text("select (sum(off) < 0.25 * sum(counted))::text from footfall_score where kind = 'gap'"))
                .isEqualTo("true");
        assertThat(street.text("select count(*) || ' ' || sum(value) from footfall_hour"))
                .isEqualTo(before);
        assertThat(street.town.get("/footfall/quality").body()).contains("3 weggenommene Tage wurden mit einem Fehler");
    }

    @Test
    void theNightlyLearningMeasuresWhatWasSaid() {
        street.street(new FootfallScenario("2026-01-05", "2026-04-10", 3).series());
        street.register("markt");
        street.keep().learn();
        assertThat(street.text("select concat_ws(' ', day, hours) from footfall_score where kind = 'forecast'"))
                .isEqualTo("2026-04-10 24");
    }

    private void measure(Instant now) {
        street.town.in(() -> {
            Counter counter =
                    context.getBean(CounterStore.class).find(street.counter).orElseThrow();
            context.getBean(Scoreboard.class).measure(counter, WeatherHistory.NONE, now);
            return true;
        });
    }

    /// The same for each of these hours: the 80 % reach so far to both sides, the 95 % three times as far.
    private void forecast(String start, int number, double expected, double reach) {
        List<ProfileStore.Expected> hours = new ArrayList<>();
        for (int at = 0; at < number; at++) {
            hours.add(new ProfileStore.Expected(
                    Instant.parse(start).plus(Duration.ofHours(at)),
                    expected,
                    new Band(expected - reach, expected + reach),
                    new Band(expected - 3 * reach, expected + 3 * reach)));
        }
        street.town.in(() -> {
            context.getBean(ProfileStore.class).put(street.counter, hours, NOW);
            return true;
        });
    }
}
