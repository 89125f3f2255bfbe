package de.stadtkern.footfall;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/// How busy a town is, month by month, as one number, from places that somebody has chosen once (a matched-model index,
/// as prices are measured).
///
/// A place's week in a month is the mean of its whole days, weekday by weekday, so that neither a fifth Saturday nor a
/// missing day moves it. From a month to the next only places and weekdays that both have are put together, so that a
/// place which comes or goes moves nothing. These steps are chained.
final class FootfallIndex {

    private static final int WEEK = 7;
    /// Weekdays that both months must have of a place.
    private static final int FEWEST_WEEKDAYS = 5;

    /// What was counted on the whole days of one weekday of a month; special days are none of them.
    ///
    /// @param weekday 1 is Monday
    record Weekdays(long counter, YearMonth month, int weekday, int days, double sum) {}

    /// A time across which a place cannot be compared with itself.
    record Break(long counter, YearMonth month) {}

    /// @param index  NaN where too few places can be compared with any month before
    /// @param places that carried the step to it
    record Point(YearMonth month, double index, int places) {

        boolean isKnown() {
            return !Double.isNaN(index);
        }
    }

    private final int basket;
    private final List<Break> breaks;
    private final TreeMap<YearMonth, Map<Long, double[]>> levels = new TreeMap<>();
    private final TreeMap<YearMonth, Double> chain = new TreeMap<>();
    private final Map<YearMonth, Integer> carriers = new HashMap<>();

    /// @param basket how many places were chosen
    FootfallIndex(int basket, Collection<Weekdays> counts, List<Break> breaks) {
        this.basket = basket;
        this.breaks = List.copyOf(breaks);
        for (Weekdays one : counts) {
            double[] week = levels.computeIfAbsent(one.month(), _ -> new HashMap<>())
                    .computeIfAbsent(one.counter(), _ -> unknown());
            week[one.weekday() - 1] = one.sum() / one.days();
        }
        levels.keySet().forEach(this::chain);
    }

    private static double[] unknown() {
        double[] week = new double[WEEK];
        Arrays.fill(week, Double.NaN);
        return week;
    }

    private void chain(YearMonth month) {
        if (chain.isEmpty()) {
            Step first = step(month, month);
            if (first.isEnough(basket)) {
                put(month, 1, first.places());
            }
            return;
        }
        for (Map.Entry<YearMonth, Double> before : chain.descendingMap().entrySet()) {
            Step step = step(before.getKey(), month);
            if (step.isEnough(basket)) {
                put(month, before.getValue() * step.after() / step.before(), step.places());
                return;
            }
        }
    }

    private void put(YearMonth month, double value, int places) {
        chain.put(month, value);
        carriers.put(month, places);
    }

    /// What places that can be compared counted in two months.
    private record Step(double before, double after, int places) {

        boolean isEnough(int basket) {
            return 2 * places >= basket && places > 0 && before > 0 && after > 0;
        }
    }

    private Step step(YearMonth before, YearMonth after) {
        double sumBefore = 0;
        double sumAfter = 0;
        int places = 0;
        Map<Long, double[]> earlier = levels.getOrDefault(before, Map.of());
        for (Map.Entry<Long, double[]> place :
                levels.getOrDefault(after, Map.of()).entrySet()) {
            double[] then = earlier.get(place.getKey());
            if (then == null || isBroken(place.getKey(), before, after)) {
                continue;
            }
            double ownBefore = 0;
            double ownAfter = 0;
            int weekdays = 0;
            for (int weekday = 0; weekday < WEEK; weekday++) {
                double now = place.getValue()[weekday];
                if (!Double.isNaN(then[weekday] + now)) {
                    ownBefore += then[weekday];
                    ownAfter += now;
                    weekdays++;
                }
            }
            if (weekdays >= FEWEST_WEEKDAYS) {
                sumBefore += ownBefore;
                sumAfter += ownAfter;
                places++;
            }
        }
        return new Step(sumBefore, sumAfter, places);
    }

    private boolean isBroken(long counter, YearMonth before, YearMonth after) {
        return breaks.stream()
                .anyMatch(one -> one.counter() == counter
                        && !one.month().isBefore(before)
                        && !one.month().isAfter(after));
    }

    /// Every month from the first known one to the last one with counts.
    ///
    /// @param isBase months whose mean is a hundred; where none of them is known, it is the first month
    List<Point> points(Predicate<YearMonth> isBase) {
        if (chain.isEmpty()) {
            return List.of();
        }
        double hundred = base(isBase).orElse(chain.firstEntry().getValue());
        List<Point> points = new ArrayList<>();
        for (YearMonth month = chain.firstKey(); !month.isAfter(levels.lastKey()); month = month.plusMonths(1)) {
            Double value = chain.get(month);
            points.add(new Point(
                    month, value == null ? Double.NaN : 100 * value / hundred, carriers.getOrDefault(month, 0)));
        }
        return points;
    }

    /// The mean of the base; empty where nothing is known of it.
    OptionalDouble base(Predicate<YearMonth> isBase) {
        return chain.entrySet().stream()
                .filter(month -> isBase.test(month.getKey()))
                .mapToDouble(Map.Entry::getValue)
                .average();
    }
}
