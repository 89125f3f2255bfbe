package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LocalHoursTest {

    private final LocalHours year =
            LocalHours.ofDays(FootfallScenario.BERLIN, LocalDate.parse("2025-01-01"), LocalDate.parse("2025-12-31"));

    @Test
    void theSpringNightHasNoHourFromTwoToThree() {
        assertThat(hoursOf("2025-03-30")).isEqualTo("0 1 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23");
        assertThat(year.at(year.dayOf(LocalDate.parse("2025-03-30")), 2)).isNegative();
    }

    @Test
    void theAutumnNightHasTheHourFromTwoToThreeTwice() {
        assertThat(hoursOf("2025-10-26")).isEqualTo("0 1 2 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23");
    }

    @Test
    void everyHourOfTheClockIsFoundOnItsDay() {
        for (int day = 0; day < year.days(); day++) {
            for (int at = year.dayStart(day); at < year.dayStart(day + 1); at++) {
                int found = year.at(day, year.hour(at));
                assertThat(year.day(found)).isEqualTo(day);
                assertThat(year.hour(found)).isEqualTo(year.hour(at));
                assertThat(at - found).isBetween(0, 1);
            }
        }
    }

    @Test
    void anHourKnowsItsMoment() {
        int at = year.at(Instant.parse("2025-07-01T10:20:00Z"));
        assertThat(year.start(at) + " " + year.hour(at) + " " + year.date(year.day(at)))
                .isEqualTo("2025-07-01T10:00:00Z 12 2025-07-01");
    }

    @Test
    void whatIsMissingIsNotZero() {
        var series = HourlySeries.of(
                "a",
                FootfallScenario.BERLIN,
                Map.of(Instant.parse("2025-07-01T10:00:00Z"), 5.0, Instant.parse("2025-07-01T12:00:00Z"), 0.0));
        int ten = series.hours().at(Instant.parse("2025-07-01T10:00:00Z"));
        assertThat(series.isMissing(ten + 1)).isTrue();
        assertThat(series.isMissing(ten + 2)).isFalse();
        assertThat(series.sum(ten, ten + 3)).hasToString("Sum[counted=5.0, there=2, all=3]");
    }

    @Test
    void sumsOverAnyPartitionOfTimeAgree() {
        HourlySeries series = new FootfallScenario("2025-03-01", "2025-11-01", 3)
                .missing("2025-05-05", 7, 30)
                .series();
        var random = new SplittableRandom(1);
        for (int attempt = 0; attempt < 50; attempt++) {
            double counted = 0;
            int there = 0;
            int all = 0;
            for (int at = 0; at < series.size(); ) {
                int next = Math.min(series.size(), at + 1 + random.nextInt(400));
                HourlySeries.Sum part = series.sum(at, next);
                counted += part.counted();
                there += part.there();
                all += part.all();
                at = next;
            }
            assertThat(new HourlySeries.Sum(counted, there, all)).isEqualTo(series.sum(0, series.size()));
        }
    }

    private String hoursOf(String date) {
        int day = year.dayOf(LocalDate.parse(date));
        StringBuilder hours = new StringBuilder();
        for (int at = year.dayStart(day); at < year.dayStart(day + 1); at++) {
            hours.append(year.hour(at)).append(' ');
        }
        return hours.toString().strip();
    }
}
