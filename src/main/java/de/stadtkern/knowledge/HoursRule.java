package de.stadtkern.knowledge;

import ch.poole.openinghoursparser.DateRange;
import ch.poole.openinghoursparser.DateWithOffset;
import ch.poole.openinghoursparser.Holiday;
import ch.poole.openinghoursparser.Month;
import ch.poole.openinghoursparser.Nth;
import ch.poole.openinghoursparser.Rule;
import ch.poole.openinghoursparser.RuleModifier;
import ch.poole.openinghoursparser.TimeSpan;
import ch.poole.openinghoursparser.WeekDay;
import ch.poole.openinghoursparser.WeekDayRange;
import ch.poole.openinghoursparser.WeekRange;
import ch.poole.openinghoursparser.YearRange;
import de.stadtkern.knowledge.Hours.Span;
import de.stadtkern.knowledge.Hours.Unclear;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule of opening hours: on which days it holds, and which hours it says of them. Refuses what it would not
/// get right: sunrise, school holidays, words beside the times, days counted from others.
final class HoursRule {

    /// The library's days and months in their order.
    private static final List<WeekDay> WEEK = List.of(WeekDay.values());

    private static final List<Month> YEAR = List.of(Month.values());

    private static final int DAY = 24 * 60;

    private final Rule rule;
    private final List<Span> spans;

    private HoursRule(Rule rule, List<Span> spans) {
        this.rule = rule;
        this.spans = List.copyOf(spans);
    }

    static HoursRule of(Rule rule) throws Unclear {
        if (rule.isFallBack() || rule.getComment() != null || commentOf(rule.getModifier()) != null) {
            throw new Unclear("words such as \"nach Vereinbarung\" are not understood; they belong into the text");
        }
        checkDays(rule);
        checkDates(rule);
        return new HoursRule(rule, spans(rule));
    }

    private static @Nullable String commentOf(@Nullable RuleModifier modifier) {
        return modifier == null ? null : modifier.getComment();
    }

    private static void checkDays(Rule rule) throws Unclear {
        for (Holiday holiday : all(rule.getHolidays())) {
            if (holiday.getType() != Holiday.Type.PH) {
                throw new Unclear("school holidays (SH) are not known here");
            }
            if (holiday.getOffset() != 0 || !all(rule.getDays()).isEmpty() && !holiday.getUseAsWeekDay()) {
                throw new Unclear("holidays (PH) together with other days are written like 'Su,PH 10:00-12:00'");
            }
        }
        for (WeekDayRange days : all(rule.getDays())) {
            if (days.getOffset() != 0 || days.getStartDay() == null) {
                throw new Unclear("days that are counted from others are not understood");
            }
        }
    }

    private static void checkDates(Rule rule) throws Unclear {
        for (DateRange dates : all(rule.getDates())) {
            DateWithOffset end = dates.getEndDate();
            if (dates.getInterval() != 0 || !isPlain(dates.getStartDate()) || end != null && !isPlain(end)) {
                throw new Unclear("days that are counted from others are not understood");
            }
            boolean isHalf = end != null
                    && (end.getMonth() == null && end.undefinedDay()
                            || dates.getStartDate().undefinedYear() && !end.undefinedYear());
            if (dates.getStartDate().getMonth() == null || isHalf) {
                throw new Unclear("give both days of a stretch of days in the same way");
            }
        }
        for (YearRange years : all(rule.getYears())) {
            if (years.getInterval() > 1) {
                throw new Unclear("every second year is not understood");
            }
        }
    }

    private static boolean isPlain(DateWithOffset date) {
        return date.getVarDate() == null
                && date.getNthWeekDay() == null
                && date.getWeekDayOffset() == null
                && date.getDayOffset() == 0
                && !date.isOpenEnded();
    }

    private static List<Span> spans(Rule rule) throws Unclear {
        RuleModifier.Modifier modifier =
                rule.getModifier() == null ? null : rule.getModifier().getModifier();
        boolean isClosed = modifier == RuleModifier.Modifier.OFF || modifier == RuleModifier.Modifier.CLOSED;
        if (modifier == RuleModifier.Modifier.UNKNOWN
                || isClosed && !all(rule.getTimes()).isEmpty()) {
            throw new Unclear("say when it is open, or 'off' for a whole day");
        }
        if (isClosed) {
            return List.of();
        }
        if (rule.isTwentyfourseven()) {
            return List.of(new Span(0, DAY));
        }
        if (all(rule.getTimes()).isEmpty()) {
            throw new Unclear("a rule names no times");
        }
        List<Span> spans = new ArrayList<>();
        for (TimeSpan time : all(rule.getTimes())) {
            spans.add(span(time));
        }
        return spans;
    }

    private static Span span(TimeSpan time) throws Unclear {
        if (time.getStartEvent() != null || time.getEndEvent() != null) {
            throw new Unclear("sunrise and sunset are not understood");
        }
        boolean hasBoth = time.getStart() != TimeSpan.UNDEFINED_TIME && time.getEnd() != TimeSpan.UNDEFINED_TIME;
        if (!hasBoth || time.isOpenEnded() || time.getInterval() > 0 || time.getStart() >= DAY) {
            throw new Unclear("give each time with its end, such as 08:00-18:00");
        }
        int end = time.getEnd() <= time.getStart() ? time.getEnd() + DAY : time.getEnd();
        return new Span(time.getStart(), end);
    }

    private static <T> List<T> all(@Nullable List<T> some) {
        return some == null ? List.of() : some;
    }

    List<Span> spans() {
        return spans;
    }

    /// Whether it comes on top of the rules before.
    boolean isMore() {
        return rule.isAdditive();
    }

    boolean isAlways() {
        return rule.isTwentyfourseven();
    }

    /// Whether it says something of holidays: of all of them, of a single day, or of every moment.
    boolean isSaidOfHolidays() {
        return rule.isTwentyfourseven()
                || !all(rule.getHolidays()).isEmpty()
                || all(rule.getDates()).stream()
                        .anyMatch(dates -> !dates.getStartDate().undefinedDay());
    }

    /// Single days, stretches of days and holidays are beside what is usual.
    boolean isException() {
        return !all(rule.getDates()).isEmpty()
                || !all(rule.getHolidays()).isEmpty() && all(rule.getDays()).isEmpty();
    }

    boolean makesWeeksDiffer() {
        boolean isOfSeason = all(rule.getDates()).stream()
                .anyMatch(dates -> dates.getStartDate().undefinedDay()
                        || dates.getEndDate() != null && dates.getStartDate().undefinedYear() && !spans.isEmpty());
        return isOfSeason
                || !all(rule.getYears()).isEmpty()
                || !all(rule.getWeeks()).isEmpty()
                || all(rule.getDays()).stream()
                        .anyMatch(days -> !all(days.getNths()).isEmpty());
    }

    boolean holdsOn(LocalDate date, boolean isHoliday) {
        return isIn(rule.getYears(), years -> isInYears(years, date.getYear()))
                && isIn(rule.getDates(), dates -> isInDates(dates, date))
                && isIn(rule.getWeeks(), weeks -> isInWeek(weeks, date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)))
                && isOnItsDays(date, isHoliday);
    }

    private static <T> boolean isIn(@Nullable List<T> some, java.util.function.Predicate<T> test) {
        return all(some).isEmpty() || all(some).stream().anyMatch(test);
    }

    private boolean isOnItsDays(LocalDate date, boolean isHoliday) {
        List<WeekDayRange> days = all(rule.getDays());
        boolean hasHolidays = !all(rule.getHolidays()).isEmpty();
        return days.isEmpty() && !hasHolidays
                || hasHolidays && isHoliday
                || days.stream().anyMatch(range -> isInDays(range, date));
    }

    private static boolean isInYears(YearRange years, int year) {
        int end = years.isOpenEnded()
                ? Integer.MAX_VALUE
                : years.getEndYear() == YearRange.UNDEFINED_YEAR ? years.getStartYear() : years.getEndYear();
        return year >= years.getStartYear() && year <= end;
    }

    private static boolean isInWeek(WeekRange weeks, int week) {
        int end = weeks.getEndWeek() == WeekRange.UNDEFINED_WEEK ? weeks.getStartWeek() : weeks.getEndWeek();
        int every = Math.max(1, weeks.getInterval());
        return week >= weeks.getStartWeek() && week <= end && (week - weeks.getStartWeek()) % every == 0;
    }

    private static boolean isInDays(WeekDayRange days, LocalDate date) {
        int day = date.getDayOfWeek().getValue() - 1;
        int start = WEEK.indexOf(days.getStartDay());
        int end = days.getEndDay() == null ? start : WEEK.indexOf(days.getEndDay());
        boolean isDay = start <= end ? day >= start && day <= end : day >= start || day <= end;
        List<Nth> nths = all(days.getNths());
        return isDay && (nths.isEmpty() || nths.stream().anyMatch(nth -> isNth(nth, date)));
    }

    /// The first Monday of a month, or the last one (-1).
    private static boolean isNth(Nth nth, LocalDate date) {
        int fromStart = (date.getDayOfMonth() - 1) / 7 + 1;
        int fromEnd = -((date.lengthOfMonth() - date.getDayOfMonth()) / 7 + 1);
        int start = nth.getStartNth();
        int end = nth.getEndNth() == Nth.INVALID_NTH ? start : nth.getEndNth();
        return fromStart >= start && fromStart <= end || fromEnd >= start && fromEnd <= end;
    }

    private static boolean isInDates(DateRange range, LocalDate date) {
        DateWithOffset from = range.getStartDate();
        DateWithOffset to = range.getEndDate() == null ? from : range.getEndDate();
        if (range.getEndDate() == null && !from.undefinedDay() && from.getDay() != date.getDayOfMonth()) {
            return false;
        }
        if (!from.undefinedYear()) {
            LocalDate start = first(from, from.getYear());
            int year = to.undefinedYear() ? from.getYear() : to.getYear();
            LocalDate end = last(to, from, year);
            LocalDate right = to.undefinedYear() && end.isBefore(start) ? last(to, from, year + 1) : end;
            return !date.isBefore(start) && !date.isAfter(right);
        }
        LocalDate start = first(from, date.getYear());
        LocalDate end = last(to, from, date.getYear());
        return end.isBefore(start)
                ? !date.isBefore(start) || !date.isAfter(end)
                : !date.isBefore(start) && !date.isAfter(end);
    }

    private static LocalDate first(DateWithOffset date, int year) {
        return day(year, YEAR.indexOf(date.getMonth()) + 1, date.undefinedDay() ? 1 : date.getDay());
    }

    /// A day without its month is in that of the first one.
    private static LocalDate last(DateWithOffset date, DateWithOffset first, int year) {
        int month = YEAR.indexOf((date.getMonth() == null ? first : date).getMonth()) + 1;
        return day(year, month, date.undefinedDay() ? 31 : date.getDay());
    }

    private static LocalDate day(int year, int month, int day) {
        return LocalDate.of(year, month, Math.min(day, YearMonth.of(year, month).lengthOfMonth()));
    }
}
