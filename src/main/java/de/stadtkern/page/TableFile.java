package de.stadtkern.page;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table on its way into a file, row by row, so that it never has to fit into memory. Closing it completes the file
/// and leaves the stream open.
public interface TableFile extends Closeable {

    /// @param key   for programs
    /// @param title for people
    record Column(String key, String title) {}

    /// @param cells one for each column: text, a number, an `Instant`, a `LocalDate`, or null for nothing
    void row(List<@Nullable Object> cells) throws IOException;

    static TableFile open(FileKind kind, OutputStream out, ZoneId zone, List<Column> columns) throws IOException {
        return switch (kind) {
            case CSV -> new CsvFile(out, columns);
            case EXCEL -> new ExcelCsvFile(out, zone, columns);
            case XLSX -> new XlsxFile(out, zone, columns);
            case JSON -> new JsonFile(out, columns);
        };
    }
}
