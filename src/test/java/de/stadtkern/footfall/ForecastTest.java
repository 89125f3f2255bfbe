package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final Occasions CALENDAR = new Occasions();

    private static List<Forecast> forecast(HourlySeries series, int origin, int days) {
        HourlySeries known = series.knownAt(series.hours().dayStart(origin));
        var forecaster = new Forecaster(Weather.NONE, CALENDAR, days);
        forecaster.learn(known, origin);
        return forecaster.forecast(known, origin);
    }

    @Test
    void aForecastNeverUsesWhatCameLater() {
        var street = new FootfallScenario("2024-01-01", "2024-10-31", 1);
        int origin = street.day("2024-10-10");
        List<Forecast> before = forecast(street.series(), origin, 7);
        street.change("2024-10-10", 0, 400, count -> 9 * count + 100);
        assertThat(forecast(street.series(), origin, 7)).isEqualTo(before).hasSize(168);
        // Not even where later counts were not taken away.
        var forecaster = new Forecaster(Weather.NONE, CALENDAR, 7);
        forecaster.learn(street.series(), origin);
        assertThat(forecaster.forecast(street.series(), origin)).isEqualTo(before);
    }

    @Test
    void theWideBandHoldsTheLikelyOneAndBothTheForecast() {
        var street = new FootfallScenario("2024-01-01", "2024-10-31", 2);
        assertThat(forecast(street.series(), street.day("2024-10-20"), 7))
                .hasSize(168)
                .allSatisfy(hour -> {
                    assertThat(hour.likely().low()).isBetween(hour.wide().low(), hour.expected());
                    assertThat(hour.likely().high())
                            .isBetween(hour.expected(), hour.wide().high());
                    assertThat(hour.wide().low()).isNotNegative();
                });
    }

    @Test
    void bothNightsOfTheClockChangeAreForecast() {
        var street = new FootfallScenario("2024-01-01", "2025-04-05", 3);
        assertThat(forecast(street.series(), street.day("2024-10-27"), 1)).hasSize(25);
        assertThat(forecast(street.series(), street.day("2025-03-30"), 1)).hasSize(23);
    }

    @Test
    void aFirstWeekIsTooLittleToForecastAndAMonthIsNot() {
        var street = new FootfallScenario("2024-01-01", "2024-02-20", 4);
        assertThat(forecast(street.series(), 5, 1)).isEmpty();
        assertThat(forecast(street.series(), 35, 7)).hasSize(168);
    }

    @Test
    void aSeriesWithoutAnyCountHasNoForecast() {
        var street = new FootfallScenario("2024-01-01", "2024-02-20", 4).missingFrom("2024-01-01");
        assertThat(forecast(street.series(), 40, 1)).isEmpty();
    }

    @Test
    void whatFeastsAreLikeIsLearnedAtThePlace() {
        var german = new FootfallScenario("2023-01-01", "2024-12-31", 5);
        var usual = new Usual(german.series(), CALENDAR);
        assertThat(usual.share(german.day("2024-12-25"))).isBetween(0.8, 1.2);
        assertThat(usual.share(german.day("2024-08-15")))
                .as("one year says little")
                .isBetween(-0.4, 0.4);
        assertThat(usual.share(german.day("2024-08-14"))).isZero();
    }

    @Test
    void sixWeeksAreForecastBetterThanByLastWeekAndTheBandsHold() {
        HourlySeries street = new FootfallScenario("2024-01-01", "2024-12-10", 6).series();
        var result = new ForecastTrial.Result();
        var question = new ForecastTrial.Question(LocalDate.parse("2024-11-01"), LocalDate.parse("2024-12-10"), 1, 56);
        new ForecastTrial(street, Weather.NONE, CALENDAR, question, List.of(result)).run();
        assertThat(result.forecast().wape())
                .isLessThan(result.lastWeek().wape())
                .as("a street without weather, seasons and fairs has nothing to learn beyond its profile")
                .isLessThan(1.1 * result.profile().wape());
        assertThat(result.forecast().likely()).isBetween(0.7, 0.9);
        assertThat(result.forecast().wide()).isBetween(0.88, 1.0);
    }
}
