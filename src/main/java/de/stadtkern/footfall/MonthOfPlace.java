package de.stadtkern.footfall;

import de.stadtkern.footfall.Comparison.Verdict;
import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.Days;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A month of one place, for its report.
///
/// @param days     those that were kept, oldest first
/// @param busiest  among the days that were counted as a whole
/// @param fullest  the hour of the day in which most pass on average; empty where few hours are known
/// @param previous against the weeks before, in the hours this place has of both
/// @param year     against a year before, likewise
record MonthOfPlace(
        Counter counter,
        List<DaySum> days,
        Optional<DaySum> busiest,
        OptionalInt fullest,
        Against previous,
        Against year) {

    /// How many days must have an hour before anything is said of it.
    private static final int FEWEST_DAYS = 7;

    private static final int YEAR = 364;

    /// @param isBroken whether the place counts otherwise since
    record Against(Comparison comparison, boolean isBroken) {

        Verdict verdict() {
            return comparison.verdict(isBroken);
        }

        /// In per cent; null where nothing can be said.
        @Nullable
        Double change() {
            return verdict() == Verdict.CHANGE ? FootfallPage.percent(comparison.now(), comparison.before()) : null;
        }
    }

    MonthOfPlace {
        days = List.copyOf(days);
    }

    static Days days(YearMonth month) {
        return new Days(month.atDay(1), month.atEndOfMonth());
    }

    /// The month and the four or five weeks before it: as many as it has days.
    static Comparison.Wanted previous(YearMonth month) {
        Days days = days(month);
        return wanted(days, Math.toIntExact(7 * Math.ceilDiv(days.count(), 7L)));
    }

    /// The month and the same weeks of the year before.
    static Comparison.Wanted year(YearMonth month) {
        return wanted(days(month), YEAR);
    }

    private static Comparison.Wanted wanted(Days days, int shift) {
        return new Comparison.Wanted(days, new LikeDays(days.first(), shift), false, 0, 24);
    }

    /// The stretches whose hours are looked at: the year between them is not.
    static List<Stretch> stretches(YearMonth month, ZoneId zone) {
        List<LocalDate> likes = year(month).pairs().stream()
                .flatMap(pair -> pair.like().stream())
                .sorted()
                .toList();
        Stretch near = previous(month).stretch(zone);
        return likes.isEmpty()
                ? List.of(near)
                : List.of(
                        new Stretch(
                                likes.getFirst().atStartOfDay(zone).toInstant(),
                                likes.getLast().plusDays(1).atStartOfDay(zone).toInstant()),
                        near);
    }

    /// Of the days of which each hour was counted in which the place is open in such a week.
    static Optional<DaySum> busiest(List<DaySum> days, OpeningHours opening, ZoneId zone) {
        return days.stream()
                .filter(day -> day.hoursMissing() + day.hoursEstimated() == 0 && day.counted() > 0)
                .filter(day -> day.hoursExcused() == 0
                        || opening.closedAsUsual(day.day(), zone)
                                .filter(closed -> closed == day.hoursExcused())
                                .isPresent())
                .max(Comparator.comparingDouble(DaySum::counted));
    }

    /// The hour of the day that is the fullest in this month.
    static OptionalInt fullest(YearMonth month, ValidHours.Hours hours, ZoneId zone) {
        double[] sums = new double[24];
        int[] known = new int[24];
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
        for (Instant hour = month.atDay(1).atStartOfDay(zone).toInstant();
                hour.isBefore(end);
                hour = hour.plusSeconds(3600)) {
            double value = hours.value(hour);
            if (!Double.isNaN(value)) {
                sums[hour.atZone(zone).getHour()] += value;
                known[hour.atZone(zone).getHour()]++;
            }
        }
        int fullest = -1;
        for (int hour = 0; hour < 24; hour++) {
            if (known[hour] >= FEWEST_DAYS
                    && sums[hour] > 0
                    && (fullest < 0 || sums[hour] / known[hour] > sums[fullest] / known[fullest])) {
                fullest = hour;
            }
        }
        return fullest < 0 ? OptionalInt.empty() : OptionalInt.of(fullest);
    }

    double counted() {
        return days.stream().mapToDouble(DaySum::counted).sum();
    }

    double estimated() {
        return days.stream().mapToDouble(DaySum::estimated).sum();
    }

    int hoursCounted() {
        return days.stream().mapToInt(DaySum::hoursCounted).sum();
    }

    int hoursEstimated() {
        return days.stream().mapToInt(DaySum::hoursEstimated).sum();
    }

    int hoursMissing() {
        return days.stream().mapToInt(DaySum::hoursMissing).sum();
    }

    /// In which nobody could pass, or nobody was to.
    int hoursExcused() {
        return days.stream().mapToInt(DaySum::hoursExcused).sum();
    }

    /// Share of the hours counted of those in which somebody could pass; null where there are none.
    @Nullable
    Double completeness() {
        int open = hoursCounted() + hoursEstimated() + hoursMissing();
        return open == 0 ? null : (double) hoursCounted() / open;
    }
}
