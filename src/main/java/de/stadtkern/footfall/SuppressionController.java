package de.stadtkern.footfall;

import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Where editors of pedestrian counting say which numbers are too small to be shown.
@Controller
class SuppressionController {

    static final String PATH = "/counters/privacy";

    private static final String PAGE = "footfall/privacy.jte";
    private static final int CHANGES = 5;

    private final Suppressions rules;
    private final Counters counters;
    private final CountersPage register;
    private final Changes changes;
    private final Pages pages;

    SuppressionController(Suppressions rules, Counters counters, CountersPage register, Changes changes, Pages pages) {
        this.rules = rules;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
        this.pages = pages;
    }

    /// @param open counters of which everybody can read the parts hour by hour, whatever the rule says
    record PrivacyView(
            List<Menu.Entry> menu, List<Field> fields, List<Place> open, List<CountersPage.ChangeRow> changes) {}

    record Place(String name, String address) {}

    @GetMapping(PATH)
    View form(Frame frame) {
        counters.require();
        return pages.page(PAGE, frame, view(frame, filled()));
    }

    @PostMapping(PATH)
    View set(Frame frame, Form form) {
        counters.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted =
                form.accepts(frame, "footfall", () -> change.set(rules.set(form.value("version"), read(form))));
        return accepted
                ? pages.next(
                        PATH,
                        new Notice(
                                "footfall.privacy.set",
                                change.get() == 0 ? Optional.empty() : Optional.of(change.get())))
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(this::filled)));
    }

    private static Suppression read(Form form) {
        String text = form.value("smallest").strip();
        if (!text.matches("\\d{1,6}")) {
            throw Problem.field("smallest", "smallest-invalid", "A whole number from 3 to 100.");
        }
        return new Suppression(Integer.parseInt(text));
    }

    private Form filled() {
        Suppression rule = rules.find();
        return Form.empty().fill("version", rule.version()).fill("smallest", String.valueOf(rule.smallest()));
    }

    private PrivacyView view(Frame frame, Form form) {
        return new PrivacyView(
                register.menu(frame, CountersPage.PATH),
                List.of(
                        form.version(),
                        form.field("smallest", frame.say("footfall.privacy.smallest"))
                                .hint(frame.say("footfall.privacy.smallest.hint"))),
                counters.list().stream()
                        .filter(counter -> !counters.openParts(counter).isEmpty())
                        .map(counter ->
                                new Place(counter.wish().name(), CountersPage.PATH + "/" + counter.id() + "#parts"))
                        .toList(),
                changes.of(Suppressions.KIND, Suppressions.SUBJECT).stream()
                        .limit(CHANGES)
                        .map(change -> new CountersPage.ChangeRow(
                                change.id(),
                                frame.say(
                                        "footfall.counters.change",
                                        frame.wording().dateTime(change.at()),
                                        change.who()),
                                changes.isUndoable(change) ? "/changes/" + change.id() + "/undo" : ""))
                        .toList());
    }
}
