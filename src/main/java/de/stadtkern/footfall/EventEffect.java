package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// How many came because of an event, and whether that can be told at all.
///
/// Expected is what is usual at the places in these hours, times how the places stood to their usual in the week
/// before,
/// times how much more the control places moved meanwhile (a difference in differences of logarithms). The same is
/// reckoned for days on which nothing was on, with the same weekdays and hours: how far they lie off is how far chance
/// goes (a placebo test in time, as Abadie, Diamond and Hainmueller 2010 do it over places). Nothing is taken from a
/// model's own variance.
final class EventEffect {

    /// Weeks before and after in which days without an event are looked for.
    static final int WEEKS = 52;
    static final int FEWEST_PLACEBOS = 8;
    static final int MOST_DAYS = 7;

    /// From so many on, their order alone makes the interval.
    private static final int ENOUGH_PLACEBOS = 39;

    private static final int PRE_DAYS = 7;
    private static final double ENOUGH_HOURS = 0.8;
    private static final double LEVEL_TAIL = 0.05;
    /// How far beyond the placebos controls may lie before they are taken to be touched by the event themselves.
    private static final double DISTURBED = 1.5;

    enum Verdict {
        MORE,
        LESS,
        USUAL,
        UNKNOWN
    }

    /// Why it cannot be told.
    enum Reason {
        /// Fewer than eight days without an event can be compared.
        FEW_PLACEBOS,
        /// A fifth of the event's hours is missing at the places, or nothing is usual there yet.
        GAPS,
        /// Control places have gaps, or something was on there too.
        CONTROLS,
        /// Control places moved as they never do.
        CONTROLS_MOVED,
        /// It was a public holiday, which no plain day resembles.
        HOLIDAY
    }

    /// @param from the first hour of each day
    /// @param to   the hour with which it ends, up to 24
    record Event(LocalDate first, LocalDate last, int from, int to) {

        int days() {
            return (int) (last.toEpochDay() - first.toEpochDay()) + 1;
        }

        private Event on(LocalDate day) {
            return new Event(day, day.plusDays(days() - 1L), from, to);
        }

        /// Whether it or the week before it holds a day of the other.
        private boolean comesNear(Event other) {
            return !first.minusDays(PRE_DAYS).isAfter(other.last) && !last.isBefore(other.first);
        }
    }

    /// A day by its usual.
    ///
    /// @param percent more than usual; NaN where it is not known
    record TrendDay(LocalDate day, double percent) {}

    /// A day or some days without an event.
    ///
    /// @param effect logarithm of counted by expected
    record Placebo(LocalDate first, double effect) {}

    /// @param measured in the hours that are known
    /// @param expected in the same hours
    /// @param low      as few would be no surprise
    /// @param high     as many would be no surprise
    /// @param hours    known, of `asked`
    /// @param controls how much more the control places moved, as logarithm; 0 without any
    /// @param trend    the seven days before and those of the event
    record Result(
            Verdict verdict,
            Set<Reason> reasons,
            double measured,
            double expected,
            double low,
            double high,
            int hours,
            int asked,
            double controls,
            List<TrendDay> trend,
            List<Placebo> placebos) {

        /// By how much it was more than expected, in per cent.
        double percent() {
            return 100 * (measured / expected - 1);
        }
    }

    /// Counts of some places and what is usual at them, over the same days.
    private record Group(List<Usual> places) {

        LocalHours clock() {
            return places.getFirst().series().hours();
        }

        /// What was counted and what was usual in hours of days.
        Sum sum(LocalDate first, LocalDate last, int from, int to, Predicate<LocalDate> isMeant) {
            double counted = 0;
            double usual = 0;
            int there = 0;
            int asked = 0;
            for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
                int until = isMeant.test(day) ? to : from;
                for (int hour = from; hour < until; hour++) {
                    int at = clock().at(clock().dayOf(day), hour);
                    for (Usual place : at < 0 ? List.<Usual>of() : places) {
                        asked += place.series().isExcused(at) ? 0 : 1;
                        if (!place.series().isMissing(at) && !Double.isNaN(place.expected(at))) {
                            counted += place.series().count(at);
                            usual += place.expected(at);
                            there++;
                        }
                    }
                }
            }
            return new Sum(counted, usual, there, asked);
        }
    }

    private record Sum(double counted, double usual, int there, int asked) {

        boolean isEnough() {
            return asked > 0 && there >= ENOUGH_HOURS * asked;
        }

        /// The logarithm of counted by usual; NaN where too little is known.
        double level() {
            return isEnough() ? Math.log((counted + 1) / (usual + 1)) : Double.NaN;
        }
    }

    /// How some days lie off, and how the controls do.
    private record Off(double effect, double controls) {}

    private final Event event;
    private final Group places;
    private final Group controls;
    private final Predicate<LocalDate> isPlain;
    private final Occasions occasions = new Occasions();

    /// @param places   at least one; all series reach over the same days
    /// @param controls may be none
    /// @param isKnown  days on which something is known to have been on
    EventEffect(Event event, List<HourlySeries> places, List<HourlySeries> controls, Predicate<LocalDate> isKnown) {
        this.event = event;
        this.places = new Group(usual(places));
        this.controls = new Group(usual(controls));
        Map<LocalDate, Boolean> asked = new HashMap<>();
        this.isPlain =
                day -> asked.computeIfAbsent(day, one -> occasions.on(one).isEmpty() && !isKnown.test(one));
    }

    private List<Usual> usual(List<HourlySeries> series) {
        return series.stream().map(one -> new Usual(one, occasions)).toList();
    }

    /// @param areControlsFree whether nothing is known to have been on at the control places
    Result result(boolean areControlsFree) {
        Sum during = places.sum(event.first(), event.last(), event.from(), event.to(), _ -> true);
        Off off = off(event);
        List<Placebo> placebos = new ArrayList<>();
        List<Double> controlsThen = new ArrayList<>();
        for (int week = -WEEKS; week <= WEEKS; week++) {
            Event then = event.on(event.first().plusDays(7L * week));
            if (isPlacebo(then)) {
                Off one = off(then);
                if (!Double.isNaN(one.effect())) {
                    placebos.add(new Placebo(then.first(), one.effect()));
                    controlsThen.add(one.controls());
                }
            }
        }
        double[] effects =
                placebos.stream().mapToDouble(Placebo::effect).sorted().toArray();
        Set<Reason> reasons = reasons(during, off, effects.length, controlsThen, areControlsFree);
        return result(during, off, effects, reasons, placebos);
    }

    private Result result(Sum during, Off off, double[] effects, Set<Reason> reasons, List<Placebo> placebos) {
        double middle = effects.length == 0 ? 0 : Usual.median(effects, effects.length);
        double[] ends = effects.length < 2 ? new double[] {Double.NaN, Double.NaN} : ends(effects);
        double base = during.counted() / Math.exp(off.effect());
        Verdict verdict = !reasons.isEmpty()
                ? Verdict.UNKNOWN
                : off.effect() > ends[1] ? Verdict.MORE : off.effect() < ends[0] ? Verdict.LESS : Verdict.USUAL;
        return new Result(
                verdict,
                reasons,
                during.counted(),
                base * Math.exp(middle),
                base * Math.exp(ends[0]),
                base * Math.exp(ends[1]),
                during.there(),
                during.asked(),
                off.controls(),
                trend(),
                placebos);
    }

    /// Days far enough from the event, of the same weekdays, with nothing known to have been on.
    private boolean isPlacebo(Event then) {
        LocalHours clock = places.clock();
        return !then.comesNear(event)
                && !event.comesNear(then)
                && clock.dayOf(then.first()) >= PRE_DAYS
                && clock.dayOf(then.last()) < clock.days()
                && then.first().datesUntil(then.last().plusDays(1)).allMatch(isPlain);
    }

    private Off off(Event when) {
        double control = controls.places().isEmpty() ? 0 : moved(controls, when);
        return new Off(moved(places, when) - control, control);
    }

    /// How a group stood to its usual, less how it did in the week before.
    private double moved(Group group, Event when) {
        return group.sum(when.first(), when.last(), when.from(), when.to(), _ -> true)
                        .level()
                - group.sum(
                                when.first().minusDays(PRE_DAYS),
                                when.first().minusDays(1),
                                when.from(),
                                when.to(),
                                isPlain)
                        .level();
    }

    private Set<Reason> reasons(Sum during, Off off, int placebos, List<Double> controlsThen, boolean areControlsFree) {
        Set<Reason> reasons = EnumSet.noneOf(Reason.class);
        boolean isHoliday = event.first()
                .datesUntil(event.last().plusDays(1))
                .anyMatch(day ->
                        occasions.on(day).filter(Occasions.Occasion::isKept).isPresent());
        if (isHoliday) {
            reasons.add(Reason.HOLIDAY);
        }
        boolean isControlKnown = !Double.isNaN(off.controls());
        if (!during.isEnough() || isControlKnown && Double.isNaN(off.effect())) {
            reasons.add(Reason.GAPS);
        }
        if (!isControlKnown || !controls.places().isEmpty() && !areControlsFree) {
            reasons.add(Reason.CONTROLS);
        }
        if (placebos < FEWEST_PLACEBOS) {
            reasons.add(Reason.FEW_PLACEBOS);
        } else if (isControlKnown && !controls.places().isEmpty() && isBeyond(off.controls(), controlsThen)) {
            reasons.add(Reason.CONTROLS_MOVED);
        }
        return reasons;
    }

    private static boolean isBeyond(double control, List<Double> others) {
        double[] sorted =
                others.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double middle = Usual.median(sorted, sorted.length);
        return control > middle + DISTURBED * (sorted[sorted.length - 1] - middle)
                || control < middle - DISTURBED * (middle - sorted[0]);
    }

    /// Nine of ten days without an event lie between. Where there are many, their order says so; where there are few,
    /// what a normal distribution would say, and at least as far as they themselves reach.
    private static double[] ends(double[] sorted) {
        int number = sorted.length;
        if (number >= ENOUGH_PLACEBOS) {
            int rank = (int) Math.floor(LEVEL_TAIL * (number + 1));
            return new double[] {sorted[rank - 1], sorted[number - rank]};
        }
        double mean = Arrays.stream(sorted).average().orElse(0);
        double squares =
                Arrays.stream(sorted).map(one -> (one - mean) * (one - mean)).sum();
        double reach = student(number - 1) * Math.sqrt(squares / (number - 1) * (1 + 1.0 / number));
        return new double[] {Math.min(sorted[0], mean - reach), Math.max(sorted[number - 1], mean + reach)};
    }

    /// The 95 % quantile of Student's distribution, by its expansion at the normal one (Abramowitz and Stegun 26.7.5).
    private static double student(int freedom) {
        double normal = 1.6448536;
        double cube = normal * normal * normal;
        double fifth = cube * normal * normal;
        return normal
                + (cube + normal) / (4.0 * freedom)
                + (5 * fifth + 16 * cube + 3 * normal) / (96.0 * freedom * freedom);
    }

    private List<TrendDay> trend() {
        return event.first()
                .minusDays(PRE_DAYS)
                .datesUntil(event.last().plusDays(1))
                .map(day -> new TrendDay(
                        day,
                        100
                                * Math.expm1(places.sum(day, day, event.from(), event.to(), _ -> true)
                                        .level())))
                .toList();
    }
}
