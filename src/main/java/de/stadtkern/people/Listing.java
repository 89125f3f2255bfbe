package de.stadtkern.people;

import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/// All there is of something that fits into memory: searched, sorted and turned over on its page, and taken home as
/// files from the same address.
///
/// @param path    of its page
/// @param caption key of the text that says how many there are
/// @param rows    all of them, in the order of a table that nobody sorted
record Listing<T>(Frame frame, String path, String caption, List<TableColumn<T>> columns, List<T> rows) {

    /// What `people/listing.jte` shows.
    ///
    /// @param any whether there is anything to be listed, whatever is looked for
    record Shown(boolean any, boolean filtered, List<Field> filters, Table table) {}

    /// @param asked what the address says of the table
    Shown shown(Form asked) {
        TableQuestion question = question(asked);
        List<T> found = found(asked);
        return new Shown(
                !rows.isEmpty(),
                !question.filters().isEmpty(),
                List.of(asked.field("q", frame.say("people.list.q"))
                        .type("search")
                        .optional()),
                Table.of(frame.wording(), frame.say(caption, found.size()), columns, found, question));
    }

    /// @param name of the file, without its ending
    void write(Form asked, String name, String ending, HttpServletResponse response) throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.%s\"".formatted(name, kind.ending()));
        Table.write(frame.wording(), columns, found(asked), question(asked), kind, response.getOutputStream());
    }

    /// Whose words on the page hold what is looked for.
    private List<T> found(Form asked) {
        String text = asked.value("q").strip().toLowerCase(Locale.ROOT);
        return rows.stream()
                .filter(row -> columns.stream()
                        .anyMatch(column -> column.cell()
                                .apply(row)
                                .text()
                                .toLowerCase(Locale.ROOT)
                                .contains(text)))
                .toList();
    }

    private TableQuestion question(Form asked) {
        String page = asked.value("page");
        return new TableQuestion(
                path,
                Map.of("q", asked.value("q")),
                asked.value("sort"),
                page.matches("\\d{1,6}") ? Integer.parseInt(page) : 1);
    }
}
