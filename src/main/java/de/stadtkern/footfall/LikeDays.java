package de.stadtkern.footfall;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Optional;

/// Which day of an earlier time a day is compared with: one of the same weekday, and a special day with the same
/// special day, wherever it lay then. A day without its like is left out rather than compared with another kind of day.
///
/// Between years, a day in Advent has its like in the same week of Advent, which is not always 52 weeks before. Within
/// a
/// year, Advent is no kind of its own: else its first week could be compared with nothing.
///
/// @param first day of the later time; its likes lie before it
/// @param shift days between the two times, whole weeks
record LikeDays(LocalDate first, int shift) {

    private static final Occasions OCCASIONS = new Occasions();
    /// Easter moves by 35 days.
    private static final int FAR = 50;
    private static final int HALF_A_YEAR = 182;

    LikeDays {
        if (shift <= 0 || shift % 7 != 0) {
            throw new IllegalArgumentException("%d days are no whole weeks".formatted(shift));
        }
    }

    Optional<LocalDate> of(LocalDate day) {
        LocalDate target = day.minusDays(shift);
        Optional<String> name = name(day);
        if (name.isPresent()) {
            return special(day, name.get(), target);
        }
        if (isInAdvent(day)) {
            long since = day.toEpochDay() - Occasions.firstAdvent(day.getYear()).toEpochDay();
            LocalDate like = Occasions.firstAdvent(target.getYear()).plusDays(since);
            return Math.abs(like.toEpochDay() - target.toEpochDay()) <= 7 ? plain(like, true) : Optional.empty();
        }
        return plain(target, false);
    }

    private Optional<LocalDate> plain(LocalDate like, boolean inAdvent) {
        return like.isBefore(first) && name(like).isEmpty() && isInAdvent(like) == inAdvent
                ? Optional.of(like)
                : Optional.empty();
    }

    private Optional<LocalDate> special(LocalDate day, String name, LocalDate target) {
        for (int away = 0; away <= FAR; away++) {
            for (LocalDate like : new LocalDate[] {target.minusDays(away), target.plusDays(away)}) {
                if (like.isBefore(first) && name(like).filter(name::equals).isPresent()) {
                    return isAlike(day, like) ? Optional.of(like) : Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /// Days that are a feast in some lands only are a plain day in others, where their weekday decides.
    private static boolean isAlike(LocalDate day, LocalDate like) {
        boolean isKept = OCCASIONS.on(day).filter(Occasions.Occasion::isKept).isPresent();
        return isKept || kind(day) == kind(like);
    }

    private static int kind(LocalDate day) {
        return Math.max(DayOfWeek.FRIDAY.getValue(), day.getDayOfWeek().getValue());
    }

    /// Sundays in Advent are told apart by their number.
    private Optional<String> name(LocalDate day) {
        Optional<String> name = OCCASIONS.on(day).map(Occasions.Occasion::name);
        return day.getDayOfWeek() == DayOfWeek.SUNDAY && sinceAdvent(day) >= 0 && !Occasions.hasFixedDate(day)
                ? name.filter(_ -> isInAdvent(day)).map(one -> "%s %d".formatted(one, sinceAdvent(day) / 7))
                : name;
    }

    private boolean isInAdvent(LocalDate day) {
        return shift > HALF_A_YEAR && sinceAdvent(day) >= 0 && (day.getMonthValue() == 11 || day.getDayOfMonth() < 24);
    }

    private static long sinceAdvent(LocalDate day) {
        return day.toEpochDay() - Occasions.firstAdvent(day.getYear()).toEpochDay();
    }

    /// A day on which shops are open as usual: from Monday to Saturday and no feast that all lands keep.
    static boolean isShopDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SUNDAY
                && OCCASIONS.on(day).filter(Occasions.Occasion::isKept).isEmpty();
    }
}
