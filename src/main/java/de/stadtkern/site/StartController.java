package de.stadtkern.site;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The first page: what the town measures right now.
@Controller
class StartController {

    private final StartPage start;
    private final Pages pages;

    StartController(StartPage start, Pages pages) {
        this.start = start;
        this.pages = pages;
    }

    @GetMapping("/")
    View start(Frame frame, @RequestParam(defaultValue = "1") int page) {
        return pages.page("site/start.jte", frame, start.view(frame.wording(), page));
    }
}
