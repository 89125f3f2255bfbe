package de.stadtkern.people;

import de.stadtkern.identity.Accounts;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.SecondFactor;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.page.Qr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// Setting up one's second factor, and taking it away.
@Controller
class SecondFactorController {

    private static final String PAGE = "people/second-factor.jte";

    private final SecondFactor factor;
    private final Rights rights;
    private final Menu menu;
    private final Pages pages;
    private final Accounts accounts;

    SecondFactorController(SecondFactor factor, Rights rights, Accounts accounts, Menu menu, Pages pages) {
        this.factor = factor;
        this.rights = rights;
        this.accounts = accounts;
        this.menu = menu;
        this.pages = pages;
    }

    /// @param due   whether it is a duty, and nothing else can be done before
    /// @param codes for the day the app is lost, shown once
    /// @param qr    while it is being set up
    record FactorView(
            List<Menu.Entry> menu,
            boolean due,
            boolean on,
            List<String> codes,
            @Nullable Qr qr,
            String secret,
            List<Field> fields) {}

    @GetMapping("/account/second-factor")
    View show(Frame frame) {
        return pages.page(PAGE, frame, view(frame, Form.empty(), List.of()));
    }

    @PostMapping("/account/second-factor/begin")
    View begin() {
        factor.begin();
        return pages.next("/account/second-factor");
    }

    /// The page with the codes is the answer itself: they are shown this once.
    @PostMapping("/account/second-factor")
    View confirm(Frame frame, Form form) {
        List<String> codes = new ArrayList<>();
        boolean accepted = form.accepts(frame, "people", () -> codes.addAll(factor.confirm(form.value("code"))));
        return accepted
                ? pages.page(PAGE, frame, view(frame, form, codes))
                : pages.refused(PAGE, frame, view(frame, form, codes));
    }

    @PostMapping("/account/second-factor/remove")
    View remove(Frame frame, Form form) {
        return form.accepts(frame, "people", () -> factor.remove(form.value("current")))
                ? pages.next("/account/second-factor", Notice.of("people.factor.removed"))
                : pages.refused(PAGE, frame, view(frame, form, List.of()));
    }

    @PostMapping("/people/{id}/second-factor/remove")
    View removeFor(@PathVariable long id) {
        factor.removeFor(id);
        return pages.next("/people/" + id, Notice.of("people.factor.removed"));
    }

    private FactorView view(Frame frame, Form form, List<String> codes) {
        boolean on = factor.isOn();
        Optional<SecondFactor.Setup> setup = factor.setup();
        List<Field> fields = on
                ? List.of(
                        form.fill("username", accounts.own().login())
                                .field("username", "")
                                .type("username"),
                        form.field("current", frame.say("people.password.current"))
                                .type("password")
                                .autocomplete("current-password"))
                : List.of(form.field("code", frame.say("people.factor.code")).autocomplete("one-time-code"));
        return new FactorView(
                menu.entries(frame, "/account/second-factor"),
                rights.isAddingFactor() && !on,
                on,
                codes,
                setup.map(begun -> Qr.of(begun.address())).orElse(null),
                setup.map(SecondFactor.Setup::secret).orElse(""),
                fields);
    }
}
