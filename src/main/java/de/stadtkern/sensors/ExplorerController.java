package de.stadtkern.sensors;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
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

    @GetMapping("/explorer")
    View explore(Frame frame, Form form) {
        if (form.value("set").isEmpty()) {
            form.fill("top", "20").fill("method", "average");
            return pages.page(TEMPLATE, frame, page.view(frame, form, null));
        }
        String base =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        AtomicReference<ExplorerView.Found> found = new AtomicReference<>();
        boolean accepted = form.accepts(frame, "sensors", () -> found.set(page.ask(frame, form, base)));
        return accepted
                ? pages.page(TEMPLATE, frame, page.view(frame, form, found.get()))
                : pages.refused(TEMPLATE, frame, page.view(frame, form, null));
    }
}
