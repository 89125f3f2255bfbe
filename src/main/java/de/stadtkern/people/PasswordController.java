package de.stadtkern.people;

import de.stadtkern.identity.Account;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Outbox;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Choosing a password: the first one, a forgotten one, one by link.
@Controller
class PasswordController {

    private static final String PAGE = "people/form-page.jte";

    private final Accounts accounts;
    private final LinkMail mail;
    private final Outbox outbox;
    private final Pages pages;

    PasswordController(Accounts accounts, LinkMail mail, Outbox outbox, Pages pages) {
        this.accounts = accounts;
        this.mail = mail;
        this.outbox = outbox;
        this.pages = pages;
    }

    @GetMapping("/first")
    View first(Frame frame) {
        Account own = accounts.own();
        if (!own.mustChange()) {
            return pages.next("/account");
        }
        Form form = Form.empty();
        if (own.hasMail()) {
            form.fill("mail", own.login()).fill("name", own.name());
        }
        return pages.page(PAGE, frame, firstView(frame, form));
    }

    @PostMapping("/first")
    View chooseFirst(Frame frame, Form form) {
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> accounts.first(
                        form.value("mail"), form.value("name"), form.value("password"), form.value("repeated")));
        return accepted
                ? pages.next("/account", Notice.of("people.first.done"))
                : pages.refused(PAGE, frame, firstView(frame, form));
    }

    private static FormPage firstView(Frame frame, Form form) {
        return new FormPage(
                frame.say("people.first.title"),
                frame.say("people.first.lead"),
                "/first",
                frame.say("people.save"),
                List.of(
                        form.field("name", frame.say("people.name")).autocomplete("name"),
                        form.field("mail", frame.say("people.mail"))
                                .type("email")
                                .autocomplete("email"),
                        newPassword(frame, form),
                        repeated(frame, form)),
                List.of());
    }

    static Field newPassword(Frame frame, Form form) {
        return form.field("password", frame.say("people.password.new"))
                .type("password")
                .hint(frame.say("people.password.hint"))
                .autocomplete("new-password");
    }

    static Field repeated(Frame frame, Form form) {
        return form.field("repeated", frame.say("people.password.repeated"))
                .type("password")
                .autocomplete("new-password");
    }

    @GetMapping("/forgotten")
    View forgotten(Frame frame) {
        return pages.page(PAGE, frame, forgottenView(frame, Form.empty()));
    }

    /// The answer is the same whether there is such an account or not. Without a mail server the link is kept among the
    /// outgoing mails, for admins to see.
    @PostMapping("/forgotten")
    View sendLink(Frame frame, Form form, HttpServletRequest request) {
        mail.forgotten(form.value("mail"), request);
        return pages.next("/login", Notice.of(outbox.isOn() ? "people.forgotten.done" : "people.forgotten.off"));
    }

    private FormPage forgottenView(Frame frame, Form form) {
        boolean sends = outbox.isOn();
        return new FormPage(
                frame.say("people.forgotten.title"),
                frame.say(sends ? "people.forgotten.lead" : "people.forgotten.lead.off"),
                "/forgotten",
                frame.say(sends ? "people.forgotten.submit" : "people.forgotten.submit.off"),
                List.of(form.field("mail", frame.say("people.mail"))
                        .type("email")
                        .autocomplete("email")),
                List.of(
                        new FormPage.Link("/login", frame.say("people.login.title")),
                        new FormPage.Link("/imprint", frame.say("page.imprint"))));
    }

    @GetMapping("/link/{token}")
    View link(Frame frame, @PathVariable String token) {
        return pages.page(PAGE, frame, linkView(frame, Form.empty(), accounts.byLink(token), token));
    }

    @PostMapping("/link/{token}")
    View choose(Frame frame, Form form, @PathVariable String token) {
        Account account = accounts.byLink(token);
        boolean accepted = form.accepts(
                frame, "people", () -> accounts.choosePassword(token, form.value("password"), form.value("repeated")));
        return accepted
                ? pages.next("/login", Notice.of("people.link.done"))
                : pages.refused(PAGE, frame, linkView(frame, form, account, token));
    }

    private static FormPage linkView(Frame frame, Form form, Account account, String token) {
        return new FormPage(
                frame.say("people.link.title"),
                frame.say("people.link.lead", account.name(), account.login()),
                "/link/" + token,
                frame.say("people.save"),
                List.of(
                        form.fill("username", account.login())
                                .field("username", "")
                                .type("username"),
                        newPassword(frame, form),
                        repeated(frame, form)),
                List.of());
    }
}
