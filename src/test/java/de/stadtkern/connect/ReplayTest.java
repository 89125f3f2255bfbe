package de.stadtkern.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of The Things Stack and of ChirpStack as they come over a bad radio: lost, twice, in another order, from a
/// device that is reset or whose total of 16 bits rolls over. What the store gets is exactly what the sensor counted.
class ReplayTest {

    private static final int STREAMS = 1_000;
    private static final Instant BEGIN = Instant.parse("2026-10-24T12:00:00Z");

    /// A frame of the sensor.
    ///
    /// @param all   people since the beginning of the stream, whatever the total shows
    /// @param epoch counts resets
    private record Frame(int count, String session, int total, long all, int epoch, Instant at) {}

    @ParameterizedTest
    @ValueSource(strings = {"ttn-generic", "chirpstack-generic"})
    void theSumIsExactlyWhatTheSensorCounted(String name) {
        SourceMapping mapping =
                SourceMapping.read(DeliveredMappings.find(name).orElseThrow().yaml());
        int lost = 0;
        int resets = 0;
        int late = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(seed);
            List<Frame> sent = sensor(random);
            List<Frame> heard = heard(random, sent);
            Store store = new Store(mapping);
            for (Frame frame : delivered(random, heard)) {
                store.take(name.startsWith("ttn") ? ttn(frame) : chirpstack(frame), frame.at());
            }
            assertThat(store.sum()).as("stream %d: %s", seed, heard).isEqualTo(expected(heard, store.first));
            assertThat(store.rows).allSatisfy(row -> assertThat(row.number()).isNotNegative());
            assertThat(store.overlaps()).as("stream %d", seed).isZero();
            lost += sent.size() - heard.size();
            resets += sent.getLast().epoch();
            late += store.late;
        }
        assertThat(List.of(lost > 1_000, resets > 400, late > 50))
                .as("the streams are as bad as they should be: %d lost, %d resets, %d late"
                        .formatted(lost, resets, late))
                .containsOnly(true);
    }

    /// A sensor that counts for a while, with rushes, near the end of its 16 bits more often than chance would have it.
    private static List<Frame> sensor(Random random) {
        List<Frame> frames = new ArrayList<>();
        int total = random.nextBoolean() ? 65_536 - random.nextInt(400) : 3_000 + random.nextInt(60_000);
        long all = 0;
        int count = random.nextInt(5);
        int epoch = 0;
        for (int at = 0; at < 60; at++) {
            if (at > 5 && random.nextInt(12) == 0 && frames.getLast().total() > 2_000) {
                total = 0;
                count = 0;
                epoch++;
            }
            int people = random.nextInt(10) == 0 ? random.nextInt(600) : random.nextInt(12);
            total = (total + people) & 0xffff;
            all += people;
            frames.add(new Frame(
                    count++,
                    "26000%03d".formatted(epoch),
                    total,
                    all,
                    epoch,
                    BEGIN.plus(Duration.ofMinutes(10L * at))));
        }
        return frames;
    }

    private static List<Frame> heard(Random random, List<Frame> sent) {
        int badness = random.nextInt(50);
        List<Frame> heard = new ArrayList<>(
                sent.stream().filter(frame -> random.nextInt(100) >= badness).toList());
        if (heard.isEmpty()) {
            heard.add(sent.getFirst());
        }
        return heard;
    }

    /// Some twice, some behind their successors.
    private static List<Frame> delivered(Random random, List<Frame> heard) {
        List<Frame> delivered = new ArrayList<>();
        for (Frame frame : heard) {
            delivered.add(frame);
            if (random.nextInt(6) == 0) {
                delivered.add(frame);
            }
        }
        // The first one stays the first: counting begins with it.
        for (int at = 1; at < delivered.size() - 1; at++) {
            if (random.nextInt(4) == 0) {
                Collections.swap(delivered, at, at + 1);
            }
        }
        return delivered;
    }

    /// Of each stretch between resets what its last frame says more than what was known at its beginning.
    private static long expected(List<Frame> heard, Instant first) {
        long sum = 0;
        Map<Integer, Frame> last = new HashMap<>();
        Frame begin = null;
        for (Frame frame : heard) {
            begin = begin == null && frame.at().equals(first) ? frame : begin;
            last.merge(frame.epoch(), frame, (one, other) -> one.at().isAfter(other.at()) ? one : other);
        }
        for (Frame frame : last.values()) {
            sum += begin != null && frame.epoch() == begin.epoch() ? frame.all() - begin.all() : frame.total();
        }
        return sum;
    }

    private static String ttn(Frame frame) {
        String count = frame.count() == 0 ? "" : "\"f_cnt\": %d,".formatted(frame.count());
        return """
            {"end_device_ids": {"dev_eui": "A1", "dev_addr": "%s"}, "uplink_message": {%s
             "decoded_payload": {"total_in": %d}, "received_at": "%s"}}
            """.formatted(frame.session(), count, frame.total(), frame.at());
    }

    private static String chirpstack(Frame frame) {
        String count = frame.count() == 0 ? "" : "\"fCnt\": %d,".formatted(frame.count());
        return """
            {"deviceInfo": {"devEui": "A1"}, "devAddr": "%s", %s "time": "%s", "object": {"total_in": %d}}
            """.formatted(frame.session(), count, frame.at(), frame.total());
    }

    /// What the tables of a source are for the pages' engine.
    private static final class Store implements MessageReading.Known {
        private final SourceMapping mapping;
        private final Map<MessageReading.Channel, RunningTotal> totals = new HashMap<>();
        private final Set<String> keys = new HashSet<>();
        private final List<SourceRow> rows = new ArrayList<>();
        private Instant first = Instant.MIN;
        private int late;

        Store(SourceMapping mapping) {
            this.mapping = mapping;
        }

        void take(String message, Instant received) {
            MessageReading reading = MessageReader.read(mapping, message, received, this);
            assertThat(reading.refusals()).isEmpty();
            if (reading.beginnings() > 0) {
                first = received;
            }
            rows.addAll(reading.rows());
            totals.putAll(reading.totals());
            keys.addAll(reading.keys());
            late += (int) reading.rows().stream()
                    .filter(row -> "late".equals(row.quality().get("resolution")))
                    .count();
        }

        long sum() {
            return Math.round(rows.stream().mapToDouble(SourceRow::number).sum());
        }

        /// Rows of one beginning would be one row in the store.
        long overlaps() {
            return rows.size() - rows.stream().map(SourceRow::start).distinct().count();
        }

        @Override
        public @Nullable RunningTotal total(MessageReading.Channel channel) {
            return totals.get(channel);
        }

        @Override
        public boolean hasSeen(String key) {
            return keys.contains(key);
        }
    }
}
