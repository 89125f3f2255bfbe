package de.stadtkern.footfall;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is usual at a place at each hour: the median of the last eight same hours of the week, and on special days what
/// such days were like before, somewhere between their weekday and a Sunday (a Sunday: a Saturday).
///
/// For each day only what lies a week or more before it is used, so that the usual of the next seven days is known at
/// any midnight.
final class Usual {

    static final int WEEKS = 8;
    private static final int DAYS = 7;
    private static final int SATURDAY = 5;
    private static final int SUNDAY = 6;
    /// How many days of its kind the first guess about a special day weighs.
    private static final double GUESS = 0.5;

    private final HourlySeries series;
    private final LocalHours hours;
    private final Occasions occasions;
    private final double[] own;
    private final double[] expected;
    private final double[] other;
    private final double[] share;
    private final boolean[] special;
    private final double[] dayRatio;

    /// What days of one name were like: the mean of their shares of the other profile.
    private static final class Effect {
        private double sum;
        private int days;

        double mean(double guess, double weight) {
            return (sum + weight * guess) / (days + weight);
        }

        void add(double share) {
            sum += share;
            days++;
        }
    }

    Usual(HourlySeries series, Occasions occasions) {
        this.series = series;
        this.hours = series.hours();
        this.occasions = occasions;
        this.own = new double[series.size()];
        this.other = new double[series.size()];
        this.expected = new double[series.size()];
        this.share = new double[hours.days()];
        this.special = new boolean[hours.days()];
        this.dayRatio = new double[hours.days()];
        walk();
    }

    private void walk() {
        List<Deque<Integer>> plain = java.util.stream.IntStream.range(0, DAYS)
                .<Deque<Integer>>mapToObj(_ -> new ArrayDeque<>())
                .toList();
        Map<String, Effect> effects = new HashMap<>();
        var kept = new Effect();
        var common = new Effect();
        double[] medians = new double[24];
        double[] otherMedians = new double[24];
        for (int day = 0; day < hours.days(); day++) {
            settle(day - DAYS, plain, effects, kept, common);
            int weekday = hours.weekday(day);
            medians(plain.get(weekday), medians);
            medians(plain.get(weekday == SUNDAY ? SATURDAY : SUNDAY), otherMedians);
            var occasion = occasions.on(hours.date(day));
            if (occasion.isPresent()) {
                var found = occasion.get();
                String name = name(found, weekday);
                double guess = found.isKept() && weekday != SUNDAY ? kept.mean(0.5, 1) : common.mean(0, 4);
                share[day] = effects.getOrDefault(name, new Effect()).mean(guess, GUESS);
                special[day] = found.isKept()
                        || Math.abs(share[day]) > 0.25
                        || found.name().startsWith("town");
            }
            for (int at = hours.dayStart(day); at < hours.dayStart(day + 1); at++) {
                own[at] = medians[hours.hour(at)];
                other[at] = otherMedians[hours.hour(at)];
                double mixed = Double.isNaN(other[at]) ? own[at] : own[at] + share[day] * (other[at] - own[at]);
                expected[at] = Math.max(mixed, Math.max(0.3, 0.1 * own[at]));
            }
            dayRatio[day] = ratio(hours.dayStart(day), hours.dayStart(day + 1));
        }
    }

    private static String name(Occasions.Occasion occasion, int weekday) {
        return weekday == SUNDAY ? occasion.name() + " on Sunday" : occasion.name();
    }

    /// A day is a week old: from now on it is experience.
    private void settle(int day, List<Deque<Integer>> plain, Map<String, Effect> effects, Effect kept, Effect common) {
        if (day < 0) {
            return;
        }
        int weekday = hours.weekday(day);
        occasions.on(hours.date(day)).ifPresent(occasion -> {
            double found = shareOfOther(day);
            if (!Double.isNaN(found)) {
                effects.computeIfAbsent(name(occasion, weekday), _ -> new Effect())
                        .add(found);
                (occasion.isKept() && weekday != SUNDAY ? kept : common).add(found);
            }
        });
        if (!special[day]) {
            Deque<Integer> days = plain.get(weekday);
            days.addLast(day);
            if (days.size() > WEEKS + 4) {
                days.removeFirst();
            }
        }
    }

    /// How far the day went from its own profile to the other one, by least squares.
    private double shareOfOther(int day) {
        double along = 0;
        double whole = 0;
        double size = 0;
        for (int at = hours.dayStart(day); at < hours.dayStart(day + 1); at++) {
            double distance = other[at] - own[at];
            if (!Double.isNaN(distance) && !series.isMissing(at)) {
                along += (series.count(at) - own[at]) * distance;
                whole += distance * distance;
                size += own[at] * own[at];
            }
        }
        return whole <= 0.01 * size || size <= 0 ? Double.NaN : Math.clamp(along / whole, -1.0, 1.5);
    }

    private void medians(Deque<Integer> days, double[] into) {
        double[] values = new double[WEEKS];
        for (int hour = 0; hour < into.length; hour++) {
            int found = 0;
            for (var newest = days.descendingIterator(); newest.hasNext() && found < WEEKS; ) {
                double value = series.count(hours.at(newest.next(), hour));
                if (!Double.isNaN(value)) {
                    values[found++] = value;
                }
            }
            into[hour] = median(values, found);
        }
    }

    static double median(double[] values, int size) {
        if (size == 0) {
            return Double.NaN;
        }
        double[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2;
    }

    /// The logarithm of counted by expected; NaN where less than half of the hours is known.
    double ratio(int from, int to) {
        double counted = 0;
        double usual = 0;
        int there = 0;
        for (int at = Math.max(0, from); at < to; at++) {
            if (!series.isMissing(at) && !Double.isNaN(expected[at])) {
                counted += series.count(at);
                usual += expected[at];
                there++;
            }
        }
        return 2 * there < series.open(from, to) || there == 0 ? Double.NaN : Math.log((counted + 1) / (usual + 1));
    }

    HourlySeries series() {
        return series;
    }

    Occasions occasions() {
        return occasions;
    }

    /// The count to expect, above zero; NaN as long as nothing is known.
    double expected(int at) {
        return expected[at];
    }

    /// The profile of the weekday, whatever else the day is.
    double own(int at) {
        return own[at];
    }

    double other(int at) {
        return other[at];
    }

    double share(int day) {
        return day < 0 || day >= share.length ? 0 : share[day];
    }

    boolean isSpecial(int day) {
        return day >= 0 && day < special.length && special[day];
    }

    /// The logarithm of a whole day's count by what was expected; NaN where too little is known.
    double dayRatio(int day) {
        return day < 0 || day >= dayRatio.length ? Double.NaN : dayRatio[day];
    }
}
