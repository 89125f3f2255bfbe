package de.stadtkern.site;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// What the law wants every site to say: who runs it, what it does with data about people, and who can use it.
@Controller
class StatementsController {

    private final BarrierReports reports;
    private final Pages pages;

    StatementsController(BarrierReports reports, Pages pages) {
        this.reports = reports;
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
        return pages.page("site/accessibility.jte", frame, accessibilityView(frame, Form.empty()));
    }

    @PostMapping("/accessibility")
    View report(Frame frame, Form form) {
        City town = CityContext.current();
        String to = StatementView.of(town).mail();
        if (to.isEmpty()) {
            throw new Problem(Problem.Kind.MISSING, "no-address", "This town has named no mail address yet.");
        }
        return form.accepts(frame, "site", () -> reports.send(town, to, form.value("text"), form.value("mail")))
                ? pages.next("/accessibility", Notice.of("site.accessibility.thanks"))
                : pages.refused("site/accessibility.jte", frame, accessibilityView(frame, form));
    }

    private static AccessibilityView accessibilityView(Frame frame, Form form) {
        StatementView statement = StatementView.of(CityContext.current());
        return new AccessibilityView(
                statement,
                statement.mail().isEmpty()
                        ? List.of()
                        : List.of(
                                form.field("text", frame.say("site.accessibility.what"))
                                        .type("textarea"),
                                form.field("mail", frame.say("site.accessibility.mail"))
                                        .type("email")
                                        .autocomplete("email")
                                        .hint(frame.say("site.accessibility.mail.hint"))
                                        .optional()));
    }
}
