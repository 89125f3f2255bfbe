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

/// Which way people go at a counter, for everybody: as a page, inside other pages, and as files.
@Controller
class BalanceController {

    private static final String PATH = FootfallController.PATH + "/{slug}/directions";

    private final BalancePage balance;
    private final Counters counters;
    private final Pages pages;

    BalanceController(BalancePage balance, Counters counters, Pages pages) {
        this.balance = balance;
        this.counters = counters;
        this.pages = pages;
    }

    @GetMapping(PATH)
    View page(Frame frame, Form form, @PathVariable String slug) {
        return show("footfall/balance.jte", frame, form, slug);
    }

    /// The hours of the day alone, for other pages: any site may show them in a frame.
    @GetMapping("/embed" + PATH)
    View embedded(Frame frame, Form form, @PathVariable String slug) {
        return show("footfall/balance-embed.jte", frame, form, slug);
    }

    private View show(String template, Frame frame, Form form, String slug) {
        BalancePage.View view = balance.view(frame, counters.get(slug), form, CompareController.base());
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
        FootfallController.begin(response, kind, counter.wish().slug() + "-directions");
        balance.write(frame.wording(), counter, form, kind, response.getOutputStream());
    }
}
