package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableQuestion;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// How good forecasts and filled gaps were, for everybody.
@Controller
class ScoreboardController {

    private static final String TEMPLATE = "footfall/quality.jte";
    private static final String ALL = FootfallController.PATH + "/quality";
    private static final String ONE = FootfallController.PATH + "/{slug}/quality";

    private final ScoreboardPage page;
    private final Counters counters;
    private final Pages pages;

    ScoreboardController(ScoreboardPage page, Counters counters, Pages pages) {
        this.page = page;
        this.counters = counters;
        this.pages = pages;
    }

    private static TableQuestion question(String path, String sort, int number) {
        return new TableQuestion(path, Map.of(), sort, number);
    }

    @GetMapping(ALL)
    View all(
            Frame frame,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page(TEMPLATE, frame, page.view(frame, question(ALL, sort, number)));
    }

    @GetMapping(ALL + ".{ending}")
    void file(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        FootfallController.begin(response, kind, "footfall-quality");
        page.write(frame.wording(), question(ALL, sort, 1), kind, response.getOutputStream());
    }

    @GetMapping(ONE)
    View one(
            Frame frame,
            @PathVariable String slug,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(name = "page", defaultValue = "1") int number) {
        Counter counter = counters.get(slug);
        return pages.page(
                TEMPLATE, frame, page.view(frame, counter, question(counter.address() + "/quality", sort, number)));
    }

    @GetMapping(ONE + ".{ending}")
    void fileOfOne(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String slug,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        Counter counter = counters.get(slug);
        FileKind kind = FileKind.getByEnding(ending);
        FootfallController.begin(response, kind, counter.wish().slug() + "-quality");
        page.write(
                frame.wording(),
                counter,
                question(counter.address() + "/quality", sort, 1),
                kind,
                response.getOutputStream());
    }
}
