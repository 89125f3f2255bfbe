package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What of the weather whoever learns may know.
class WeatherHistoryTest {

    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    private static final LocalDate LAST = LocalDate.parse("2025-12-31");

    private final LocalHours hours = LocalHours.ofDays(FootfallScenario.BERLIN, FIRST, LAST);
    private final Map<Instant, Sky> observed = new TreeMap<>();
    private final Map<Instant, Sky> foreseen = new TreeMap<>();
    private final Map<LocalDate, Map<Instant, Sky>> ahead = new HashMap<>();

    private WeatherHistoryTest observed(String from, String to, double temperature) {
        each(from, to, observed, new Sky(temperature, null, false));
        return this;
    }

    private WeatherHistoryTest foreseen(String from, String to, double temperature) {
        each(from, to, foreseen, new Sky(temperature, null, true));
        return this;
    }

    private WeatherHistoryTest ahead(String day, String to, double temperature) {
        each(
                day,
                to,
                ahead.computeIfAbsent(LocalDate.parse(day), _ -> new TreeMap<>()),
                new Sky(temperature, null, true));
        return this;
    }

    private void each(String from, String to, Map<Instant, Sky> into, Sky sky) {
        for (int at = at(from, 0); at < at(to, 0); at++) {
            into.put(hours.start(at), sky);
        }
    }

    private int at(String day, int hour) {
        return hours.at(hours.dayOf(LocalDate.parse(day)), hour);
    }

    private WeatherHistory history() {
        return new WeatherHistory(hours, observed, foreseen, day -> ahead.getOrDefault(day, Map.of()));
    }

    /// Values at noon of these days, and `none` where nothing of the weather is used.
    private String noons(Weather weather, String... days) {
        if (weather.columns().isEmpty()) {
            return "none";
        }
        var noons = new StringBuilder(String.join("+", weather.names()));
        for (String day : days) {
            noons.append(' ').append(weather.columns().getFirst()[at(day, 12)]);
        }
        return noons.toString();
    }

    private String forecastAt(String day, String... days) {
        return noons(history().ahead(hours, hours.dayOf(LocalDate.parse(day))), days);
    }

    @Test
    void aForecastKnowsWhatWasForecastThenAndNothingThatWasObservedLater() {
        observed("2025-01-01", "2025-12-31", 10).ahead("2025-09-01", "2025-09-04", 20);
        assertThat(forecastAt("2025-09-01", "2025-08-31", "2025-09-01", "2025-09-03", "2025-09-05"))
                .isEqualTo("temperature 10.0 20.0 20.0 NaN");
    }

    @Test
    void withoutTheForecastOfThatMidnightItKnowsNoWeather() {
        observed("2025-01-01", "2025-12-31", 10).ahead("2025-09-01", "2025-09-08", 20);
        assertThat(forecastAt("2025-09-02", "2025-09-02")).isEqualTo("none");
    }

    @Test
    void itLearnsFromWhatWasForecastAtTheMidnightsOfThePastWhereThatWasKept() {
        observed("2025-01-01", "2025-12-31", 10)
                .foreseen("2025-08-01", "2025-09-01", 12)
                .ahead("2025-09-01", "2025-09-02", 20);
        assertThat(forecastAt("2025-09-01", "2025-07-31", "2025-08-01", "2025-09-01"))
                .isEqualTo("temperature 10.0 12.0 20.0");
    }

    @Test
    void halfAYearMustBeKnownNearlyWhole() {
        observed("2025-03-01", "2025-07-01", 10).ahead("2025-09-01", "2025-09-02", 20);
        assertThat(forecastAt("2025-09-01", "2025-09-01")).isEqualTo("none");
        observed("2025-07-20", "2025-09-01", 11);
        assertThat(forecastAt("2025-09-01", "2025-09-01"))
                .as("19 of 180 days are still missing")
                .isEqualTo("none");
        observed("2025-07-05", "2025-07-20", 11);
        assertThat(forecastAt("2025-09-01", "2025-09-01")).isEqualTo("temperature 20.0");
    }

    @Test
    void whoLooksBackTakesWhatWasObservedAndWhoWatchesTheForecastWhereThatIsUnderWay() {
        observed("2025-01-01", "2025-09-01", 10).foreseen("2025-08-01", "2025-09-02", 12);
        int end = hours.dayOf(LocalDate.parse("2025-09-01"));
        assertThat(noons(history().observed(hours, end), "2025-08-31", "2025-09-01"))
                .isEqualTo("temperature 10.0 NaN");
        assertThat(noons(history().watched(hours, end), "2025-08-31", "2025-09-01"))
                .isEqualTo("temperature 10.0 12.0");
    }

    @Test
    void aTownWithoutWeatherHasNone() {
        assertThat(noons(WeatherHistory.NONE.ahead(hours, 200))).isEqualTo("none");
        assertThat(noons(WeatherHistory.NONE.observed(hours, 200))).isEqualTo("none");
        assertThat(noons(history().watched(hours, 200))).isEqualTo("none");
    }
}
