package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableQuestion;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.MeasuringPoint;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// The register of counters, for editors of pedestrian counting.
@Controller
class CountersController {

    private static final String PATH = CountersPage.PATH;
    private static final String ONE = "footfall/counter.jte";

    private final Counters counters;
    private final CounterPeriods periods;
    private final CountersPage page;
    private final Pages pages;

    CountersController(Counters counters, CounterPeriods periods, CountersPage page, Pages pages) {
        this.counters = counters;
        this.periods = periods;
        this.page = page;
        this.pages = pages;
    }

    @GetMapping(PATH)
    View list(
            Frame frame,
            @RequestParam(defaultValue = "") String sort,
            @RequestParam(name = "page", defaultValue = "1") int number) {
        return pages.page(
                "footfall/counters.jte", frame, page.list(frame, new TableQuestion(PATH, Map.of(), sort, number)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(
            Frame frame,
            HttpServletResponse response,
            @PathVariable String ending,
            @RequestParam(defaultValue = "") String sort)
            throws IOException {
        counters.require();
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"counters.%s\"".formatted(ending));
        Table.write(
                frame.wording(),
                page.columns(frame),
                counters.list(),
                new TableQuestion(PATH, Map.of(), sort, 1),
                kind,
                response.getOutputStream());
    }

    /// First which Thing, then the rest.
    @GetMapping(PATH + "/new")
    View fresh(Frame frame, @RequestParam(defaultValue = "") String thing) {
        counters.require();
        if (thing.isEmpty()) {
            return pages.page("footfall/choose.jte", frame, page.choose(frame));
        }
        MeasuringPoint point = page.thing(number(thing));
        Counter.Wish wish = CounterProposal.of(point, CityContext.current().zone());
        Counter.Wish free = wish.at(counters.free(wish.slug()));
        return pages.page(ONE, frame, page.fresh(frame, point, CounterForm.filled(free)));
    }

    @PostMapping(PATH + "/new")
    View create(Frame frame, Form form, @RequestParam(defaultValue = "") String thing) {
        counters.require();
        MeasuringPoint point = page.thing(number(thing));
        AtomicReference<Long> made = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "footfall", flaws -> made.set(counters.create(CounterForm.read(form, point, flaws), flaws)));
        return accepted
                ? pages.next(PATH + "/" + made.get(), Notice.of("footfall.counters.created"))
                : pages.refused(ONE, frame, page.fresh(frame, point, form));
    }

    @GetMapping(PATH + "/{id}")
    View one(Frame frame, @PathVariable String id) {
        Counter counter = counters.get(number(id));
        return pages.page(ONE, frame, page.one(frame, counter, CounterForm.filled(counter), Form.empty()));
    }

    @PostMapping(PATH + "/{id}")
    View change(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(number(id));
        MeasuringPoint point = page.thing(counter.wish().thingId());
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "footfall",
                flaws -> change.set(counters.change(
                        counter.id(), form.value("version"), CounterForm.read(form, point, flaws), flaws)));
        return accepted
                ? pages.next(PATH + "/" + counter.id(), notice("footfall.counters.changed", change.get()))
                : pages.refused(
                        ONE,
                        frame,
                        page.one(
                                frame,
                                counter,
                                form.overtakenBy(() -> CounterForm.filled(counters.get(counter.id()))),
                                Form.empty()));
    }

    @PostMapping(PATH + "/{id}/periods")
    View period(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(number(id));
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "footfall",
                flaws -> change.set(periods.add(
                        CounterForm.readPeriod(
                                form, counter.id(), CityContext.current().zone(), flaws),
                        flaws)));
        return accepted
                ? pages.next(PATH + "/" + counter.id(), notice("footfall.period.added", change.get()))
                : pages.refused(ONE, frame, page.one(frame, counter, CounterForm.filled(counter), form));
    }

    @PostMapping(PATH + "/{id}/periods/{period}/delete")
    View deletePeriod(@PathVariable String id, @PathVariable String period) {
        Counter counter = counters.get(number(id));
        return pages.next(
                PATH + "/" + counter.id(),
                notice("footfall.period.deleted", periods.delete(counter.id(), number(period))));
    }

    private static Notice notice(String key, long change) {
        return new Notice(key, change == 0 ? Optional.empty() : Optional.of(change));
    }

    static long number(String id) {
        if (!id.matches("\\d{1,15}")) {
            throw new Problem(Problem.Kind.MISSING, "counter-unknown", "There is nothing at '%.40s'.".formatted(id));
        }
        return Long.parseLong(id);
    }
}
