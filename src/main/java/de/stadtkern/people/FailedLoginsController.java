package de.stadtkern.people;

import de.stadtkern.identity.FailedLogins;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// Logins that failed, as a list and as files, for admins.
@Controller
class FailedLoginsController {

    private static final String PATH = "/failed-logins";
    private static final int BATCH = 1_000;

    private final FailedLogins failed;
    private final Menu menu;
    private final Pages pages;

    FailedLoginsController(FailedLogins failed, Menu menu, Pages pages) {
        this.failed = failed;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param days how long they stay
    record FailedLoginsView(List<Menu.Entry> menu, long days, Listing.Shown list) {}

    @GetMapping(PATH)
    View list(Frame frame, Form asked, @RequestParam(defaultValue = "1") int page) {
        TableQuestion question = question(asked, page);
        String text = asked.value("q").strip();
        int total = failed.count(text);
        boolean filtered = !question.filters().isEmpty();
        List<Field> filters = List.of(
                asked.field("q", frame.say("people.failed.q")).type("search").optional());
        Table table = Table.ofPage(
                frame.wording(),
                frame.say("people.failed.caption", total),
                columns(frame),
                failed.list(text, ChangesController.order(question), Table.first(question, total), Table.rowsPerPage()),
                total,
                question);
        return pages.page(
                "people/failed-logins.jte",
                frame,
                new FailedLoginsView(
                        menu.entries(frame, PATH),
                        failed.kept().toDays(),
                        new Listing.Shown(total > 0 || filtered, filtered, filters, table)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        TableQuestion question = question(asked, 1);
        String text = asked.value("q").strip();
        // Whoever may not see them is told so before a file begins.
        failed.count(text);
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"failed-logins.%s\"".formatted(ending));
        Table.write(
                frame.wording(),
                columns(frame),
                from -> failed.list(text, ChangesController.order(question), from, BATCH),
                kind,
                response.getOutputStream());
    }

    private static TableQuestion question(Form asked, int page) {
        return new TableQuestion(PATH, Map.of("q", asked.value("q")), asked.value("sort"), page);
    }

    private static List<TableColumn<FailedLogins.Failure>> columns(Frame frame) {
        return List.of(
                new TableColumn<>(
                        "at",
                        frame.say("people.failed.at"),
                        false,
                        failure -> TableCell.time(failure.at(), frame.wording().dateTime(failure.at()))),
                new TableColumn<>("who", frame.say("people.failed.who"), false, failure -> who(frame, failure)),
                TableColumn.unsorted(
                        "reason",
                        frame.say("people.failed.reason"),
                        failure -> TableCell.text(frame.say("people.failed.reason.%s"
                                .formatted(failure.reason().key())))),
                new TableColumn<>(
                        "network",
                        frame.say("people.failed.network"),
                        false,
                        failure -> TableCell.text(failure.network())),
                new TableColumn<>(
                        "times",
                        frame.say("people.failed.times"),
                        true,
                        failure -> TableCell.number(
                                (double) failure.times(), frame.wording().number(failure.times()))));
    }

    private static TableCell who(Frame frame, FailedLogins.Failure failure) {
        return failure.account() == null
                ? TableCell.text(frame.say("people.failed.unknown"))
                : new TableCell(
                        failure.name(), failure.name() + ", " + failure.login(), "/people/" + failure.account());
    }
}
