package de.stadtkern.connect;

/// One thing of a file that was not imported, and why.
///
/// @param line   as an editor counts them
/// @param column empty if it is about the whole line
/// @param value  as it stands in the file, at most 200 letters
public record Refusal(long line, String column, String value, Reason reason) {

    private static final int MAX_VALUE = 200;

    public Refusal {
        value = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) + "…" : value;
    }

    @Override
    public String toString() {
        String where = column.isEmpty() ? "line " + line : "line %d, column %s".formatted(line, column);
        return value.isEmpty() ? where + ": " + reason : "%s: '%s' %s".formatted(where, value, reason);
    }
}
