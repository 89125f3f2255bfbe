package de.stadtkern.people;

import de.stadtkern.identity.Account;
import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Rights;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// One's own account.
@Controller
@RequestMapping("/account")
class AccountController {

    private final Accounts accounts;
    private final Profile profile;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;

    AccountController(Accounts accounts, Profile profile, Rights rights, Menu menu, Pages pages) {
        this.accounts = accounts;
        this.profile = profile;
        this.rights = rights;
        this.menu = menu;
        this.pages = pages;
    }

    /// A form among one's own pages.
    record OwnForm(List<Menu.Entry> menu, FormPage form) {}

    @GetMapping
    View profile(Frame frame) {
        rights.requirePerson();
        Account own = accounts.own();
        Form form =
                Form.empty().fill("name", own.name()).fill("mail", own.login()).fill("language", own.language());
        return pages.page("people/own-form.jte", frame, profileView(frame, form));
    }

    @PostMapping
    View changeProfile(Frame frame, Form form) {
        boolean accepted = form.accepts(frame, "people", () -> profile.change(form));
        return accepted
                ? pages.next("/account", Notice.of("people.saved"))
                : pages.refused("people/own-form.jte", frame, profileView(frame, form));
    }

    private OwnForm profileView(Frame frame, Form form) {
        return new OwnForm(
                menu.entries(frame, "/account"),
                new FormPage(
                        frame.say("people.menu.account"),
                        "",
                        "/account",
                        frame.say("people.save"),
                        List.of(
                                form.field("name", frame.say("people.name")).autocomplete("name"),
                                form.field("mail", frame.say("people.mail"))
                                        .type("email")
                                        .hint(frame.say("people.mail.hint"))
                                        .autocomplete("email"),
                                form.field("current", frame.say("people.password.current"))
                                        .type("password")
                                        .optional()
                                        .hint(frame.say("people.mail.current"))
                                        .autocomplete("current-password"),
                                language(frame, form, "people.language")),
                        List.of()));
    }

    /// @param label key of the text that says whose mails they are
    static Field language(Frame frame, Form form, String label) {
        return form.field("language", frame.say(label))
                .select(List.of(Field.Choice.of("de", "Deutsch"), Field.Choice.of("en", "English")));
    }

    @GetMapping("/password")
    View password(Frame frame) {
        rights.requirePerson();
        return pages.page("people/own-form.jte", frame, passwordView(frame, Form.empty()));
    }

    @PostMapping("/password")
    View changePassword(Frame frame, Form form) {
        boolean accepted = form.accepts(
                frame,
                "people",
                () -> accounts.changePassword(form.value("current"), form.value("password"), form.value("repeated")));
        return accepted
                ? pages.next("/account/password", Notice.of("people.password.changed"))
                : pages.refused("people/own-form.jte", frame, passwordView(frame, form));
    }

    private OwnForm passwordView(Frame frame, Form form) {
        return new OwnForm(
                menu.entries(frame, "/account/password"),
                new FormPage(
                        frame.say("people.menu.account.password"),
                        frame.say("people.password.lead"),
                        "/account/password",
                        frame.say("people.save"),
                        List.of(
                                form.fill("username", accounts.own().login())
                                        .field("username", "")
                                        .type("username"),
                                form.field("current", frame.say("people.password.current"))
                                        .type("password")
                                        .autocomplete("current-password"),
                                PasswordController.newPassword(frame, form),
                                PasswordController.repeated(frame, form)),
                        List.of()));
    }
}
