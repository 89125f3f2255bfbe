package de.stadtkern.imports;

import de.stadtkern.connect.FileLook;
import de.stadtkern.connect.Preview;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.Wording;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What the page shows on which somebody says what a file means.
@Component
class DraftPage {

    private static final int MOST_THINGS = 1_000;
    private static final int LONGEST_CELL = 60;
    private static final int REFUSALS_SHOWN = 5;

    private final Drafts drafts;
    private final SavedMappings saved;
    private final ImportPage imports;
    private final ImportStore store;
    private final Menu menu;

    DraftPage(Drafts drafts, SavedMappings saved, ImportPage imports, ImportStore store, Menu menu) {
        this.drafts = drafts;
        this.saved = saved;
        this.imports = imports;
        this.store = store;
        this.menu = menu;
    }

    /// @param about   name, size, who
    /// @param same    the same file was imported before: when and by whom, empty if not
    /// @param clicked null if the mapping is text
    /// @param checked what the dry run found, null before it
    /// @param saving  fields to keep the mapping under a name
    record View(
            List<Menu.Entry> menu,
            long id,
            String file,
            String about,
            String same,
            String sameAddress,
            @Nullable Clicked clicked,
            List<Field> text,
            Understood preview,
            @Nullable Checked checked,
            List<Field> saving,
            List<Field> saved,
            List<Field> wrong) {}

    record Clicked(
            List<Field> written,
            Table columns,
            String more,
            String columnsError,
            List<Field> when,
            List<Field> where,
            List<Value> values,
            List<Field> rules) {}

    /// @param cells the first ones, joined
    private record Column(int place, String name, String guess, String cells, boolean chosen, boolean usable) {}

    record Value(String column, List<Field> fields) {}

    /// @param problem why nothing can be shown, empty if something can
    /// @param odd     letters came out wrong
    record Understood(String problem, boolean odd, Table values, String counts, Table refused) {}

    /// @param failed why it could not be done, empty if it could
    record Checked(
            String alert,
            String sentence,
            String failed,
            List<ImportPage.Count> counts,
            ImportPage.Refusals refusals) {}

    View view(Frame frame, ImportJob job) {
        Draft draft = drafts.draft(job);
        if (draft == null) {
            return view(frame, job, Form.empty().fill("yaml", job.mapping()), null);
        }
        FileLook look = drafts.look(job, draft);
        return view(frame, job, DraftForm.filled(draft, look), look);
    }

    /// The same with what was typed and what is wrong with it.
    View refused(Frame frame, ImportJob job, Form form) {
        Draft draft = drafts.draft(job);
        return view(frame, job, form, form.isChecked("text") || draft == null ? null : drafts.look(job, draft));
    }

    private View view(Frame frame, ImportJob job, Form form, @Nullable FileLook look) {
        Clicked clicked = look == null ? null : clicked(frame, form, look);
        List<Field> text = look == null
                ? List.of(form.field("yaml", frame.say("imports.yaml"))
                        .type("textarea")
                        .hint(frame.say("imports.yaml.hint")))
                : List.of();
        List<Field> saving = List.of(form.field(ImportPageController.NAME, frame.say("imports.mapping.name"))
                .hint(frame.say("imports.mapping.name.hint"))
                .optional());
        List<Field> all = new ArrayList<>(text);
        if (clicked != null) {
            all.addAll(clicked.written());
            all.add(form.field("columns", frame.say("imports.columns")));
            all.addAll(clicked.when());
            all.addAll(clicked.where());
            clicked.values().forEach(value -> all.addAll(value.fields()));
            all.addAll(clicked.rules());
        }
        all.addAll(saving);
        var same = store.sameFile(job.id());
        return new View(
                menu.entries(frame, "/imports"),
                job.id(),
                job.file(),
                frame.say(
                        "imports.about",
                        ImportPage.size(frame, job.size()),
                        frame.wording().dateTime(job.createdAt()),
                        job.createdBy()),
                same.map(other -> frame.say(
                                "imports.same",
                                frame.wording().dateTime(other.createdAt()),
                                other.createdBy().isEmpty() ? frame.say("imports.nobody") : other.createdBy()))
                        .orElse(""),
                same.map(other -> "/imports/" + other.id()).orElse(""),
                clicked,
                text,
                understood(frame, job),
                checked(frame, job),
                saving,
                savedMappings(frame),
                all.stream().filter(field -> !field.error().isEmpty()).toList());
    }

    private Clicked clicked(Frame frame, Form form, FileLook look) {
        var fields = new DraftForm(frame, form, look);
        List<MeasuringPoint> points = drafts.points();
        List<MeasuringPoint.Series> existing = points.stream()
                .filter(point -> form.value("place").equals("thing")
                        && form.value("thing").equals(String.valueOf(point.thingId())))
                .flatMap(point -> point.series().stream())
                .toList();
        List<Column> columns = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (int place = 0;
                place < Math.min(DraftForm.MOST_COLUMNS, look.columns().size());
                place++) {
            Column column = column(frame, form, look, place);
            columns.add(column);
            if (column.chosen()) {
                values.add(new Value(column.name(), fields.what(place, existing)));
            }
        }
        int hidden = look.columns().size() - columns.size();
        return new Clicked(
                fields.written(),
                columns(frame, columns),
                hidden > 0 ? frame.say("imports.columns.more", hidden) : "",
                form.field("columns", "").error(),
                fields.when(),
                fields.where(points.stream().limit(MOST_THINGS).toList()),
                values,
                fields.rules());
    }

    private static Table columns(Frame frame, List<Column> columns) {
        return Table.whole(
                frame.say("imports.columns"),
                List.of(
                        TableColumn.of(frame.say("imports.columns.take"), column -> taken(frame, column)),
                        TableColumn.of(frame.say("imports.columns.looks"), column -> TableCell.text(column.guess())),
                        TableColumn.of(frame.say("imports.columns.first"), column -> TableCell.text(column.cells()))),
                columns);
    }

    private static TableCell taken(Frame frame, Column column) {
        if (column.usable()) {
            return TableCell.text("")
                    .with(new TableCell.Choice("use-" + column.place(), column.name(), column.name(), column.chosen()));
        }
        return TableCell.text(
                column.name().isBlank()
                        ? frame.say("imports.columns.nameless")
                        : frame.say("imports.columns.twice", column.name()));
    }

    private static Column column(Frame frame, Form form, FileLook look, int place) {
        FileLook.Column column = look.columns().get(place);
        String cells = look.rows().stream()
                .limit(3)
                .filter(row -> row.size() > place)
                .map(row -> shortened(row.get(place)))
                .reduce((one, other) -> one + " · " + other)
                .orElse("");
        boolean first =
                look.columns().stream().map(FileLook.Column::name).toList().indexOf(column.name()) == place;
        return new Column(
                place,
                column.name(),
                frame.say("imports.guess.%s".formatted(column.guess().name().toLowerCase(Locale.ROOT))),
                cells,
                form.value("use-" + place).equals(column.name())
                        && !column.name().isEmpty(),
                first && !column.name().isBlank());
    }

    /// Numbers as the reader's language writes them, with every digit.
    private static String result(Wording wording, String json) {
        if (!json.matches("-?\\d+(\\.\\d+)?")) {
            return shortened(json);
        }
        NumberFormat format = NumberFormat.getNumberInstance(wording.locale());
        format.setMaximumFractionDigits(12);
        return format.format(new BigDecimal(json));
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_CELL ? text.substring(0, LONGEST_CELL) + "…" : text;
    }

    private Understood understood(Frame frame, ImportJob job) {
        Preview preview;
        try {
            preview = drafts.preview(job);
        } catch (Problem problem) {
            return new Understood(
                    // Somebody who clicks knows nothing of the mapping's text and its lines.
                    problem.name().equals("mapping-invalid")
                            ? frame.say("imports.preview.unready")
                            : ImportFailure.of(problem).text(frame.wording()),
                    false,
                    Table.whole(frame.say("imports.preview.values"), columns(frame.wording()), List.of()),
                    "",
                    ImportPage.refused(frame, "imports.preview.refused", List.of()));
        }
        boolean odd = preview.values().stream().anyMatch(value -> odd(value.point() + value.series() + value.result()))
                || job.mapping().contains("\ufffd");
        return new Understood(
                "",
                odd,
                Table.whole(frame.say("imports.preview.values"), columns(frame.wording()), preview.values())
                        .with(files(frame, job, "preview")),
                frame.say(
                        "imports.preview.counts",
                        preview.report().lines(),
                        preview.report().values(),
                        preview.report().missing(),
                        preview.report().refused()),
                ImportPage.refused(
                                frame,
                                "imports.preview.refused",
                                preview.report().refusals().stream()
                                        .limit(REFUSALS_SHOWN)
                                        .toList())
                        .with(files(frame, job, "preview-refused")));
    }

    private static List<Table.File> files(Frame frame, ImportJob job, String name) {
        return Table.files(frame.wording(), kind -> "/imports/%d/%s.%s".formatted(job.id(), name, kind.ending()));
    }

    /// The first values as they are understood; files get moments and numbers as such.
    static List<TableColumn<Preview.Value>> columns(Wording wording) {
        return List.of(
                new TableColumn<>(
                        "when",
                        wording.say("imports.preview.when"),
                        false,
                        value -> new TableCell(value.start(), time(wording, value), "")),
                new TableColumn<>(
                        "where",
                        wording.say("imports.preview.where"),
                        false,
                        value -> TableCell.text(value.point() + ", " + value.series())),
                new TableColumn<>(
                        "value",
                        wording.say("imports.preview.value"),
                        false,
                        value -> TableCell.text(result(wording, value.result()) + " " + value.unit())));
    }

    private static boolean odd(String text) {
        return text.indexOf('\ufffd') >= 0 || text.contains("Ã¤") || text.contains("Ã¼") || text.contains("Ã¶");
    }

    private static String time(Wording wording, Preview.Value value) {
        String start = wording.dateTime(value.start());
        return value.end() == null ? start : wording.say("imports.preview.until", start, wording.dateTime(value.end()));
    }

    private @Nullable Checked checked(Frame frame, ImportJob job) {
        if (job.task() != ImportJob.Task.CHECK || job.isAtWork()) {
            return null;
        }
        var report = job.report();
        if (job.state() == ImportJob.State.FAILED || report == null) {
            return new Checked(
                    "danger",
                    frame.say("imports.checked.failed"),
                    job.failure() instanceof ImportFailure failure ? failure.text(frame.wording()) : "",
                    List.of(),
                    imports.refusals(frame, job));
        }
        boolean nothing = report.values() == 0;
        String key = job.state() == ImportJob.State.CANCELLED
                ? "stopped"
                : nothing ? "nothing" : report.refused() > 0 ? "some" : "all";
        return new Checked(
                nothing ? "danger" : report.refused() > 0 ? "warning" : "success",
                frame.say("imports.checked.%s".formatted(key), report.values(), report.refused()),
                "",
                ImportPage.counts(frame, job, report),
                imports.refusals(frame, job));
    }

    private List<Field> savedMappings(Frame frame) {
        List<SavedMappings.Saved> all = saved.list();
        return all.isEmpty()
                ? List.of()
                : List.of(Form.empty()
                        .field("saved", frame.say("imports.mapping.use"))
                        .select(all.stream()
                                .map(one -> Field.Choice.of(String.valueOf(one.id()), one.name()))
                                .toList()));
    }
}
