package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;

/// What was counted at one place, hour by hour, on whole local days. An hour without a count is missing, not zero.
final class HourlySeries {

    private final String place;
    private final LocalHours hours;
    private final double[] counts;

    HourlySeries(String place, LocalHours hours, double[] counts) {
        if (counts.length != hours.size()) {
            throw new IllegalArgumentException("%d counts for %d hours".formatted(counts.length, hours.size()));
        }
        this.place = place;
        this.hours = hours;
        this.counts = counts.clone();
    }

    /// @param counts by the beginning of their hour
    static HourlySeries of(String place, ZoneId zone, Map<Instant, Double> counts) {
        Instant first = counts.keySet().stream().min(Instant::compareTo).orElseThrow();
        Instant last = counts.keySet().stream().max(Instant::compareTo).orElseThrow();
        var hours = LocalHours.ofDays(zone, LocalDate.ofInstant(first, zone), LocalDate.ofInstant(last, zone));
        double[] values = new double[hours.size()];
        Arrays.fill(values, Double.NaN);
        counts.forEach((start, count) -> values[hours.at(start)] = count);
        return new HourlySeries(place, hours, values);
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
        return new HourlySeries(place, hours, known);
    }

    /// The same place with other counts.
    HourlySeries with(double[] others) {
        return new HourlySeries(place, hours, others);
    }

    /// The same counts on more days; what is new is missing.
    HourlySeries reaching(LocalDate from, LocalDate to) {
        var wider = LocalHours.ofDays(hours.zone(), from, to);
        double[] values = new double[wider.size()];
        Arrays.fill(values, Double.NaN);
        for (int at = 0; at < counts.length; at++) {
            int there = wider.at(hours.start(at));
            if (there >= 0 && there < values.length) {
                values[there] = counts[at];
            }
        }
        return new HourlySeries(place, wider, values);
    }
}
