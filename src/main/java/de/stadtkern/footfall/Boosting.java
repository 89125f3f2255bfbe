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
    static Boosting fit(float[][] features, double[] counts, double[] expected, Settings settings) {
        return new Growing(features, counts, expected, settings).grow();
    }

    /// One tree as arrays: an inner node goes left where the feature is not above the limit.
    private static final class Tree {
        private final int[] feature;
        private final float[] limit;
        private final int[] left;
        private final double[] value;
        private int nodes = 1;

        Tree(int leaves) {
            feature = new int[2 * leaves];
            limit = new float[2 * leaves];
            left = new int[2 * leaves];
            value = new double[2 * leaves];
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
        private final float[] sums;
        private int bestFeature = -1;
        private int bestBin;
        private double gain;

        Leaf(int node, int from, int to, float[] sums) {
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
        private final double[] expected;
        private final byte[][] bins;
        private final float[][] limits;
        private final int rows;
        private final double[] score;
        private final float[] slope;
        private final float[] weight;
        private final float[] nodeSlope;
        private final float[] nodeWeight;
        private final int[] order;
        private final int[] spare;
        private final SplittableRandom random;
        private int[] columns = {};

        Growing(float[][] features, double[] counts, double[] expected, Settings settings) {
            this.settings = settings;
            this.counts = counts;
            this.expected = expected;
            this.rows = counts.length;
            this.random = new SplittableRandom(settings.seed);
            this.limits = new float[features.length][];
            this.bins = new byte[features.length][];
            for (int feature = 0; feature < features.length; feature++) {
                limits[feature] = limits(features[feature]);
                bins[feature] = bins(features[feature], limits[feature]);
            }
            this.score = new double[rows];
            this.slope = new float[rows];
            this.weight = new float[rows];
            this.nodeSlope = new float[rows];
            this.nodeWeight = new float[rows];
            this.order = new int[rows];
            this.spare = new int[rows];
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
                slopes();
                Tree grown = tree();
                trees.add(grown);
                for (int row = 0; row < rows; row++) {
                    score[row] += value(grown, row);
                }
            }
            return new Boosting(trees, 0);
        }

        private void slopes() {
            for (int row = 0; row < rows; row++) {
                double mean = expected[row] * Math.exp(score[row]);
                double noise = Math.sqrt(mean + 1) + settings.noise * mean;
                double off = (counts[row] - mean) / noise;
                double root = Math.sqrt(1 + off * off);
                slope[row] = (float) (mean * off / root);
                weight[row] = (float) (mean * mean / (noise * root) + 1e-3);
            }
        }

        private double value(Tree tree, int row) {
            int node = 0;
            while (tree.left[node] > 0) {
                node = bins[tree.feature[node]][row] > (int) tree.value[node] ? tree.left[node] + 1 : tree.left[node];
            }
            return tree.value[node];
        }

        private Tree tree() {
            var tree = new Tree(settings.leaves);
            columns = random.ints(0, bins.length)
                    .distinct()
                    .limit(Math.max(1, Math.round(bins.length * settings.columns)))
                    .sorted()
                    .toArray();
            int size = 0;
            for (int row = 0; row < rows; row++) {
                if (random.nextDouble() < settings.rows) {
                    order[size++] = row;
                }
            }
            List<Leaf> open = new ArrayList<>();
            open.add(leaf(0, 0, size, sums(0, size)));
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
            open.forEach(leaf -> tree.value[leaf.node] = settings.rate * leafValue(leaf));
            return tree;
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
                if (column[row] <= leaf.bestBin) {
                    order[left++] = row;
                } else {
                    spare[right++] = row;
                }
            }
            System.arraycopy(spare, 0, order, left, right);
            int node = tree.nodes;
            tree.nodes += 2;
            tree.left[leaf.node] = node;
            tree.feature[leaf.node] = leaf.bestFeature;
            tree.value[leaf.node] = leaf.bestBin;
            tree.limit[leaf.node] =
                    leaf.bestBin == 0 ? Float.NEGATIVE_INFINITY : limits[leaf.bestFeature][leaf.bestBin - 1];
            boolean leftIsSmaller = left - leaf.from < leaf.to - left;
            float[] small = leftIsSmaller ? sums(leaf.from, left) : sums(left, leaf.to);
            float[] rest = leaf.sums;
            for (int at = 0; at < rest.length; at++) {
                rest[at] -= small[at];
            }
            open.add(leaf(node, leaf.from, left, leftIsSmaller ? small : rest));
            open.add(leaf(node + 1, left, leaf.to, leftIsSmaller ? rest : small));
        }

        /// Of each column and bin: slope, weight, rows.
        private float[] sums(int from, int to) {
            for (int at = from; at < to; at++) {
                nodeSlope[at] = slope[order[at]];
                nodeWeight[at] = weight[order[at]];
            }
            float[] sums = new float[columns.length * BINS * 3];
            for (int place = 0; place < columns.length; place++) {
                byte[] column = bins[columns[place]];
                int base = place * BINS * 3;
                for (int at = from; at < to; at++) {
                    int cell = base + 3 * column[order[at]];
                    sums[cell] += nodeSlope[at];
                    sums[cell + 1] += nodeWeight[at];
                    sums[cell + 2]++;
                }
            }
            return sums;
        }

        private Leaf leaf(int node, int from, int to, float[] sums) {
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
            int base = place * BINS * 3;
            double slopes = 0;
            double weights = 0;
            for (int bin = 0; bin < BINS; bin++) {
                slopes += leaf.sums[base + 3 * bin];
                weights += leaf.sums[base + 3 * bin + 1];
            }
            double whole = slopes * slopes / (weights + settings.stiffness);
            double leftSlope = 0;
            double leftWeight = 0;
            int leftRows = 0;
            for (int bin = 0; bin < limits[columns[place]].length + 1; bin++) {
                leftSlope += leaf.sums[base + 3 * bin];
                leftWeight += leaf.sums[base + 3 * bin + 1];
                leftRows += (int) leaf.sums[base + 3 * bin + 2];
                if (leftRows < settings.smallestLeaf || leaf.size() - leftRows < settings.smallestLeaf) {
                    continue;
                }
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
    }
}
