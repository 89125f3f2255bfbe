package de.stadtkern.footfall;

import java.util.List;

/// What other places of the town say about one: how far they are off their own usual at the same time, those most that
/// went along with this place before.
final class Neighbours {

    static final Neighbours NONE = new Neighbours(List.of(), new double[0]);

    private final List<Surroundings> others;
    private final double[] weights;

    private Neighbours(List<Surroundings> others, double[] weights) {
        this.others = List.copyOf(others);
        this.weights = weights;
    }

    static Neighbours of(Surroundings place, List<Surroundings> others) {
        double[] weights = others.stream()
                .mapToDouble(other -> Math.pow(Math.max(0, correlation(place, other)), 2))
                .toArray();
        return new Neighbours(others, weights);
    }

    /// Of the days both were counted.
    private static double correlation(Surroundings place, Surroundings other) {
        int days = place.series().hours().days();
        double n = 0;
        double x = 0;
        double y = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int day = 0; day < days; day++) {
            double one = Math.clamp(place.dayRatio(day), -1.0, 1.0);
            double two = Math.clamp(other.dayRatio(day), -1.0, 1.0);
            if (!Double.isNaN(one) && !Double.isNaN(two)) {
                n++;
                x += one;
                y += two;
                xx += one * one;
                yy += two * two;
                xy += one * two;
            }
        }
        double spread = Math.sqrt((xx - x * x / n) * (yy - y * y / n));
        return n < 14 || spread <= 0 ? 0 : (xy - x * y / n) / spread;
    }

    /// The mean logarithm of counted by usual, over places that were counted; NaN if there is none.
    double ratio(int from, int to) {
        double sum = 0;
        double weight = 0;
        for (int each = 0; each < weights.length; each++) {
            double ratio = others.get(each).ratio(from, to);
            if (!Double.isNaN(ratio)) {
                sum += weights[each] * ratio;
                weight += weights[each];
            }
        }
        return weight <= 0.01 ? Double.NaN : sum / weight;
    }
}
