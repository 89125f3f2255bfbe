package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/// In which part of the street people go at a counter and which kind they are, for everybody: as a page, inside other
/// pages, and as files.
@Controller
class PartsController {

    private static final String PATH = FootfallController.PATH + "/{slug}" + PartsPage.PATH;

    private final PartsPage parts;
    private final Counters counters;
    private final Pages pages;

    PartsController(PartsPage parts, Counters counters, Pages pages) {
        this.parts = parts;
        this.counters = counters;
        this.pages = pages;
    }

    @GetMapping(PATH)
    View page(Frame frame, Form form, @PathVariable String slug) {
        return show("footfall/parts.jte", frame, form, slug);
    }

    /// The hours of the day alone, for other pages: any site may show them in a frame.
    @GetMapping("/embed" + PATH)
    View embedded(Frame frame, Form form, @PathVariable String slug) {
        return show("footfall/parts-embed.jte", frame, form, slug);
    }

    private View show(String template, Frame frame, Form form, String slug) {
        PartsPage.View view = parts.view(frame, counters.get(slug), form, CompareController.base());
        return form.isWrong() ? pages.refused(template, frame, view) : pages.page(template, frame, view);
    }

    @GetMapping(PATH + ".{ending}")
    void file(
            Frame frame,
            Form form,
            HttpServletResponse response,
            @PathVariable String slug,
            @PathVariable String ending)
            throws IOException {
        Counter counter = counters.get(slug);
        FileKind kind = FileKind.getByEnding(ending);
        FootfallController.begin(response, kind, counter.wish().slug() + "-parts");
        parts.write(frame.wording(), counter, form, kind, response.getOutputStream());
    }
}
