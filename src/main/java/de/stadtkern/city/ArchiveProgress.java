package de.stadtkern.city;

import java.util.Locale;

/// How far an archive is: so many rows of a table are in it.
public record ArchiveProgress(String table, long rows) {

    /// For commands.
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s  %,d rows", table, rows);
    }
}
