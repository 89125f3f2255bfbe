package de.stadtkern.connect;

import de.stadtkern.connect.FileLook.Column;
import de.stadtkern.connect.FileLook.Guess;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the columns of a table seem to hold, told from some of its lines.
final class ColumnGuess {

    /// Tried in this order; the first that reads every cell of a column is taken.
    static final List<String> TIMES = List.of(
            "iso",
            "dd.MM.yyyy HH:mm:ss",
            "dd.MM.yyyy HH:mm",
            "dd.MM.yyyy",
            "dd.MM.yyyy HH:mm:ss z",
            "dd.MM.yyyy HH:mm z",
            "dd.MM.yy HH:mm:ss",
            "dd.MM.yy HH:mm",
            "dd.MM.yy",
            "dd/MM/yyyy HH:mm:ss",
            "dd/MM/yyyy HH:mm",
            "dd/MM/yyyy",
            "MM/dd/yyyy HH:mm:ss",
            "MM/dd/yyyy HH:mm",
            "MM/dd/yyyy",
            "yyyy/MM/dd HH:mm:ss",
            "yyyy/MM/dd HH:mm",
            "yyyy/MM/dd",
            "yyyy-MM-dd HH:mm:ss X",
            "yyyy-MM-dd HH:mm:ss z",
            "dd-MM-yyyy HH:mm:ss",
            "dd-MM-yyyy HH:mm");

    private static final Set<String> MISSING =
            Set.of("", "-", "--", "---", "na", "n/a", "nan", "null", "none", "k.a.", "k. a.", "k.w.", "fehlt", "*");
    private static final Pattern CLOCK = Pattern.compile("\\d{1,2}:\\d{2}(:\\d{2})?");
    private static final Pattern NUMBER = Pattern.compile(
            "[-+\u2212]?\\d{1,3}(\\.\\d{3})+(,\\d+)?" + "|[-+\u2212]?\\d+([.,]\\d+)?([eE][-+]?\\d{1,3})?");
    private static final Pattern COMMA = Pattern.compile("[-+\u2212]?(\\d+|\\d{1,3}(\\.\\d{3})+),\\d+");
    private static final Pattern GROUPED = Pattern.compile("[-+\u2212]?\\d{1,3}(\\.\\d{3})+(,\\d+)?");
    private static final Pattern EPOCH = Pattern.compile("\\d{10}");
    private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{13}");

    private final List<List<String>> rows;
    private final List<Guess> guesses = new ArrayList<>();
    private final Set<String> missing = new LinkedHashSet<>(List.of(""));
    private boolean comma;
    private boolean point;
    private boolean grouped;

    ColumnGuess(List<List<String>> rows, int width) {
        this.rows = rows;
        for (int place = 0; place < width; place++) {
            Guess guess = guess(cells(place));
            guesses.add(guess);
            if (guess == Guess.NUMBER) {
                lookAtNumbers(place);
            }
        }
    }

    static boolean isTime(String cell) {
        return !pattern(List.of(cell)).isEmpty();
    }

    static boolean isNumber(String cell) {
        return NUMBER.matcher(cell).matches();
    }

    private static boolean isMissing(String cell) {
        return MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    /// What stands in the column, without what says that there is nothing.
    private List<String> cells(int place) {
        return rows.stream()
                .filter(row -> place < row.size())
                .map(row -> row.get(place))
                .filter(cell -> !isMissing(cell))
                .toList();
    }

    private static Guess guess(List<String> cells) {
        if (cells.isEmpty()) {
            return Guess.EMPTY;
        }
        if (!pattern(cells).isEmpty()) {
            return Guess.TIME;
        }
        if (cells.stream().allMatch(cell -> CLOCK.matcher(cell).matches())) {
            return Guess.CLOCK;
        }
        // One cell in three may be spoilt, and the column still is one of numbers.
        long numbers = cells.stream().filter(ColumnGuess::isNumber).count();
        return numbers * 3 >= cells.size() * 2L ? Guess.NUMBER : Guess.TEXT;
    }

    /// Empty if it is no column of times.
    private static String pattern(List<String> cells) {
        if (cells.stream().allMatch(cell -> EPOCH.matcher(cell).matches() && cell.compareTo("0900000000") > 0)) {
            return "epoch-seconds";
        }
        if (cells.stream().allMatch(cell -> EPOCH_MILLIS.matcher(cell).matches())) {
            return "epoch-millis";
        }
        for (String text : TIMES) {
            TimePattern pattern = TimePattern.of(text);
            var written = new TimePattern.Written();
            boolean all = true;
            int readable = 0;
            for (String cell : cells) {
                boolean read = pattern.read(cell.toCharArray(), 0, cell.length(), written);
                readable += read ? 1 : 0;
                all &= read;
            }
            if (all || (cells.size() >= 10 && readable * 10 >= cells.size() * 9)) {
                return text;
            }
        }
        return "";
    }

    private void lookAtNumbers(int place) {
        for (List<String> row : rows) {
            if (place < row.size() && isMissing(row.get(place))) {
                missing.add(row.get(place));
            }
        }
        for (String cell : cells(place)) {
            comma |= COMMA.matcher(cell).matches();
            boolean inGroups = GROUPED.matcher(cell).matches();
            grouped |= inGroups;
            point |= cell.indexOf('.') >= 0 && !inGroups;
        }
    }

    /// The first cell of such a column can be read as both a group of thousands and three decimal places; only a comma
    /// somewhere says that it is the former.
    char decimal() {
        return comma && !point ? ',' : '.';
    }

    char thousands() {
        return decimal() == ',' && grouped ? '.' : 0;
    }

    List<String> missing() {
        return List.copyOf(missing);
    }

    Column column(String name, int place) {
        List<String> cells = cells(place);
        return new Column(
                name,
                guesses.get(place),
                guesses.get(place) == Guess.TIME ? pattern(cells) : "",
                (int) cells.stream().distinct().count(),
                cells.stream().filter(ColumnGuess::isNumber).allMatch(cell -> cell.matches("\\d+")));
    }
}
