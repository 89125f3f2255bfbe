package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// Places and times compared, for everybody: as a page, inside other pages, and as files.
@Controller
class CompareController {

    private final ComparePage compare;
    private final Pages pages;

    CompareController(ComparePage compare, Pages pages) {
        this.compare = compare;
        this.pages = pages;
    }

    @GetMapping(ComparePage.PATH)
    View page(Frame frame, Form form, @RequestParam(name = "place", defaultValue = "") List<String> places) {
        return show("footfall/compare.jte", frame, form, places);
    }

    /// The answer alone, for other pages: any site may show it in a frame.
    @GetMapping("/embed" + ComparePage.PATH)
    View embedded(Frame frame, Form form, @RequestParam(name = "place", defaultValue = "") List<String> places) {
        return show("footfall/compare-embed.jte", frame, form, places);
    }

    private View show(String template, Frame frame, Form form, List<String> places) {
        ComparePage.View view = compare.view(frame, form, places, base());
        return form.isWrong() ? pages.refused(template, frame, view) : pages.page(template, frame, view);
    }

    @GetMapping(ComparePage.PATH + ".{ending}")
    void file(
            Frame frame,
            Form form,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(name = "place", defaultValue = "") List<String> places)
            throws IOException {
        compare.write(frame.wording(), form, places, FileKind.getByEnding(ending), response);
    }

    /// Scheme and host as the reader sees them.
    static String base() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
    }
}
