package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What the town itself says of days: school holidays, and notes of something that was or will be on. What is learned
/// of a note holds for others with the same words, whatever year stands in them.
@Component
class TownCalendar {

    /// What goes on for longer is no event any more, it is how things are.
    static final Duration LONGEST = Duration.ofDays(7);

    private final HolidayStore holidays;
    private final PeriodStore periods;

    TownCalendar(HolidayStore holidays, PeriodStore periods) {
        this.holidays = holidays;
        this.periods = periods;
    }

    Occasions of(long counter) {
        ZoneId zone = CityContext.current().zone();
        Map<LocalDate, String> events = new HashMap<>();
        // The newest come first, so of two notes of a day the one that began last gives its name.
        periods.of(counter)
                .forEach(period -> days(period, zone).forEach(day -> events.putIfAbsent(day, name(period.reason()))));
        Set<LocalDate> school = new HashSet<>();
        holidays.list().forEach(holiday -> holiday.days().forEach(school::add));
        return new Occasions(events, school);
    }

    /// The same from lists.
    ///
    /// @param events of a few days each; those with the same words are alike
    /// @param closed days on which schools are closed
    static Occasions of(List<SchoolHoliday> events, List<SchoolHoliday> closed) {
        Map<LocalDate, String> named = new HashMap<>();
        events.forEach(event -> event.days().forEach(day -> named.put(day, name(event.name()))));
        Set<LocalDate> school = new HashSet<>();
        closed.forEach(holiday -> holiday.days().forEach(school::add));
        return new Occasions(named, school);
    }

    private static List<LocalDate> days(CounterPeriod period, ZoneId zone) {
        boolean isEvent = period.kind() == CounterPeriod.Kind.NOTE
                && period.to() != null
                && Duration.between(period.from(), period.to()).compareTo(LONGEST) <= 0;
        return !isEvent || period.to() == null
                ? List.of()
                : LocalDate.ofInstant(period.from(), zone)
                        .datesUntil(LocalDate.ofInstant(period.to().minusNanos(1), zone)
                                .plusDays(1))
                        .toList();
    }

    private static String name(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]+", " ").strip();
    }
}
