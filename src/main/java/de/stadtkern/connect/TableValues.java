package de.stadtkern.connect;

import de.stadtkern.connect.FileLook.Column;
import de.stadtkern.connect.FileLook.Guess;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewObservation;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The values of a file, understood as an import would understand them, for whoever computes with them and stores
/// nothing. How the file is written is found out by a [FileLook]; nobody has to describe it.
public final class TableValues {

    private static final Set<String> MISSING = Set.of("", "NA", "N/A", "NaN", "nan", "null", "-", "k.A.");

    /// @param time   column with the time; a date and a time of day may be two, joined by a comma
    /// @param zone   for times without an offset, unless the column's name says UTC
    /// @param place  column that says which place it is; null if the whole file is about one
    /// @param values columns with numbers or texts
    public record Wanted(String time, ZoneId zone, @Nullable String place, List<String> values) {

        public Wanted {
            values = List.copyOf(values);
        }
    }

    /// Gets the values line by line. `column` counts through the wanted ones.
    public interface Sink {
        void number(String place, int column, Instant start, double number);

        void text(String place, int column, Instant start, String text);
    }

    private TableValues() {}

    /// Throws a [Problem] if a column is not there or the one with the times holds none.
    public static ImportReport read(SourceFile file, Wanted wanted, Sink sink) throws IOException {
        Mapping mapping = mapping(FileLook.at(file, FileLook.Said.NOTHING), wanted);
        var out = new Out(mapping, sink);
        return new FileImport(file, mapping, new ImportListener() {}).run(out, out);
    }

    private static Mapping mapping(FileLook look, Wanted wanted) {
        List<Column> times = times(look, wanted.time());
        Set<String> missing = new LinkedHashSet<>(look.missing());
        missing.addAll(MISSING);
        var format = new Mapping.Format(
                look.separator(),
                '"',
                look.header(),
                look.skipLines(),
                look.decimal(),
                look.thousands(),
                look.charset(),
                missing);
        boolean isUniversal = wanted.time().toLowerCase(Locale.ROOT).matches("(.*[^a-z])?(utc|gmt)([^a-z].*)?");
        var time = new Mapping.Time(
                times.stream().map(Column::name).toList(),
                patterns(times),
                isUniversal ? ZoneOffset.UTC : wanted.zone(),
                null,
                null,
                null,
                null,
                null);
        var everything = new Mapping.Point(null, "all", "all", "", null, Map.of());
        String place = wanted.place();
        var points = new Mapping.Points(
                place == null ? null : column(look, place).name(),
                place == null ? List.of(everything) : List.of(),
                true,
                "{key}",
                "",
                Map.of());
        List<Mapping.Value> values =
                wanted.values().stream().map(name -> value(column(look, name))).toList();
        return new Mapping(format, time, List.of(), points, values, Duplicates.INSERT);
    }

    private static Column column(FileLook look, String name) {
        return look.columns().stream()
                .filter(column -> column.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names =
                            look.columns().stream().map(Column::name).toList();
                    return new Problem(
                            Problem.Kind.INVALID,
                            "file-columns",
                            "The file has no column '%s'. It has: %s.".formatted(name, String.join(", ", names)),
                            Map.of("column", name, "columns", names));
                });
    }

    private static List<Column> times(FileLook look, String name) {
        boolean isOne = look.columns().stream().anyMatch(column -> column.name().equals(name));
        List<Column> columns = new ArrayList<>();
        for (String each : isOne ? new String[] {name} : name.split(",", 2)) {
            columns.add(column(look, each.strip()));
        }
        if (columns.getFirst().guess() != Guess.TIME
                || (columns.size() > 1 && columns.getLast().guess() != Guess.CLOCK)) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "file-time",
                    "The column '%s' holds no times that can be understood, such as 2026-05-01T10:00 or 01.05.2026 10:00."
                            .formatted(name),
                    Map.of("column", name));
        }
        return columns;
    }

    private static List<TimePattern> patterns(List<Column> times) {
        String date = times.getFirst().pattern();
        List<String> texts = times.size() == 1 || date.equals("iso")
                ? List.of(date)
                : List.of(date + " HH:mm:ss", date + " HH:mm", date + " H:mm");
        return texts.stream().map(TimePattern::of).toList();
    }

    private static Mapping.Value value(Column column) {
        return new Mapping.Value(
                null,
                column.name(),
                column.name(),
                column.guess() == Guess.TEXT ? Mapping.Kind.TEXT : Mapping.Kind.NUMBER,
                null,
                column.name(),
                "",
                false,
                List.of(),
                new Mapping.Sensor("", ""),
                Map.of(),
                List.of(),
                null,
                List.of(),
                null,
                null);
    }

    /// Takes the place of the store. An id says the place and the column, counted through.
    private static final class Out implements LineReader.Targets, FileImport.Out {
        private final int columns;
        private final Sink sink;
        private final List<String> places = new ArrayList<>();

        Out(Mapping mapping, Sink sink) {
            this.columns = mapping.values().size();
            this.sink = sink;
        }

        @Override
        public long[] datastreams(Mapping.Point point) {
            long first = (long) places.size() * columns;
            places.add(point.key());
            return LongStream.range(first, first + columns).toArray();
        }

        @Override
        public long feature(NewFeature feature) {
            throw new IllegalStateException("No features were wanted");
        }

        @Override
        public void batch(List<NewObservation> batch) {
            for (NewObservation value : batch) {
                String place = places.get((int) (value.datastreamId() / columns));
                int column = (int) (value.datastreamId() % columns);
                String json = value.json();
                if (json == null) {
                    sink.number(place, column, value.start(), value.number());
                } else {
                    sink.text(place, column, value.start(), json.replace("\"", ""));
                }
            }
        }

        @Override
        public void flush() {}

        @Override
        public long written() {
            return 0;
        }

        @Override
        public long existing() {
            return 0;
        }
    }
}
