package de.stadtkern.footfall;

/// How much each of a few signs about the level is to be believed: weighted least squares with a little stiffness, for
/// logarithms of counted by usual. A sign that is not known counts as "as usual".
final class LevelFit {

    private static final double FARTHEST = 1.5;
    private static final double STIFFNESS = 0.01;

    private final double[][] products;
    private final double[] along;
    private double[] shares;

    LevelFit(int signs) {
        products = new double[signs][signs];
        along = new double[signs];
        shares = new double[signs];
    }

    void learn(double[] signs, double ratio, double weight) {
        for (int row = 0; row < along.length; row++) {
            double sign = clipped(signs[row]);
            along[row] += weight * sign * clipped(ratio);
            for (int column = 0; column < along.length; column++) {
                products[row][column] += weight * sign * clipped(signs[column]);
            }
        }
    }

    private static double clipped(double value) {
        return Double.isNaN(value) ? 0 : Math.clamp(value, -FARTHEST, FARTHEST);
    }

    /// Gauss and Jordan; stiffness keeps every pivot above zero.
    void settle() {
        int size = along.length;
        double mean = 1e-9;
        for (int row = 0; row < size; row++) {
            mean += products[row][row] / size;
        }
        double[][] matrix = new double[size][size];
        double[] right = along.clone();
        for (int row = 0; row < size; row++) {
            matrix[row] = products[row].clone();
            matrix[row][row] += STIFFNESS * mean;
        }
        for (int pivot = 0; pivot < size; pivot++) {
            for (int row = 0; row < size; row++) {
                double factor = row == pivot ? 0 : matrix[row][pivot] / matrix[pivot][pivot];
                for (int column = pivot; column < size; column++) {
                    matrix[row][column] -= factor * matrix[pivot][column];
                }
                right[row] -= factor * right[pivot];
            }
        }
        for (int row = 0; row < size; row++) {
            shares[row] = right[row] / matrix[row][row];
        }
    }

    double ratio(double[] signs) {
        double sum = 0;
        for (int each = 0; each < shares.length; each++) {
            sum += shares[each] * clipped(signs[each]);
        }
        return clipped(sum);
    }
}
