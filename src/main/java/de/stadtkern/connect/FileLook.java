package de.stadtkern.connect;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a look at the first lines of a file shows: how it is written, which columns it has and what they seem to
/// hold. Nothing of it is certain; people see it and correct it.
///
/// @param charset   by which the letters were read
/// @param skipLines lines before the header that are no data
/// @param header    whether the first line names the columns
/// @param decimal   `.` or `,`
/// @param thousands 0: none
/// @param missing   texts found in columns of numbers that say that there is no value
/// @param rows      the first lines of data as they stand there
/// @param lines     how many lines of data were looked at
public record FileLook(
        Charset charset,
        char separator,
        int skipLines,
        boolean header,
        char decimal,
        char thousands,
        List<String> missing,
        List<Column> columns,
        List<List<String>> rows,
        int lines) {

    /// Most lines that are looked at.
    static final int LINES = 200;

    private static final int ROWS = 5;
    private static final int LETTERS = 256 * 1024;
    private static final char[] SEPARATORS = {';', ',', '\t', '|'};

    public enum Guess {
        /// A date, or a date with a time of day.
        TIME,
        /// A time of day alone: it needs a date beside it.
        CLOCK,
        NUMBER,
        TEXT,
        EMPTY
    }

    /// @param name     from the header; `1`, `2`, `3` … without one
    /// @param pattern  of a time, empty for everything else
    /// @param distinct how many different texts stand in it, among the lines that were looked at
    /// @param whole    whether all its numbers are whole and none is negative
    public record Column(String name, Guess guess, String pattern, int distinct, boolean whole) {}

    /// What somebody has said about the file already; null: to be found out.
    public record Said(
            @Nullable Charset charset,
            @Nullable Character separator,
            @Nullable Boolean header,
            @Nullable Integer skipLines) {

        public static final Said NOTHING = new Said(null, null, null, null);
    }

    public FileLook {
        missing = List.copyOf(missing);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// Throws a [de.stadtkern.problem.Problem] for what is no text at all.
    public static FileLook at(SourceFile file, Said said) throws IOException {
        try (SourceFile.Text text = file.open(said.charset())) {
            String beginning = beginning(text.reader());
            int skip = said.skipLines() == null ? 0 : said.skipLines();
            List<List<String>> best = List.of();
            char separator = ';';
            for (char candidate : said.separator() == null ? SEPARATORS : new char[] {said.separator()}) {
                List<List<String>> lines = lines(beginning, candidate);
                if (best.isEmpty() || agreement(lines) > agreement(best)) {
                    best = lines;
                    separator = candidate;
                }
            }
            if (said.skipLines() == null) {
                skip = preamble(best);
            }
            List<List<String>> table = best.subList(Math.min(skip, best.size()), best.size());
            return of(text.charset(), separator, skip, table, said.header());
        }
    }

    private static FileLook of(
            Charset charset, char separator, int skip, List<List<String>> table, @Nullable Boolean header) {
        List<String> first = table.isEmpty() ? List.of() : table.getFirst();
        boolean named = header != null
                ? header
                : !first.isEmpty()
                        && first.stream().noneMatch(cell -> ColumnGuess.isTime(cell) || ColumnGuess.isNumber(cell));
        List<List<String>> data = named && !table.isEmpty() ? table.subList(1, table.size()) : table;
        var guess = new ColumnGuess(data, first.size());
        List<Column> columns = new ArrayList<>();
        for (int place = 0; place < first.size(); place++) {
            columns.add(guess.column(named ? first.get(place) : String.valueOf(place + 1), place));
        }
        return new FileLook(
                charset,
                separator,
                skip,
                named,
                guess.decimal(),
                guess.thousands(),
                guess.missing(),
                columns,
                data.stream().limit(ROWS).toList(),
                data.size());
    }

    private static String beginning(Reader reader) throws IOException {
        char[] letters = new char[LETTERS];
        int length = 0;
        int read = 0;
        while (length < LETTERS && read >= 0) {
            length += read;
            read = reader.read(letters, length, LETTERS - length);
        }
        String text = new String(letters, 0, length);
        int lastBreak = text.lastIndexOf('\n');
        return length < LETTERS || lastBreak < 0 ? text : text.substring(0, lastBreak + 1);
    }

    /// Empty lines count, so that a line's place is its number.
    private static List<List<String>> lines(String beginning, char separator) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        var reader = new CsvReader(new StringReader(beginning), separator, '"', 1);
        var line = new CsvLine();
        while (lines.size() < LINES && reader.next(line)) {
            while (lines.size() < line.number - 1 && lines.size() < LINES) {
                lines.add(List.of());
            }
            List<String> cells = new ArrayList<>();
            for (int field = 0; field < line.count; field++) {
                line.trim(field);
                cells.add(line.field(field));
            }
            lines.add(List.copyOf(cells));
        }
        return lines;
    }

    /// How well a separator fits: lines of the most frequent width, weighted by whether it divides them at all.
    private static int agreement(List<List<String>> lines) {
        int width = width(lines);
        long alike = lines.stream().filter(line -> line.size() == width).count();
        return (int) alike * (width > 1 ? 1_000 : 1) + Math.min(width, 999);
    }

    private static int width(List<List<String>> lines) {
        Map<Integer, Integer> counts = new HashMap<>();
        lines.stream().filter(line -> !line.isEmpty()).forEach(line -> counts.merge(line.size(), 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /// Lines at the beginning that are narrower than the table below them.
    private static int preamble(List<List<String>> lines) {
        int width = width(lines);
        int skip = 0;
        while (skip < lines.size() && lines.get(skip).size() < width) {
            skip++;
        }
        return skip == lines.size() ? 0 : skip;
    }
}
