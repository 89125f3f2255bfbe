package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewObservationTest {

    /// A reader of files hands over whatever number it read last.
    @Test
    void itsNumberIsThatOfItsDigits() {
        assertThat(of("90071992547409931").number()).isEqualTo(9.007199254740994E16);
        assertThat(of("90071992547409931").hasNumber()).isTrue();
    }

    @Test
    void whatIsNoNumberOrTooLargeForOneHasNone() {
        for (String json : new String[] {"null", "true", "\"7\"", "[7]", "1e400"}) {
            assertThat(of(json).hasNumber()).as(json).isFalse();
        }
    }

    private static NewObservation of(String json) {
        return new NewObservation(1, Instant.EPOCH, null, null, 42, json, null);
    }
}
