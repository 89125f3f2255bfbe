package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The examples of a mapping as its test.
final class SourceExamples {

    /// When an example says nothing of it: late enough for any time in it.
    private static final Instant LATE = Instant.parse("2200-01-01T00:00:00Z");

    private SourceExamples() {}

    /// Remembers what the examples before have taught, as the tables of a source do.
    static final class Memory implements MessageReading.Known {
        private final Map<MessageReading.Channel, RunningTotal> totals = new HashMap<>();
        private final Set<String> keys = new HashSet<>();

        @Override
        public @Nullable RunningTotal total(MessageReading.Channel channel) {
            return totals.get(channel);
        }

        @Override
        public boolean hasSeen(String key) {
            return keys.contains(key);
        }

        void learn(MessageReading reading) {
            totals.putAll(reading.totals());
            keys.addAll(reading.keys());
        }
    }

    static void require(SourceMapping mapping) {
        Memory memory = new Memory();
        for (SourceMapping.Example example : mapping.examples()) {
            Instant received = example.received() == null ? LATE : example.received();
            MessageReading reading = MessageReader.read(mapping, example.message(), received, memory);
            memory.learn(reading);
            List<String> rows = reading.rows().stream().map(SourceRow::toString).toList();
            String refused = String.join(
                    "; ",
                    reading.refusals().stream().map(MessageRefusal::toString).toList());
            if (!rows.equals(example.rows())) {
                throw different(mapping, example, difference(example.rows(), rows, refused));
            }
            if (example.refused().isEmpty() ? !refused.isEmpty() : !refused.contains(example.refused())) {
                throw different(
                        mapping,
                        example,
                        "is refused: '%s', but should be: '%s'".formatted(refused, example.refused()));
            }
        }
    }

    private static String difference(List<String> wanted, List<String> is, String refused) {
        for (int at = 0; at < Math.max(wanted.size(), is.size()); at++) {
            String should = at < wanted.size() ? wanted.get(at) : "nothing more";
            String gives = at < is.size() ? is.get(at) : "nothing more";
            if (!should.equals(gives)) {
                return "gives '%s' as row %d, but should give '%s'%s"
                        .formatted(gives, at + 1, should, refused.isEmpty() ? "" : " (" + refused + ")");
            }
        }
        return "";
    }

    private static Problem different(SourceMapping mapping, SourceMapping.Example example, String difference) {
        int number = mapping.examples().indexOf(example) + 1;
        return new Problem(
                Problem.Kind.INVALID,
                "mapping-example",
                "Example %d of the mapping %s (line %d).".formatted(number, difference, example.line()),
                Map.of("line", example.line(), "example", number));
    }
}
