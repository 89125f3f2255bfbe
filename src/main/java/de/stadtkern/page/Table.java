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
import java.util.function.Function;
import java.util.function.IntFunction;
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
    /// @param address of the table sorted by it, empty where it cannot be
    record Head(String title, boolean numeric, @Nullable String order, String address) {}

    record Cell(TableCell cell, boolean numeric) {}

    public record File(String name, String address) {}

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
        return ofPage(
                wording,
                caption,
                columns,
                complete.apply(sorted(wording, columns, rows, question).stream()
                        .skip(first(question, rows.size()))
                        .limit(ROWS_PER_PAGE)
                        .toList()),
                rows.size(),
                question);
    }

    /// Of rows that somebody else has filtered, sorted and cut, such as the database where there are many.
    ///
    /// @param rows  of this page only: [#rowsPerPage] from [#first]
    /// @param total how many there are on all pages
    public static <T> Table ofPage(
            Wording wording,
            String caption,
            List<TableColumn<T>> columns,
            List<T> rows,
            int total,
            TableQuestion question) {
        int pages = pages(total);
        int page = Math.clamp(question.page(), 1, pages);
        return new Table(
                caption,
                columns.stream().map(column -> head(column, question)).toList(),
                cells(columns, rows),
                total,
                page,
                pages,
                page > 1 ? question.onPage(page - 1) : "",
                page < pages ? question.onPage(page + 1) : "",
                files(wording, question::asFile));
    }

    /// A few rows as the page gives them, whole: readers neither sort them nor turn them over, and what they can take
    /// home
    /// stands beside them.
    public static <T> Table whole(String caption, List<TableColumn<T>> columns, List<T> rows) {
        return new Table(
                caption,
                columns.stream()
                        .map(column -> new Head(column.title(), column.numeric(), null, ""))
                        .toList(),
                cells(columns, rows),
                rows.size(),
                1,
                1,
                "",
                "",
                List.of());
    }

    /// The same rows with files in which they can be taken home.
    public Table with(List<File> files) {
        return new Table(caption, heads, rows, total, page, pages, previous, next, files);
    }

    /// How many rows stand before those of the page that is asked for.
    public static int first(TableQuestion question, int total) {
        return (Math.clamp(question.page(), 1, pages(total)) - 1) * ROWS_PER_PAGE;
    }

    public static int rowsPerPage() {
        return ROWS_PER_PAGE;
    }

    private static int pages(int total) {
        return Math.max(1, Math.ceilDiv(total, ROWS_PER_PAGE));
    }

    /// The kinds in which every table can be taken home.
    ///
    /// @param address of each
    public static List<File> files(Wording wording, Function<FileKind, String> address) {
        return Stream.of(FileKind.values())
                .map(kind -> new File(wording.say("page.file." + kind.key()), address.apply(kind)))
                .toList();
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
        List<T> sorted = sorted(wording, columns, rows, question);
        write(wording, columns, from -> sorted.subList(from, sorted.size()), kind, out);
    }

    /// The same of rows that come sorted, and not all at once.
    ///
    /// @param batches the next ones after so many, none after the last
    public static <T> void write(
            Wording wording,
            List<TableColumn<T>> columns,
            IntFunction<List<T>> batches,
            FileKind kind,
            OutputStream out)
            throws IOException {
        List<TableFile.Column> heads = columns.stream()
                .map(column -> new TableFile.Column(column.key(), column.title()))
                .toList();
        try (TableFile file = TableFile.open(kind, out, wording.zone(), heads)) {
            int written = 0;
            for (List<T> batch = batches.apply(0); !batch.isEmpty(); batch = batches.apply(written)) {
                for (T row : batch) {
                    List<@Nullable Object> cells = new ArrayList<>();
                    columns.forEach(
                            column -> cells.add(inFile(column.cell().apply(row).value(), kind)));
                    file.row(cells);
                }
                written += batch.size();
            }
        }
    }

    private static @Nullable Object inFile(@Nullable Object value, FileKind kind) {
        return value instanceof TableCell.Word word ? kind.isForPrograms() ? word.key() : word.text() : value;
    }

    private static <T> Head head(TableColumn<T> column, TableQuestion question) {
        boolean sorted = question.column().equals(column.key());
        return new Head(
                column.title(),
                column.numeric(),
                sorted ? question.descending() ? "descending" : "ascending" : null,
                column.sortable() ? question.sortedBy(column.key()) : "");
    }

    private static <T> List<List<Cell>> cells(List<TableColumn<T>> columns, List<T> rows) {
        return rows.stream()
                .map(row -> columns.stream().map(column -> cell(column, row)).toList())
                .toList();
    }

    private static <T> Cell cell(TableColumn<T> column, T row) {
        return new Cell(column.cell().apply(row), column.numeric());
    }

    private static <T> List<T> sorted(
            Wording wording, List<TableColumn<T>> columns, List<T> rows, TableQuestion question) {
        if (question.sort().isEmpty()) {
            return rows;
        }
        TableColumn<T> by = columns.stream()
                .filter(column -> column.sortable() && column.key().equals(question.column()))
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
