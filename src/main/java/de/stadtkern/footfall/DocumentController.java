package de.stadtkern.footfall;

import de.stadtkern.page.Field;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Documents and photos of a counter: for editors all of them, for everybody photos that are shown.
@Controller
class DocumentController {

    private static final String PATH = CountersPage.PATH + "/{id}/documents";
    private static final String PAGE = "footfall/documents.jte";
    /// Whoever opens a file by itself sees it, and nothing in it runs or fetches anything.
    private static final String NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

    private final Counters counters;
    private final CounterDocuments documents;
    private final CountersPage register;
    private final Pages pages;

    DocumentController(Counters counters, CounterDocuments documents, CountersPage register, Pages pages) {
        this.counters = counters;
        this.documents = documents;
        this.register = register;
        this.pages = pages;
    }

    record DocumentsView(
            List<Menu.Entry> menu, String title, String address, String counter, List<Row> rows, List<Field> fields) {}

    /// @param width of a picture; 0 for a PDF
    record Row(
            long id, String title, String alt, String said, boolean isPicture, int width, int height, boolean shown) {}

    @GetMapping(PATH)
    View show(Frame frame, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        return pages.page(PAGE, frame, view(frame, counter, Form.empty(), false));
    }

    /// Nothing is received from whoever may not change the counter.
    @PostMapping(PATH)
    View add(Frame frame, HttpServletRequest request, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        FileForm sent = FileForm.receive(request, DocumentFile.FIELD, DocumentFile.LARGEST);
        Form form = sent.form();
        boolean accepted = form.accepts(
                frame,
                "footfall",
                () -> documents.add(
                        counter,
                        form.value("title").strip(),
                        form.value("alt").strip(),
                        form.isChecked("shown"),
                        sent.file()));
        return accepted
                ? pages.next(address(counter), Notice.of("footfall.documents.added"))
                : pages.refused(
                        PAGE, frame, view(frame, counter, form, sent.file().isPresent()));
    }

    @PostMapping(PATH + "/{document}/show")
    View show(@PathVariable String id, @PathVariable String document) {
        return shown(id, document, true);
    }

    @PostMapping(PATH + "/{document}/hide")
    View hide(@PathVariable String id, @PathVariable String document) {
        return shown(id, document, false);
    }

    private View shown(String id, String document, boolean shown) {
        Counter counter = counters.get(CountersController.number(id));
        documents.show(counter, CountersController.number(document), shown);
        return pages.next(
                address(counter), Notice.of(shown ? "footfall.documents.shown" : "footfall.documents.hidden"));
    }

    @PostMapping(PATH + "/{document}/delete")
    View delete(@PathVariable String id, @PathVariable String document) {
        Counter counter = counters.get(CountersController.number(id));
        documents.delete(counter, CountersController.number(document));
        return pages.next(address(counter), Notice.of("footfall.documents.deleted"));
    }

    @GetMapping(PATH + "/{document}")
    void file(HttpServletResponse response, @PathVariable String id, @PathVariable String document) throws IOException {
        Counter counter = counters.get(CountersController.number(id));
        write(response, documents.get(counter, CountersController.number(document)));
    }

    @GetMapping(FootfallController.PATH + "/{slug}/photos/{document}")
    void photo(HttpServletResponse response, @PathVariable String slug, @PathVariable String document)
            throws IOException {
        write(response, documents.getShown(counters.get(slug), CountersController.number(document)));
    }

    /// A PDF may hold what runs in a reader, so it is saved and not opened here. Nothing is kept on the way, so that
    /// what is hidden or deleted is gone at once.
    private void write(HttpServletResponse response, CounterDocument document) throws IOException {
        byte[] content = documents.content(document);
        response.setContentType(document.mediaType());
        response.setContentLength(content.length);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                "%s; filename=\"%s\"".formatted(document.isPicture() ? "inline" : "attachment", document.fileName()));
        response.setHeader("Content-Security-Policy", NOTHING_RUNS);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "private, no-store");
        response.getOutputStream().write(content);
    }

    private static String address(Counter counter) {
        return CountersPage.PATH + "/" + counter.id() + "/documents";
    }

    /// @param again whether a file was chosen that must be chosen once more
    private DocumentsView view(Frame frame, Counter counter, Form form, boolean again) {
        String hint = frame.say("footfall.documents.file.hint", DocumentFile.LARGEST >> 20);
        return new DocumentsView(
                register.menu(frame, CountersPage.PATH),
                frame.say("footfall.documents.title", counter.wish().name()),
                address(counter),
                CountersPage.PATH + "/" + counter.id(),
                documents.of(counter).stream().map(one -> row(frame, one)).toList(),
                List.of(
                        form.field(DocumentFile.FIELD, frame.say("footfall.documents.file"))
                                .type("file")
                                .hint(again ? hint + " " + frame.say("footfall.documents.again") : hint),
                        form.field("title", frame.say("footfall.documents.name")),
                        form.field("alt", frame.say("footfall.documents.alt"))
                                .hint(frame.say("footfall.documents.alt.hint"))
                                .optional(),
                        form.field("shown", frame.say("footfall.documents.public"))
                                .type("checkbox")));
    }

    private static Row row(Frame frame, CounterDocument document) {
        return new Row(
                document.id(),
                document.title(),
                document.alt(),
                frame.say(
                        "footfall.documents.said",
                        document.mediaType()
                                .substring(document.mediaType().indexOf('/') + 1)
                                .toUpperCase(java.util.Locale.ROOT),
                        Math.max(1, document.bytes() / 1024),
                        frame.wording().dateTime(document.addedAt())),
                document.isPicture(),
                document.width(),
                document.height(),
                document.shown());
    }
}
