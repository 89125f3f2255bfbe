package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What was counted at one place, hour by hour, on whole local days. An hour without a count is missing, not zero; in
/// one
/// that is excused nobody could pass or nobody was to come, so that nothing is missed.
final class HourlySeries {

    private final String place;
    private final LocalHours hours;
    private final double[] counts;
    private final BitSet excused;

    HourlySeries(String place, LocalHours hours, double[] counts) {
        this(place, hours, counts, new BitSet());
    }

    HourlySeries(String place, LocalHours hours, double[] counts, BitSet excused) {
        if (counts.length != hours.size()) {
            throw new IllegalArgumentException("%d counts for %d hours".formatted(counts.length, hours.size()));
        }
        this.place = place;
        this.hours = hours;
        this.counts = counts.clone();
        this.excused = (BitSet) excused.clone();
    }

    /// @param counts by the beginning of their hour
    static HourlySeries of(String place, ZoneId zone, Map<Instant, Double> counts) {
        return of(place, zone, counts, Set.of());
    }

    /// @param counts  by the beginning of their hour
    /// @param excused hours of which no count is expected; those before the first count do not matter
    static HourlySeries of(String place, ZoneId zone, Map<Instant, Double> counts, Set<Instant> excused) {
        Instant first = counts.keySet().stream().min(Instant::compareTo).orElseThrow();
        Instant last = Stream.concat(counts.keySet().stream(), excused.stream())
                .max(Instant::compareTo)
                .orElseThrow();
        var hours = LocalHours.ofDays(zone, LocalDate.ofInstant(first, zone), LocalDate.ofInstant(last, zone));
        double[] values = new double[hours.size()];
        Arrays.fill(values, Double.NaN);
        counts.forEach((start, count) -> values[hours.at(start)] = count);
        var quiet = new BitSet(values.length);
        excused.stream().mapToInt(hours::at).filter(at -> at >= 0).forEach(quiet::set);
        return new HourlySeries(place, hours, values, quiet);
    }

    String place() {
        return place;
    }

    LocalHours hours() {
        return hours;
    }

    int size() {
        return counts.length;
    }

    /// NaN where it is missing.
    double count(int at) {
        return at < 0 || at >= counts.length ? Double.NaN : counts[at];
    }

    boolean isMissing(int at) {
        return Double.isNaN(count(at));
    }

    /// Whether nobody could pass or nobody was to come.
    boolean isExcused(int at) {
        return at >= 0 && excused.get(at);
    }

    /// Whether the same hours before `end` are excused.
    boolean isExcusedLike(HourlySeries other, int end) {
        return excused.get(0, end).equals(other.excused.get(0, end));
    }

    /// Hours of which a count may be expected.
    int open(int from, int to) {
        return to
                - from
                - (excused.isEmpty() || to <= 0
                        ? 0
                        : excused.get(Math.max(0, from), to).cardinality());
    }

    double[] counts() {
        return counts.clone();
    }

    /// The sum over hours and how many of them it is made of.
    record Sum(double counted, int there, int all) {}

    Sum sum(int from, int to) {
        double sum = 0;
        int there = 0;
        for (int at = from; at < to; at++) {
            if (!isMissing(at)) {
                sum += counts[at];
                there++;
            }
        }
        return new Sum(sum, there, to - from);
    }

    /// What was known when this hour began: all later ones are missing.
    HourlySeries knownAt(int origin) {
        double[] known = counts.clone();
        Arrays.fill(known, Math.min(origin, known.length), known.length, Double.NaN);
        return new HourlySeries(place, hours, known, excused);
    }

    /// The same place with other counts.
    HourlySeries with(double[] others) {
        return new HourlySeries(place, hours, others, excused);
    }

    /// The same counts on more days; what is new is missing.
    HourlySeries reaching(LocalDate from, LocalDate to) {
        var wider = LocalHours.ofDays(hours.zone(), from, to);
        double[] values = new double[wider.size()];
        var quiet = new BitSet(values.length);
        Arrays.fill(values, Double.NaN);
        for (int at = 0; at < counts.length; at++) {
            int there = wider.at(hours.start(at));
            if (there >= 0 && there < values.length) {
                values[there] = counts[at];
                quiet.set(there, excused.get(at));
            }
        }
        return new HourlySeries(place, wider, values, quiet);
    }
}
