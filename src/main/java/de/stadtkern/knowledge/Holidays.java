package de.stadtkern.knowledge;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Public holidays of a town in Germany, as the laws of its Land say. Where its Land is not known nothing is
/// assumed: every day that is a holiday anywhere may be one.
///
/// @param ars official key of the town, empty where it has none
public record Holidays(String ars) {

    /// Whether a day is a holiday.
    enum Certainty {
        YES,
        NO,
        /// The Land is not known, or the law leaves it to single municipalities.
        PERHAPS
    }

    /// Lands by the first two digits of the key.
    private static final Set<String> ALL =
            Stream.iterate(1, land -> land + 1).limit(16).map("%02d"::formatted).collect(Collectors.toSet());

    private static final Set<String> EPIPHANY = Set.of("08", "09", "15");
    private static final Set<String> WOMEN = Set.of("11", "13");
    private static final Set<String> CORPUS_CHRISTI = Set.of("05", "06", "07", "08", "09", "10");
    private static final Set<String> CORPUS_CHRISTI_IN_PARTS = Set.of("14", "16");
    private static final Set<String> REFORMATION = Set.of("01", "02", "03", "04", "12", "13", "14", "15", "16");
    private static final Set<String> ALL_SAINTS = Set.of("05", "07", "08", "09", "10");
    private static final String AUGSBURG = "09761";

    Certainty on(LocalDate day) {
        Set<String> lands = lands(day);
        Set<String> parts = parts(day);
        if (!ALL.contains(land())) {
            return lands.isEmpty() && parts.isEmpty() ? Certainty.NO : Certainty.PERHAPS;
        }
        if (lands.contains(land()) || isOfAugsburg(day) && ars.startsWith(AUGSBURG)) {
            return Certainty.YES;
        }
        return parts.contains(land()) && !isOfAugsburg(day) ? Certainty.PERHAPS : Certainty.NO;
    }

    private String land() {
        return ars.length() < 2 ? "" : ars.substring(0, 2);
    }

    /// Sunday of Easter in the Gregorian calendar (Meeus, Jones and Butcher).
    public static LocalDate easter(int year) {
        int a = year % 19;
        int b = year / 100;
        int c = year % 100;
        int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        int m = (a + 11 * h + 22 * l) / 451;
        int n = h + l - 7 * m + 114;
        return LocalDate.of(year, n / 31, n % 31 + 1);
    }

    private static Set<String> lands(LocalDate day) {
        Set<String> moving =
                switch ((int) (day.toEpochDay() - easter(day.getYear()).toEpochDay())) {
                    case -2, 1, 39, 50 -> ALL;
                    case 0, 49 -> Set.of("12");
                    case 60 -> CORPUS_CHRISTI;
                    default -> Set.of();
                };
        return moving.isEmpty() ? fixed(day) : moving;
    }

    private static Set<String> fixed(LocalDate day) {
        if (day.equals(repentance(day.getYear()))) {
            return Set.of("14");
        }
        // Once only, by law of Berlin.
        if (day.equals(LocalDate.of(2028, Month.JUNE, 17))) {
            return Set.of("11");
        }
        return switch (day.getMonth()) {
            case JANUARY -> on(day, 1, ALL, 6, EPIPHANY);
            case MARCH -> on(day, 8, WOMEN);
            case MAY -> on(day, 1, ALL);
            case AUGUST -> on(day, 15, Set.of("10"));
            case SEPTEMBER -> on(day, 20, Set.of("16"));
            case OCTOBER -> on(day, 3, ALL, 31, REFORMATION);
            case NOVEMBER -> on(day, 1, ALL_SAINTS);
            case DECEMBER -> on(day, 25, ALL, 26, ALL);
            default -> Set.of();
        };
    }

    private static Set<String> on(LocalDate day, int of, Set<String> lands) {
        return day.getDayOfMonth() == of ? lands : Set.of();
    }

    private static Set<String> on(LocalDate day, int of, Set<String> lands, int other, Set<String> others) {
        return day.getDayOfMonth() == of ? lands : on(day, other, others);
    }

    /// Where some municipalities have it.
    private static Set<String> parts(LocalDate day) {
        if (day.equals(easter(day.getYear()).plusDays(60))) {
            return CORPUS_CHRISTI_IN_PARTS;
        }
        return isOfAugsburg(day) || MonthDay.from(day).equals(MonthDay.of(Month.AUGUST, 15)) ? Set.of("09") : Set.of();
    }

    private static boolean isOfAugsburg(LocalDate day) {
        return MonthDay.from(day).equals(MonthDay.of(Month.AUGUST, 8));
    }

    /// The Wednesday before the 23rd of November.
    private static LocalDate repentance(int year) {
        return LocalDate.of(year, Month.NOVEMBER, 23).with(TemporalAdjusters.previous(DayOfWeek.WEDNESDAY));
    }
}
