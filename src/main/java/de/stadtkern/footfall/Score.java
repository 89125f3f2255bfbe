package de.stadtkern.footfall;

import java.util.LinkedHashMap;
import java.util.Map;

/// How far off estimates were, over all hours for which there is both an estimate and a count.
///
/// WAPE is the sum of the misses by the sum of the counts. MASE is the mean miss by the mean difference between two
/// counts a day (24) or a week (168) apart, over the counts before the first estimate.
final class Score {

    private int hours;
    private double off;
    private double counted;
    private double difference;
    private double scale24;
    private double scale168;
    private int banded;
    private int likely;
    private int wide;
    private double likelyWidth;

    void add(double count, double estimate, double seasonal24, double seasonal168) {
        hours++;
        off += Math.abs(count - estimate);
        difference += estimate - count;
        counted += count;
        scale24 += seasonal24;
        scale168 += seasonal168;
    }

    void band(double count, Band eighty, Band ninetyFive) {
        banded++;
        likely += eighty.holds(count) ? 1 : 0;
        wide += ninetyFive.holds(count) ? 1 : 0;
        likelyWidth += eighty.high() - eighty.low();
    }

    int hours() {
        return hours;
    }

    double wape() {
        return off / counted;
    }

    double likely() {
        return (double) likely / banded;
    }

    double wide() {
        return (double) wide / banded;
    }

    /// As the evaluation prints it, rounded.
    Map<String, Object> printed() {
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("hours", hours);
        put(printed, "wape", wape());
        put(printed, "mae", off / hours);
        put(printed, "mase24", off / scale24);
        put(printed, "mase168", off / scale168);
        put(printed, "bias", difference / counted);
        if (banded > 0) {
            put(printed, "coverage80", likely());
            put(printed, "coverage95", wide());
            put(printed, "width80", likelyWidth / counted * hours / banded);
        }
        return printed;
    }

    /// What cannot be told is absent.
    private static void put(Map<String, Object> printed, String name, double value) {
        if (Double.isFinite(value)) {
            printed.put(name, Math.round(value * 10_000) / 10_000.0);
        }
    }
}
