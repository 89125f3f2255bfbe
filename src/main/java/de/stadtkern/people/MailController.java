package de.stadtkern.people;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Outbox;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileKind;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Table;
import de.stadtkern.page.TableCell;
import de.stadtkern.page.TableColumn;
import de.stadtkern.page.TableQuestion;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/// What was mailed, or would have been, and what still waits.
@Controller
class MailController {

    private static final String PATH = "/mail";
    private static final int BATCH = 1_000;

    private final Outbox outbox;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;

    MailController(Outbox outbox, Rights rights, Menu menu, Pages pages) {
        this.outbox = outbox;
        this.rights = rights;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param on  whether there is a mail server
    /// @param any whether there ever was a mail
    record MailView(
            List<Menu.Entry> menu, boolean on, boolean any, boolean filtered, List<Field> filters, Table table) {}

    @GetMapping(PATH)
    View mail(Frame frame, Form asked, @RequestParam(defaultValue = "1") int page) {
        TableQuestion question = question(asked, page);
        String text = asked.value("q").strip();
        int total = outbox.count(text);
        boolean filtered = !question.filters().isEmpty();
        return pages.page(
                "people/mail.jte",
                frame,
                new MailView(
                        menu.entries(frame, PATH),
                        outbox.isOn(),
                        total > 0 || filtered,
                        filtered,
                        List.of(asked.field("q", frame.say("people.mail.q"))
                                .type("search")
                                .optional()),
                        Table.ofPage(
                                frame.wording(),
                                frame.say("people.mail.caption", total),
                                columns(frame),
                                outbox.list(
                                        text,
                                        ChangesController.order(question),
                                        Table.first(question, total),
                                        Table.rowsPerPage()),
                                total,
                                question)));
    }

    @GetMapping(PATH + ".{ending}")
    void file(Frame frame, Form asked, HttpServletResponse response, @PathVariable String ending) throws IOException {
        TableQuestion question = question(asked, 1);
        String text = asked.value("q").strip();
        // Whoever may not see them is told so before a file begins.
        outbox.count(text);
        FileKind kind = FileKind.getByEnding(ending);
        response.setContentType(kind.mediaType());
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"mail.%s\"".formatted(ending));
        Table.write(
                frame.wording(),
                columns(frame),
                from -> outbox.list(text, ChangesController.order(question), from, BATCH),
                kind,
                response.getOutputStream());
    }

    private static TableQuestion question(Form asked, int page) {
        return new TableQuestion(PATH, Map.of("q", asked.value("q")), asked.value("sort"), page);
    }

    private List<TableColumn<Outbox.Mail>> columns(Frame frame) {
        return List.of(
                new TableColumn<>(
                        "at",
                        frame.say("people.mail.at"),
                        false,
                        mail -> TableCell.time(mail.createdAt(), frame.wording().dateTime(mail.createdAt()))),
                new TableColumn<>(
                        "recipient", frame.say("people.mail.to"), false, mail -> TableCell.text(mail.recipient())),
                new TableColumn<>(
                        "subject",
                        frame.say("people.mail.subject"),
                        false,
                        mail -> TableCell.text(mail.subject()).with(body(frame, mail))),
                TableColumn.unsorted(
                        "state",
                        frame.say("people.mail.state"),
                        mail -> state(frame, mail).with(retry(frame, mail))));
    }

    /// A text may carry a link to choose somebody's password, an admin's too: whoever is no admin must not become one
    /// by it.
    private TableCell.@Nullable More body(Frame frame, Outbox.Mail mail) {
        if (outbox.isOn() || mail.body().isEmpty()) {
            return null;
        }
        return new TableCell.More(
                frame.say("people.mail.body"),
                which(frame, mail),
                rights.allow(Role.ADMIN, Area.TOWN) ? mail.body() : frame.say("people.mail.for-admins"));
    }

    private TableCell.@Nullable Act retry(Frame frame, Outbox.Mail mail) {
        boolean waits = outbox.isOn() && mail.sentAt() == null && !mail.body().isEmpty();
        return waits
                ? new TableCell.Act(
                        PATH + "/" + mail.id() + "/retry", frame.say("people.mail.retry"), which(frame, mail))
                : null;
    }

    private static String which(Frame frame, Outbox.Mail mail) {
        return mail.subject() + ", " + frame.wording().dateTime(mail.createdAt());
    }

    private TableCell state(Frame frame, Outbox.Mail mail) {
        if (mail.sentAt() != null) {
            return TableCell.word(
                    "sent", frame.say("people.mail.sent", frame.wording().dateTime(mail.sentAt())));
        }
        if (!outbox.isOn()) {
            return TableCell.word("not-sent", frame.say("people.mail.not-sent"));
        }
        String failure = mail.failure().isEmpty() ? "" : " " + mail.failure();
        return mail.nextAt() == null
                ? TableCell.word("given-up", frame.say("people.mail.given-up") + failure)
                : TableCell.word("waiting", frame.say("people.mail.waiting") + failure);
    }

    @PostMapping(PATH + "/{id}/retry")
    View retry(@PathVariable long id) {
        outbox.retry(id);
        return pages.next(PATH, Notice.of("people.mail.retried"));
    }

    /// To oneself, to see whether it arrives.
    @PostMapping(PATH + "/test")
    View test(Frame frame) {
        rights.require(Role.OPERATOR, Area.TOWN);
        outbox.put(
                rights.requirePerson().login(),
                frame.say("people.mail.test.subject"),
                frame.say(
                        "people.mail.test.body",
                        frame.wording().dateTime(frame.wording().now())));
        return pages.next(PATH, Notice.of("people.mail.tested"));
    }
}
