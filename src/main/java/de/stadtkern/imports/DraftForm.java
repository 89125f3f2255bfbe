package de.stadtkern.imports;

import de.stadtkern.connect.FileLook;
import de.stadtkern.imports.Draft.What;
import de.stadtkern.imports.Draft.When;
import de.stadtkern.imports.Draft.Where;
import de.stadtkern.imports.Draft.Written;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A draft as a form: its fields, and what was chosen in them.
final class DraftForm {

    /// Most columns a file may have to be described by clicking.
    static final int MOST_COLUMNS = 300;

    private static final String OTHER = "other";
    private static final List<String> PATTERNS = List.of(
            "iso",
            "dd.MM.yyyy HH:mm",
            "dd.MM.yyyy HH:mm:ss",
            "dd.MM.yyyy",
            "dd.MM.yy HH:mm",
            "dd/MM/yyyy HH:mm",
            "MM/dd/yyyy HH:mm",
            "yyyy/MM/dd HH:mm",
            "epoch-seconds",
            "epoch-millis");
    private static final List<String> DURATIONS = List.of("", "PT1M", "PT5M", "PT10M", "PT15M", "PT30M", "PT1H", "P1D");

    private final Frame frame;
    private final Form form;
    private final FileLook look;

    DraftForm(Frame frame, Form form, FileLook look) {
        this.frame = frame;
        this.form = form;
        this.look = look;
    }

    /// What was chosen; what is wrong with it so far is among the flaws.
    static Draft read(Form form, Flaws flaws) {
        String pattern = form.value("pattern").equals(OTHER) ? form.value("pattern-other") : form.value("pattern");
        return new Draft(
                new Written(
                        form.value("charset"),
                        form.value("separator"),
                        form.isChecked("header"),
                        (int) number(form, "skip", 1_000, flaws),
                        form.value("decimal"),
                        form.value("thousands"),
                        form.value("missing")),
                new When(
                        form.value("time"),
                        form.value("clock"),
                        pattern.strip(),
                        form.value("zone"),
                        form.value("duration")),
                new Where(
                        form.value("place"),
                        number(form, "thing", Long.MAX_VALUE, flaws),
                        form.value("name").strip(),
                        form.value("description").strip(),
                        form.value("longitude").strip(),
                        form.value("latitude").strip(),
                        form.value("key"),
                        form.value("naming").strip()),
                what(form, flaws),
                form.value("duplicates"));
    }

    private static List<What> what(Form form, Flaws flaws) {
        List<What> what = new ArrayList<>();
        for (int place = 0; place < MOST_COLUMNS; place++) {
            String column = form.value("use-" + place);
            if (column.isEmpty()) {
                continue;
            }
            String prefix = "v%d-".formatted(place);
            what.add(form.isChecked(prefix + "kind") ? described(form, prefix, column, flaws) : fresh(column));
        }
        return what;
    }

    private static What fresh(String column) {
        return new What(column, "", "", "", "", "", "", 0);
    }

    private static What described(Form form, String prefix, String column, Flaws flaws) {
        long datastream = number(form, prefix + "datastream", Long.MAX_VALUE, flaws);
        for (String needed : List.of("name", "property", "unit")) {
            if (datastream == 0 && form.value(prefix + needed).isBlank()) {
                flaws.add(Problem.field(
                        prefix + needed,
                        "value-incomplete",
                        "For '%s', name, unit and what is measured are needed.".formatted(column),
                        Map.of("column", column)));
            }
        }
        return new What(
                column,
                form.value(prefix + "kind"),
                form.value(prefix + "name").strip(),
                form.value(prefix + "unit").strip(),
                form.value(prefix + "symbol").strip(),
                form.value(prefix + "property").strip(),
                form.value(prefix + "aggregation"),
                datastream);
    }

    private static long number(Form form, String field, long most, Flaws flaws) {
        String text = form.value(field).strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,15}") || Long.parseLong(text) > most) {
            flaws.add(Problem.field(field, "number-invalid", "This is not a whole number that fits here."));
            return 0;
        }
        return Long.parseLong(text);
    }

    /// Columns chosen a moment ago get what is probable for them.
    static Draft completed(Draft draft, FileLook look) {
        return new Draft(
                draft.written(),
                draft.when(),
                draft.where(),
                draft.what().stream()
                        .map(what -> what.kind().isEmpty() ? probable(what.column(), look) : what)
                        .toList(),
                draft.duplicates());
    }

    private static What probable(String column, FileLook look) {
        return look.columns().stream()
                .filter(one -> one.name().equals(column))
                .findFirst()
                .map(one -> DraftProposal.what(column, one.whole(), one.guess() != FileLook.Guess.TEXT))
                .orElseGet(() -> DraftProposal.what(column, false, true));
    }

    static Form filled(Draft draft, FileLook look) {
        boolean usual = PATTERNS.contains(draft.when().pattern());
        Form form = Form.empty()
                .fill("charset", draft.written().charset())
                .fill("separator", draft.written().separator())
                .fill("header", draft.written().header() ? "on" : "")
                .fill("skip", String.valueOf(draft.written().skipLines()))
                .fill("decimal", draft.written().decimal())
                .fill("thousands", draft.written().thousands())
                .fill("missing", draft.written().missing())
                .fill("time", draft.when().column())
                .fill("clock", draft.when().clock())
                .fill("pattern", usual ? draft.when().pattern() : OTHER)
                .fill("pattern-other", usual ? "" : draft.when().pattern())
                .fill("zone", draft.when().zone())
                .fill("duration", draft.when().duration())
                .fill("place", draft.where().kind())
                .fill(
                        "thing",
                        draft.where().thing() == 0
                                ? ""
                                : String.valueOf(draft.where().thing()))
                .fill("name", draft.where().name())
                .fill("description", draft.where().description())
                .fill("longitude", draft.where().longitude())
                .fill("latitude", draft.where().latitude())
                .fill("key", draft.where().column())
                .fill("naming", draft.where().naming())
                .fill("duplicates", draft.duplicates());
        for (int place = 0; place < Math.min(MOST_COLUMNS, look.columns().size()); place++) {
            String column = look.columns().get(place).name();
            String prefix = "v%d-".formatted(place);
            int here = place;
            draft.what().stream()
                    .filter(what -> what.column().equals(column))
                    .findFirst()
                    .ifPresent(what -> form.fill("use-" + here, column)
                            .fill(prefix + "kind", what.kind())
                            .fill(prefix + "name", what.name())
                            .fill(prefix + "unit", what.unit())
                            .fill(prefix + "symbol", what.symbol())
                            .fill(prefix + "property", what.property())
                            .fill(prefix + "aggregation", what.aggregation())
                            .fill(
                                    prefix + "datastream",
                                    what.datastream() == 0 ? "" : String.valueOf(what.datastream())));
        }
        return form;
    }

    List<Field> written() {
        return List.of(
                form.field("separator", label("separator"))
                        .select(choices(
                                "separator",
                                List.of(";", ",", "tab", "|"),
                                List.of("semicolon", "comma", "tab", "bar"))),
                form.field("charset", label("charset"))
                        .hint(label("charset.hint"))
                        .select(Stream.concat(
                                        Stream.of(Choice.of(
                                                "auto",
                                                frame.say(
                                                        "imports.charset.auto",
                                                        look.charset().name()))),
                                        Stream.of("UTF-8", "windows-1252", "ISO-8859-15", "IBM850")
                                                .map(name -> Choice.of(name, name)))
                                .toList()),
                form.field("header", label("header")).type("checkbox"),
                form.field("skip", label("skip")).type("number").hint(label("skip.hint")),
                form.field("decimal", label("decimal"))
                        .select(choices("decimal", List.of(".", ","), List.of("point", "comma"))),
                form.field("thousands", label("thousands"))
                        .select(choices(
                                "thousands",
                                List.of("", ".", ",", "'", " "),
                                List.of("none", "point", "comma", "apostrophe", "blank"))),
                form.field("missing", label("missing"))
                        .hint(label("missing.hint"))
                        .optional());
    }

    List<Field> when() {
        return List.of(
                form.field("time", label("time")).select(columns(label("choose"))),
                form.field("clock", label("clock")).hint(label("clock.hint")).select(columns(label("clock.none"))),
                form.field("pattern", label("pattern"))
                        .select(Stream.concat(PATTERNS.stream(), Stream.of(OTHER))
                                .map(pattern -> Choice.of(pattern, pattern(pattern)))
                                .toList()),
                form.field("pattern-other", label("pattern.own"))
                        .hint(label("pattern.own.hint"))
                        .optional(),
                form.field("zone", label("zone"))
                        .hint(label("zone.hint"))
                        .select(Stream.of(
                                        frame.wording().zone().getId(),
                                        "Europe/Berlin",
                                        "UTC",
                                        "Etc/GMT-1",
                                        form.value("zone"),
                                        "")
                                .distinct()
                                .map(zone -> Choice.of(zone, zone(zone)))
                                .toList()),
                form.field("duration", label("duration"))
                        .hint(label("duration.hint"))
                        .select(DURATIONS.stream()
                                .map(duration -> Choice.of(
                                        duration,
                                        frame.say("imports.duration.%s"
                                                .formatted(
                                                        duration.isEmpty()
                                                                ? "none"
                                                                : duration.toLowerCase(java.util.Locale.ROOT)))))
                                .toList()));
    }

    private String pattern(String pattern) {
        return switch (pattern) {
            case "iso", "epoch-seconds", "epoch-millis", OTHER -> frame.say("imports.pattern.%s".formatted(pattern));
            default ->
                pattern.replace("yyyy", "2026")
                        .replace("yy", "26")
                        .replace("MM", "05")
                        .replace("dd", "31")
                        .replace("HH", "14")
                        .replace("mm", "45")
                        .replace("ss", "00");
        };
    }

    private String zone(String zone) {
        return switch (zone) {
            case "" -> label("zone.none");
            case "Etc/GMT-1" -> label("zone.winter");
            case "UTC" -> label("zone.utc");
            default -> frame.say("imports.zone.local", zone);
        };
    }

    List<Field> where(List<MeasuringPoint> points) {
        List<Choice> things = new ArrayList<>(List.of(Choice.of("", label("choose"))));
        points.forEach(point -> things.add(Choice.of(String.valueOf(point.thingId()), point.name())));
        return List.of(
                form.field("place", label("place"))
                        .radio(Stream.of("new", "thing", "column")
                                .map(kind -> Choice.of(kind, frame.say("imports.place.%s".formatted(kind))))
                                .toList()),
                form.field("name", label("name")).hint(label("name.hint")).optional(),
                form.field("description", label("description")).optional(),
                form.field("latitude", label("latitude"))
                        .hint(label("latitude.hint"))
                        .optional(),
                form.field("longitude", label("longitude")).optional(),
                form.field("thing", label("thing")).select(things).optional(),
                form.field("key", label("key"))
                        .hint(label("key.hint"))
                        .select(columns(label("choose")))
                        .optional(),
                form.field("naming", label("naming")).hint(label("naming.hint")).optional());
    }

    /// The fields of a column whose values are taken.
    List<Field> what(int place, List<MeasuringPoint.Series> existing) {
        String prefix = "v%d-".formatted(place);
        List<Field> fields = new ArrayList<>();
        if (!existing.isEmpty()) {
            List<Choice> series = new ArrayList<>(List.of(Choice.of("", label("datastream.new"))));
            existing.forEach(one -> series.add(Choice.of(String.valueOf(one.datastreamId()), one.name())));
            fields.add(form.field(prefix + "datastream", label("datastream")).select(series));
        }
        fields.addAll(List.of(
                form.field(prefix + "name", label("value.name")),
                form.field(prefix + "property", label("property")).hint(label("property.hint")),
                form.field(prefix + "unit", label("unit")),
                form.field(prefix + "symbol", label("symbol")).optional(),
                form.field(prefix + "aggregation", label("aggregation"))
                        .hint(label("aggregation.hint"))
                        .select(choices("aggregation", List.of("mean", "sum", ""), List.of("mean", "sum", "unknown"))),
                form.field(prefix + "kind", label("kind"))
                        .select(choices("kind", List.of("number", "text"), List.of("number", "text")))));
        return fields;
    }

    List<Field> rules() {
        return List.of(form.field("duplicates", label("duplicates"))
                .radio(Stream.of("ignore", "replace", "insert")
                        .map(rule -> Choice.of(rule, frame.say("imports.duplicates.%s".formatted(rule))))
                        .toList()));
    }

    private List<Choice> columns(String none) {
        List<Choice> columns = new ArrayList<>(List.of(Choice.of("", none)));
        look.columns().stream()
                .map(FileLook.Column::name)
                .filter(name -> !name.isBlank())
                .distinct()
                .limit(2_000)
                .forEach(name -> columns.add(Choice.of(name, name)));
        return columns;
    }

    private List<Choice> choices(String field, List<String> values, List<String> keys) {
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            choices.add(Choice.of(values.get(i), frame.say("imports.%s.%s".formatted(field, keys.get(i)))));
        }
        return choices;
    }

    private String label(String key) {
        return frame.say("imports.field.%s".formatted(key));
    }
}
