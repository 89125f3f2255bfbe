package de.stadtkern.sources;

import de.stadtkern.connect.MessageReading;
import de.stadtkern.connect.MessageRefusal;
import de.stadtkern.connect.SourceRow;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.people.Menu;
import de.stadtkern.sources.Source.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// What the pages of sources show.
@Component
class SourcePage {

    static final String PATH = "/sources";
    private static final int ATTEMPTED = 50;

    private final Sources sources;
    private final MessageTable messages;
    private final Pulls pulls;
    private final Menu menu;

    SourcePage(Sources sources, MessageTable messages, Pulls pulls, Menu menu) {
        this.sources = sources;
        this.messages = messages;
        this.pulls = pulls;
        this.menu = menu;
    }

    /// @param kinds how a new one can come
    record ListView(List<Menu.Entry> menu, boolean any, Table table, List<NewOne> kinds) {
        record NewOne(String address, String name, String text) {}
    }

    /// @param key      said this once, empty otherwise
    /// @param address  where a web-hook sends to, empty for others
    /// @param facts    name and text
    /// @param failure  why it cannot be asked or heard at this moment
    /// @param upload   the field of a source that gets files
    record OneView(
            List<Menu.Entry> menu,
            String slug,
            String name,
            Kind kind,
            boolean active,
            String key,
            String address,
            List<Fact> facts,
            String failure,
            List<Field> upload,
            boolean any,
            Table messages) {
        record Fact(String name, String text) {}

        boolean isPull() {
            return kind == Kind.PULL;
        }

        boolean isWebhook() {
            return kind == Kind.WEBHOOK;
        }
    }

    /// @param attempt what the message that was tried gave; null if none was
    record FormView(
            List<Menu.Entry> menu,
            String title,
            String action,
            List<Field> fields,
            Field delivered,
            Field mapping,
            Field sample,
            @Nullable Attempt attempt) {

        /// All of them, for the summary of errors.
        List<Field> all() {
            List<Field> all = new java.util.ArrayList<>(fields);
            all.addAll(List.of(delivered, mapping, sample));
            return all;
        }
    }

    /// @param rows     as text, the first ones
    /// @param more     how many more there are, empty if none
    /// @param refusals in the reader's language
    /// @param said     what else is to be known, empty for nothing
    record Attempt(List<String> rows, String more, List<String> refusals, String said) {}

    /// A row of the list.
    private record Row(Source source, @Nullable Message last, boolean failing) {

        String state() {
            return !source.active()
                    ? "paused"
                    : failing
                            ? "failing"
                            : last == null ? "waiting" : last.outcome() == Message.Outcome.REFUSED ? "refused" : "good";
        }
    }

    ListView list(Frame frame, Form asked, int number) {
        List<Row> rows = rows();
        TableQuestion question = new TableQuestion(PATH, Map.of(), asked.value("sort"), number);
        return new ListView(
                menu.entries(frame, PATH),
                !rows.isEmpty(),
                Table.of(frame.wording(), frame.say("sources.caption", rows.size()), columns(frame), rows, question),
                Arrays.stream(Kind.values())
                        .map(kind -> new ListView.NewOne(
                                "/sources/new/" + kind.key(),
                                frame.say("sources.kind.%s".formatted(kind.key())),
                                frame.say("sources.kind.%s.text".formatted(kind.key()))))
                        .toList());
    }

    void write(Frame frame, Form asked, FileKind kind, OutputStream out) throws IOException {
        TableQuestion question = new TableQuestion(PATH, Map.of(), asked.value("sort"), 1);
        Table.write(frame.wording(), columns(frame), rows(), question, kind, out);
    }

    private List<Row> rows() {
        Map<Long, Message> newest = sources.newest();
        Set<Long> failing = new HashSet<>(pulls.failing());
        return sources.list().stream()
                .map(source -> new Row(source, newest.get(source.id()), failing.contains(source.id())))
                .toList();
    }

    private static List<TableColumn<Row>> columns(Frame frame) {
        return List.of(
                new TableColumn<>(
                        "name",
                        frame.say("sources.field.name"),
                        false,
                        row -> TableCell.link(
                                row.source().wish().name(),
                                PATH + "/" + row.source().wish().slug())),
                new TableColumn<>(
                        "kind",
                        frame.say("sources.column.kind"),
                        false,
                        row -> TableCell.text(frame.say("sources.kind.%s"
                                .formatted(row.source().wish().kind().key())))),
                new TableColumn<>(
                        "state",
                        frame.say("sources.column.state"),
                        false,
                        row -> TableCell.text(frame.say("sources.state.%s".formatted(row.state())))),
                new TableColumn<>("last", frame.say("sources.column.last"), false, row -> {
                    Instant last = row.last() == null ? null : row.last().received();
                    return TableCell.time(
                            last,
                            last == null
                                    ? frame.say("sources.never")
                                    : frame.wording().dateTime(last));
                }));
    }

    /// @param key said this once, empty otherwise
    OneView one(Frame frame, Source source, String key, int number, Form upload) {
        Pulls.State state = pulls.state(source.id());
        int total = sources.messages(source);
        Kind kind = source.wish().kind();
        return new OneView(
                menu.entries(frame, PATH),
                source.wish().slug(),
                source.wish().name(),
                kind,
                source.active(),
                key,
                kind == Kind.WEBHOOK ? address(source) : "",
                facts(frame, source, state),
                state.failedAt() == null
                        ? ""
                        : frame.say("sources.failed", frame.wording().dateTime(state.failedAt()), state.failure()),
                kind == Kind.FILE
                        ? List.of(upload.field("file", frame.say("sources.file"))
                                .type("file")
                                .hint(frame.say("sources.file.hint")))
                        : List.of(),
                total > 0,
                messages.table(frame, source, total, number));
    }

    private static String address(Source source) {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString() + PATH + "/"
                + source.wish().slug();
    }

    private static List<OneView.Fact> facts(Frame frame, Source source, Pulls.State state) {
        List<OneView.Fact> facts = new java.util.ArrayList<>();
        Source.Settings settings = source.wish().settings();
        facts.add(new OneView.Fact(
                frame.say("sources.column.kind"),
                frame.say("sources.kind.%s".formatted(source.wish().kind().key()))));
        if (!settings.address().isEmpty()) {
            facts.add(new OneView.Fact(frame.say("sources.fact.from"), settings.address()));
        }
        if (source.wish().kind() == Kind.PULL && state.until() != null) {
            facts.add(new OneView.Fact(
                    frame.say("sources.fact.until"), frame.wording().dateTime(state.until())));
        }
        if (source.wish().kind() == Kind.PULL && source.active() && state.nextAt() != null) {
            facts.add(new OneView.Fact(
                    frame.say("sources.fact.next"), frame.wording().dateTime(state.nextAt())));
        }
        if (!settings.topic().isEmpty()) {
            facts.add(new OneView.Fact(frame.say("sources.field.topic"), settings.topic()));
        }
        if (source.wish().kind() == Kind.WEBHOOK) {
            facts.add(new OneView.Fact(
                    frame.say("sources.fact.key"),
                    source.keyStart().isEmpty() ? frame.say("sources.fact.key.none") : source.keyStart() + "…"));
        }
        return facts;
    }

    FormView form(Frame frame, Optional<Source> source, Kind kind, Form form, @Nullable MessageReading attempt) {
        return new FormView(
                menu.entries(frame, PATH),
                source.map(one -> one.wish().name()).orElseGet(() -> frame.say("sources.new.%s".formatted(kind.key()))),
                source.map(one -> PATH + "/" + one.wish().slug() + "/edit").orElse(PATH + "/new/" + kind.key()),
                SourceForm.fields(
                        frame,
                        form,
                        kind,
                        source.isEmpty(),
                        source.map(Source::hasSecret).orElse(false)),
                SourceForm.delivered(frame, form),
                SourceForm.mapping(frame, form),
                SourceForm.sample(frame, form),
                attempt == null ? null : attempt(frame, attempt));
    }

    private static Attempt attempt(Frame frame, MessageReading reading) {
        int rows = reading.rows().size();
        String said = reading.beginnings() > 0
                ? frame.say("sources.attempt.begun", reading.beginnings())
                : rows == 0 && reading.refusals().isEmpty() ? frame.say("sources.attempt.nothing") : "";
        return new Attempt(
                reading.rows().stream()
                        .limit(ATTEMPTED)
                        .map(SourceRow::toString)
                        .toList(),
                rows > ATTEMPTED ? frame.say("sources.attempt.more", rows - ATTEMPTED) : "",
                reading.refusals().stream().map(one -> said(frame, one)).toList(),
                said);
    }

    static String said(Frame frame, MessageRefusal refusal) {
        String sentence = frame.say(
                "sources.refusal.%s".formatted(refusal.kind().name().toLowerCase(java.util.Locale.ROOT)),
                refusal.arguments().toArray());
        return refusal.where().isEmpty()
                ? frame.say("sources.refusal.message", sentence)
                : frame.say("sources.refusal.where", refusal.where(), sentence);
    }
}
