package de.stadtkern.footfall;

import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.page.HeatMap;
import de.stadtkern.page.Wording;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A year of a counter day by day: months below one another, shaded by how many came.
///
/// @param sentence its fullest day and how many days are known
record YearMap(int year, HeatMap map, String sentence) {

    private static final int DAYS = 31;
    private static final int EVERY = 5;
    /// A day of which more is missing is not shown as a small one.
    private static final int MOST_MISSING = 2;

    /// @param days of that year; empty where none of them is known
    static Optional<YearMap> of(Wording wording, int year, List<DaySum> days, boolean estimates) {
        Map<LocalDate, DaySum> byDay = days.stream()
                .filter(day -> isKnown(day, estimates))
                .collect(Collectors.toMap(DaySum::day, Function.identity()));
        return byDay.values().stream()
                .max(Comparator.comparingDouble((DaySum day) -> sum(day, estimates))
                        .thenComparing(DaySum::day, Comparator.reverseOrder()))
                .map(most -> new YearMap(
                        year,
                        HeatMap.of(
                                wording,
                                IntStream.rangeClosed(1, DAYS)
                                        .mapToObj(String::valueOf)
                                        .toList(),
                                EVERY,
                                rows(wording, year, byDay, estimates),
                                ""),
                        wording.say(
                                "footfall.year.sentence",
                                wording.weekday(most.day()),
                                wording.number(sum(most, estimates)),
                                byDay.size(),
                                Year.of(year).length())));
    }

    private static boolean isKnown(DaySum day, boolean estimates) {
        int missing = day.hoursMissing() + (estimates ? 0 : day.hoursEstimated());
        int there = day.hoursCounted() + (estimates ? day.hoursEstimated() : 0);
        return missing <= MOST_MISSING && there + day.hoursExcused() >= 23 - MOST_MISSING && there > 0;
    }

    private static double sum(DaySum day, boolean estimates) {
        return day.counted() + (estimates ? day.estimated() : 0);
    }

    /// Up to yesterday: of days that are not over nothing can be known.
    private static List<HeatMap.Row> rows(Wording wording, int year, Map<LocalDate, DaySum> byDay, boolean estimates) {
        LocalDate today = wording.day(wording.now());
        List<HeatMap.Row> rows = new ArrayList<>();
        for (Month month : Month.values()) {
            List<@Nullable Double> numbers = new ArrayList<>();
            YearMonth.of(year, month)
                    .atDay(1)
                    .datesUntil(YearMonth.of(year, month).atEndOfMonth().plusDays(1))
                    .takeWhile(day -> day.isBefore(today))
                    .map(byDay::get)
                    .forEach(day -> numbers.add(day == null ? null : sum(day, estimates)));
            rows.add(new HeatMap.Row(month.getDisplayName(TextStyle.SHORT_STANDALONE, wording.locale()), numbers));
        }
        return rows;
    }
}
