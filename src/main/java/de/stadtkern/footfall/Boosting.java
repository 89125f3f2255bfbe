package de.stadtkern.footfall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Boosted regression trees over histograms, for counts: what they learn is the logarithm of the factor between an
/// expected count (the offset) and what was counted.
///
/// The loss is the absolute error, rounded off near zero by the noise a count has anyway (pseudo-Huber), so that a
/// street parade does not pull up all Saturdays. Missing features are smaller than all others. The same seed gives the
/// same trees on every machine.
final class Boosting {

    /// @param rate   how much of each tree is believed
    /// @param rows   share of the rows each tree sees
    /// @param columns share of the features each tree sees
    /// @param noise  below this share of the expected count a difference is noise
    record Settings(
            int trees,
            int leaves,
            int smallestLeaf,
            double rate,
            double stiffness,
            double rows,
            double columns,
            double noise,
            long seed) {}

    private static final int BINS = 64;
    private static final int IN_BINS = BINS - 1;
    /// While splits are looked for, a row is one number: its slope, its weight and a one, in whole numbers of units
    /// small
    /// enough; so all three are summed up by one addition, and exactly. An hour of usual size has about a thousand
    /// units of slope and a hundred and fifty of weight.
    private static final int MOST_ROWS = 1 << 16;

    private static final int ROW_BITS = 16;
    private static final int WEIGHT_BITS = 22;
    private static final int SLOPE_BITS = Long.SIZE - WEIGHT_BITS - ROW_BITS;
    private static final long ROWS = (1L << ROW_BITS) - 1;
    private static final long WEIGHTS = (1L << WEIGHT_BITS) - 1;

    private final List<Tree> trees;
    private final double start;

    private Boosting(List<Tree> trees, double start) {
        this.trees = List.copyOf(trees);
        this.start = start;
    }

    /// The logarithm of the factor for one row of features.
    double factor(float[] features) {
        double sum = start;
        for (Tree tree : trees) {
            sum += tree.value(features);
        }
        return sum;
    }

    /// @param features columns of one length
    /// @param expected counts that are positive
    /// @throws IllegalArgumentException for more than [#MOST_ROWS] rows
    static Boosting fit(float[][] features, double[] counts, double[] expected, Settings settings) {
        if (counts.length > MOST_ROWS) {
            throw new IllegalArgumentException("%d rows, at most %d".formatted(counts.length, MOST_ROWS));
        }
        return new Growing(features, counts, expected, settings).grow();
    }

    /// One tree as arrays: an inner node goes left where the feature is not above the limit.
    private static final class Tree {
        private final int[] feature;
        private final float[] limit;
        private final int[] left;
        private final int[] bin;
        private final double[] value;
        private final double[] factor;
        private int nodes = 1;

        Tree(int leaves) {
            feature = new int[2 * leaves];
            limit = new float[2 * leaves];
            left = new int[2 * leaves];
            bin = new int[2 * leaves];
            value = new double[2 * leaves];
            factor = new double[2 * leaves];
        }

        double value(float[] features) {
            int node = 0;
            while (left[node] > 0) {
                node = features[feature[node]] > limit[node] ? left[node] + 1 : left[node];
            }
            return value[node];
        }
    }

    /// A leaf that may still be split.
    private static final class Leaf {
        private final int node;
        private final int from;
        private final int to;
        private final long[] sums;
        private int bestFeature = -1;
        private int bestBin;
        private double gain;

        Leaf(int node, int from, int to, long[] sums) {
            this.node = node;
            this.from = from;
            this.to = to;
            this.sums = sums;
        }

        int size() {
            return to - from;
        }
    }

    private static final class Growing {
        private final Settings settings;
        private final double[] counts;
        private final byte[][] bins;
        private final float[][] limits;
        private final int rows;
        /// What is expected after the trees so far.
        private final double[] mean;
        private final double[] slope;
        private final double[] weight;
        private final long[] packed;
        private final int[] order;
        private final int[] spare;
        private final SplittableRandom random;
        private final byte[] byRow;
        private int[] columns = {};
        private double slopeUnit;
        private double weightUnit;

        Growing(float[][] features, double[] counts, double[] expected, Settings settings) {
            this.settings = settings;
            this.counts = counts;
            this.rows = counts.length;
            this.random = new SplittableRandom(settings.seed);
            this.limits = new float[features.length][];
            this.bins = new byte[features.length][];
            for (int feature = 0; feature < features.length; feature++) {
                limits[feature] = limits(features[feature]);
                bins[feature] = bins(features[feature], limits[feature]);
            }
            this.mean = expected.clone();
            this.slope = new double[rows];
            this.weight = new double[rows];
            this.packed = new long[rows];
            this.order = new int[rows];
            this.spare = new int[rows];
            this.byRow = new byte[rows * features.length];
            for (int feature = 0; feature < features.length; feature++) {
                for (int row = 0; row < rows; row++) {
                    byRow[row * features.length + feature] = bins[feature][row];
                }
            }
        }

        /// Upper limits of the bins: the values themselves if they are few, else quantiles of a sample.
        private static float[] limits(float[] values) {
            int step = Math.max(1, values.length / 20_000);
            float[] sample = new float[Math.ceilDiv(values.length, step)];
            int size = 0;
            for (int at = 0; at < values.length; at += step) {
                if (!Float.isNaN(values[at])) {
                    sample[size++] = values[at];
                }
            }
            Arrays.sort(sample, 0, size);
            float[] limits = new float[BINS - 2];
            int found = 0;
            int distinct = 0;
            for (int at = 0; at < size; at++) {
                distinct += at == 0 || sample[at] != sample[at - 1] ? 1 : 0;
            }
            for (int bin = 1; bin <= limits.length && size > 0; bin++) {
                if (distinct <= limits.length) {
                    break;
                }
                float limit = sample[(int) ((long) bin * (size - 1) / (limits.length + 1))];
                if (found == 0 || limit > limits[found - 1]) {
                    limits[found++] = limit;
                }
            }
            for (int at = 0; at + 1 < size && distinct <= limits.length; at++) {
                if (sample[at] != sample[at + 1]) {
                    limits[found++] = sample[at];
                }
            }
            return Arrays.copyOf(limits, found);
        }

        /// Bin 0 is for what is missing.
        private static byte[] bins(float[] values, float[] limits) {
            byte[] bins = new byte[values.length];
            for (int row = 0; row < bins.length; row++) {
                if (!Float.isNaN(values[row])) {
                    int place = Arrays.binarySearch(limits, values[row]);
                    bins[row] = (byte) (1 + (place < 0 ? -place - 1 : place));
                }
            }
            return bins;
        }

        Boosting grow() {
            List<Tree> trees = new ArrayList<>();
            for (int tree = 0; tree < settings.trees; tree++) {
                trees.add(tree());
            }
            return new Boosting(trees, 0);
        }

        /// Of the rows this tree sees.
        private void slopes(int seen) {
            double slopes = 1e-9;
            double weights = 1e-9;
            for (int at = 0; at < seen; at++) {
                int row = order[at];
                double expected = mean[row];
                double noise = Math.sqrt(expected + 1) + settings.noise * expected;
                double off = (counts[row] - expected) / noise;
                double root = Math.sqrt(1 + off * off);
                slope[row] = expected * off / root;
                weight[row] = expected * expected / (noise * root) + 1e-3;
                slopes += Math.abs(slope[row]);
                weights += weight[row];
            }
            // Rounding adds at most half a unit for each row.
            slopeUnit = slopes / ((1L << (SLOPE_BITS - 1)) - MOST_ROWS);
            weightUnit = weights / ((1L << WEIGHT_BITS) - MOST_ROWS);
            for (int at = 0; at < seen; at++) {
                int row = order[at];
                long ofSlope = (long) Math.rint(slope[row] / slopeUnit);
                long ofWeight = (long) Math.rint(weight[row] / weightUnit);
                packed[row] = (ofSlope << (WEIGHT_BITS + ROW_BITS)) + (ofWeight << ROW_BITS) + 1;
            }
        }

        private double factor(Tree tree, int row) {
            int first = row * bins.length;
            int node = 0;
            while (tree.left[node] > 0) {
                node = byRow[first + tree.feature[node]] > tree.bin[node] ? tree.left[node] + 1 : tree.left[node];
            }
            return tree.factor[node];
        }

        private Tree tree() {
            var tree = new Tree(settings.leaves);
            columns = random.ints(0, bins.length)
                    .distinct()
                    .limit(Math.max(1, Math.round(bins.length * settings.columns)))
                    .sorted()
                    .toArray();
            int seen = draw();
            slopes(seen);
            List<Leaf> open = new ArrayList<>();
            open.add(leaf(0, 0, seen, sums(0, seen)));
            for (int leaves = 1; leaves < settings.leaves; leaves++) {
                Leaf best = open.stream()
                        .filter(leaf -> leaf.bestFeature >= 0)
                        .max((one, other) -> Double.compare(one.gain, other.gain))
                        .orElse(null);
                if (best == null) {
                    break;
                }
                open.remove(best);
                split(tree, best, open);
            }
            for (Leaf leaf : open) {
                tree.value[leaf.node] = settings.rate * leafValue(leaf);
                tree.factor[leaf.node] = Math.exp(tree.value[leaf.node]);
                for (int at = leaf.from; at < leaf.to; at++) {
                    mean[order[at]] *= tree.factor[leaf.node];
                }
            }
            for (int at = seen; at < rows; at++) {
                mean[order[at]] *= factor(tree, order[at]);
            }
            return tree;
        }

        /// Puts the rows this tree sees at the beginning of the order, the others behind them; says how many it sees.
        /// Each row is written to both places and counted in one: a branch nobody can foresee costs more.
        private int draw() {
            int seen = 0;
            for (int row = 0; row < rows; row++) {
                order[rows - 1 - row + seen] = row;
                order[seen] = row;
                seen += random.nextDouble() < settings.rows ? 1 : 0;
            }
            return seen;
        }

        private double leafValue(Leaf leaf) {
            double slopes = 0;
            double weights = settings.stiffness;
            for (int at = leaf.from; at < leaf.to; at++) {
                slopes += slope[order[at]];
                weights += weight[order[at]];
            }
            return slopes / weights;
        }

        private void split(Tree tree, Leaf leaf, List<Leaf> open) {
            byte[] column = bins[leaf.bestFeature];
            int left = leaf.from;
            int right = 0;
            for (int at = leaf.from; at < leaf.to; at++) {
                int row = order[at];
                int isLeft = column[row] <= leaf.bestBin ? 1 : 0;
                order[left] = row;
                spare[right] = row;
                left += isLeft;
                right += 1 - isLeft;
            }
            System.arraycopy(spare, 0, order, left, right);
            int node = tree.nodes;
            tree.nodes += 2;
            tree.left[leaf.node] = node;
            tree.feature[leaf.node] = leaf.bestFeature;
            tree.bin[leaf.node] = leaf.bestBin;
            tree.limit[leaf.node] =
                    leaf.bestBin == 0 ? Float.NEGATIVE_INFINITY : limits[leaf.bestFeature][leaf.bestBin - 1];
            boolean leftIsSmaller = left - leaf.from < leaf.to - left;
            long[] small = leftIsSmaller ? sums(leaf.from, left) : sums(left, leaf.to);
            long[] rest = leaf.sums;
            for (int at = 0; at < rest.length; at++) {
                rest[at] -= small[at];
            }
            open.add(leaf(node, leaf.from, left, leftIsSmaller ? small : rest));
            open.add(leaf(node + 1, left, leaf.to, leftIsSmaller ? rest : small));
        }

        /// Of each column and bin. Three columns at once, so that a row is looked up once for three additions, none of
        /// which waits for another.
        private long[] sums(int from, int to) {
            int last = columns.length - 1;
            long[] sums = new long[columns.length * BINS];
            for (int place = 0; place <= last; place += 3) {
                byte[] one = bins[columns[place]];
                byte[] two = bins[columns[Math.min(place + 1, last)]];
                byte[] three = bins[columns[Math.min(place + 2, last)]];
                long[] ofOne = new long[BINS];
                long[] ofTwo = new long[BINS];
                long[] ofThree = new long[BINS];
                for (int at = from; at < to; at++) {
                    int row = order[at];
                    long ofRow = packed[row];
                    ofOne[one[row] & IN_BINS] += ofRow;
                    ofTwo[two[row] & IN_BINS] += ofRow;
                    ofThree[three[row] & IN_BINS] += ofRow;
                }
                System.arraycopy(ofOne, 0, sums, place * BINS, BINS);
                System.arraycopy(ofTwo, 0, sums, Math.min(place + 1, last) * BINS, BINS);
                System.arraycopy(ofThree, 0, sums, Math.min(place + 2, last) * BINS, BINS);
            }
            return sums;
        }

        private Leaf leaf(int node, int from, int to, long[] sums) {
            var leaf = new Leaf(node, from, to, sums);
            if (leaf.size() < 2 * settings.smallestLeaf) {
                return leaf;
            }
            for (int place = 0; place < columns.length; place++) {
                search(leaf, place);
            }
            return leaf;
        }

        private void search(Leaf leaf, int place) {
            int base = place * BINS;
            long all = 0;
            for (int bin = 0; bin < BINS; bin++) {
                all += leaf.sums[base + bin];
            }
            double slopes = slopes(all);
            double weights = weights(all);
            double whole = slopes * slopes / (weights + settings.stiffness);
            long left = 0;
            for (int bin = 0; bin < limits[columns[place]].length + 1; bin++) {
                left += leaf.sums[base + bin];
                int leftRows = (int) (left & ROWS);
                if (leftRows < settings.smallestLeaf || leaf.size() - leftRows < settings.smallestLeaf) {
                    continue;
                }
                double leftSlope = slopes(left);
                double leftWeight = weights(left);
                double rightSlope = slopes - leftSlope;
                double gain = leftSlope * leftSlope / (leftWeight + settings.stiffness)
                        + rightSlope * rightSlope / (weights - leftWeight + settings.stiffness)
                        - whole;
                if (gain > leaf.gain + 1e-9) {
                    leaf.gain = gain;
                    leaf.bestFeature = columns[place];
                    leaf.bestBin = bin;
                }
            }
        }

        private double slopes(long packed) {
            return (packed >> (WEIGHT_BITS + ROW_BITS)) * slopeUnit;
        }

        private double weights(long packed) {
            return ((packed >> ROW_BITS) & WEIGHTS) * weightUnit;
        }
    }
}
