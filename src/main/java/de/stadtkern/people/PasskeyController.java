package de.stadtkern.people;

import de.stadtkern.identity.Logins;
import de.stadtkern.identity.Passkeys;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.SessionCookie;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Passkeys: made, listed, taken away, and logging in with one. These pages need scripts, because only a script can
/// ask the device.
@Controller
class PasskeyController {

    private final Passkeys passkeys;
    private final Rights rights;
    private final Logins logins;
    private final Menu menu;
    private final Pages pages;

    PasskeyController(Passkeys passkeys, Rights rights, Logins logins, Menu menu, Pages pages) {
        this.passkeys = passkeys;
        this.rights = rights;
        this.logins = logins;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param due     whether a second factor is a duty, and nothing else can be done before
    /// @param factor  whether one is asked for after the password
    /// @param current the present password, to be asked for no more
    record PasskeysView(
            List<Menu.Entry> menu,
            boolean due,
            List<Row> rows,
            Field name,
            Field credential,
            boolean factor,
            Field current) {
        record Row(long id, String name, String made, String used) {}
    }

    record LoginView(Field credential, String next) {}

    @GetMapping("/account/passkeys")
    View list(Frame frame) {
        return pages.page("people/passkeys.jte", frame, view(frame, Form.empty()));
    }

    @PostMapping("/account/passkeys/begin")
    ResponseEntity<String> beginCreate(HttpServletRequest request) {
        return json(passkeys.beginCreate(site(request)));
    }

    @PostMapping("/account/passkeys")
    View create(Frame frame, Form form, HttpServletRequest request) {
        boolean accepted = form.accepts(
                frame, "people", () -> passkeys.create(form.value("name"), form.value("credential"), site(request)));
        return accepted
                ? pages.next("/account/passkeys", Notice.of("people.saved"))
                : pages.refused("people/passkeys.jte", frame, view(frame, form));
    }

    @PostMapping("/account/passkeys/{id}/remove")
    View remove(@PathVariable long id) {
        passkeys.remove(id);
        return pages.next("/account/passkeys", Notice.of("people.passkeys.removed"));
    }

    private PasskeysView view(Frame frame, Form form) {
        return new PasskeysView(
                menu.entries(frame, "/account/passkeys"),
                rights.isAddingFactor(),
                passkeys.list().stream()
                        .map(passkey -> new PasskeysView.Row(
                                passkey.id(),
                                passkey.name(),
                                frame.wording().dateTime(passkey.createdAt()),
                                passkey.usedAt() == null
                                        ? frame.say("people.never")
                                        : frame.wording().age(passkey.usedAt())))
                        .toList(),
                form.field("name", frame.say("people.passkeys.name")).hint(frame.say("people.passkeys.name.hint")),
                credential(frame, form),
                passkeys.isFactor(),
                form.field("current", frame.say("people.password.current"))
                        .type("password")
                        .autocomplete("current-password"));
    }

    @PostMapping("/account/passkeys/factor")
    View demand() {
        passkeys.demand();
        return pages.next("/account/passkeys", Notice.of("people.passkeys.factor.on"));
    }

    @PostMapping("/account/passkeys/factor/remove")
    View demandNoMore(Frame frame, Form form) {
        return form.accepts(frame, "people", () -> passkeys.demandNoMore(form.value("current")))
                ? pages.next("/account/passkeys", Notice.of("people.passkeys.factor.off"))
                : pages.refused("people/passkeys.jte", frame, view(frame, form));
    }

    private static Field credential(Frame frame, Form form) {
        return form.field("credential", frame.say("people.passkeys.one"));
    }

    @GetMapping("/login/passkey")
    View show(Frame frame, Form form) {
        return pages.page("people/passkey-login.jte", frame, loginView(frame, form));
    }

    @PostMapping("/login/passkey/begin")
    ResponseEntity<String> beginLogin(HttpServletRequest request) {
        return json(passkeys.beginLogin(site(request)));
    }

    @PostMapping("/login/passkey")
    View login(Frame frame, Form form, HttpServletRequest request, HttpServletResponse response) {
        AtomicReference<Logins.@Nullable Opened> opened = new AtomicReference<>();
        form.accepts(
                frame,
                "people",
                () -> opened.set(
                        logins.passkey(form.value("credential"), site(request), LoginController.place(request))));
        Logins.Opened session = opened.get();
        if (session == null) {
            return pages.refused("people/passkey-login.jte", frame, loginView(frame, form));
        }
        logins.logout(SessionCookie.read(request));
        SessionCookie.set(request, response, session);
        return pages.next(session.mustChangePassword() ? "/first" : LoginController.next(form.value("next")));
    }

    private static LoginView loginView(Frame frame, Form form) {
        return new LoginView(credential(frame, form), form.value("next"));
    }

    private static ResponseEntity<String> json(String options) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(options);
    }

    private static Passkeys.Site site(HttpServletRequest request) {
        return new Passkeys.Site(request.getServerName(), LinkMail.address(request));
    }
}
