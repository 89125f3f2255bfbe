package de.stadtkern.footfall;

/// How long it takes to learn a counter with ten years of hours anew, for `bin/bench footfall`.
public final class RefitTime {

    private static final int RUNS = 7;

    private RefitTime() {}

    /// The median of a few, warm.
    public static double seconds() {
        HourlySeries street = new FootfallScenario("2015-01-01", "2024-12-30", 1).series();
        double[] seconds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long from = System.nanoTime();
            new Forecaster(Weather.NONE, new Occasions(), 1)
                    .learn(street, street.hours().days() - 1);
            seconds[run] = (System.nanoTime() - from) / 1e9;
        }
        return Usual.median(seconds, RUNS);
    }
}
