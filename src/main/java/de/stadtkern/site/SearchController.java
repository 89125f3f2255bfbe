package de.stadtkern.site;

import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

@Controller
class SearchController {

    private final SearchPage search;
    private final Pages pages;

    SearchController(SearchPage search, Pages pages) {
        this.search = search;
        this.pages = pages;
    }

    @GetMapping("/search")
    View search(
            Frame frame,
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String kind,
            @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page("site/search.jte", frame, search.view(frame, q, kind, number));
    }
}
