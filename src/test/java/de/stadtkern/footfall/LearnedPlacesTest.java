package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What the watch for faults need not learn again.
class LearnedPlacesTest {

    private final LearnedPlaces places = new LearnedPlaces();
    private final FootfallScenario street = new FootfallScenario("2024-01-01", "2024-06-30", 1);
    private final Occasions plain = new Occasions();

    private final float[] rain = new float[street.series().size()];

    private Forecaster of(String day, Occasions occasions) {
        return of(day, Weather.NONE, occasions);
    }

    private Forecaster of(String day, Weather weather, Occasions occasions) {
        HourlySeries series = street.series();
        return places.of(1, 7, series.knownAt(street.hour(day, 0)), weather, street.day(day), occasions);
    }

    /// As it is at this moment of the test.
    private Weather weather() {
        return new Weather(List.of("rain"), List.of(rain.clone()));
    }

    @Test
    void theWeatherOfTheWatchedDaysIsNoReasonToLearnButThatOfThePastIs() {
        Forecaster learned = of("2024-06-20", weather(), plain);
        rain[street.hour("2024-06-20", 9)] = 5;
        assertThat(of("2024-06-20", weather(), plain)).isSameAs(learned);
        rain[street.hour("2024-06-19", 9)] = 5;
        assertThat(of("2024-06-20", weather(), plain)).isNotSameAs(learned);
        learned = of("2024-06-20", weather(), plain);
        assertThat(of("2024-06-20", Weather.NONE, plain)).isNotSameAs(learned);
    }

    @Test
    void aNewHourOfTheWatchedDaysIsNoReasonToLearn() {
        Forecaster learned = of("2024-06-20", plain);
        street.change("2024-06-20", 0, 5, _ -> 3);
        assertThat(of("2024-06-20", new Occasions())).isSameAs(learned);
    }

    @Test
    void anotherDayAnotherPastOrAnotherCalendarIs() {
        Forecaster learned = of("2024-06-20", plain);
        assertThat(of("2024-06-21", plain)).isNotSameAs(learned);
        learned = of("2024-06-20", plain);
        street.change("2024-06-19", 23, 1, _ -> 500);
        assertThat(of("2024-06-20", plain)).isNotSameAs(learned);
        learned = of("2024-06-20", plain);
        assertThat(of("2024-06-20", new Occasions(Map.of(), Set.of(LocalDate.parse("2024-05-01")))))
                .isNotSameAs(learned);
    }
}
