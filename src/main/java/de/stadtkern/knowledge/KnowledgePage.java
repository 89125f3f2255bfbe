package de.stadtkern.knowledge;

import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.people.Menu;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// What the pages of editors about texts show.
@Component
class KnowledgePage {

    static final String PATH = "/knowledge";
    private static final int FINDINGS_SHOWN = 20;

    private final KnowledgeSources sources;
    private final KnowledgeStore texts;
    private final DuePages pages;
    private final Menu menu;

    KnowledgePage(KnowledgeSources sources, KnowledgeStore texts, DuePages pages, Menu menu) {
        this.sources = sources;
        this.texts = texts;
        this.pages = pages;
        this.menu = menu;
    }

    /// @param kinds how new texts can come
    record ListView(List<Menu.Entry> menu, boolean any, Table table, List<NewOne> kinds) {
        record NewOne(String address, String name, String text) {}
    }

    /// @param upload   the fields of a file that is brought, empty where none can be
    /// @param findings what was wrong with the last file
    /// @param failures pages that could not be read, and why
    record OneView(
            List<Menu.Entry> menu,
            String slug,
            String name,
            boolean active,
            List<Fact> facts,
            List<Field> upload,
            List<String> findings,
            boolean isFetched,
            List<String> failures,
            boolean any,
            Table documents) {
        record Fact(String name, String text) {}
    }

    record FormView(List<Menu.Entry> menu, String title, String action, List<Field> fields) {}

    record SynonymsView(List<Menu.Entry> menu, List<Field> fields) {}

    ListView list(Frame frame) {
        List<KnowledgeSource> all = sources.list();
        return new ListView(
                menu.entries(frame, PATH),
                !all.isEmpty(),
                Table.whole(frame.say("knowledge.caption", all.size()), sourceColumns(frame), all),
                Stream.of(Kind.values())
                        .map(kind -> new ListView.NewOne(
                                PATH + "/new/" + kind.key(),
                                kind(frame, kind),
                                frame.say("knowledge.kind.%s.text".formatted(kind.key()))))
                        .toList());
    }

    private List<TableColumn<KnowledgeSource>> sourceColumns(Frame frame) {
        return List.of(
                TableColumn.of(
                        frame.say("knowledge.field.name"),
                        source -> TableCell.link(
                                source.wish().name(), PATH + "/" + source.wish().slug())),
                TableColumn.of(
                        frame.say("knowledge.field.kind"),
                        source -> TableCell.text(kind(frame, source.wish().kind()))),
                TableColumn.of(
                        frame.say("knowledge.field.audience"),
                        source -> TableCell.text(KnowledgeSourceForm.audience(
                                frame, source.wish().audience()))),
                TableColumn.ofNumbers(frame.say("knowledge.texts"), source -> String.valueOf(texts.count(source.id()))),
                TableColumn.of(frame.say("knowledge.state"), source -> TableCell.text(state(frame, source))));
    }

    private static String kind(Frame frame, Kind kind) {
        return frame.say("knowledge.kind.%s".formatted(kind.key()));
    }

    private static String state(Frame frame, KnowledgeSource source) {
        LocalDate review = source.wish().reviewOn();
        LocalDate today = frame.wording().day(frame.wording().now());
        return !source.active()
                ? frame.say("knowledge.state.withdrawn")
                : review != null && review.isBefore(today)
                        ? frame.say("knowledge.state.review")
                        : frame.say("knowledge.state.shown");
    }

    OneView one(Frame frame, KnowledgeSource source, Form upload, List<Finding> findings, int number) {
        int total = texts.count(source.id());
        TableQuestion question = new TableQuestion(PATH + "/" + source.wish().slug(), Map.of(), "", number);
        List<Head> heads = texts.list(source.id(), Table.first(question, total), Table.rowsPerPage());
        return new OneView(
                menu.entries(frame, PATH),
                source.wish().slug(),
                source.wish().name(),
                source.active(),
                facts(frame, source),
                source.wish().isFetched()
                        ? List.of()
                        : upload(frame, source.wish().kind(), upload),
                findings.stream()
                        .limit(FINDINGS_SHOWN)
                        .map(finding -> said(frame, finding))
                        .toList(),
                source.wish().isFetched(),
                source.wish().isFetched() ? pages.failures(source.id(), FINDINGS_SHOWN) : List.of(),
                total > 0,
                Table.ofPage(
                                frame.wording(),
                                frame.say("knowledge.texts.caption", total),
                                columns(frame, source.wish().kind()),
                                heads,
                                total,
                                question)
                        .with(List.of()));
    }

    private static List<TableColumn<Head>> columns(Frame frame, Kind kind) {
        List<TableColumn<Head>> columns = new ArrayList<>(List.of(
                TableColumn.unsorted(
                        "title",
                        frame.say("knowledge.title"),
                        head -> TableCell.link(head.title(), head.address())
                                .with(new TableCell.Act(
                                        "%s/%s/texts/%d/%s"
                                                .formatted(
                                                        PATH,
                                                        head.sourceSlug(),
                                                        head.id(),
                                                        head.withdrawn() ? "show" : "withdraw"),
                                        frame.say(head.withdrawn() ? "knowledge.show" : "knowledge.withdraw"),
                                        head.title()))),
                TableColumn.unsorted(
                        "state",
                        frame.say("knowledge.state"),
                        head -> TableCell.text(
                                frame.say(head.withdrawn() ? "knowledge.state.withdrawn" : "knowledge.state.shown"))),
                TableColumn.unsorted(
                        "updated",
                        frame.say("knowledge.updated"),
                        head -> TableCell.text(
                                head.updated() == null
                                        ? ""
                                        : frame.wording().date(frame.wording().day(head.updated()))))));
        if (kind.isDetailedByStaff()) {
            columns.add(TableColumn.unsorted(
                    "details",
                    frame.say("knowledge.details"),
                    head -> TableCell.link(
                            frame.say(head.details().isEmpty() ? "knowledge.details.add" : "knowledge.details.change"),
                            "%s/%s/texts/%d/edit".formatted(PATH, head.sourceSlug(), head.id()))));
        }
        return columns;
    }

    FormView details(Frame frame, Head head, Form form) {
        return new FormView(
                menu.entries(frame, PATH),
                frame.say("knowledge.details.of", head.title()),
                "%s/%s/texts/%d/edit".formatted(PATH, head.sourceSlug(), head.id()),
                DetailsForm.fields(frame, form));
    }

    private static String said(Frame frame, Finding finding) {
        if (finding.line() == 0) {
            return finding.message();
        }
        String where = frame.say("knowledge.finding.line", finding.line());
        return finding.field().isEmpty()
                ? "%s: %s".formatted(where, finding.message())
                : "%s, %s: %s".formatted(where, finding.field(), finding.message());
    }

    private static List<OneView.Fact> facts(Frame frame, KnowledgeSource source) {
        KnowledgeSource.Wish wish = source.wish();
        List<OneView.Fact> facts = new ArrayList<>();
        facts.add(new OneView.Fact(frame.say("knowledge.field.kind"), kind(frame, wish.kind())));
        facts.add(new OneView.Fact(
                frame.say("knowledge.field.audience"), KnowledgeSourceForm.audience(frame, wish.audience())));
        if (!wish.address().isEmpty()) {
            facts.add(new OneView.Fact(frame.say("knowledge.field.address"), wish.address()));
        }
        if (!wish.owner().isEmpty()) {
            facts.add(new OneView.Fact(frame.say("knowledge.field.owner"), wish.owner()));
        }
        if (wish.reviewOn() != null) {
            facts.add(new OneView.Fact(
                    frame.say("knowledge.field.review"), frame.wording().date(wish.reviewOn())));
        }
        return facts;
    }

    private static List<Field> upload(Frame frame, Kind kind, Form form) {
        Field file = form.field("file", frame.say("knowledge.file"))
                .type("file")
                .hint(frame.say("knowledge.file.%s".formatted(kind.key())));
        return kind == Kind.TEXT
                ? List.of(
                        form.field("title", frame.say("knowledge.title"))
                                .hint(frame.say("knowledge.title.hint"))
                                .optional(),
                        file)
                : List.of(file);
    }

    FormView form(Frame frame, String title, String action, Kind kind, Form form) {
        return new FormView(menu.entries(frame, PATH), title, action, KnowledgeSourceForm.fields(frame, form, kind));
    }

    SynonymsView synonyms(Frame frame, Form form) {
        return new SynonymsView(
                menu.entries(frame, PATH),
                List.of(
                        form.version(),
                        form.field("lines", frame.say("knowledge.synonyms.lines"))
                                .type("textarea")
                                .hint(frame.say("knowledge.synonyms.hint"))
                                .optional()));
    }
}
