package de.stadtkern.footfall;

/// What is usual at each hour, seen from both sides: the median of the same hours of the four weeks before and the four
/// weeks after. For looking back only, since it knows what came later.
final class Surroundings {

    private static final int WEEKS = 4;
    private static final int WEEK = 7;
    private static final int SATURDAY = 5;
    private static final int SUNDAY = 6;
    /// So many days away an hour of the other profile may lie.
    private static final int FAR = 28;

    private final HourlySeries series;
    private final LocalHours hours;
    private final Usual usual;
    private final double[] expected;
    private final double[] counted;
    private final double[] known;

    Surroundings(HourlySeries series, Occasions occasions) {
        this.series = series;
        this.hours = series.hours();
        this.usual = new Usual(series, occasions);
        this.expected = new double[series.size()];
        this.counted = new double[series.size() + 1];
        this.known = new double[series.size() + 1];
        for (int at = 0; at < expected.length; at++) {
            expected[at] = expectedAt(at);
        }
        for (int at = 0; at < expected.length; at++) {
            boolean there = !series.isMissing(at) && !Double.isNaN(expected[at]);
            counted[at + 1] = counted[at] + (there ? series.count(at) : 0);
            known[at + 1] = known[at] + (there ? expected[at] : 0);
        }
    }

    private double expectedAt(int at) {
        int day = hours.day(at);
        double own = median(day, hours.weekday(day), hours.hour(at));
        double share = usual.share(day);
        if (share != 0) {
            double other = median(day, hours.weekday(day) == SUNDAY ? SATURDAY : SUNDAY, hours.hour(at));
            own = Double.isNaN(other) ? own : own + share * (other - own);
        }
        return Math.max(own, 0.3);
    }

    private double median(int day, int weekday, int hour) {
        double[] values = new double[2 * WEEKS + 1];
        int found = 0;
        int shift = Math.floorMod(weekday - hours.weekday(day) + 3, WEEK) - 3;
        for (int other = day + shift - FAR; other <= day + shift + FAR; other += WEEK) {
            double value = other == day || usual.isSpecial(other) ? Double.NaN : series.count(hours.at(other, hour));
            if (!Double.isNaN(value)) {
                values[found++] = value;
            }
        }
        return Usual.median(values, found);
    }

    HourlySeries series() {
        return series;
    }

    Usual usual() {
        return usual;
    }

    double expected(int at) {
        return expected[at];
    }

    /// The logarithm of counted by expected; NaN where nothing is known.
    double ratio(int from, int to) {
        int start = Math.clamp(from, 0, expected.length);
        int end = Math.clamp(to, start, expected.length);
        double usually = known[end] - known[start];
        return usually <= 0 ? Double.NaN : Math.log((counted[end] - counted[start] + 1) / (usually + 1));
    }

    double dayRatio(int day) {
        return day < 0 || day >= hours.days() ? Double.NaN : ratio(hours.dayStart(day), hours.dayStart(day + 1));
    }
}
