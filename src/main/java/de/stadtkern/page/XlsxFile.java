package de.stadtkern.page;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/// A workbook in the town's time. What does not fit on one sheet goes on on the next.
final class XlsxFile implements TableFile {

    private static final int MOST_ROWS = 1_048_576;
    private static final int FLUSH_EVERY = 1_000;

    private final Workbook book;
    private final ZoneId zone;
    private final List<Column> columns;
    private Worksheet sheet;
    private int sheets = 1;
    private int row;

    XlsxFile(OutputStream out, ZoneId zone, List<Column> columns) {
        this.zone = zone;
        this.columns = List.copyOf(columns);
        book = new Workbook(out, "Stadtkern", "1.0");
        sheet = book.newWorksheet("1");
        head();
    }

    private void head() {
        for (int index = 0; index < columns.size(); index++) {
            sheet.value(0, index, columns.get(index).title());
            sheet.style(0, index).bold().set();
            sheet.width(index, 22);
        }
        sheet.freezePane(0, 1);
        row = 1;
    }

    @Override
    public void row(List<@Nullable Object> cells) throws IOException {
        if (row == MOST_ROWS) {
            sheet.finish();
            sheet = book.newWorksheet(String.valueOf(++sheets));
            head();
        }
        for (int index = 0; index < cells.size(); index++) {
            cell(index, cells.get(index));
        }
        row++;
        if (row % FLUSH_EVERY == 0) {
            sheet.flush();
        }
    }

    private void cell(int column, @Nullable Object cell) {
        switch (cell) {
            case null -> {}
            case Number number -> sheet.value(row, column, number);
            case Instant time -> {
                sheet.value(row, column, time.atZone(zone).toLocalDateTime());
                sheet.style(row, column).format("dd.mm.yyyy hh:mm:ss").set();
            }
            case LocalDate day -> {
                sheet.value(row, column, day);
                sheet.style(row, column).format("dd.mm.yyyy").set();
            }
            default -> sheet.value(row, column, cell.toString());
        }
    }

    @Override
    public void close() throws IOException {
        sheet.finish();
        book.finish();
    }
}
