package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.problem.Problem;
import org.junit.jupiter.api.Test;

class DiskSpaceTest {

    @Test
    void belowFiveHundredMegabytesWritesAreRefusedWithThatFigure() {
        assertThatThrownBy(() -> new DiskSpace(() -> 499L << 20, () -> 1L << 40).requireRoom())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("499 MB")
                .extracting(problem -> ((Problem) problem).kind())
                .isEqualTo(Problem.Kind.FULL);
    }

    @Test
    void fromThereOnTheyGoOn() {
        assertThatCode(() -> new DiskSpace(() -> 500L << 20, () -> 1L << 40).requireRoom())
                .doesNotThrowAnyException();
    }
}
