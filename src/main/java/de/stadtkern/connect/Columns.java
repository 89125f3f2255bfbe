package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The columns of one file by name, and the separator found in it.
///
/// @param names in the file's order; `1`, `2`, `3` … for a file without a header
record Columns(List<String> names, Map<String, Integer> places, char separator) {

    private static final char[] CANDIDATES = {';', ',', '\t', '|'};
    private static final int LOOK = 32 * 1024;

    /// Looks at the beginning of the file, which the reader must be able to mark, and leaves the reader where the
    /// header begins.
    static Columns find(BufferedReader file, Mapping mapping) throws IOException {
        Mapping.Format format = mapping.format();
        for (int skipped = 0; skipped < format.skipLines(); skipped++) {
            if (!skipLine(file)) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "file-too-short",
                        "The file ends within the %d lines that are to be skipped.".formatted(format.skipLines()),
                        Map.of("lines", format.skipLines()));
            }
        }
        String beginning = look(file);
        Columns best = null;
        for (char separator : format.separator() == 0 ? CANDIDATES : new char[] {format.separator()}) {
            Columns columns = read(new StringReader(beginning), separator, format);
            if (columns != null && (best == null || columns.beats(best, mapping))) {
                best = columns;
            }
        }
        if (best == null) {
            throw new Problem(Problem.Kind.INVALID, "file-first-line", "The file has no first line that can be read.");
        }
        best.requireAll(mapping);
        return best;
    }

    private static boolean skipLine(Reader file) throws IOException {
        int letter = file.read();
        while (letter >= 0 && letter != '\n') {
            letter = file.read();
        }
        return letter >= 0;
    }

    private static String look(BufferedReader file) throws IOException {
        char[] letters = new char[LOOK];
        file.mark(LOOK);
        int length = 0;
        while (length < LOOK) {
            int read = file.read(letters, length, LOOK - length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        file.reset();
        return new String(letters, 0, length);
    }

    private static @Nullable Columns read(Reader beginning, char separator, Mapping.Format format) throws IOException {
        if (separator == format.quote()) {
            return null;
        }
        var line = new CsvLine();
        if (!new CsvReader(beginning, separator, format.quote(), 1).next(line) || line.problem != null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        for (int field = 0; field < line.count; field++) {
            line.trim(field);
            String name = format.header() ? line.field(field) : String.valueOf(field + 1);
            names.add(name);
            places.putIfAbsent(name, field);
        }
        return new Columns(List.copyOf(names), Map.copyOf(places), separator);
    }

    private boolean beats(Columns other, Mapping mapping) {
        int mine = found(mapping);
        int theirs = other.found(mapping);
        return mine != theirs ? mine > theirs : names.size() > other.names.size();
    }

    private int found(Mapping mapping) {
        return (int) needed(mapping).stream().filter(places::containsKey).count();
    }

    private void requireAll(Mapping mapping) {
        for (String name : needed(mapping)) {
            if (!places.containsKey(name)) {
                String all = shortened(String.join(", ", names));
                throw new Problem(
                        Problem.Kind.INVALID,
                        "file-columns",
                        "The file has no column '%s'. It has: %s.".formatted(name, all),
                        Map.of("column", name, "columns", all));
            }
        }
    }

    private static String shortened(String text) {
        return text.length() > 500 ? text.substring(0, 500) + "…" : text;
    }

    private static Set<String> needed(Mapping mapping) {
        Set<String> needed = new LinkedHashSet<>(mapping.time().columns());
        addTo(needed, mapping.time().end());
        addTo(needed, mapping.time().result());
        addTo(needed, mapping.time().validStart());
        addTo(needed, mapping.time().validEnd());
        addTo(needed, mapping.points().column());
        mapping.skip().forEach(skip -> needed.add(skip.column()));
        for (Mapping.Value value : mapping.values()) {
            needed.add(value.column());
            addTo(needed, value.when() == null ? null : value.when().column());
            value.quality().forEach(note -> needed.add(note.column()));
            value.parameters().forEach(note -> needed.add(note.column()));
            addTo(needed, value.qualityJson());
            addTo(needed, value.parametersJson());
            addTo(needed, value.featureJson());
        }
        return needed;
    }

    private static void addTo(Set<String> needed, @Nullable String name) {
        if (name != null) {
            needed.add(name);
        }
    }

    int place(String name) {
        return Objects.requireNonNull(places.get(name));
    }

    /// -1 if no column is meant.
    int placeOrNone(@Nullable String name) {
        return name == null ? -1 : place(name);
    }
}
