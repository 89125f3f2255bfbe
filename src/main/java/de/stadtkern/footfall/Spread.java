package de.stadtkern.footfall;

import java.util.Arrays;

/// How far forecasts of this kind of hour usually are off: the noise every count has, and a share of what is expected
/// that differs from hour to hour, from workdays to Saturdays and Sundays, and on special days.
final class Spread {

    private static final int KINDS = 4;
    private static final int SPECIAL = 3;
    private static final double COUNTS = 0.7;
    /// How many hours the mean of all hours weighs against those of one kind.
    private static final double GUESS = 12;

    private final double[] shares = new double[KINDS * 24];

    private Spread(double share) {
        Arrays.fill(shares, share);
    }

    /// @param hours    which hours of the series were forecast
    /// @param expected what was forecast for them
    static Spread of(Usual usual, int[] hours, double[] expected) {
        HourlySeries series = usual.series();
        double[] off = new double[KINDS * 24];
        double[] sum = new double[KINDS * 24];
        int[] there = new int[KINDS * 24];
        double allOff = 0;
        double all = 0;
        for (int at = 0; at < hours.length; at++) {
            double miss = Math.abs(series.count(hours[at]) - expected[at]);
            int kind = kind(usual, hours[at]);
            off[kind] += miss;
            sum[kind] += expected[at];
            there[kind]++;
            allOff += miss;
            all += expected[at];
        }
        double mean = all <= 0 ? 0.4 : allOff / all;
        var spread = new Spread(mean);
        for (int kind = 0; kind < off.length; kind++) {
            double usually = there[kind] == 0 ? 0 : sum[kind] / there[kind];
            double guess = kind / 24 == SPECIAL ? 1.5 * mean : mean;
            double weight = GUESS * Math.max(usually, 1);
            spread.shares[kind] = (off[kind] + weight * guess) / (sum[kind] + weight);
        }
        return spread;
    }

    private static int kind(Usual usual, int at) {
        LocalHours hours = usual.series().hours();
        int day = hours.day(at);
        int kind = usual.isSpecial(day) ? SPECIAL : Math.max(0, hours.weekday(day) - 4);
        return kind * 24 + hours.hour(at);
    }

    double of(Usual usual, int at, double expected) {
        return COUNTS * Math.sqrt(expected + 1) + shares[kind(usual, at)] * expected;
    }
}
