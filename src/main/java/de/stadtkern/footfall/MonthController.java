package de.stadtkern.footfall;

import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Pdf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The report of a month, for everybody: as a page, to print, as files, and as a feed to subscribe to.
@Controller
class MonthController {

    private final MonthPage month;
    private final Pages pages;
    private final Pdf pdf;

    MonthController(MonthPage month, Pages pages, Pdf pdf) {
        this.month = month;
        this.pages = pages;
        this.pdf = pdf;
    }

    @GetMapping(MonthPage.PATH)
    View page(
            Frame frame,
            Form form,
            @RequestParam(name = "place", defaultValue = "") List<String> places,
            @RequestParam(defaultValue = "") String sort) {
        MonthPage.View view = month.view(frame, form, places, sort, CompareController.base());
        return form.isWrong()
                ? pages.refused("footfall/month.jte", frame, view)
                : pages.page("footfall/month.jte", frame, view);
    }

    @GetMapping(MonthPage.PATH + ".pdf")
    View print(Frame frame, Form form, @RequestParam(name = "place", defaultValue = "") List<String> places) {
        MonthPage.Result result = month.result(frame, form, places, "", CompareController.base());
        return pdf.file("footfall/month-pdf.jte", frame, result, "month-" + result.key());
    }

    /// The months that are over, the newest first.
    @GetMapping(MonthPage.PATH + ".atom")
    void feed(
            Frame frame,
            Form form,
            HttpServletResponse response,
            @RequestParam(name = "place", defaultValue = "") List<String> places)
            throws IOException {
        month.feed(frame, form, places, CompareController.base()).write(response);
    }

    @GetMapping(MonthPage.PATH + ".{ending}")
    void file(
            Frame frame,
            Form form,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(name = "place", defaultValue = "") List<String> places,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        FileKind kind = FileKind.getByEnding(ending);
        FootfallController.begin(response, kind, "month");
        month.write(frame.wording(), form, places, sort, kind, response.getOutputStream());
    }
}
