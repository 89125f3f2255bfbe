package de.stadtkern.footfall;

import java.util.Arrays;

/// How far counts lie from their forecasts, told by how far they lay before: the quantiles of the misses of the last
/// months, each measured by the spread of its hour (conformal prediction).
///
/// A town changes, so yesterday's quantiles do not hold for ever. After each day the share asked for moves a little
/// against the share that was hit (adaptive conformal inference, Gibbs and Candès 2021), which keeps the bands
/// truthful in the long run whatever the counts do.
final class Bands {

    static final double LIKELY = 0.80;
    static final double WIDE = 0.95;

    private static final int KEPT = 180 * 24;
    private static final int FEW = 72;
    private static final double STEP = 0.03;

    private final double[] misses = new double[KEPT];
    private int size;
    private int next;
    private double likely = LIKELY;
    private double wide = WIDE;
    private double[] sorted = {};

    /// A past forecast and what was counted then, oldest first.
    void learn(double expected, double spread, double counted) {
        misses[next] = (counted - expected) / spread;
        next = (next + 1) % KEPT;
        size = Math.min(KEPT, size + 1);
        sorted = new double[0];
    }

    /// The shares of one day's counts that its two bands held.
    void adapt(double likelyHeld, double wideHeld) {
        likely = Math.clamp(likely + STEP * (LIKELY - likelyHeld), 0.6, 0.97);
        wide = Math.clamp(wide + STEP * (WIDE - wideHeld), 0.85, 0.998);
    }

    Band likely(double expected, double spread) {
        return band(expected, spread, likely, 1.3);
    }

    Band wide(double expected, double spread) {
        Band inner = likely(expected, spread);
        Band outer = band(expected, spread, wide, 2.6);
        return new Band(Math.min(inner.low(), outer.low()), Math.max(inner.high(), outer.high()));
    }

    /// Both ends miss equally often; a count is never below zero and is whole, so the ends are made whole outwards.
    private Band band(double expected, double spread, double share, double unknown) {
        double low = -unknown;
        double high = unknown;
        if (size >= FEW) {
            low = Math.min(0, quantile((1 - share) / 2));
            high = Math.max(0, quantile((1 + share) / 2));
        }
        return new Band(
                Math.max(0, Math.floor(expected + low * spread)), Math.max(0, Math.ceil(expected + high * spread)));
    }

    private double quantile(double share) {
        if (sorted.length != size) {
            sorted = Arrays.copyOf(misses, size);
            Arrays.sort(sorted);
        }
        double place = Math.clamp(share * (size + 1) - 1, 0, size - 1.0);
        int below = (int) place;
        int above = Math.min(size - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
