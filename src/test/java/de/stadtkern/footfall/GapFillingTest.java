package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GapFillingTest {

    private static final Occasions CALENDAR = new Occasions();

    private static double miss(Filling filling, HourlySeries truth) {
        return ((Filling.Filled) filling)
                .estimates().stream()
                        .mapToDouble(hour -> Math.abs(hour.expected() - truth.count(hour.at())))
                        .sum();
    }

    @Test
    void aGapIsFilledWithAnIntervalAroundEachEstimate() {
        var street = new FootfallScenario("2024-01-01", "2024-08-31", 1).missing("2024-06-05", 8, 24);
        int from = street.hour("2024-06-05", 8);
        Filling filling =
                GapFilling.learn(street.series(), List.of(), CALENDAR, 1).fill(from, from + 24);
        assertThat(((Filling.Filled) filling).estimates()).hasSize(24).allSatisfy(hour -> {
            assertThat(hour.expected())
                    .isBetween(hour.likely().low(), hour.likely().high());
            assertThat(hour.likely().low()).isGreaterThanOrEqualTo(hour.wide().low());
            assertThat(hour.likely().high()).isLessThanOrEqualTo(hour.wide().high());
        });
    }

    @Test
    void neighboursTellWhatKindOfDayItWas() {
        var here = new FootfallScenario("2024-01-01", "2024-08-31", 1, 9)
                .change("2024-06-03", 0, 168, count -> Math.rint(1.5 * count));
        HourlySeries truth = here.series();
        HourlySeries there = new FootfallScenario("2024-01-01", "2024-08-31", 2, 9)
                .change("2024-06-03", 0, 168, count -> Math.rint(1.5 * count))
                .series();
        int from = here.hour("2024-06-03", 0);
        HourlySeries cut = here.missing("2024-06-03", 0, 168).series();
        double alone = miss(GapFilling.learn(cut, List.of(), CALENDAR, 1).fill(from, from + 168), truth);
        double together =
                miss(GapFilling.learn(cut, List.of(there), CALENDAR, 1).fill(from, from + 168), truth);
        assertThat(together).isLessThan(0.9 * alone);
    }

    @Test
    void theWeatherTellsWhatKindOfDayItWas() {
        var here = new FootfallScenario("2023-06-01", "2024-08-31", 1, 9);
        float[] rain = new float[here.series().size()];
        var random = new SplittableRandom(7);
        for (int day = 0; day < here.series().hours().days(); day++) {
            if (random.nextInt(3) == 0) {
                String date = here.series().hours().date(day).toString();
                here.change(date, 0, here.hours(date), count -> Math.rint(0.5 * count));
                Arrays.fill(rain, here.hour(date, 0), here.hour(date, 0) + here.hours(date), 1);
            }
        }
        Arrays.fill(rain, here.hour("2024-06-04", 0), here.hour("2024-06-05", 0), 1);
        HourlySeries truth = here.change("2024-06-04", 0, 24, count -> Math.rint(0.5 * count))
                .series();
        int from = here.hour("2024-06-04", 0);
        var cut = new Surroundings(here.missing("2024-06-04", 0, 24).series(), CALENDAR);
        double blind = miss(GapFilling.learn(cut, List.of(), Weather.NONE, 1).fill(from, from + 24), truth);
        var weather = new Weather(List.of("rain"), List.of(rain));
        double seeing = miss(GapFilling.learn(cut, List.of(), weather, 1).fill(from, from + 24), truth);
        assertThat(seeing).isLessThan(0.8 * blind);
    }

    @Test
    void whatIsTooLongIsRefused() {
        var street = new FootfallScenario("2024-01-01", "2024-08-31", 1).missing("2024-06-03", 0, 337);
        int from = street.hour("2024-06-03", 0);
        assertThat(GapFilling.learn(street.series(), List.of(), CALENDAR, 1).fill(from, from + 337))
                .isEqualTo(new Filling.Refused(Filling.Reason.TOO_LONG));
    }

    @Test
    void whereNothingLiesAroundNothingIsInvented() {
        var street = new FootfallScenario("2024-01-01", "2024-08-31", 1).missingFrom("2024-01-01");
        assertThat(GapFilling.learn(street.series(), List.of(), CALENDAR, 1).fill(500, 510))
                .isEqualTo(new Filling.Refused(Filling.Reason.NOTHING_AROUND));
    }

    @Test
    void theSameSeedFillsAlike() {
        var street = new FootfallScenario("2024-01-01", "2024-08-31", 1).missing("2024-06-05", 8, 6);
        int from = street.hour("2024-06-05", 8);
        assertThat(GapFilling.learn(street.series(), List.of(), CALENDAR, 4).fill(from, from + 6))
                .isEqualTo(GapFilling.learn(street.series(), List.of(), CALENDAR, 4)
                        .fill(from, from + 6));
    }
}
