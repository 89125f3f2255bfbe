package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.CalibrationPage.Typed;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Flaws;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Reference counts and calibrations of a counter, from the forms of its page.
@Controller
class CalibrationController {

    private static final String ONE = CountersPage.PATH + "/{id}";

    private final Counters counters;
    private final ReferenceCounts references;
    private final Calibrations calibrations;
    private final CountersPage page;
    private final Pages pages;

    CalibrationController(
            Counters counters, ReferenceCounts references, Calibrations calibrations, CountersPage page, Pages pages) {
        this.counters = counters;
        this.references = references;
        this.calibrations = calibrations;
        this.page = page;
        this.pages = pages;
    }

    @PostMapping(ONE + "/references")
    View reference(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        return answer(
                frame,
                form,
                counter,
                "footfall.reference.added",
                flaws -> references.add(CalibrationForm.readReference(form, counter, zone(), flaws), flaws),
                new Typed(form, Form.empty(), Form.empty()));
    }

    @PostMapping(ONE + "/references/{reference}/delete")
    View deleteReference(@PathVariable String id, @PathVariable String reference) {
        Counter counter = counters.get(CountersController.number(id));
        long change = references.delete(counter.id(), CountersController.number(reference));
        return pages.next(at(counter), notice("footfall.reference.deleted", change));
    }

    @PostMapping(ONE + "/calibrations")
    View add(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        return answer(
                frame,
                form,
                counter,
                "footfall.calibration.added",
                flaws -> calibrations.add(
                        CalibrationForm.readFactor(
                                form,
                                counter,
                                references.of(counter.id()),
                                (role, chosen) -> calibrations.factor(counter, role, chosen),
                                zone(),
                                flaws),
                        flaws),
                new Typed(Form.empty(), form, Form.empty()));
    }

    @PostMapping(ONE + "/calibrations/{calibration}/end")
    View end(Frame frame, Form form, @PathVariable String id, @PathVariable String calibration) {
        Counter counter = counters.get(CountersController.number(id));
        long which = CountersController.number(calibration);
        return answer(
                frame,
                form,
                counter,
                "footfall.calibration.ended",
                flaws -> calibrations.end(
                        counter.id(),
                        which,
                        form.value("version"),
                        CalibrationForm.readEnd(form, which, zone(), flaws),
                        flaws),
                new Typed(Form.empty(), Form.empty(), form));
    }

    @PostMapping(ONE + "/calibrations/{calibration}/withdraw")
    View withdraw(Frame frame, Form form, @PathVariable String id, @PathVariable String calibration) {
        Counter counter = counters.get(CountersController.number(id));
        return answer(
                frame,
                form,
                counter,
                "footfall.calibration.withdrawn",
                _ -> calibrations.withdraw(counter.id(), CountersController.number(calibration), form.value("version")),
                new Typed(Form.empty(), Form.empty(), form));
    }

    private View answer(Frame frame, Form form, Counter counter, String done, Function<Flaws, Long> work, Typed typed) {
        AtomicReference<Long> change = new AtomicReference<>(0L);
        return form.accepts(frame, "footfall", flaws -> change.set(work.apply(flaws)))
                ? pages.next(at(counter), notice(done, change.get()))
                : pages.refused(
                        "footfall/counter.jte",
                        frame,
                        page.one(frame, counter, CounterForm.filled(counter), Form.empty(), typed));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }

    private static String at(Counter counter) {
        return CountersPage.PATH + "/" + counter.id();
    }

    private static ZoneId zone() {
        return CityContext.current().zone();
    }
}
