package de.stadtkern.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import de.stadtkern.problem.Problem;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

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
    void belowTwoGigabytesTheLogWarnsOnce() {
        var log = (Logger) LoggerFactory.getLogger(DiskSpace.class);
        var heard = new ListAppender<ILoggingEvent>();
        heard.start();
        log.addAppender(heard);
        try {
            DiskSpace disk = new DiskSpace(() -> 1_999L << 20, () -> 1L << 40);
            disk.requireRoom();
            disk.requireRoom();
            assertThat(disk.isLow()).isTrue();
        } finally {
            log.detachAppender(heard);
        }
        assertThat(heard.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Only 1999 MB are free on the disk of the data folder; below 500 MB writes are refused.");
    }

    @Test
    void fromThereOnTheyGoOn() {
        assertThatCode(() -> new DiskSpace(() -> 500L << 20, () -> 1L << 40).requireRoom())
                .doesNotThrowAnyException();
    }
}
