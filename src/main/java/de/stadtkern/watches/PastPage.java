package de.stadtkern.watches;

import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.people.Menu;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The incidents that are over, as a table and as files.
@Component
class PastPage {

    static final String PATH = "/watches/past";

    private final Watches watches;
    private final WatchPage page;
    private final Menu menu;

    PastPage(Watches watches, WatchPage page, Menu menu) {
        this.watches = watches;
        this.page = page;
        this.menu = menu;
    }

    /// @param any whether there was any incident that is over
    record View(List<Menu.Entry> menu, boolean any, boolean filtered, List<Field> filters, Table table) {}

    /// @param said    what happened, in a sentence
    /// @param subject null where the Datastream is gone or not to be read
    private record Row(Incident incident, String said, WatchPage.@Nullable Subject subject) {

        String series() {
            return subject == null ? "" : subject.name();
        }
    }

    View view(Frame frame, Form asked, int number) {
        List<Row> all = rows(frame);
        List<Row> left = left(all, asked);
        TableQuestion question = question(asked, number);
        return new View(
                menu.entries(frame, "/watches"),
                !all.isEmpty(),
                !question.filters().isEmpty(),
                filters(frame, asked),
                Table.of(
                        frame.wording(),
                        frame.say("watches.past.caption", left.size()),
                        columns(frame),
                        left,
                        question));
    }

    void write(Frame frame, Form asked, FileKind kind, OutputStream out) throws IOException {
        Table.write(frame.wording(), columns(frame), left(rows(frame), asked), question(asked, 1), kind, out);
    }

    private List<Row> rows(Frame frame) {
        Map<Long, Watch> byId = watches.list().stream().collect(Collectors.toMap(Watch::id, Function.identity()));
        Map<Long, WatchPage.Subject> subjects = page.subjects();
        return watches.past().stream()
                .map(incident -> {
                    WatchPage.Subject subject = subjects.get(incident.datastreamId());
                    String series = subject == null ? "" : subject.name();
                    return new Row(
                            incident, WatchPage.said(frame, incident, byId.get(incident.watchId()), series), subject);
                })
                .toList();
    }

    private static List<Row> left(List<Row> all, Form asked) {
        String text = asked.value("q").strip().toLowerCase(Locale.ROOT);
        String kind = asked.value("kind");
        return all.stream()
                .filter(row -> kind.isEmpty() || row.incident().kind().key().equals(kind))
                .filter(row -> String.join(
                                " ",
                                row.said(),
                                row.incident().watchName(),
                                row.series(),
                                row.incident().note())
                        .toLowerCase(Locale.ROOT)
                        .contains(text))
                .toList();
    }

    private static TableQuestion question(Form asked, int number) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("q", asked.value("q"));
        said.put("kind", asked.value("kind"));
        return new TableQuestion(PATH, said, asked.value("sort"), number);
    }

    private static List<Field> filters(Frame frame, Form asked) {
        List<Field.Choice> kinds = new ArrayList<>(List.of(Field.Choice.of("", frame.say("page.filter.all"))));
        Stream.of(Watch.Kind.values())
                .forEach(kind ->
                        kinds.add(Field.Choice.of(kind.key(), frame.say("watches.kind.%s".formatted(kind.key())))));
        return List.of(
                asked.field("q", frame.say("watches.past.q")).type("search").optional(),
                asked.field("kind", frame.say("watches.past.kind")).select(kinds));
    }

    private static List<TableColumn<Row>> columns(Frame frame) {
        return List.of(
                time(frame, "began", Incident::beganAt),
                time(frame, "ended", Incident::endedAt),
                new TableColumn<>("said", frame.say("watches.past.said"), false, row -> TableCell.text(row.said())),
                new TableColumn<>(
                        "watch",
                        frame.say("watches.past.watch"),
                        false,
                        row -> TableCell.text(row.incident().watchName())),
                new TableColumn<>(
                        "series",
                        frame.say("watches.past.series"),
                        false,
                        row -> row.subject() == null
                                ? TableCell.text("")
                                : TableCell.link(
                                        row.subject().name(), row.subject().address())),
                new TableColumn<>(
                        "acknowledged",
                        frame.say("watches.past.acknowledged"),
                        false,
                        row -> TableCell.text(row.incident().acknowledgedBy())),
                new TableColumn<>(
                        "note",
                        frame.say("watches.note"),
                        false,
                        row -> TableCell.text(row.incident().note())));
    }

    private static TableColumn<Row> time(Frame frame, String key, Function<Incident, @Nullable Instant> when) {
        return new TableColumn<>(key, frame.say("watches.past.%s".formatted(key)), false, row -> {
            Instant at = when.apply(row.incident());
            return TableCell.time(at, at == null ? "" : frame.wording().dateTime(at));
        });
    }
}
