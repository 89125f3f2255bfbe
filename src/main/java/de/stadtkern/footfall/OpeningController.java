package de.stadtkern.footfall;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// The opening hours of a place, for editors of pedestrian counting: weeks, and single days that are different.
@Controller
class OpeningController {

    private static final String PATH = CountersPage.PATH + "/{id}/opening";
    private static final String PAGE = "footfall/opening.jte";
    /// In place of hours that cannot be read: open all day, which nothing else is held against.
    private static final List<Opening.Span> UNREAD = List.of(new Opening.Span(0, 24 * 60));

    private final Counters counters;
    private final Openings openings;
    private final CountersPage register;
    private final Pages pages;

    OpeningController(Counters counters, Openings openings, CountersPage register, Pages pages) {
        this.counters = counters;
        this.openings = openings;
        this.register = register;
        this.pages = pages;
    }

    record OpeningView(
            List<Menu.Entry> menu,
            String title,
            String address,
            String counter,
            List<Row> rows,
            List<Field> week,
            List<Field> day) {}

    /// @param days what it says of each weekday, as `Monday 08:00-18:00`; of a single day one line
    record Row(long id, String when, List<String> days, String reason) {}

    @GetMapping(PATH)
    View show(Frame frame, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        return pages.page(PAGE, frame, view(frame, counter, Form.empty(), Form.empty()));
    }

    @PostMapping(PATH)
    View week(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "footfall", flaws -> change.set(openings.add(week(counter.id(), form, flaws), flaws)));
        return accepted
                ? next(counter, "footfall.opening.added", change.get())
                : pages.refused(PAGE, frame, view(frame, counter, form, Form.empty()));
    }

    @PostMapping(PATH + "/day")
    View day(Frame frame, Form form, @PathVariable String id) {
        Counter counter = counters.get(CountersController.number(id));
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame, "footfall", flaws -> change.set(openings.add(day(counter.id(), form, flaws), flaws)));
        return accepted
                ? next(counter, "footfall.opening.added", change.get())
                : pages.refused(PAGE, frame, view(frame, counter, Form.empty(), form));
    }

    @PostMapping(PATH + "/{opening}/delete")
    View delete(@PathVariable String id, @PathVariable String opening) {
        Counter counter = counters.get(CountersController.number(id));
        return next(
                counter, "footfall.opening.deleted", openings.delete(counter.id(), CountersController.number(opening)));
    }

    private View next(Counter counter, String said, long change) {
        return pages.next(address(counter), new Notice(said, change == 0 ? Optional.empty() : Optional.of(change)));
    }

    private static String address(Counter counter) {
        return CountersPage.PATH + "/" + counter.id() + "/opening";
    }

    private static Opening week(long counter, Form form, Flaws flaws) {
        Map<DayOfWeek, List<Opening.Span>> week = new EnumMap<>(DayOfWeek.class);
        LocalDate from = begin(form, "from", flaws);
        LocalDate until = flaws.read(null, () -> date(form, "until"));
        for (DayOfWeek weekday : DayOfWeek.values()) {
            String field = OpeningStore.key(weekday);
            week.put(weekday, flaws.read(UNREAD, () -> Opening.spans(field, form.value(field))));
        }
        return new Opening(0, counter, from, until, week, form.value("reason").strip());
    }

    private static Opening day(long counter, Form form, Flaws flaws) {
        LocalDate day = begin(form, "day", flaws);
        List<Opening.Span> times = flaws.read(UNREAD, () -> Opening.spans("times", form.value("times")));
        String reason = form.value("day-reason").strip();
        flaws.check(() -> Openings.requireReason("day-reason", reason));
        return new Opening(0, counter, day, day, Map.of(day.getDayOfWeek(), times), reason);
    }

    private static LocalDate begin(Form form, String field, Flaws flaws) {
        LocalDate day = flaws.read(null, () -> date(form, field));
        if (day == null) {
            flaws.add(Problem.field(field, "from-missing", "Say when it begins."));
            return LocalDate.EPOCH;
        }
        return day;
    }

    private static @Nullable LocalDate date(Form form, String field) {
        String text = form.value(field).strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1990 && day.getYear() <= 2200) {
                return day;
            }
        } catch (DateTimeException unreadable) {
            // Refused below, as a day of another age is.
        }
        throw Problem.field(field, "day-invalid", "A day is written like 2026-11-30.");
    }

    private OpeningView view(Frame frame, Counter counter, Form week, Form day) {
        return new OpeningView(
                register.menu(frame, CountersPage.PATH),
                frame.say("footfall.opening.title", counter.wish().name()),
                address(counter),
                CountersPage.PATH + "/" + counter.id(),
                openings.of(counter.id()).openings().stream()
                        .map(opening -> row(frame, opening))
                        .toList(),
                weekFields(frame, week),
                List.of(
                        day.field("day", frame.say("footfall.opening.day")).type("date"),
                        day.field("times", frame.say("footfall.opening.times"))
                                .hint(frame.say("footfall.opening.times.hint"))
                                .optional(),
                        day.field("day-reason", frame.say("footfall.field.reason"))
                                .optional()));
    }

    private static List<Field> weekFields(Frame frame, Form form) {
        List<Field> fields = new ArrayList<>();
        fields.add(form.field("from", frame.say("footfall.opening.from")).type("date"));
        fields.add(form.field("until", frame.say("footfall.opening.until"))
                .type("date")
                .hint(frame.say("footfall.opening.until.hint"))
                .optional());
        for (DayOfWeek weekday : DayOfWeek.values()) {
            Field field =
                    form.field(OpeningStore.key(weekday), name(frame, weekday)).optional();
            fields.add(weekday == DayOfWeek.MONDAY ? field.hint(frame.say("footfall.opening.times.hint")) : field);
        }
        fields.add(form.field("reason", frame.say("footfall.opening.remark")).optional());
        return fields;
    }

    private static String name(Frame frame, DayOfWeek weekday) {
        return weekday.getDisplayName(TextStyle.FULL, frame.wording().locale());
    }

    private static String line(Frame frame, DayOfWeek weekday, String times) {
        return frame.say(
                "footfall.opening.line",
                name(frame, weekday),
                times.isEmpty() ? frame.say("footfall.opening.closed") : times);
    }

    private static Row row(Frame frame, Opening opening) {
        LocalDate until = opening.until();
        String from = frame.wording().date(opening.from());
        if (opening.isSingleDay()) {
            String times = opening.text(opening.from().getDayOfWeek());
            return new Row(
                    opening.id(), from, List.of(line(frame, opening.from().getDayOfWeek(), times)), opening.reason());
        }
        List<String> days = new ArrayList<>();
        for (DayOfWeek weekday : DayOfWeek.values()) {
            String times = opening.text(weekday);
            days.add(line(frame, weekday, times));
        }
        return new Row(
                opening.id(),
                until == null
                        ? frame.say("footfall.since", from)
                        : frame.say("footfall.from-to", from, frame.wording().date(until)),
                days,
                opening.reason());
    }
}
