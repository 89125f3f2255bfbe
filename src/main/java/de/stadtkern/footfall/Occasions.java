package de.stadtkern.footfall;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Days that may differ from their weekday, by name: feasts of the German-speaking lands, Sundays in Advent, and what
/// the town's calendar says (fairs, Sundays with open shops). School holidays are kept apart: they are too long to be
/// left out of what is usual.
///
/// The list says only which days are alike from year to year. Whether such a day is different at a place, and how, is
/// learned from its counts.
final class Occasions {

    /// @param isKept in all of the lands, so that what other such days were like is a first guess for this one
    record Occasion(String name, boolean isKept) {}

    private static final Map<Integer, Occasion> BY_EASTER = Map.ofEntries(
            common(-52, "women's carnival"),
            common(-48, "carnival Monday"),
            common(-47, "carnival Tuesday"),
            kept(-2, "Good Friday"),
            common(-1, "Easter Saturday"),
            common(0, "Easter Sunday"),
            kept(1, "Easter Monday"),
            kept(39, "Ascension"),
            common(40, "day after Ascension"),
            common(49, "Whit Sunday"),
            kept(50, "Whit Monday"),
            common(60, "Corpus Christi"),
            common(61, "day after Corpus Christi"));

    private static final Map<MonthDay, Occasion> BY_DATE = Map.ofEntries(
            on(1, 1, "New Year", true),
            on(1, 2, "second of January", false),
            on(1, 6, "Epiphany", false),
            on(3, 8, "Women's Day", false),
            on(5, 1, "May Day", true),
            on(8, 1, "first of August", false),
            on(8, 15, "Assumption", false),
            on(9, 20, "Children's Day", false),
            on(10, 3, "third of October", false),
            on(10, 26, "26th of October", false),
            on(10, 31, "Reformation Day", false),
            on(11, 1, "All Saints", false),
            on(12, 8, "Immaculate Conception", false),
            on(12, 24, "Christmas Eve", false),
            on(12, 25, "Christmas Day", true),
            on(12, 26, "second day of Christmas", true),
            on(12, 31, "New Year's Eve", false));

    private final Map<LocalDate, Occasion> town;
    private final Set<LocalDate> school;
    private final LocalDate firstSchool;

    Occasions() {
        this(Map.of());
    }

    /// @param town names of days known beforehand; days that are alike have the same name
    Occasions(Map<LocalDate, String> town) {
        this(town, Set.of());
    }

    /// @param school days on which schools are closed, as far as they are known
    Occasions(Map<LocalDate, String> town, Set<LocalDate> school) {
        var own = new HashMap<LocalDate, Occasion>();
        town.forEach((date, name) -> own.put(date, new Occasion("town: " + name, false)));
        this.town = Map.copyOf(own);
        this.school = Set.copyOf(school);
        this.firstSchool = school.stream().min(LocalDate::compareTo).orElse(LocalDate.MAX);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Occasions occasions && town.equals(occasions.town) && school.equals(occasions.school);
    }

    @Override
    public int hashCode() {
        return 31 * town.hashCode() + school.hashCode();
    }

    private static Map.Entry<Integer, Occasion> kept(int days, String name) {
        return Map.entry(days, new Occasion(name, true));
    }

    private static Map.Entry<Integer, Occasion> common(int days, String name) {
        return Map.entry(days, new Occasion(name, false));
    }

    private static Map.Entry<MonthDay, Occasion> on(int month, int day, String name, boolean isKept) {
        return Map.entry(MonthDay.of(month, day), new Occasion(name, isKept));
    }

    Optional<Occasion> on(LocalDate date) {
        Occasion found = town.get(date);
        if (found == null) {
            found = BY_DATE.get(MonthDay.from(date));
        }
        if (found == null) {
            found = BY_EASTER.get(
                    (int) (date.toEpochDay() - easter(date.getYear()).toEpochDay()));
        }
        return Optional.ofNullable(found).or(() -> lateInTheYear(date));
    }

    boolean knowsSchool() {
        return !school.isEmpty();
    }

    /// 1 in school holidays, 0 outside; NaN before the first of them that is known.
    float school(LocalDate date) {
        return date.isBefore(firstSchool) ? Float.NaN : school.contains(date) ? 1 : 0;
    }

    /// Whether it falls on the same date each year, and so on another weekday; what a town's calendar says is not
    /// known.
    static boolean hasFixedDate(LocalDate date) {
        return BY_DATE.containsKey(MonthDay.from(date));
    }

    private static Optional<Occasion> lateInTheYear(LocalDate date) {
        int sunday = (int) (date.toEpochDay() - firstAdvent(date.getYear()).toEpochDay());
        if (sunday == -11) {
            return Optional.of(new Occasion("day of repentance", false));
        }
        if (sunday == -9 + 7) {
            return Optional.of(new Occasion("Black Friday", false));
        }
        return sunday >= 0 && sunday % 7 == 0 && sunday <= 21
                ? Optional.of(new Occasion("Advent Sunday", false))
                : Optional.empty();
    }

    static LocalDate firstAdvent(int year) {
        return LocalDate.of(year, 12, 25)
                .with(TemporalAdjusters.previous(DayOfWeek.SUNDAY))
                .minusWeeks(3);
    }

    /// The Gregorian rule, after Meeus, Jones and Butcher.
    static LocalDate easter(int year) {
        int golden = year % 19;
        int century = year / 100;
        int inCentury = year % 100;
        int moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
        int weekday = (32 + 2 * (century % 4) + 2 * (inCentury / 4) - moon - inCentury % 4) % 7;
        int late = (golden + 11 * moon + 22 * weekday) / 451;
        int days = moon + weekday - 7 * late + 114;
        return LocalDate.of(year, days / 31, days % 31 + 1);
    }
}
