package de.stadtkern.footfall;

import org.jspecify.annotations.Nullable;

/// Adds up, hour by hour, what speaks for a fault of one sensor and what against it (cumulated sums of likelihoods,
/// Page 1954), and forgets what came before the likeliest beginning.
///
/// A single odd hour says little at a place that has many of them, so the sums are counted in the place's own usual
/// misses, and the limits are those that would have been silent enough in its own past.
final class Suspicion {

    private static final double HALF = Math.log(0.5);
    private static final double TRIPLE = Math.log(3);
    /// Nearer to the usual than this it speaks against the fault: six tenths may be rain, two and a half times a fair.
    private static final double HALF_FROM = Math.log(0.58);

    private static final double TRIPLE_FROM = Math.log(2.5);
    /// Where so few are expected, a part of them says nothing.
    private static final double FEW = 20;
    /// One hour can say no more than this.
    private static final double MOST = 6;
    /// So far above its limit a sum may grow: the end of a fault is to be seen soon.
    private static final double ABOVE = 1.15;
    /// So unlikely equal counts in a row must be, as a logarithm.
    private static final double TIES = Math.log(2e-5);

    /// @param reduced    limit of the sum that speaks for lost counts
    /// @param multiplied limit of the sum that speaks for added ones
    /// @param zero       from this expected count on a zero is none
    record Limits(double reduced, double multiplied, double zero) {}

    private final Limits limits;
    private double reduced;
    private double multiplied;
    private double ties;
    private double before = Double.NaN;
    private int silent;

    Suspicion(Limits limits) {
        this.limits = limits;
    }

    /// Null if nothing is wrong with this hour.
    ///
    /// @param noise the mean miss, as a logarithm
    @Nullable
    Fault hear(double count, double expected, double noise) {
        if (Double.isNaN(count)) {
            silent++;
            before = Double.NaN;
            ties = 0;
            return silent > 1 ? Fault.SILENT : null;
        }
        silent = 0;
        addUp(count, expected, noise);
        boolean isStuck = isStuck(count, expected, noise);
        if (count == 0 && expected >= limits.zero) {
            return Fault.ZERO;
        }
        if (isStuck) {
            return Fault.STUCK;
        }
        if (expected < FEW) {
            return null;
        }
        double ratio = Math.log((count + 1) / (expected + 1));
        if (reduced >= limits.reduced && ratio < HALF_FROM) {
            return Fault.REDUCED;
        }
        return multiplied >= limits.multiplied && ratio > TRIPLE_FROM ? Fault.MULTIPLIED : null;
    }

    double reduced() {
        return reduced;
    }

    double multiplied() {
        return multiplied;
    }

    private void addUp(double count, double expected, double noise) {
        double ratio = Math.log((count + 1) / (expected + 1));
        double scale = Math.sqrt(noise * noise + 1 / (expected + 1));
        reduced = sum(reduced, limits.reduced, likelihood(ratio, HALF, HALF_FROM, scale));
        multiplied = sum(multiplied, limits.multiplied, likelihood(ratio, TRIPLE, TRIPLE_FROM, scale));
    }

    /// How much likelier this ratio is under the fault, with misses that have heavy tails (Laplace).
    private static double likelihood(double ratio, double fault, double from, double scale) {
        double even = Math.abs(from) - Math.abs(from - fault);
        return Math.clamp((Math.abs(ratio) - Math.abs(ratio - fault) - even) / scale, -MOST, MOST);
    }

    private static double sum(double sum, double limit, double more) {
        return Math.clamp(sum + more, 0, ABOVE * limit + MOST / 4);
    }

    /// Equal counts come by chance, most where few are counted.
    private boolean isStuck(double count, double expected, double noise) {
        double width = Math.sqrt(expected + 1) + noise * expected;
        ties = count == before ? ties + Math.log(Math.min(1, 0.4 / width)) : 0;
        before = count;
        return ties <= TIES && count > 0;
    }
}
