package de.stadtkern.footfall;

import java.util.List;

/// How many really passed for each one that was counted: nineteen of twenty such factors lie between `low` and `high`.
record Factor(double value, double low, double high) {

    static final Factor ONE = new Factor(1, 1, 1);

    /// Normal quantile of 97.5 %.
    private static final double NORMAL = 1.96;
    /// Student's quantiles of 97.5 % by degrees of freedom, from one on.
    private static final double[] STUDENT = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };
    /// From so many counts on their differences say something about how far the factor may lie off.
    private static final int SEVERAL = 3;

    /// What the counter said and what somebody counted in the same time.
    record Pair(double counted, double byHand) {}

    /// The sum of what was counted by hand by the sum of what the counter said, which gives long and busy counts the
    /// weight they deserve. The interval is the wider one of two:
    ///
    /// - of two counts by chance (Poisson), on the scale of logarithms;
    /// - of three counts and more, of the ratio estimator (Cochran, Sampling Techniques, chapter 6), by how far the
    ///   single counts lie off the common factor.
    ///
    /// @param pairs whose sums are both above zero
    static Factor of(List<Pair> pairs) {
        double counted = pairs.stream().mapToDouble(Pair::counted).sum();
        double byHand = pairs.stream().mapToDouble(Pair::byHand).sum();
        double ratio = byHand / counted;
        double chance = NORMAL * Math.sqrt(1 / counted + 1 / byHand);
        double width = pairs.size() < SEVERAL ? chance : Math.max(chance, spread(pairs, ratio, counted));
        return new Factor(ratio, ratio * Math.exp(-width), ratio * Math.exp(width));
    }

    /// Half the interval of the ratio estimator, as a share of the ratio.
    private static double spread(List<Pair> pairs, double ratio, double counted) {
        int n = pairs.size();
        double squares = pairs.stream()
                .mapToDouble(pair -> Math.pow(pair.byHand() - ratio * pair.counted(), 2))
                .sum();
        double error = Math.sqrt(squares / (n - 1) / n) / (counted / n);
        double student = n - 1 <= STUDENT.length ? STUDENT[n - 2] : NORMAL;
        return student * error / ratio;
    }

    /// @param percent half the interval, as a share of the factor
    static Factor typed(double value, double percent) {
        return new Factor(value, value * Math.max(0, 1 - percent / 100), value * (1 + percent / 100));
    }

    boolean isOne() {
        return value == 1 && low == 1 && high == 1;
    }

    /// The larger half of the interval in percent of the factor.
    double percent() {
        return 100 * Math.max(high - value, value - low) / value;
    }

    /// Of directions that are half of the whole each.
    static Factor middle(Factor one, Factor other) {
        return new Factor((one.value + other.value) / 2, Math.min(one.low, other.low), Math.max(one.high, other.high));
    }
}
