package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.stream.Stream;

/// As what a table can be taken home.
public enum FileKind {
    /// For programs: comma, decimal point, UTC.
    CSV("csv", "text/csv;charset=UTF-8"),
    /// For a German Excel: semicolon, decimal comma, byte order mark, the town's time.
    EXCEL("excel.csv", "text/csv;charset=UTF-8"),
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    JSON("json", "application/json");

    private final String ending;
    private final String mediaType;

    FileKind(String ending, String mediaType) {
        this.ending = ending;
        this.mediaType = mediaType;
    }

    public String ending() {
        return ending;
    }

    public String mediaType() {
        return mediaType;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether programs read it, to which a reader's language means nothing.
    boolean isForPrograms() {
        return this == CSV || this == JSON;
    }

    public static FileKind getByEnding(String ending) {
        return Stream.of(values())
                .filter(kind -> kind.ending.equals(ending))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "file-unknown",
                        "There is no file '.%.20s', only csv, excel.csv, xlsx and json.".formatted(ending)));
    }
}
