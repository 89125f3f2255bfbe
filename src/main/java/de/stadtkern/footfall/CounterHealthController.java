package de.stadtkern.footfall;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// How all counters are, and what editors say of flags.
@Controller
class CounterHealthController {

    private static final String TEMPLATE = "footfall/health.jte";

    private final Counters counters;
    private final CounterFlags flags;
    private final CounterHealthPage page;
    private final Pages pages;

    CounterHealthController(Counters counters, CounterFlags flags, CounterHealthPage page, Pages pages) {
        this.counters = counters;
        this.flags = flags;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping(CounterHealthPage.PATH)
    View health(Frame frame) {
        return pages.page(TEMPLATE, frame, page.view(frame, Form.empty()));
    }

    /// With the button that was pressed: `confirm` or `explain`.
    @PostMapping(CountersPage.PATH + "/flags/{id}")
    View judge(Frame frame, Form form, @PathVariable String id) {
        counters.require();
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "flag-unknown", "There is nothing at '%.40s'.".formatted(id));
        }
        long flag = Long.parseLong(id);
        String cause = form.value("cause-" + flag);
        AtomicReference<Notice> told = new AtomicReference<>(Notice.of("footfall.fault.explained"));
        boolean accepted = form.accepts(frame, "footfall", () -> {
            if (form.value("verdict").equals("confirm")) {
                told.set(new Notice("footfall.fault.confirmed", Optional.of(flags.confirm(flag, cause))));
            } else {
                flags.explain(flag, cause);
            }
        });
        return accepted
                ? pages.next(CounterHealthPage.PATH, told.get())
                : pages.refused(TEMPLATE, frame, page.view(frame, form));
    }
}
