package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Watches the places of a town hour by hour, with what is known at that hour only, and flags what a sensor cannot have
/// meant: against the forecast of the last midnight, and against what the neighbours do right now.
///
/// What explains itself is told and not alarmed: a special day, all places up or down at once, the same a year ago.
/// Hours that are flagged are not learned from, but for those the calendar explains: it will do so again.
final class FaultWatch {

    private static final int LEARNING = 56;
    private static final double NIGHT = 5;
    /// Where so few are usual, nobody at all may be chance.
    private static final double FEW = 20;
    /// A neighbour that goes as far as this is an explanation.
    private static final double UP = Math.log(1.35);

    private static final double DOWN = Math.log(0.75);
    private static final double YEAR_AGO = Math.log(1.6);
    private static final double MOST_PLACES = 0.8;
    private static final int YEAR = 364;
    private static final int RECENT = 8;
    private static final int LEAST_EBB = 3;
    private static final double EBB = 1.3;
    /// After so many hours without anybody, an outage that was told is one, and no suspicion any more.
    private static final int OUTAGE = 24;

    private final LocalHours hours;
    private final List<Watched> places;
    private final Learning learning;

    /// Gives the forecaster of a place that has learned what is known before a day.
    interface Learning {
        Forecaster learned(int place, HourlySeries known, int day);
    }

    /// What is known of one place.
    private static final class Watched {
        private final HourlySeries series;
        private final double[] trusted;
        private final double[] expected;
        private final double[] ratio;
        private final int number;
        private final Occasions occasions;
        private Forecaster forecaster;
        private final List<Flag> flags = new ArrayList<>();
        private Usual usual;
        private boolean isStale;
        private Suspicion suspicion = new Suspicion(new Suspicion.Limits(8, 8, 20));
        private double[] noise = new double[24];
        private double together;
        private int running;
        /// The hour since when nobody was counted; -1 if somebody was.
        private int nobodySince = -1;
        /// Whether the hours before swelled and ebbed.
        private boolean isFeast;
        /// Of the last hours, with the neighbours' level taken off.
        private final double[] alone = new double[RECENT];

        Watched(int number, HourlySeries series, Weather weather, Occasions occasions) {
            this.number = number;
            this.occasions = occasions;
            this.series = series;
            this.trusted = series.counts();
            this.expected = new double[series.size()];
            this.ratio = new double[series.size()];
            Arrays.fill(expected, Double.NaN);
            Arrays.fill(ratio, Double.NaN);
            this.forecaster = new Forecaster(weather, occasions, 1);
            this.usual = new Usual(series, occasions);
        }

        /// Of this hour and the one before, as far as they are counted.
        double recent(int at) {
            double now = ratio[at];
            double before = at == 0 ? Double.NaN : ratio[at - 1];
            return Double.isNaN(now) ? before : Double.isNaN(before) ? now : (now + before) / 2;
        }
    }

    FaultWatch(List<HourlySeries> series, Occasions occasions) {
        this(series, Collections.nCopies(series.size(), Weather.NONE), occasions);
    }

    /// @param weather of each place, as it was at that hour: a wet evening explains itself
    FaultWatch(List<HourlySeries> series, List<Weather> weather, Occasions occasions) {
        this.hours = series.getFirst().hours();
        this.places = IntStream.range(0, series.size())
                .mapToObj(place -> new Watched(place, series.get(place), weather.get(place), occasions))
                .toList();
        this.learning = (place, known, day) -> {
            Forecaster own = places.get(place).forecaster;
            own.learn(known, day);
            return own;
        };
    }

    /// @param occasions of each place
    /// @param learning  may know already what it is asked for
    FaultWatch(List<HourlySeries> series, List<Occasions> occasions, Learning learning) {
        this.hours = series.getFirst().hours();
        this.places = IntStream.range(0, series.size())
                .mapToObj(place -> new Watched(place, series.get(place), Weather.NONE, occasions.get(place)))
                .toList();
        this.learning = learning;
    }

    /// Flags of each place, in the order in which the places were given.
    List<List<Flag>> watch(LocalDate from, LocalDate to) {
        int first = Math.max(1, hours.dayOf(from));
        int last = Math.min(hours.days() - 1, hours.dayOf(to));
        for (int day = first; day <= last; day++) {
            for (Watched place : places) {
                prepare(place, day, (day - first) % LEARNING == 0);
            }
            if ((day - first) % LEARNING == 0) {
                places.forEach(this::settle);
            }
            for (int at = hours.dayStart(day); at < hours.dayStart(day + 1); at++) {
                hour(at);
            }
        }
        return places.stream().map(place -> List.copyOf(place.flags)).toList();
    }

    private void prepare(Watched place, int day, boolean isTime) {
        if (place.isStale || isTime) {
            place.usual = new Usual(place.series.with(place.trusted), place.occasions);
            place.isStale = false;
        }
        if (isTime) {
            place.forecaster = learning.learned(
                    place.number, place.series.with(place.trusted).knownAt(hours.dayStart(day)), day);
            Forecaster.LookBack back = place.forecaster.lookBack();
            for (int row = 0; row < back.hours().length; row++) {
                int at = back.hours()[row];
                place.expected[at] = back.expected()[row];
                place.ratio[at] = ratio(place.trusted[at], place.expected[at]);
            }
        }
        for (Forecast forecast : place.forecaster.forecast(place.usual, day)) {
            place.expected[forecast.at()] = forecast.expected();
        }
    }

    private static double ratio(double count, double expected) {
        return expected < NIGHT ? Double.NaN : Math.log((count + 1) / (expected + 1));
    }

    /// What the look back says about one place: how far it goes along with the others, how far off it usually is, and
    /// the limits that would have kept quiet.
    private void settle(Watched place) {
        int[] back = place.forecaster.lookBack().hours();
        var fit = new LevelFit(1);
        for (int at : back) {
            if (!Double.isNaN(place.ratio[at])) {
                fit.learn(new double[] {neighbours(place, at)}, place.ratio[at], 1);
            }
        }
        fit.settle();
        place.together = Math.clamp(fit.ratio(new double[] {1}), 0, 1);
        double[] off = new double[24];
        double[] there = new double[24];
        double allOff = 0;
        double all = 0;
        double zero = FEW;
        for (int at : back) {
            double expected = withNeighbours(place, at);
            if (expected >= NIGHT) {
                double miss = Math.min(1, Math.abs(ratio(place.trusted[at], expected)));
                off[hours.hour(at)] += miss;
                there[hours.hour(at)]++;
                allOff += miss;
                all++;
            }
        }
        double mean = all == 0 ? 0.3 : allOff / all;
        Arrays.setAll(place.noise, hour -> (off[hour] + 20 * mean) / (there[hour] + 20));
        place.suspicion = new Suspicion(limits(place, back, zero));
    }

    /// A share of hours each kind of flag may claim in a look back without faults: 0.5 and 0.7 hours a week.
    private Suspicion.Limits limits(Watched place, int[] back, double zero) {
        double[] reduced = new double[back.length];
        double[] multiplied = new double[back.length];
        var endless = new Suspicion(new Suspicion.Limits(1e6, 1e6, 1e6));
        for (int row = 0; row < back.length; row++) {
            int at = back[row];
            double expected = withNeighbours(place, at);
            endless.hear(place.trusted[at], expected, place.noise[hours.hour(at)]);
            boolean isExplained = explanation(place, at, Fault.REDUCED) != Flag.Explanation.NONE;
            reduced[row] = isExplained ? 0 : endless.reduced();
            multiplied[row] =
                    explanation(place, at, Fault.MULTIPLIED) != Flag.Explanation.NONE ? 0 : endless.multiplied();
        }
        Arrays.sort(reduced);
        Arrays.sort(multiplied);
        return new Suspicion.Limits(limit(reduced, 0.5, 4, 6), limit(multiplied, 0.5, 0.3, 1), zero);
    }

    private static double limit(double[] sorted, double perWeek, double least, double most) {
        int place = (int) (sorted.length * (1 - perWeek / 168));
        return sorted.length == 0 ? most : Math.clamp(sorted[Math.min(sorted.length - 1, place)], least, most);
    }

    /// The mean of what the other places are off by; NaN without any.
    private double neighbours(Watched place, int at) {
        double sum = 0;
        int there = 0;
        for (Watched other : places) {
            double recent = other == place ? Double.NaN : other.recent(at);
            if (!Double.isNaN(recent)) {
                sum += Math.clamp(recent, -1.5, 1.5);
                there++;
            }
        }
        return there == 0 ? Double.NaN : sum / there;
    }

    private double withNeighbours(Watched place, int at) {
        double neighbours = neighbours(place, at);
        return place.expected[at] * Math.exp(Double.isNaN(neighbours) ? 0 : place.together * neighbours);
    }

    private void hour(int at) {
        int out = 0;
        int open = 0;
        for (Watched place : places) {
            if (place.series.isExcused(at)) {
                continue;
            }
            open++;
            double count = place.series.count(at);
            place.nobodySince = count > 0 ? -1 : place.nobodySince < 0 ? at : place.nobodySince;
            place.ratio[at] = ratio(count, place.expected[at]);
            out += Double.isNaN(count) || (count == 0 && place.expected[at] >= 20) ? 1 : 0;
        }
        boolean isPlatform = open > 1 && out >= MOST_PLACES * open;
        for (Watched place : places) {
            if (place.series.isExcused(at)) {
                place.running = 0;
                continue;
            }
            double expected = withNeighbours(place, at);
            double noise = place.noise[hours.hour(at)];
            place.alone[at % RECENT] = Math.log((place.series.count(at) + 1) / (expected + 1));
            Fault fault = Double.isNaN(expected) ? null : place.suspicion.hear(place.series.count(at), expected, noise);
            flag(place, at, expected, isPlatform && (fault != null || expected >= 20) ? Fault.PLATFORM : fault);
        }
    }

    /// The hour in which an outage ends is seen in part only.
    private static boolean isEndOfOutage(Watched place, int at, Fault fault) {
        return fault == Fault.REDUCED && place.series.count(at - 1) == 0 && place.expected[at - 1] >= FEW;
    }

    private boolean isByClockChange(int at) {
        int day = hours.day(at);
        return hours.dayStart(day + 1) - hours.dayStart(day) != 24 && hours.hour(at) >= 1 && hours.hour(at) <= 3;
    }

    /// Whether the factor of the last hours was no constant one.
    private boolean isEbbing(Watched place, int at) {
        if (place.running < LEAST_EBB) {
            return false;
        }
        double[] last = new double[Math.min(RECENT, place.running + 1)];
        for (int back = 0; back < last.length; back++) {
            last[back] = place.alone[Math.floorMod(at - back, RECENT)];
        }
        double middle = Usual.median(last, last.length);
        double off = Arrays.stream(last)
                .map(ratio -> Math.abs(ratio - middle))
                .average()
                .orElse(0);
        return off > EBB * place.noise[hours.hour(at)];
    }

    private void flag(Watched place, int at, double expected, @Nullable Fault fault) {
        place.running = fault == null ? 0 : place.running + 1;
        if (fault == null) {
            place.isFeast = false;
            return;
        }
        double width = 1.5 * place.noise[hours.hour(at)];
        Flag.Explanation explanation = explanation(place, at, fault);
        place.isFeast = explanation == Flag.Explanation.EBBING;
        place.flags.add(new Flag(
                at,
                fault,
                expected,
                expected * Math.exp(-width),
                expected * Math.exp(width),
                place.series.count(at),
                place.running,
                explanation));
        if (explanation != Flag.Explanation.CALENDAR && !Double.isNaN(place.trusted[at])) {
            place.trusted[at] = Double.NaN;
            place.ratio[at] = Double.NaN;
            place.isStale = true;
        }
    }

    /// Zeros, silence and equal counts are the sensor's own, whatever day it is; but for the hours that the clocks jump
    /// over or repeat, which many systems write down as nobody.
    private Flag.Explanation explanation(Watched place, int at, Fault fault) {
        if (fault == Fault.ZERO && at - place.nobodySince >= OUTAGE || isEndOfOutage(place, at, fault)) {
            return Flag.Explanation.OUTAGE;
        }
        if (fault == Fault.ZERO && isByClockChange(at)) {
            return Flag.Explanation.CLOCK;
        }
        if (fault != Fault.REDUCED && fault != Fault.MULTIPLIED) {
            return Flag.Explanation.NONE;
        }
        int day = hours.day(at);
        if (place.occasions.on(hours.date(day)).isPresent()) {
            return Flag.Explanation.CALENDAR;
        }
        double neighbours = neighbours(place, at);
        if (fault == Fault.MULTIPLIED ? neighbours > UP : neighbours < DOWN) {
            return Flag.Explanation.NEIGHBOURS;
        }
        if (fault == Fault.MULTIPLIED && (place.isFeast || isEbbing(place, at))) {
            return Flag.Explanation.EBBING;
        }
        double yearAgo = place.usual.dayRatio(day - YEAR);
        return (fault == Fault.MULTIPLIED ? yearAgo > YEAR_AGO : yearAgo < -YEAR_AGO)
                ? Flag.Explanation.LAST_YEAR
                : Flag.Explanation.NONE;
    }
}
