package de.stadtkern.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// How far a share may lie off by the choice of questions (percentile bootstrap, Efron 1979).
final class Bootstrap {

    private static final int TIMES = 2_000;

    private Bootstrap() {}

    /// The interval that holds 95 % of the shares of resampled hits; empty without any.
    static List<Double> interval(boolean[] hits, long seed) {
        if (hits.length == 0) {
            return List.of();
        }
        Random random = new Random(seed);
        double[] shares = new double[TIMES];
        for (int time = 0; time < TIMES; time++) {
            int sum = 0;
            for (int at = 0; at < hits.length; at++) {
                sum += hits[random.nextInt(hits.length)] ? 1 : 0;
            }
            shares[time] = (double) sum / hits.length;
        }
        Arrays.sort(shares);
        return List.of(rounded(shares[TIMES / 40]), rounded(shares[TIMES - 1 - TIMES / 40]));
    }

    private static double rounded(double share) {
        return Math.round(share * 1000) / 1000.0;
    }
}
