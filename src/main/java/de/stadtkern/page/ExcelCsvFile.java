package de.stadtkern.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// For a German Excel, which opens it by a double click: semicolon, decimal comma, byte order mark, the town's time.
final class ExcelCsvFile implements TableFile {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm:ss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd.MM.yyyy");

    private final CsvWriter csv;
    private final BufferedWriter buffer;
    private final ZoneId zone;

    ExcelCsvFile(OutputStream out, ZoneId zone, List<Column> columns) throws IOException {
        this.zone = zone;
        buffer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
        buffer.write('\ufeff');
        csv = CsvWriter.builder()
                .fieldSeparator(';')
                .lineDelimiter(LineDelimiter.CRLF)
                .build(buffer);
        csv.writeRecord(columns.stream().map(column -> harmless(column.title())).toList());
    }

    @Override
    public void row(List<@Nullable Object> cells) {
        csv.writeRecord(cells.stream().map(this::text).toList());
    }

    private String text(@Nullable Object cell) {
        return switch (cell) {
            case null -> "";
            case Instant time -> time.atZone(zone).format(TIME);
            case LocalDate day -> day.format(DAY);
            case Double number ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString().replace('.', ',');
            case Number number -> number.toString();
            default -> harmless(cell.toString());
        };
    }

    /// A text that begins like a formula would be run as one.
    private static String harmless(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    @Override
    public void close() throws IOException {
        csv.flush();
        buffer.flush();
    }
}
