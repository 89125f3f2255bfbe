package de.stadtkern.page;

import java.util.List;
import java.util.stream.IntStream;

/// A value axis with two to five even steps at numbers people would choose.
record Scale(double low, double high, double step) {

    /// @param fromZero whether zero must be on it, as bars need
    static Scale of(double min, double max, boolean fromZero) {
        double low = fromZero ? Math.min(0, min) : min;
        double high = fromZero ? Math.max(0, max) : max;
        if (low == high) {
            high = low + 1;
        }
        double step = roundUp((high - low) / 3);
        return new Scale(Math.floor(low / step) * step, Math.ceil(high / step) * step, step);
    }

    /// The next of 1, 2, 5, 10, 20, 50 …
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : new double[] {1, 2, 5}) {
            if (value <= factor * power * 1.000001) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /// From top to bottom.
    List<String> labels(Wording wording) {
        int steps = (int) Math.round((high - low) / step);
        return IntStream.rangeClosed(0, steps)
                .mapToObj(index -> wording.number(high - index * step))
                .toList();
    }

    /// Share of the height from the top, 0 to 1.
    double fromTop(double value) {
        return (high - value) / (high - low);
    }
}
