package de.stadtkern.people;

import de.stadtkern.identity.Role;
import de.stadtkern.identity.SecondFactorDuty;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.View;

/// What a login needs, for admins.
@Controller
class LoginRulesController {

    private static final String PATH = "/town/login";
    private static final String PAGE = "people/own-form.jte";

    private final SecondFactorDuty duty;
    private final Menu menu;
    private final Pages pages;

    LoginRulesController(SecondFactorDuty duty, Menu menu, Pages pages) {
        this.duty = duty;
        this.menu = menu;
        this.pages = pages;
    }

    @GetMapping(PATH)
    View show(Frame frame) {
        return pages.page(PAGE, frame, view(frame, filled()));
    }

    private Form filled() {
        Set<Role> roles = duty.roles();
        Form form = Form.empty().fill("version", SecondFactorDuty.version(roles));
        for (Role role : Role.values()) {
            form.fill(role.key(), roles.contains(role) ? "on" : "");
        }
        return form;
    }

    @PostMapping(PATH)
    View change(Frame frame, Form form) {
        AtomicReference<Optional<Long>> change = new AtomicReference<>(Optional.empty());
        boolean accepted = form.accepts(
                frame, "people", () -> change.set(duty.change(form.value("version"), roles(form), form.value("why"))));
        return accepted
                ? pages.next(PATH, new Notice("people.saved", change.get()))
                : pages.refused(PAGE, frame, view(frame, form.overtakenBy(this::filled, "why")));
    }

    private static Set<Role> roles(Form form) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (Role role : Role.values()) {
            if (form.isChecked(role.key())) {
                roles.add(role);
            }
        }
        return roles;
    }

    private AccountController.OwnForm view(Frame frame, Form form) {
        List<Field> fields = new ArrayList<>(List.of(form.version()));
        for (Role role : Role.values()) {
            fields.add(form.field(role.key(), frame.say("people.role.%s".formatted(role.key())))
                    .type("checkbox"));
        }
        fields.add(form.field("why", frame.say("people.why"))
                .hint(frame.say("people.why.hint"))
                .optional());
        return new AccountController.OwnForm(
                menu.entries(frame, PATH),
                new FormPage(
                        frame.say("people.menu.town.login"),
                        frame.say("people.duty.lead"),
                        PATH,
                        frame.say("people.save"),
                        fields,
                        List.of()));
    }
}
