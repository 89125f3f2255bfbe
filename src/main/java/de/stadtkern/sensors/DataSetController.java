package de.stadtkern.sensors;

import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// Data sets and who may read and write them, for stewards.
@Controller
@RequestMapping("/data-sets")
class DataSetController {

    private static final String TEMPLATE = "sensors/data-set.jte";

    private final DataSets sets;
    private final DataSetPage page;
    private final Pages pages;

    DataSetController(DataSets sets, DataSetPage page, Pages pages) {
        this.sets = sets;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping
    View list(Frame frame) {
        return pages.page("sensors/data-sets.jte", frame, page.list(frame));
    }

    /// @param form filled in as far as an address of another page says it
    @GetMapping("/new")
    View fresh(Frame frame, Form form) {
        form.fill("openness", DataSet.Openness.INTERNAL.key());
        return pages.page(TEMPLATE, frame, page.one(frame, Optional.empty(), form));
    }

    @PostMapping("/new")
    View create(Frame frame, Form form) {
        AtomicReference<Long> made = new AtomicReference<>(0L);
        boolean accepted = form.accepts(frame, "sensors", flaws -> made.set(sets.create(page.wish(form, flaws))));
        return accepted
                ? pages.next("/data-sets", Notice.of("sensors.sets.created"))
                : pages.refused(TEMPLATE, frame, page.one(frame, Optional.empty(), form));
    }

    @GetMapping("/{id}")
    View one(Frame frame, @PathVariable String id) {
        DataSet set = sets.get(number(id));
        return pages.page(TEMPLATE, frame, page.one(frame, Optional.of(set), DataSetPage.filled(set)));
    }

    @PostMapping("/{id}")
    View change(Frame frame, Form form, @PathVariable String id) {
        DataSet set = sets.get(number(id));
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "sensors",
                flaws -> change.set(sets.change(set.id(), form.value("version"), page.wish(form, flaws))));
        return accepted
                ? pages.next("/data-sets", notice("sensors.sets.saved", change.get()))
                : pages.refused(
                        TEMPLATE,
                        frame,
                        page.one(
                                frame,
                                Optional.of(set),
                                form.overtakenBy(() -> DataSetPage.filled(sets.get(set.id())))));
    }

    @PostMapping("/{id}/delete")
    View delete(@PathVariable String id) {
        return pages.next("/data-sets", notice("sensors.sets.deleted", sets.delete(number(id))));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }

    private static long number(String id) {
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "data-set-unknown", "There is nothing at '%.40s'.".formatted(id));
        }
        return Long.parseLong(id);
    }
}
