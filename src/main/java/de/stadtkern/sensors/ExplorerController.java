package de.stadtkern.sensors;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// The data explorer: an address of SensorThings put together by clicking, and what it answers. The page's own address
/// says all that was chosen.
@Controller
class ExplorerController {

    private static final String TEMPLATE = "sensors/explorer.jte";

    private final ExplorerPage page;
    private final Pages pages;

    ExplorerController(ExplorerPage page, Pages pages) {
        this.page = page;
        this.pages = pages;
    }

    @GetMapping(ExplorerPage.PATH)
    View explore(Frame frame, Form form) {
        boolean isStillBuilt = List.of("choose", "more").contains(form.value("do"));
        if (form.value("set").isEmpty() || isStillBuilt) {
            return pages.page(TEMPLATE, frame, page.view(frame, form, null, ""));
        }
        AtomicReference<ExplorerView.Found> found = new AtomicReference<>();
        AtomicReference<String> refusal = new AtomicReference<>("");
        boolean accepted = form.accepts(frame, "sensors", () -> {
            try {
                found.set(page.ask(frame, form, base()));
            } catch (Problem problem) {
                refusal.set(ExplorerPage.refusal(problem));
                throw problem;
            }
        });
        return accepted
                ? pages.page(TEMPLATE, frame, page.view(frame, form, found.get(), ""))
                : pages.refused(TEMPLATE, frame, page.view(frame, form, null, refusal.get()));
    }

    /// What there is to ask for, and how one leads to the other.
    @GetMapping(ExplorerPage.PATH + "/model")
    View model(Frame frame) {
        return pages.page("sensors/model.jte", frame, ModelView.of(frame.wording()));
    }

    @GetMapping(ExplorerPage.PATH + "/model.{ending}")
    void modelFile(Frame frame, HttpServletResponse response, @PathVariable String ending) throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"model.%s\"".formatted(ending));
        ModelView.write(frame.wording(), kind, response.getOutputStream());
    }

    /// The table of the page with the same address, as a file.
    @GetMapping(ExplorerPage.PATH + ".{ending}")
    void file(Frame frame, Form form, HttpServletResponse response, @PathVariable String ending) throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        ExplorerTable table = page.table(frame, form, base());
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"explorer.%s\"".formatted(ending));
        table.write(frame, kind, response.getOutputStream());
    }

    private static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
