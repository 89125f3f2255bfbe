package de.stadtkern.knowledge;

import de.stadtkern.city.CityContext;
import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Texts and where they come from, for editors.
@Controller
@RequestMapping("/knowledge")
class KnowledgePageController {

    private static final int LARGEST = 16 << 20;

    private final KnowledgeSources sources;
    private final Documents documents;
    private final CalendarReading calendars;
    private final Synonyms synonyms;
    private final KnowledgePage page;
    private final Pages pages;

    KnowledgePageController(
            KnowledgeSources sources,
            Documents documents,
            CalendarReading calendars,
            Synonyms synonyms,
            KnowledgePage page,
            Pages pages) {
        this.calendars = calendars;
        this.sources = sources;
        this.documents = documents;
        this.synonyms = synonyms;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("knowledge/list.jte", frame, page.list(frame));
    }

    @GetMapping("/new/{kind}")
    View fresh(Frame frame, @PathVariable("kind") String of) {
        sources.require();
        Kind kind = kind(of);
        Form form = KnowledgeSourceForm.empty(CityContext.current().languages().getFirst());
        return pages.page("knowledge/form.jte", frame, newForm(frame, kind, form));
    }

    @PostMapping("/new/{kind}")
    View create(Frame frame, Form form, @PathVariable("kind") String of) {
        sources.require();
        Kind kind = kind(of);
        AtomicReference<String> made = new AtomicReference<>("");
        boolean accepted = form.accepts(
                frame,
                "knowledge",
                flaws -> made.set(sources.create(KnowledgeSourceForm.read(form, kind, null, flaws), flaws)
                        .wish()
                        .slug()));
        return accepted
                ? pages.next("/knowledge/" + made.get(), Notice.of("knowledge.created"))
                : pages.refused("knowledge/form.jte", frame, newForm(frame, kind, form));
    }

    private KnowledgePage.FormView newForm(Frame frame, Kind kind, Form form) {
        return page.form(
                frame, frame.say("knowledge.new.%s".formatted(kind.key())), "/knowledge/new/" + kind.key(), kind, form);
    }

    private static Kind kind(String key) {
        return Kind.find(key)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING, "knowledge-source-unknown", "There is no source of this kind."));
    }

    @GetMapping("/synonyms")
    View synonyms(Frame frame) {
        return pages.page("knowledge/synonyms.jte", frame, page.synonyms(frame, filled()));
    }

    private Form filled() {
        String lines = synonyms.text();
        return Form.empty().fill("version", Synonyms.version(lines)).fill("lines", lines);
    }

    @PostMapping("/synonyms")
    View setSynonyms(Frame frame, Form form) {
        synonyms.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "knowledge", () -> change.set(synonyms.change(form.value("version"), form.value("lines"))));
        return accepted
                ? pages.next("/knowledge/synonyms", notice("knowledge.synonyms.saved", change.get()))
                : pages.refused("knowledge/synonyms.jte", frame, page.synonyms(frame, form.overtakenBy(this::filled)));
    }

    @GetMapping("/{slug}")
    View one(Frame frame, @PathVariable String slug, @RequestParam(name = "page", defaultValue = "1") int number) {
        KnowledgeSource source = sources.get(slug);
        return pages.page("knowledge/one.jte", frame, page.one(frame, source, Form.empty(), List.of(), number));
    }

    @GetMapping("/{slug}/edit")
    View edit(Frame frame, @PathVariable String slug) {
        KnowledgeSource source = sources.get(slug);
        return pages.page("knowledge/form.jte", frame, editForm(frame, source, KnowledgeSourceForm.filled(source)));
    }

    @PostMapping("/{slug}/edit")
    View change(Frame frame, Form form, @PathVariable String slug) {
        KnowledgeSource source = sources.get(slug);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "knowledge",
                flaws -> change.set(sources.change(
                        slug,
                        form.value("version"),
                        KnowledgeSourceForm.read(form, source.wish().kind(), slug, flaws),
                        flaws)));
        return accepted
                ? pages.next("/knowledge/" + slug, notice("knowledge.saved", change.get()))
                : pages.refused(
                        "knowledge/form.jte",
                        frame,
                        editForm(frame, source, form.overtakenBy(() -> KnowledgeSourceForm.filled(sources.get(slug)))));
    }

    private KnowledgePage.FormView editForm(Frame frame, KnowledgeSource source, Form form) {
        return page.form(
                frame,
                source.wish().name(),
                "/knowledge/" + source.wish().slug() + "/edit",
                source.wish().kind(),
                form);
    }

    @PostMapping("/{slug}/withdraw")
    View withdraw(@PathVariable String slug) {
        return pages.next("/knowledge/" + slug, notice("knowledge.withdrawn", sources.activate(slug, false)));
    }

    @PostMapping("/{slug}/show")
    View show(@PathVariable String slug) {
        return pages.next("/knowledge/" + slug, notice("knowledge.shown", sources.activate(slug, true)));
    }

    @PostMapping("/{slug}/again")
    View again(@PathVariable String slug) {
        sources.readAgain(slug);
        return pages.next("/knowledge/" + slug, Notice.of("knowledge.begun"));
    }

    @PostMapping("/{slug}/delete")
    View delete(@PathVariable String slug) {
        return pages.next("/knowledge", notice("knowledge.deleted", sources.delete(slug)));
    }

    @PostMapping("/{slug}/texts/{id}/withdraw")
    View withdrawText(@PathVariable String slug, @PathVariable String id) {
        return pages.next("/knowledge/" + slug, notice("knowledge.withdrawn", documents.withdraw(slug, id, true)));
    }

    @PostMapping("/{slug}/texts/{id}/show")
    View showText(@PathVariable String slug, @PathVariable String id) {
        return pages.next("/knowledge/" + slug, notice("knowledge.shown", documents.withdraw(slug, id, false)));
    }

    @GetMapping("/{slug}/texts/{id}/edit")
    View editText(Frame frame, @PathVariable String slug, @PathVariable String id) {
        Head head = documents.detailed(slug, id);
        return pages.page("knowledge/form.jte", frame, page.details(frame, head, filled(head)));
    }

    private static Form filled(Head head) {
        return DetailsForm.filled(Documents.version(head), head.details());
    }

    @PostMapping("/{slug}/texts/{id}/edit")
    View changeText(Frame frame, Form form, @PathVariable String slug, @PathVariable String id) {
        Head head = documents.detailed(slug, id);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "knowledge",
                flaws -> change.set(
                        documents.change(slug, id, form.value("version"), DetailsForm.read(form, flaws), flaws)));
        return accepted
                ? pages.next("/knowledge/" + slug, notice("knowledge.saved", change.get()))
                : pages.refused(
                        "knowledge/form.jte",
                        frame,
                        page.details(frame, head, form.overtakenBy(() -> filled(documents.detailed(slug, id)))));
    }

    /// The form's token stands in its address, so that nothing is received from whoever may not. What is right is kept,
    /// also where something else is wrong; a file that is all its source has takes its place only if all of it is
    /// right.
    @PostMapping("/{slug}/upload")
    View upload(Frame frame, HttpServletRequest request, @PathVariable String slug) {
        KnowledgeSource source = sources.get(slug);
        FileForm sent = FileForm.receive(request, "file", LARGEST);
        Form form = sent.form();
        AtomicReference<@Nullable BroughtFile> brought = new AtomicReference<>();
        boolean accepted = form.accepts(frame, "knowledge", () -> {
            byte[] file = sent.file()
                    .filter(bytes -> bytes.length > 0)
                    .orElseThrow(() -> Problem.field("file", "file-missing", "Choose a file that is not empty."));
            if (file.length > LARGEST) {
                throw Problem.field("file", "file-too-large", "A file has at most 16 MB.");
            }
            String content = DocumentLine.clean(new String(file, StandardCharsets.UTF_8));
            if (source.wish().kind() == Kind.CALENDAR) {
                brought.set(new BroughtFile(List.of(), calendars.bring(source, content), true));
            } else {
                BroughtFile read = BroughtFile.read(source.wish().kind(), content, form.value("title"));
                brought.set(read);
                documents.bring(source, read);
            }
        });
        BroughtFile file = brought.get();
        if (!accepted || file == null || !file.findings().isEmpty()) {
            return pages.refused(
                    "knowledge/one.jte",
                    frame,
                    page.one(frame, source, form, file == null ? List.of() : file.findings(), 1));
        }
        return pages.next("/knowledge/" + slug, Notice.of("knowledge.brought"));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }
}
