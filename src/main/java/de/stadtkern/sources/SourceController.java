package de.stadtkern.sources;

import de.stadtkern.connect.DeliveredMappings;
import de.stadtkern.connect.MessageReading;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import de.stadtkern.sources.Source.Kind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Sources for stewards: set up, tried, changed, looked after. What a web-hook sends comes to [WebhookController],
/// which
/// has the address of the source itself; so no form is sent there.
@Controller
class SourceController {

    private final Sources sources;
    private final SourcePage page;
    private final MessageTable messages;
    private final Pulls pulls;
    private final SourceProperties properties;
    private final Pages pages;

    SourceController(
            Sources sources,
            SourcePage page,
            MessageTable messages,
            Pulls pulls,
            SourceProperties properties,
            Pages pages) {
        this.sources = sources;
        this.page = page;
        this.messages = messages;
        this.pulls = pulls;
        this.properties = properties;
        this.pages = pages;
    }

    @GetMapping("/sources")
    View list(Frame frame, Form asked, @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page("sources/list.jte", frame, page.list(frame, asked, number));
    }

    /// All sources as a file.
    @GetMapping("/sources.{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        sources.require();
        FileKind kind = begin(response, "sources", ending);
        page.write(frame, asked, kind, response.getOutputStream());
    }

    private static FileKind begin(HttpServletResponse response, String name, String ending) {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s.%s\"".formatted(name, kind.ending()));
        return kind;
    }

    @GetMapping("/sources/new/{kind}")
    View fresh(Frame frame, @PathVariable String kind) {
        sources.require();
        Kind wanted = kind(kind);
        return pages.page(
                "sources/form.jte", frame, page.form(frame, Optional.empty(), wanted, SourceForm.empty(wanted), null));
    }

    private static Kind kind(String key) {
        try {
            return Kind.of(key);
        } catch (IllegalArgumentException unknown) {
            throw new Problem(Problem.Kind.MISSING, "source-unknown", "There is no source of this kind.");
        }
    }

    /// The page with a web-hook's key is the answer itself, not one after a redirect: it is shown this once.
    @PostMapping("/sources/new/{kind}")
    View create(Frame frame, Form form, @PathVariable("kind") String of) {
        sources.require();
        Kind kind = kind(of);
        if (!form.value("do").isEmpty() && !form.value("do").equals("save")) {
            return work(frame, Optional.empty(), kind, form);
        }
        AtomicReference<Sources.@Nullable Made> made = new AtomicReference<>();
        boolean accepted = form.accepts(
                frame,
                "sources",
                flaws -> made.set(
                        sources.create(SourceForm.read(form, kind, null, flaws), form.value("secret"), flaws)));
        Sources.Made one = made.get();
        if (!accepted || one == null) {
            return pages.refused("sources/form.jte", frame, page.form(frame, Optional.empty(), kind, form, null));
        }
        return one.key().isEmpty()
                ? pages.next("/sources/" + one.source().wish().slug(), Notice.of("sources.created"))
                : pages.page("sources/one.jte", frame, page.one(frame, one.source(), one.key(), 1, Form.empty()));
    }

    /// The buttons that keep nothing: a delivered mapping takes the place of the text, or a message is tried.
    private View work(Frame frame, Optional<Source> source, Kind kind, Form form) {
        if (form.value("do").equals("use")) {
            Form filled = Form.empty();
            DeliveredMappings.find(form.value("delivered")).ifPresent(one -> filled.fill("yaml", one.yaml()));
            for (String name : new String[] {
                "version",
                "name",
                "slug",
                "yaml",
                "address",
                "every",
                "header",
                "window",
                "again",
                "begin",
                "user",
                "topic",
                "delivered",
                "sample"
            }) {
                filled.fill(name, form.value(name));
            }
            return pages.page("sources/form.jte", frame, page.form(frame, source, kind, filled, null));
        }
        AtomicReference<@Nullable MessageReading> attempt = new AtomicReference<>();
        boolean accepted = form.accepts(
                frame,
                "sources",
                flaws -> attempt.set(sources.attempt(
                        form.value("yaml").replace("\r\n", "\n"), flaws.read("", () -> sample(form)), flaws)));
        return accepted
                ? pages.page("sources/form.jte", frame, page.form(frame, source, kind, form, attempt.get()))
                : pages.refused("sources/form.jte", frame, page.form(frame, source, kind, form, null));
    }

    private static String sample(Form form) {
        String sample = form.value("sample").replace("\r\n", "\n");
        if (sample.isBlank()) {
            throw Problem.field("sample", "sample-missing", "Paste a message to be tried.");
        }
        return sample;
    }

    @GetMapping("/sources/{slug}")
    View one(Frame frame, @PathVariable String slug) {
        return pages.page("sources/one.jte", frame, page.one(frame, sources.get(slug), "", 1, Form.empty()));
    }

    @GetMapping("/sources/{slug}/messages")
    View messages(Frame frame, @PathVariable String slug, @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page("sources/one.jte", frame, page.one(frame, sources.get(slug), "", number, Form.empty()));
    }

    @GetMapping("/sources/{slug}/messages.{ending}")
    void messages(Frame frame, HttpServletResponse response, @PathVariable String slug, @PathVariable String ending)
            throws IOException {
        Source source = sources.get(slug);
        FileKind kind = begin(response, "messages-" + source.id(), ending);
        messages.write(frame, source, kind, response.getOutputStream());
    }

    @PostMapping("/sources/{slug}/messages/{id}/retry")
    View retry(@PathVariable String slug, @PathVariable String id) {
        sources.require();
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "message-unknown", "There is no message '%.40s'.".formatted(id));
        }
        Message message = sources.retry(slug, Long.parseLong(id));
        return pages.next(
                "/sources/" + slug,
                Notice.of(
                        message.outcome() == Message.Outcome.REFUSED ? "sources.retried.refused" : "sources.retried"));
    }

    @GetMapping("/sources/{slug}/edit")
    View edit(Frame frame, @PathVariable String slug) {
        Source source = sources.get(slug);
        return pages.page(
                "sources/form.jte",
                frame,
                page.form(frame, Optional.of(source), source.wish().kind(), SourceForm.filled(source), null));
    }

    @PostMapping("/sources/{slug}/edit")
    View change(Frame frame, Form form, @PathVariable String slug) {
        Source source = sources.get(slug);
        Kind kind = source.wish().kind();
        if (!form.value("do").isEmpty() && !form.value("do").equals("save")) {
            return work(frame, Optional.of(source), kind, form);
        }
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "sources",
                flaws -> change.set(sources.change(
                        slug,
                        form.value("version"),
                        SourceForm.read(form, kind, slug, flaws),
                        form.value("secret"),
                        flaws)));
        return accepted
                ? pages.next("/sources/" + slug, notice("sources.changed", change.get()))
                : pages.refused(
                        "sources/form.jte",
                        frame,
                        page.form(
                                frame,
                                Optional.of(source),
                                kind,
                                form.overtakenBy(
                                        () -> SourceForm.filled(sources.get(slug)), "secret", "sample", "delivered"),
                                null));
    }

    /// Said this once, like that of a new source.
    @PostMapping("/sources/{slug}/key")
    View newKey(Frame frame, @PathVariable String slug) {
        String key = sources.newKey(slug);
        return pages.page("sources/one.jte", frame, page.one(frame, sources.get(slug), key, 1, Form.empty()));
    }

    @PostMapping("/sources/{slug}/pause")
    View pause(@PathVariable String slug) {
        return pages.next("/sources/" + slug, notice("sources.paused", sources.activate(slug, false)));
    }

    @PostMapping("/sources/{slug}/go-on")
    View goOn(@PathVariable String slug) {
        return pages.next("/sources/" + slug, notice("sources.resumed", sources.activate(slug, true)));
    }

    @PostMapping("/sources/{slug}/ask")
    View ask(@PathVariable String slug) {
        Source source = sources.get(slug);
        pulls.askNow(source.id());
        return pages.next("/sources/" + slug, Notice.of("sources.asked"));
    }

    @PostMapping("/sources/{slug}/delete")
    View delete(@PathVariable String slug) {
        return pages.next("/sources", notice("sources.deleted", sources.delete(slug)));
    }

    /// The form's token stands in its address, so that nothing is received from whoever may not.
    @PostMapping("/sources/{slug}/upload")
    View upload(Frame frame, HttpServletRequest request, @PathVariable String slug) {
        Source source = sources.get(slug);
        FileForm sent = FileForm.receive(request, "file", properties.largest());
        Form form = sent.form();
        AtomicReference<@Nullable Message> taken = new AtomicReference<>();
        boolean accepted = form.accepts(frame, "sources", () -> {
            byte[] file = sent.file()
                    .filter(bytes -> bytes.length > 0)
                    .orElseThrow(() -> Problem.field("file", "file-missing", "Choose a file that is not empty."));
            if (file.length > properties.largest()) {
                throw Problem.field("file", "file-too-large", "The file is larger than the operator allows.");
            }
            taken.set(sources.take(slug, new String(file, StandardCharsets.UTF_8)));
        });
        Message message = taken.get();
        if (!accepted || message == null) {
            return pages.refused("sources/one.jte", frame, page.one(frame, source, "", 1, form));
        }
        return pages.next(
                "/sources/" + slug,
                Notice.of(
                        message.outcome() == Message.Outcome.REFUSED ? "sources.file.refused" : "sources.file.taken"));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }
}
