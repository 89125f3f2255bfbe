package de.stadtkern.site;

import de.stadtkern.city.CityContext;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/// What the law wants every site to say: who runs it, what it does with data about people, and who can use it.
@Controller
class StatementsController {

    private final Pages pages;

    StatementsController(Pages pages) {
        this.pages = pages;
    }

    @GetMapping("/imprint")
    View imprint(Frame frame) {
        return pages.page("site/imprint.jte", frame, StatementView.of(CityContext.current()));
    }

    @GetMapping("/privacy")
    View privacy(Frame frame) {
        return pages.page("site/privacy.jte", frame, StatementView.of(CityContext.current()));
    }

    @GetMapping("/accessibility")
    View accessibility(Frame frame) {
        return pages.page("site/accessibility.jte", frame, StatementView.of(CityContext.current()));
    }
}
