package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensorthings.DataSets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A street where half as many walk when it rains, and what its town makes of the weather.
@StadtkernTest
class WeatherLearningTest {

    private static final int DAYS = 420;

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final LocalDate today = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN);
    private final Instant midnight = today.atStartOfDay(FootfallScenario.BERLIN).toInstant();
    private FootfallScenario street;
    private CountingTown town;
    private WeatherStation station;

    @BeforeEach
    void aStreetInTheRain() {
        town = new CountingTown(context, TestTown.create(cities, port));
        street = new FootfallScenario(
                today.minusDays(DAYS).toString(), today.minusDays(1).toString(), 3);
        for (int back = 1; back <= DAYS; back++) {
            String date = today.minusDays(back).toString();
            if (isWet(today.minusDays(back))) {
                street.change(date, 0, street.hours(date), count -> Math.rint(count / 2));
            }
        }
        // A wet day of which nobody knows how many came.
        String gap = wetDay().toString();
        street.missing(gap, 0, street.hours(gap));
        town.street(street.series());
        town.register("markt");
        town.keep();
        station = new WeatherStation(town);
    }

    private static boolean isWet(LocalDate day) {
        return new SplittableRandom(day.toEpochDay()).split().nextInt(3) == 0;
    }

    private LocalDate wetDay() {
        return today.minusDays(20)
                .datesUntil(today)
                .filter(WeatherLearningTest::isWet)
                .findFirst()
                .orElseThrow();
    }

    private WeatherStation observed(int days) {
        return station.observes(
                today.minusDays(days).atStartOfDay(FootfallScenario.BERLIN).toInstant(),
                midnight,
                _ -> 10,
                hour -> isWet(LocalDate.ofInstant(hour, FootfallScenario.BERLIN)) ? 1 : 0);
    }

    private void forecast(double rain) {
        station.forecasts(midnight, midnight.plus(8, ChronoUnit.DAYS), 10, rain);
    }

    /// All that is forecast, to the last digit.
    private String profile() {
        return town.text("""
            select string_agg(concat_ws(' ', hour, expected, low, high, wide_low, wide_high), ';' order by hour)
            from footfall_profile
            """);
    }

    private double expectedToday() {
        return Double.parseDouble(town.text("""
            select sum(expected)::text from footfall_profile where hour >= '%s' and hour < '%s'
            """.formatted(midnight, midnight.plus(24, ChronoUnit.HOURS))));
    }

    @Test
    void aWetDayIsForecastAsOneAndWhatIsSaidOfItLaterChangesNothing() {
        station.round(midnight.plusSeconds(600));
        String plain = profile();
        observed(DAYS);
        forecast(1);
        station.choose();
        station.round(midnight.plusSeconds(660));
        double wet = expectedToday();
        String asKnown = profile();
        forecast(0);
        station.round(midnight.plusSeconds(12 * 3_600));
        assertThat(profile()).as("known was the forecast of midnight").isEqualTo(asKnown);

        // Without a forecast to copy, so that the process's own job does not either.
        station.choose(station.temperature, station.precipitation, 0, 0);
        town.people.execute("delete from footfall_weather_forecast");
        station.round(midnight.plusSeconds(12 * 3_600));
        assertThat(profile())
                .as("of a midnight whose forecast nobody kept it is said what is said without weather")
                .isEqualTo(plain);
        station.choose();
        station.round(midnight.plusSeconds(720));
        assertThat(wet).isLessThan(0.7 * expectedToday());

        station.choose(0, 0, 0, 0);
        station.round(midnight.plusSeconds(780));
        assertThat(profile()).as("switched off").isEqualTo(plain);
    }

    @Test
    void tooLittleWeatherIsAsGoodAsNone() {
        station.round(midnight.plusSeconds(600));
        String plain = profile();
        observed(90);
        forecast(1);
        station.choose();
        station.round(midnight.plusSeconds(660));
        assertThat(town.text("select count(*)::text from footfall_weather_forecast where day = '%s'".formatted(today)))
                .isEqualTo(String.valueOf(LocalHours.ofDays(FootfallScenario.BERLIN, today, today.plusDays(6))
                        .size()));
        assertThat(profile()).isEqualTo(plain);
    }

    @Test
    void aGapOnAWetDayIsFilledAsOne() {
        LocalDate gap = wetDay();
        station.round(midnight.plusSeconds(600));
        double plain = filled(gap);
        town.people.execute("update footfall_hour set state = 'missing', value = null, low = null, high = null"
                + " where state = 'estimated'");
        observed(DAYS).choose();
        station.round(midnight.plusSeconds(660));
        assertThat(filled(gap)).isLessThan(0.85 * plain);
    }

    @Test
    void halfAsManyIsAFaultOnADryDayAndNoneOnAWetOne() {
        for (LocalDate day : List.of(today.minusDays(2), today.minusDays(1))) {
            if (!isWet(day)) {
                street.change(day.toString(), 0, street.hours(day.toString()), count -> Math.rint(count / 2));
            }
        }
        town.street(street.series());
        town.keep();
        Instant recent =
                today.minusDays(2).atStartOfDay(FootfallScenario.BERLIN).toInstant();
        observed(DAYS).observes(recent, midnight, _ -> 10, _ -> 1);
        station.choose();
        int wet = faultyHours();
        station.observes(recent, midnight, _ -> 10, _ -> 0);
        assertThat(faultyHours()).isGreaterThan(wet);
    }

    /// Hours of the last days in which only a part is said to have been counted, a feast that may explain it or not.
    private int faultyHours() {
        town.people.execute("delete from footfall_flag");
        town.town.in(() -> context.getBean(DataSets.class).seeingAll(() -> {
            context.getBean(FaultRound.class).watch(Instant.now());
            return true;
        }));
        return Integer.parseInt(
                town.text("select coalesce(sum(extract(epoch from to_at - from_at) / 3600), 0)::integer::text"
                        + " from footfall_flag where fault = 'reduced'"));
    }

    private double filled(LocalDate day) {
        return Double.parseDouble(town.text("""
            select coalesce(sum(value), 0)::text from footfall_hour where state = 'estimated' and hour >= '%s' and hour < '%s'
            """.formatted(
                        day.atStartOfDay(FootfallScenario.BERLIN).toInstant(),
                        day.plusDays(1).atStartOfDay(FootfallScenario.BERLIN).toInstant())));
    }
}
