package de.stadtkern.footfall;

import de.stadtkern.identity.Changes;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.people.Menu;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Where editors of pedestrian counting say when schools are closed: line by line, or by a file that is added to it.
@Controller
class HolidayController {

    static final String PATH = CountersPage.PATH + "/holidays";

    private static final String PAGE = "footfall/holidays.jte";
    private static final String LINES = "holidays";
    private static final String FILE = "file";
    private static final int LARGEST = 256 * 1024;
    private static final int CHANGES = 5;

    private final SchoolHolidays holidays;
    private final Counters counters;
    private final CountersPage register;
    private final Changes changes;
    private final Pages pages;

    HolidayController(SchoolHolidays holidays, Counters counters, CountersPage register, Changes changes, Pages pages) {
        this.holidays = holidays;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
        this.pages = pages;
    }

    record HolidaysView(
            List<Menu.Entry> menu,
            List<String> known,
            List<Field> lines,
            List<Field> file,
            List<CountersPage.ChangeRow> changes) {}

    @GetMapping(PATH)
    View show(Frame frame) {
        counters.require();
        return pages.page(PAGE, frame, view(frame, filled(), Form.empty()));
    }

    @PostMapping(PATH)
    View change(Frame frame, Form form) {
        counters.require();
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = form.accepts(
                frame,
                "footfall",
                () -> change.set(holidays.change(form.value("version"), SchoolHoliday.read(LINES, form.value(LINES)))));
        return accepted
                ? next(change.get())
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(this::filled), Form.empty()));
    }

    /// Nothing is received from whoever may not change them.
    @PostMapping(PATH + "/file")
    View add(Frame frame, HttpServletRequest request) {
        counters.require();
        FileForm sent = FileForm.receive(request, FILE, LARGEST);
        AtomicReference<Long> change = new AtomicReference<>(0L);
        boolean accepted = sent.form().accepts(frame, "footfall", () -> {
            byte[] content =
                    sent.file().orElseThrow(() -> Problem.field(FILE, "holidays-file", "Please choose a file."));
            if (content.length > LARGEST) {
                throw Problem.field(FILE, "holidays-large", "Such a file has at most 256 kB.");
            }
            List<SchoolHoliday> known = holidays.list();
            List<SchoolHoliday> read = SchoolHoliday.read(FILE, new String(content, StandardCharsets.UTF_8));
            change.set(holidays.change(
                    SchoolHolidays.version(known),
                    SchoolHoliday.read(
                            FILE,
                            SchoolHoliday.text(
                                    Stream.concat(known.stream(), read.stream()).toList()))));
        });
        return accepted ? next(change.get()) : pages.refused(PAGE, frame, view(frame, filled(), sent.form()));
    }

    private View next(long change) {
        return pages.next(
                PATH, new Notice("footfall.holidays.saved", change == 0 ? Optional.empty() : Optional.of(change)));
    }

    private Form filled() {
        List<SchoolHoliday> known = holidays.list();
        return Form.empty().fill(LINES, SchoolHoliday.text(known)).fill("version", SchoolHolidays.version(known));
    }

    private HolidaysView view(Frame frame, Form lines, Form file) {
        return new HolidaysView(
                register.menu(frame, CountersPage.PATH),
                holidays.list().stream()
                        .map(one -> frame.say(
                                "footfall.holidays.line",
                                one.name(),
                                frame.wording().date(one.from()),
                                frame.wording().date(one.to())))
                        .toList(),
                List.of(
                        lines.version(),
                        lines.field(LINES, frame.say("footfall.holidays.lines"))
                                .type("textarea")
                                .hint(frame.say("footfall.holidays.lines.hint"))
                                .optional()),
                List.of(file.field(FILE, frame.say("footfall.holidays.file"))
                        .type("file")
                        .hint(frame.say("footfall.holidays.file.hint"))),
                changes.of(SchoolHolidays.KIND, SchoolHolidays.SUBJECT).stream()
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
