package de.stadtkern.footfall;

import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Where editors of pedestrian counting choose the places of the index.
@Controller
class BasketController {

    static final String PATH = "/counters/basket";

    private static final String PAGE = "footfall/basket.jte";
    private static final String PLACE = "counter-";
    private static final int CHANGES = 5;
    private static final YearMonth FIRST = YearMonth.of(1990, 1);
    private static final YearMonth LAST = YearMonth.of(2200, 12);

    private final Baskets baskets;
    private final Counters counters;
    private final CountersPage register;
    private final Changes changes;
    private final Pages pages;

    BasketController(Baskets baskets, Counters counters, CountersPage register, Changes changes, Pages pages) {
        this.baskets = baskets;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
        this.pages = pages;
    }

    /// @param places one checkbox for each counter that the public sees
    record BasketView(
            List<Menu.Entry> menu,
            List<Field> every,
            List<Field> places,
            List<Field> rest,
            List<CountersPage.ChangeRow> changes) {}

    @GetMapping(PATH)
    View form(Frame frame) {
        counters.require();
        return pages.page(PAGE, frame, view(frame, filled(frame)));
    }

    @PostMapping(PATH)
    View choose(Frame frame, Form form) {
        counters.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "footfall",
                flaws -> change.set(baskets.choose(form.value("version"), read(form, flaws), flaws)));
        return accepted
                ? pages.next(
                        PATH,
                        new Notice(
                                "footfall.basket.chosen",
                                change.get() == 0 ? Optional.empty() : Optional.of(change.get())))
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(() -> filled(frame))));
    }

    private Basket read(Form form, Flaws flaws) {
        List<Long> chosen = counters.shown().stream()
                .map(Counter::id)
                .filter(id -> form.isChecked(PLACE + id))
                .toList();
        return new Basket(
                chosen, flaws.read(FIRST, () -> month(form, "from")), flaws.read(LAST, () -> month(form, "to")));
    }

    private static YearMonth month(Form form, String field) {
        YearMonth month = IndexController.month(field, form.value(field));
        if (month == null) {
            throw Problem.field(field, "month-invalid", "A month is written like 2026-11.");
        }
        return month;
    }

    /// What is chosen; else the year before as the hundred.
    private Form filled(Frame frame) {
        Optional<Basket> basket = baskets.find();
        LocalDate today = frame.wording().day(frame.wording().now());
        Form form = Form.empty()
                .fill("version", Baskets.version(basket))
                .fill(
                        "from",
                        basket.map(Basket::from)
                                .orElse(YearMonth.of(today.getYear() - 1, 1))
                                .toString())
                .fill(
                        "to",
                        basket.map(Basket::to)
                                .orElse(YearMonth.of(today.getYear() - 1, 12))
                                .toString());
        basket.map(Basket::counters).orElse(List.of()).forEach(id -> form.fill(PLACE + id, "on"));
        return form;
    }

    private BasketView view(Frame frame, Form form) {
        List<Field> places = counters.shown().stream()
                .map(counter -> form.field(PLACE + counter.id(), counter.wish().name())
                        .type("checkbox")
                        .optional())
                .toList();
        List<Field> rest = List.of(
                form.field("from", frame.say("footfall.basket.from")).hint(frame.say("footfall.basket.month.hint")),
                form.field("to", frame.say("footfall.basket.to")).hint(frame.say("footfall.basket.month.hint")),
                form.version());
        // What is wrong with the choice as a whole stands at its first place.
        String error = form.field("counters", "").error();
        List<Field> shown = new ArrayList<>(places);
        if (!error.isEmpty() && !shown.isEmpty()) {
            Field first = shown.getFirst();
            shown.set(
                    0,
                    new Field(
                            first.name(),
                            first.label(),
                            first.type(),
                            first.hint(),
                            first.value(),
                            error,
                            null,
                            false,
                            List.of(),
                            null));
        }
        List<Field> every = new ArrayList<>(shown);
        every.addAll(rest);
        return new BasketView(register.menu(frame, CountersPage.PATH), every, shown, rest, changes(frame));
    }

    private List<CountersPage.ChangeRow> changes(Frame frame) {
        return changes.of(Baskets.KIND, Baskets.SUBJECT).stream()
                .limit(CHANGES)
                .map(change -> new CountersPage.ChangeRow(
                        change.id(),
                        frame.say("footfall.counters.change", frame.wording().dateTime(change.at()), change.who()),
                        changes.isUndoable(change) ? "/changes/" + change.id() + "/undo" : ""))
                .toList();
    }
}
