package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;

class TimeTextTest {

    private final TimeText text = new TimeText();

    @Test
    void everyMomentTheStoreTakesIsWrittenAsAnInstantWritesItself() {
        var random = new Random(1);
        long from = Instant.parse("-4000-01-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("+200000-01-01T00:00:00Z").getEpochSecond();
        for (int round = 0; round < 20_000; round++) {
            long second =
                    round % 2 == 0 ? random.nextLong(from, to) : random.nextLong(-100_000_000_000L, 250_000_000_000L);
            int[] fractions = {0, 500_000_000, 123_456_000, 1_000, 999_000_000};
            Instant start = Instant.ofEpochSecond(second, fractions[random.nextInt(fractions.length)]);
            Instant end = round % 3 == 0 ? start.plus(random.nextInt(1_000_000), ChronoUnit.MILLIS) : null;
            assertThat(written(start, end)).isEqualTo(end == null ? start.toString() : start + "/" + end);
        }
    }

    @Test
    void theSameMomentAgainIsTheSameAndAnotherIsNot() {
        Instant one = Instant.parse("2025-06-01T00:00:00Z");
        assertThat(written(one, null)).isEqualTo("2025-06-01T00:00:00Z");
        assertThat(written(one, null)).isEqualTo("2025-06-01T00:00:00Z");
        assertThat(written(one, one.plusSeconds(1))).isEqualTo("2025-06-01T00:00:00Z/2025-06-01T00:00:01Z");
        assertThat(written(one, null)).isEqualTo("2025-06-01T00:00:00Z");
    }

    private String written(Instant start, @Nullable Instant end) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            json.writeStartObject();
            text.write(json, new SerializedString("t"), utc(start), end == null ? null : utc(end));
            json.writeEndObject();
        }
        String object = bytes.toString(StandardCharsets.US_ASCII);
        return object.substring("{\"t\":\"".length(), object.length() - 2);
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
