package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.text.Collator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The one table of all pages: sorted, turned over and taken home by plain links. Its markup is `page/table.jte`.
///
/// @param caption  what it shows, in words
/// @param previous address of the page before, empty if there is none
/// @param next     address of the page after, empty if there is none
/// @param files    the whole table as files
public record Table(
        String caption,
        List<Head> heads,
        List<List<Cell>> rows,
        int total,
        int page,
        int pages,
        String previous,
        String next,
        List<File> files) {

    private static final int ROWS_PER_PAGE = 50;

    /// @param order   `ascending`, `descending`, or null if the table is not sorted by it
    /// @param address of the table sorted by it
    record Head(String title, boolean numeric, @Nullable String order, String address) {}

    record Cell(String text, String address, boolean numeric) {}

    record File(String name, String address) {}

    /// @param rows all that the filters leave, in the order of an unsorted table
    public static <T> Table of(
            Wording wording, String caption, List<TableColumn<T>> columns, List<T> rows, TableQuestion question) {
        return of(wording, caption, columns, rows, question, UnaryOperator.identity());
    }

    /// @param complete adds to the rows of this page what is dear to know and by which the table is not sorted
    public static <T> Table of(
            Wording wording,
            String caption,
            List<TableColumn<T>> columns,
            List<T> rows,
            TableQuestion question,
            UnaryOperator<List<T>> complete) {
        int pages = Math.max(1, Math.ceilDiv(rows.size(), ROWS_PER_PAGE));
        int page = Math.clamp(question.page(), 1, pages);
        return new Table(
                caption,
                columns.stream().map(column -> head(column, question)).toList(),
                complete
                        .apply(sorted(wording, columns, rows, question).stream()
                                .skip((page - 1L) * ROWS_PER_PAGE)
                                .limit(ROWS_PER_PAGE)
                                .toList())
                        .stream()
                        .map(row -> columns.stream()
                                .map(column -> cell(column, row))
                                .toList())
                        .toList(),
                rows.size(),
                page,
                pages,
                page > 1 ? question.onPage(page - 1) : "",
                page < pages ? question.onPage(page + 1) : "",
                Stream.of(FileKind.CSV, FileKind.EXCEL, FileKind.XLSX)
                        .map(kind -> new File(wording.say("page.file." + kind.key()), question.asFile(kind)))
                        .toList());
    }

    /// The whole table as a file.
    public static <T> void write(
            Wording wording,
            List<TableColumn<T>> columns,
            List<T> rows,
            TableQuestion question,
            FileKind kind,
            OutputStream out)
            throws IOException {
        List<TableFile.Column> heads = columns.stream()
                .map(column -> new TableFile.Column(column.key(), column.title()))
                .toList();
        try (TableFile file = TableFile.open(kind, out, wording.zone(), heads)) {
            for (T row : sorted(wording, columns, rows, question)) {
                List<@Nullable Object> cells = new ArrayList<>();
                columns.forEach(column -> cells.add(column.cell().apply(row).value()));
                file.row(cells);
            }
        }
    }

    private static <T> Head head(TableColumn<T> column, TableQuestion question) {
        boolean sorted = question.column().equals(column.key());
        return new Head(
                column.title(),
                column.numeric(),
                sorted ? question.descending() ? "descending" : "ascending" : null,
                question.sortedBy(column.key()));
    }

    private static <T> Cell cell(TableColumn<T> column, T row) {
        TableCell cell = column.cell().apply(row);
        return new Cell(cell.text(), cell.address(), column.numeric());
    }

    private static <T> List<T> sorted(
            Wording wording, List<TableColumn<T>> columns, List<T> rows, TableQuestion question) {
        if (question.sort().isEmpty()) {
            return rows;
        }
        TableColumn<T> by = columns.stream()
                .filter(column -> column.key().equals(question.column()))
                .findFirst()
                .orElseThrow(() -> Problem.field(
                        "sort", "column-unknown", "There is no column '%.40s'.".formatted(question.column())));
        Comparator<Object> order = order(Collator.getInstance(wording.locale()));
        Comparator<Object> wanted = question.descending() ? order.reversed() : order;
        // What has no value stands at the end, whichever way round.
        return rows.stream()
                .sorted(Comparator.comparing((T row) -> by.cell().apply(row).value(), Comparator.nullsLast(wanted)))
                .toList();
    }

    private static Comparator<Object> order(Collator collator) {
        return (one, other) -> switch (one) {
            case Double number when other instanceof Double second -> number.compareTo(second);
            case Instant time when other instanceof Instant second -> time.compareTo(second);
            default -> collator.compare(Objects.toString(one), Objects.toString(other));
        };
    }
}
