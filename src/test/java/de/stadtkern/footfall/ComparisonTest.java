package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.footfall.ValidHours.Hours;
import de.stadtkern.page.Days;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Places and times compared in the hours that all have.
class ComparisonTest {

    private static final Instant LATER = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void anHourThatIsMissingAnywhereCountsNowhere() {
        var full = street(10);
        var gap = street(10).missing("2026-06-16", 8, 4).missing("2026-06-10", 20, 2);
        assertThat(print(week("2026-06-15", 7), full)).isEqualTo("1680 against 1680 in 168 of 168: CHANGE");
        assertThat(print(week("2026-06-15", 7), full, gap))
                .isEqualTo("3240 against 3240 in 162 of 168, 6 of them gone at 2: CHANGE");
    }

    @Test
    void aRealChangeIsFoundThoughHalfOfItsPeriodIsMissing() {
        var street = street(10)
                .change("2026-06-15", 0, 24 * 7, count -> 2 * count)
                .missing("2026-06-15", 0, 60)
                .missing("2026-06-12", 0, 20);
        assertThat(print(week("2026-06-15", 7), street))
                .isEqualTo("1760 against 880 in 88 of 168, 80 of them gone at 1: CHANGE");
    }

    @Test
    void noChangeIsSaidFromLessThanHalfOfTheHours() {
        var street = street(10).missing("2026-06-15", 0, 85);
        assertThat(print(week("2026-06-15", 7), street)).endsWith("in 83 of 168, 85 of them gone at 1: FEW_HOURS");
        assertThat(print(
                        new Comparison.Wanted(days("2026-06-15", 1), likes("2026-06-15", 7), false, 9, 20), street(50)))
                .as("eleven hours")
                .endsWith("in 11 of 11: FEW_HOURS");
    }

    @Test
    void noPercentageIsSaidOfAFewPassersBy() {
        assertThat(print(new Comparison.Wanted(days("2026-06-15", 1), likes("2026-06-15", 7), false, 0, 24), street(4)))
                .isEqualTo("96 against 96 in 24 of 24: FEW_COUNTED");
    }

    @Test
    void hoursOfShopsAreFromMondayToSaturdayWithoutFeasts() {
        var street = new FootfallScenario("2026-05-25", "2026-05-31", 3).change("2026-05-25", 0, 24 * 7, _ -> 10);
        assertThat(print(new Comparison.Wanted(days("2026-05-25", 7), null, true, 10, 20), street))
                .as("Whit Monday and Sunday are out")
                .isEqualTo("500 against 0 in 50 of 50: ALONE");
    }

    @Test
    void whatIsToComeIsNotAskedFor() {
        Comparison comparison = Comparison.of(
                week("2026-06-15", 7),
                List.of(hours(week("2026-06-15", 7), street(10), OpeningHours.NONE)),
                FootfallScenario.BERLIN,
                Instant.parse("2026-06-15T10:30:00Z"));
        assertThat(comparison.asked()).as("until noon of the first day").isEqualTo(12);
        assertThat(comparison.days()).hasSize(1);
    }

    @Test
    void nightsOfTheClockChangeLackTheHourThatOneOfThemHasNot() {
        var street = new FootfallScenario("2026-01-01", "2026-11-15", 3).change("2026-01-01", 0, 24 * 318, _ -> 10.0);
        assertThat(print(week("2026-03-29", 1), street)).isEqualTo("230 against 230 in 23 of 23: CHANGE");
        assertThat(print(week("2026-10-25", 1), street)).isEqualTo("240 against 240 in 24 of 24: CHANGE");
    }

    @Test
    void whateverIsMissingPartsAddUpAndEveryPlaceIsComparedInTheSameHours() {
        for (int seed = 1; seed <= 20; seed++) {
            var one = new FootfallScenario("2026-06-01", "2026-06-27", seed).missing("2026-06-16", seed, seed);
            var two = new FootfallScenario("2026-06-01", "2026-06-27", 50 + seed)
                    .missing("2026-06-10", 23 - seed, 2 * seed);
            Comparison comparison =
                    comparison(Collections.nCopies(2, OpeningHours.NONE), week("2026-06-15", 7), one, two);
            assertThat(comparison.now(0) + comparison.now(1)).isEqualTo(comparison.now());
            assertThat(comparison.days().stream()
                            .mapToDouble(day -> day.before()[0] + day.before()[1])
                            .sum())
                    .isEqualTo(comparison.before());
            assertThat(comparison.days().stream()
                            .mapToInt(Comparison.Day::common)
                            .sum())
                    .isEqualTo(comparison.common())
                    .isLessThan(168)
                    .isLessThanOrEqualTo(Math.min(comparison.valid(0), comparison.valid(1)));
        }
    }

    @Test
    void sumsOfWholeDaysSayTheSameAsTheirHours() {
        for (int seed = 1; seed <= 20; seed++) {
            var one = new FootfallScenario("2026-03-16", "2026-04-12", seed).missing("2026-03-30", seed, seed);
            var two = new FootfallScenario("2026-03-16", "2026-04-12", 50 + seed)
                    .missing("2026-03-21", 23 - seed, 2 * seed);
            Comparison.Wanted wanted = week("2026-03-26", 10);
            List<Hours> hours = List.of(hours(wanted, one, OpeningHours.NONE), hours(wanted, two, OpeningHours.NONE));
            Map<LocalDate, double[]> whole = wholeDays(wanted, one.series(), two.series());
            Comparison byHours = Comparison.of(wanted, hours, FootfallScenario.BERLIN, LATER);
            Comparison bySums = Comparison.of(wanted, whole, hours, FootfallScenario.BERLIN, LATER);
            assertThat(whole).hasSizeBetween(8, 16).doesNotContainKey(LocalDate.parse("2026-03-29"));
            assertThat(bySums.moments()).hasSizeLessThan(byHours.moments().size());
            assertThat(bySums)
                    .usingRecursiveComparison()
                    .ignoringFields("moments")
                    .isEqualTo(byHours);
        }
    }

    private static Map<LocalDate, double[]> wholeDays(Comparison.Wanted wanted, HourlySeries... places) {
        Map<LocalDate, double[]> whole = new HashMap<>();
        for (LocalDate day : wanted.daysOfBoth()) {
            double[] sums = new double[places.length];
            boolean isWhole = true;
            for (int place = 0; place < places.length; place++) {
                LocalHours clock = places[place].hours();
                int number = clock.dayOf(day);
                HourlySeries.Sum sum = places[place].sum(clock.dayStart(number), clock.dayStart(number + 1));
                sums[place] = sum.counted();
                isWhole &= sum.there() == 24 && sum.all() == 24;
            }
            if (isWhole) {
                whole.put(day, sums);
            }
        }
        return whole;
    }

    @Test
    void hoursInWhichAPlaceIsClosedAreNotAskedFor() {
        var hall = street(10);
        for (int day = 1; day <= 27; day++) {
            String date = "2026-06-%02d".formatted(day);
            hall.missing(date, 0, 8).missing(date, 18, 6);
        }
        assertThat(print(week("2026-06-15", 7), hall, street(10)))
                .as("nothing is known of its opening hours")
                .endsWith("in 70 of 168, 98 of them gone at 1: FEW_HOURS");
        Map<DayOfWeek, List<Opening.Span>> open = new EnumMap<>(DayOfWeek.class);
        Stream.of(DayOfWeek.values()).forEach(weekday -> open.put(weekday, Opening.spans("monday", "8-18")));
        var week = new Opening(1, 1, LocalDate.parse("2026-01-01"), null, open, "");
        assertThat(print(
                        List.of(new OpeningHours(List.of(week)), OpeningHours.NONE),
                        week("2026-06-15", 7),
                        hall,
                        street(10)))
                .isEqualTo("1400 against 1400 in 70 of 70: CHANGE");
    }

    private static FootfallScenario street(double count) {
        return new FootfallScenario("2026-06-01", "2026-06-27", 3).change("2026-06-01", 0, 24 * 27, _ -> count);
    }

    private static Comparison.Wanted week(String first, int days) {
        return new Comparison.Wanted(days(first, days), likes(first, 7), false, 0, 24);
    }

    private static Days days(String first, int number) {
        return new Days(LocalDate.parse(first), LocalDate.parse(first).plusDays(number - 1L));
    }

    private static LikeDays likes(String first, int shift) {
        return new LikeDays(LocalDate.parse(first), shift);
    }

    private static Comparison comparison(
            List<OpeningHours> openings, Comparison.Wanted wanted, FootfallScenario... streets) {
        return Comparison.of(
                wanted,
                IntStream.range(0, streets.length)
                        .mapToObj(place -> hours(wanted, streets[place], openings.get(place)))
                        .toList(),
                FootfallScenario.BERLIN,
                LATER);
    }

    private static Hours hours(Comparison.Wanted wanted, FootfallScenario street, OpeningHours opening) {
        HourlySeries series = street.series();
        Hours hours = Hours.none(wanted.stretch(FootfallScenario.BERLIN), opening);
        for (int at = 0; at < hours.values().length; at++) {
            hours.values()[at] = series.count(series.hours().at(Instant.ofEpochSecond((hours.first() + at) * 3600)));
        }
        return hours;
    }

    private static String print(Comparison.Wanted wanted, FootfallScenario... streets) {
        return print(Collections.nCopies(streets.length, OpeningHours.NONE), wanted, streets);
    }

    private static String print(List<OpeningHours> openings, Comparison.Wanted wanted, FootfallScenario... streets) {
        Comparison comparison = comparison(openings, wanted, streets);
        var line = new StringBuilder("%.0f against %.0f in %d of %d"
                .formatted(comparison.now(), comparison.before(), comparison.common(), comparison.asked()));
        for (int place = 0; place < streets.length; place++) {
            int gone = comparison.asked() - comparison.valid(place);
            line.append(gone == 0 ? "" : ", %d of them gone at %d".formatted(gone, place + 1));
        }
        return line.append(": ").append(comparison.verdict(false)).toString();
    }
}
