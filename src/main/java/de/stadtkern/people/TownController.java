package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.city.NewCity;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.LogoFile;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Flaws;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.View;

/// The town's own settings, for admins.
@Controller
@RequestMapping("/town")
class TownController {

    private static final String LOGO = "logo";
    private static final String NO_LOGO = "no-logo";
    private static final List<String> LEGAL = List.of("operator", "address", "mail", "privacy", "enforcement");

    private final TownSettings settings;
    private final Menu menu;
    private final Pages pages;

    TownController(TownSettings settings, Menu menu, Pages pages) {
        this.settings = settings;
        this.menu = menu;
        this.pages = pages;
    }

    @GetMapping
    View settings(Frame frame) {
        return pages.page("people/town.jte", frame, view(frame, filled(), false));
    }

    private Form filled() {
        City city = settings.town();
        Form form = TownFields.of(city).fill("version", settings.version(city));
        LEGAL.forEach(key -> form.fill(key, city.legal().getOrDefault(key, "")));
        return form;
    }

    /// Nothing is received from whoever may not change the town.
    @PostMapping
    View change(Frame frame, HttpServletRequest request) {
        City city = settings.town();
        FileForm sent = FileForm.receive(request, LOGO, LogoFile.LARGEST);
        Form form = sent.form();
        boolean accepted = form.accepts(frame, "people", flaws -> {
            TownSettings.State wish = state(form, city, flaws);
            LogoFile picture =
                    flaws.read(null, () -> sent.file().map(LogoFile::of).orElse(null));
            settings.change(form.value("version"), wish, picture, form.value("why"), flaws);
        });
        return accepted
                ? pages.next("/town", Notice.of("people.saved"))
                : pages.refused(
                        "people/town.jte",
                        frame,
                        view(
                                frame,
                                form.overtakenBy(this::filled, "why", LOGO, NO_LOGO),
                                sent.file().isPresent()));
    }

    private static TownSettings.State state(Form form, City city, Flaws flaws) {
        Map<String, String> legal = new HashMap<>(city.legal());
        LEGAL.forEach(key -> legal.put(key, form.value(key).strip()));
        legal.values().removeIf(String::isEmpty);
        NewCity now = form.isChecked(NO_LOGO) ? NewCity.of(city).withLogo("") : NewCity.of(city);
        NewCity read = TownFields.read(form, now, flaws);
        return TownSettings.State.of(flaws.read(read, () -> read.withLegal(legal)));
    }

    /// @param again whether a file was chosen that must be chosen once more
    private AccountController.OwnForm view(Frame frame, Form form, boolean again) {
        String logoHint = frame.say("people.town.logo.hint", LogoFile.LARGEST / 1024, LogoFile.LONGEST_SIDE);
        List<Field> fields = new ArrayList<>();
        fields.add(form.version());
        fields.add(TownFields.name(frame, form));
        fields.addAll(TownFields.looks(frame, form));
        fields.add(form.field(LOGO, frame.say("people.town.logo"))
                .type("file")
                .hint(again ? frame.say("people.town.logo.again") + " " + logoHint : logoHint)
                .optional());
        if (frame.logo() != null) {
            fields.add(form.field(NO_LOGO, frame.say("people.town.no-logo")).type("checkbox"));
        }
        fields.addAll(TownFields.languages(frame, form));
        for (String key : LEGAL) {
            fields.add(form.field(key, frame.say("people.town." + key))
                    .type(List.of("operator", "mail").contains(key) ? "text" : "textarea")
                    .hint(frame.say("people.town." + key + ".hint"))
                    .optional());
        }
        fields.add(form.field("why", frame.say("people.why"))
                .hint(frame.say("people.why.hint"))
                .optional());
        return new AccountController.OwnForm(
                menu.entries(frame, "/town"),
                new FormPage(
                        frame.say("people.menu.town"),
                        frame.say("people.town.lead"),
                        "/town",
                        frame.say("people.save"),
                        fields,
                        List.of()));
    }
}
