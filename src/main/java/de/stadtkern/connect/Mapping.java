package de.stadtkern.connect;

import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewLocation;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a file means: how it is written, when its values were measured, where, and which Datastreams they belong to.
/// Read from YAML by [#read]; `docs/import.md` explains every field.
///
/// @param duplicates what happens to a value whose Datastream has one of the same beginning already
public record Mapping(
        Format format, Time time, List<Condition> skip, Points points, List<Value> values, Duplicates duplicates) {

    public Mapping {
        skip = List.copyOf(skip);
        values = List.copyOf(values);
    }

    /// Reads and checks a mapping; a [de.stadtkern.problem.Problem] names the field and the line that is wrong.
    public static Mapping read(String yaml) {
        return MappingReader.mapping(yaml);
    }

    /// Throws [IllegalArgumentException] with the reason if times cannot be written so.
    public static void requireTimePattern(String pattern) {
        TimePattern.of(pattern);
    }

    /// @param separator 0: found out from the first lines
    /// @param header    whether the first line names the columns; without it they are called 1, 2, 3 …
    /// @param skipLines lines before the header that are no data
    /// @param decimal   `.` or `,`
    /// @param thousands 0: none
    /// @param charset   null: found out (byte order mark, UTF-8, else windows-1252)
    /// @param missing   texts that say that there is no value; missing is not zero
    record Format(
            char separator,
            char quote,
            boolean header,
            int skipLines,
            char decimal,
            char thousands,
            @Nullable Charset charset,
            Set<String> missing) {

        static final int MAX_SKIPPED = 1_000;

        Format {
            missing = Set.copyOf(missing);
        }
    }

    /// @param columns  joined by a blank if there are several, such as a date and a time of day
    /// @param patterns tried in this order
    /// @param zone     for values without an offset; null: each value must have one
    /// @param duration how long each value was measured; null: a moment, unless `end` is given
    /// @param end      column with the end of the phenomenonTime
    /// @param result   column with the resultTime
    /// @param validStart column with the beginning of the validTime
    record Time(
            List<String> columns,
            List<TimePattern> patterns,
            @Nullable ZoneId zone,
            @Nullable Duration duration,
            @Nullable String end,
            @Nullable String result,
            @Nullable String validStart,
            @Nullable String validEnd) {

        Time {
            columns = List.copyOf(columns);
            patterns = List.copyOf(patterns);
        }
    }

    /// True for a line whose column holds one of these texts.
    record Condition(String column, Set<String> is) {

        Condition {
            is = Set.copyOf(is);
        }
    }

    /// The Things. Either one for the whole file (`column` null, one in `known`) or one for each text in `column`.
    ///
    /// @param others     whether a text that `known` does not list gets a Thing of its own or refuses the line
    /// @param name       for those others, with `{key}` for the text
    /// @param properties of all of them
    record Points(
            @Nullable String column,
            List<Point> known,
            boolean others,
            String name,
            String description,
            Map<String, Object> properties) {

        Points {
            known = List.copyOf(known);
            properties = Map.copyOf(properties);
        }
    }

    /// @param thing id of a Thing that is there already; null: found or made by its key
    record Point(
            @Nullable Long thing,
            String key,
            String name,
            String description,
            @Nullable NewLocation location,
            Map<String, Object> properties) {

        Point {
            properties = Map.copyOf(properties);
        }
    }

    /// One Datastream of each Thing: which column holds its results, and what they are.
    ///
    /// @param when       only lines that fulfil this are about this Datastream
    /// @param datastream id of a Datastream that is there already; null: found or made by its key
    /// @param isMulti    a MultiDatastream: its results are arrays with a value for each of `observed`
    /// @param featureJson column with the FeatureOfInterest; empty: the place of the Thing; `null`: none
    record Value(
            @Nullable Long datastream,
            String column,
            String key,
            Kind kind,
            @Nullable Condition when,
            String name,
            String description,
            boolean isMulti,
            List<Observed> observed,
            Sensor sensor,
            Map<String, Object> properties,
            List<Note> quality,
            @Nullable String qualityJson,
            List<Note> parameters,
            @Nullable String parametersJson,
            @Nullable String featureJson) {

        Value {
            observed = List.copyOf(observed);
            properties = Map.copyOf(properties);
            quality = List.copyOf(quality);
            parameters = List.copyOf(parameters);
        }
    }

    enum Kind {
        NUMBER,
        TEXT,
        /// What an export wrote: a number, a quoted text, a list, as JSON has them.
        JSON
    }

    record Sensor(String name, String description) {}

    /// A column that is kept beside the result. The usual text is not kept, so that only what is unusual costs room.
    record Note(String column, @Nullable String usual) {}
}
