package de.stadtkern.connect;

import de.stadtkern.connect.Mapping.Points;
import de.stadtkern.sensorthings.Duplicates;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the messages of a source mean: where in them the counter, the time and the values stand, and whether a value is
/// a count, a running total or a level. Read from YAML by [#read]; `docs/sources.md` explains every field.
///
/// Its examples are its test: a mapping whose examples do not give the rows they say is no mapping.
///
/// @param name       for people, in lists
/// @param each       divides a message into records; null: it is one
/// @param key        what names a message, so that its repetition is recognised; empty: its time and channel do
/// @param quality    what is kept beside each value
/// @param duplicates what happens to a value whose Datastream has one of the same beginning already
/// @param text       the YAML it was read from
public record SourceMapping(
        String name,
        Form form,
        @Nullable JsonPath each,
        List<When> when,
        Time time,
        Device device,
        List<JsonPath> key,
        @Nullable JsonPath session,
        @Nullable JsonPath frame,
        List<Quality> quality,
        long mostPerHour,
        Points points,
        List<Value> values,
        Duplicates duplicates,
        List<Example> examples,
        String text) {

    public SourceMapping {
        when = List.copyOf(when);
        key = List.copyOf(key);
        quality = List.copyOf(quality);
        values = List.copyOf(values);
        examples = List.copyOf(examples);
    }

    /// Reads and checks a mapping; a [de.stadtkern.problem.Problem] names the field and the line that is wrong, or the
    /// example and the difference.
    public static SourceMapping read(String yaml) {
        SourceMapping mapping = SourceMappingReader.mapping(yaml);
        mapping.requireExamples();
        return mapping;
    }

    private void requireExamples() {
        SourceExamples.require(this);
    }

    /// How a message is written.
    sealed interface Form {}

    record Json() implements Form {}

    /// @param separator 0: found out from the first line
    record Csv(char separator, char decimal, Set<String> missing) implements Form {
        Csv {
            missing = Set.copyOf(missing);
        }
    }

    /// A record counts only if the text at the path is one of these, or none of them.
    ///
    /// @param missing what a field that is left out says
    record When(JsonPath path, Set<String> is, boolean not, String missing) {
        When {
            is = Set.copyOf(is);
        }
    }

    /// @param path null: when the message came in
    /// @param zone for times without an offset; null: each must have one
    /// @param end   that the time is the end of a count's interval, not its beginning
    /// @param ahead how far behind the moment the message came in a time may lie: a day, and more in forecasts
    record Time(
            @Nullable JsonPath path,
            List<TimePattern> patterns,
            @Nullable ZoneId zone,
            boolean end,
            Duration ahead) {
        Time {
            patterns = List.copyOf(patterns);
        }
    }

    /// @param path null: all messages are of the one that is called `is`
    record Device(@Nullable JsonPath path, String is) {}

    record Quality(String name, JsonPath path) {}

    enum Kind {
        /// People of one interval.
        COUNT,
        /// A running total, which becomes counts by difference.
        TOTAL,
        /// What is so at a moment, such as a temperature.
        LEVEL
    }

    /// One Datastream of each counter.
    ///
    /// @param when     only records that fulfil this have it
    /// @param interval of a count; of a total how often it is told; null: not said
    /// @param bits     width of a total, 0: it never rolls over
    /// @param factor   by which the number is multiplied
    /// @param missing  what a field that is left out says; null: there is no value
    /// @param target   the Datastream, as the import of files describes it
    record Value(
            JsonPath path,
            Kind kind,
            @Nullable When when,
            @Nullable Duration interval,
            int bits,
            double factor,
            @Nullable Double missing,
            Mapping.Value target) {}

    /// A message and the rows it must give. The examples of a mapping come one after the other to the same counters.
    ///
    /// @param received null: the moment of its newest time
    /// @param rows     as [SourceRow#toString] writes them
    /// @param refused  a part of the reason why it is refused; empty if it is not
    /// @param line     in the YAML
    public record Example(String message, @Nullable Instant received, List<String> rows, String refused, int line) {
        public Example {
            rows = List.copyOf(rows);
        }
    }

    /// The Datastreams and Things it names by their numbers, for whoever asks whether they may be written.
    public List<Long> namedDatastreams() {
        return values.stream()
                .map(value -> value.target().datastream())
                .filter(Objects::nonNull)
                .toList();
    }

    public List<Long> namedThings() {
        return points.known().stream()
                .map(Mapping.Point::thing)
                .filter(Objects::nonNull)
                .toList();
    }

    public boolean isTable() {
        return form instanceof Csv;
    }
}
