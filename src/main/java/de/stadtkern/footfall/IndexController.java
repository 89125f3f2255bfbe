package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The town's index, for everybody: as a page, inside other pages, and as files.
@Controller
class IndexController {

    private final IndexPage index;
    private final Pages pages;

    IndexController(IndexPage index, Pages pages) {
        this.index = index;
        this.pages = pages;
    }

    @GetMapping(IndexPage.PATH)
    View page(
            Frame frame,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(defaultValue = "1") int page) {
        return pages.page(
                "footfall/index.jte",
                frame,
                index.view(frame, month("until", until), question(until, sort, page), CompareController.base()));
    }

    /// The chart alone, for other pages: any site may show it in a frame.
    @GetMapping("/embed" + IndexPage.PATH)
    View embedded(Frame frame, @RequestParam(defaultValue = "") String until) {
        return pages.page(
                "footfall/index-embed.jte",
                frame,
                index.view(frame, month("until", until), question(until, "", 1), CompareController.base()));
    }

    @GetMapping(IndexPage.PATH + ".{ending}")
    void file(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String until,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        YearMonth last = month("until", until);
        FootfallController.begin(response, kind, "index");
        index.write(frame.wording(), last, question(until, sort, 1), kind, response.getOutputStream());
    }

    private static TableQuestion question(String until, String sort, int page) {
        return new TableQuestion(IndexPage.PATH, Map.of("until", until), sort, page);
    }

    /// Null where none was asked for.
    static @Nullable YearMonth month(String field, String text) {
        try {
            YearMonth month = text.isEmpty() ? null : YearMonth.parse(text);
            if (month == null || month.getYear() >= 1990 && month.getYear() <= 2200) {
                return month;
            }
        } catch (DateTimeException unreadable) {
            // answered below
        }
        throw Problem.field(field, "month-invalid", "A month is written like 2026-11.");
    }
}
