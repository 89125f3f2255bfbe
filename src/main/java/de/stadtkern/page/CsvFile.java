package de.stadtkern.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For programs: as RFC 4180 says, times in UTC, numbers exact.
final class CsvFile implements TableFile {

    private final CsvWriter csv;
    private final BufferedWriter buffer;

    CsvFile(OutputStream out, List<Column> columns) {
        buffer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(buffer);
        csv.writeRecord(columns.stream().map(Column::key).toList());
    }

    @Override
    public void row(List<@Nullable Object> cells) {
        csv.writeRecord(cells.stream().map(CsvFile::text).toList());
    }

    private static String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case Double number -> number(number);
            default -> cell.toString();
        };
    }

    /// `12` and not `12.0`, as whoever counted would write it.
    static String number(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf((long) number)
                : String.valueOf(number);
    }

    @Override
    public void close() throws IOException {
        csv.flush();
        buffer.flush();
    }
}
