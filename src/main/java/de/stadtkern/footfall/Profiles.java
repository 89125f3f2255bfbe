package de.stadtkern.footfall;

/// The plain ways of telling a count, which everything else has to beat.
final class Profiles {

    private static final int WEEK = 7;

    private Profiles() {}

    /// The same hour last week; NaN if it was not counted.
    static double weekBefore(HourlySeries series, int at) {
        return sameHour(series, at, -1);
    }

    /// The median of the last same hours of the week.
    static double lastWeeks(HourlySeries series, int at, int weeks) {
        double[] values = new double[weeks];
        int found = 0;
        for (int week = 1; week <= weeks; week++) {
            double value = sameHour(series, at, -week);
            if (!Double.isNaN(value)) {
                values[found++] = value;
            }
        }
        return Usual.median(values, found);
    }

    /// The median of the same hours of the weeks before and after.
    static double around(HourlySeries series, int at, int weeks) {
        double[] values = new double[2 * weeks];
        int found = 0;
        for (int week = -weeks; week <= weeks; week++) {
            double value = week == 0 ? Double.NaN : sameHour(series, at, week);
            if (!Double.isNaN(value)) {
                values[found++] = value;
            }
        }
        return Usual.median(values, found);
    }

    /// By the clock on the wall, so that a clock change does not shift the week before.
    static double sameHour(HourlySeries series, int at, int weeks) {
        LocalHours hours = series.hours();
        return series.count(hours.at(hours.day(at) + WEEK * weeks, hours.hour(at)));
    }
}
