package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class BoostingTest {

    private static final int ROWS = 4_000;
    private final float[][] features = new float[2][ROWS];
    private final double[] counts = new double[ROWS];
    private final double[] expected = new double[ROWS];

    BoostingTest() {
        var random = new SplittableRandom(7);
        for (int row = 0; row < ROWS; row++) {
            features[0][row] = random.nextInt(10);
            features[1][row] = row % 3 == 0 ? Float.NaN : (float) random.nextDouble();
            expected[row] = 50 + random.nextInt(100);
            double factor = (features[0][row] > 6 ? 1.5 : 1) * (Float.isNaN(features[1][row]) ? 0.5 : 1);
            counts[row] = Math.rint(expected[row] * factor * (0.9 + 0.2 * random.nextDouble()));
        }
    }

    @Test
    void theSameSeedGrowsTheSameTrees() {
        assertThat(fit(5).factor(new float[] {8, 0.5f})).isEqualTo(fit(5).factor(new float[] {8, 0.5f}));
        assertThat(fit(5).factor(new float[] {8, 0.5f})).isNotEqualTo(fit(6).factor(new float[] {8, 0.5f}));
    }

    @Test
    void aFactorIsLearnedAndSoIsWhatIsMissing() {
        Boosting trees = fit(1);
        assertThat(Math.exp(trees.factor(new float[] {8, 0.5f}))).isCloseTo(1.5, Offset.offset(0.1));
        assertThat(Math.exp(trees.factor(new float[] {2, 0.5f}))).isCloseTo(1.0, Offset.offset(0.1));
        assertThat(Math.exp(trees.factor(new float[] {2, Float.NaN}))).isCloseTo(0.5, Offset.offset(0.1));
    }

    @Test
    void aFewWildCountsChangeLittle() {
        double before = Math.exp(fit(1).factor(new float[] {2, 0.5f}));
        for (int row = 0; row < ROWS; row += 100) {
            counts[row] *= 20;
        }
        assertThat(Math.exp(fit(1).factor(new float[] {2, 0.5f}))).isCloseTo(before, Offset.offset(0.1));
    }

    private Boosting fit(long seed) {
        return Boosting.fit(features, counts, expected, new Boosting.Settings(80, 8, 20, 0.1, 100, 0.7, 1, 0.15, seed));
    }
}
