package de.stadtkern.people;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Change;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.RowOrder;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.page.Wording;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Who changed what, as a list, as files, and taken back.
@Controller
class ChangesController {

    private static final String PATH = "/changes";
    private static final int BATCH = 1_000;

    private final Changes changes;
    private final ChangeNames names;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;

    ChangesController(Changes changes, ChangeNames names, Rights rights, Menu menu, Pages pages) {
        this.changes = changes;
        this.names = names;
        this.rights = rights;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param any whether anything was ever changed
    record ChangesView(List<Menu.Entry> menu, boolean any, boolean filtered, List<Field> filters, Table table) {}

    /// Whether a change can be taken back, and that in turn.
    private enum Undo {
        NONE,
        FREE,
        FINAL
    }

    /// @param undo  asked only for what a page shows
    /// @param names of what stands in it by its id
    private record Row(Change change, Undo undo, ChangeNames.Names names) {}

    @GetMapping(PATH)
    View changes(Frame frame, Form asked, @RequestParam(defaultValue = "1") int page) {
        Changes.Sought sought = sought(asked);
        TableQuestion question = question(asked, page);
        int total = changes.count(sought);
        List<Row> rows = rows(
                changes.list(sought, order(question), Table.first(question, total), Table.rowsPerPage()), this::undo);
        boolean filtered = !question.filters().isEmpty();
        return pages.page(
                "people/changes.jte",
                frame,
                new ChangesView(
                        menu.entries(frame, PATH),
                        total > 0 || filtered,
                        filtered,
                        filters(frame, asked),
                        Table.ofPage(
                                frame.wording(),
                                frame.say("people.changes.caption", total),
                                shown(frame),
                                rows,
                                total,
                                question)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        Changes.Sought sought = sought(asked);
        // Whoever may not see them is told so before a file begins.
        changes.count(sought);
        FileKind kind = FileKind.getByEnding(ending);
        RowOrder order = order(question(asked, 1));
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"changes.%s\"".formatted(ending));
        Table.write(
                frame.wording(),
                columns(frame),
                from -> rows(changes.list(sought, order, from, BATCH), change -> Undo.NONE),
                kind,
                response.getOutputStream());
    }

    private List<Row> rows(List<Change> shown, Function<Change, Undo> undo) {
        ChangeNames.Names called = names.of(shown);
        return shown.stream()
                .map(change -> new Row(change, undo.apply(change), called))
                .toList();
    }

    private Undo undo(Change change) {
        return !changes.isUndoable(change) ? Undo.NONE : changes.isFinal(change) ? Undo.FINAL : Undo.FREE;
    }

    private static Changes.Sought sought(Form asked) {
        return new Changes.Sought(asked.value("q").strip(), asked.value("area"));
    }

    private static TableQuestion question(Form asked, int page) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("q", asked.value("q"));
        said.put("area", asked.value("area"));
        return new TableQuestion(PATH, said, asked.value("sort"), page);
    }

    static RowOrder order(TableQuestion question) {
        return new RowOrder(question.column(), question.descending());
    }

    private static List<Field> filters(Frame frame, Form asked) {
        List<Field.Choice> areas = new ArrayList<>(List.of(Field.Choice.of("", frame.say("page.filter.all"))));
        Stream.of(Area.values()).forEach(area -> areas.add(Field.Choice.of(area.key(), area(frame, area))));
        return List.of(
                asked.field("q", frame.say("people.changes.q")).type("search").optional(),
                asked.field("area", frame.say("people.changes.area")).select(areas));
    }

    private static String area(Frame frame, Area area) {
        return frame.say("people.area." + area.key());
    }

    /// A page says who it was beside when, and what kind of thing it is beside its name; files keep their columns.
    private static List<TableColumn<Row>> shown(Frame frame) {
        Map<String, TableColumn<Row>> columns =
                columns(frame).stream().collect(Collectors.toMap(TableColumn::key, Function.identity()));
        return Stream.of("at", "who", "title", "differences", "why", "area")
                .map(key -> Objects.requireNonNull(columns.get(key)))
                .toList();
    }

    private static List<TableColumn<Row>> columns(Frame frame) {
        Wording wording = frame.wording();
        return List.of(
                new TableColumn<>(
                        "at",
                        frame.say("people.changes.at"),
                        false,
                        row -> TableCell.time(
                                row.change().at(), wording.dateTime(row.change().at()))),
                new TableColumn<>(
                        "title",
                        frame.say("people.changes.title"),
                        false,
                        row -> new TableCell(
                                ChangeWords.title(wording, row.change()),
                                ChangeWords.titleAndKind(wording, row.change()),
                                "",
                                undo(frame, row))),
                TableColumn.unsorted(
                        "kind",
                        frame.say("people.changes.kind"),
                        row -> TableCell.word(row.change().kind(), ChangeWords.kind(wording, row.change()))),
                TableColumn.unsorted(
                        "differences",
                        frame.say("people.changes.differences"),
                        row -> TableCell.differences(ChangeWords.differences(wording, row.change(), row.names()))),
                TableColumn.unsorted(
                        "why",
                        frame.say("people.changes.why"),
                        row -> TableCell.text(row.change().why())),
                new TableColumn<>(
                        "who",
                        frame.say("people.changes.who"),
                        false,
                        row -> TableCell.text(row.change().who())),
                TableColumn.unsorted(
                        "area",
                        frame.say("people.changes.area"),
                        row -> TableCell.word(
                                row.change().area().key(),
                                area(frame, row.change().area()))));
    }

    private static TableCell.@Nullable Below undo(Frame frame, Row row) {
        if (row.undo() == Undo.NONE) {
            return null;
        }
        Change change = row.change();
        String address = PATH + "/" + change.id() + "/undo";
        String what = ChangeWords.title(frame.wording(), change) + ", "
                + frame.wording().dateTime(change.at());
        return row.undo() == Undo.FINAL
                ? new TableCell.Confirm(
                        address, frame.say("page.undo"), what, frame.say("people.changes.final." + change.kind()))
                : new TableCell.Act(address, frame.say("page.undo"), what);
    }

    /// Back to where it was offered: not everybody who may take a change back may see the list of all.
    @PostMapping(PATH + "/{id}/undo")
    View undo(Form form, @PathVariable long id) {
        rights.requirePerson();
        changes.undo(id);
        return pages.next(LoginController.next(form.value("back"), PATH), Notice.of("people.undone"));
    }
}
