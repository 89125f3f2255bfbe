package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.page.Field;
import de.stadtkern.page.FileForm;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.LogoFile;
import de.stadtkern.page.Notice;
import de.stadtkern.page.Pages;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final List<String> LANGUAGES = List.of("de", "en");
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
        City city = settings.town();
        Form form = Form.empty()
                .fill("name", city.name())
                .fill("ars", city.ars())
                .fill("hosts", String.join("\n", city.hosts()))
                .fill("colour", city.colour());
        LANGUAGES.forEach(tag -> form.fill("language-" + tag, city.languages().contains(tag) ? "on" : ""));
        LEGAL.forEach(key -> form.fill(key, city.legal().getOrDefault(key, "")));
        return pages.page("people/town.jte", frame, view(frame, form, false));
    }

    /// Nothing is received from whoever may not change the town.
    @PostMapping
    View change(Frame frame, HttpServletRequest request) {
        City city = settings.town();
        FileForm sent = FileForm.receive(request, LOGO, LogoFile.LARGEST);
        Form form = sent.form();
        boolean accepted = form.accepts(frame, "people", () -> {
            LogoFile picture = sent.file().map(LogoFile::of).orElse(null);
            settings.change(state(form, city), picture, form.value("why"));
        });
        return accepted
                ? pages.next("/town", Notice.of("people.saved"))
                : pages.refused(
                        "people/town.jte", frame, view(frame, form, sent.file().isPresent()));
    }

    /// The town's first language stays its first.
    private static TownSettings.State state(Form form, City city) {
        List<String> languages = new ArrayList<>(city.languages());
        LANGUAGES.stream().filter(tag -> !languages.contains(tag)).forEach(languages::add);
        languages.removeIf(tag -> LANGUAGES.contains(tag) && !form.isChecked("language-" + tag));
        if (languages.isEmpty()) {
            throw Problem.field("language-de", "language-missing", "A town needs at least one language.");
        }
        Map<String, String> legal = new HashMap<>(city.legal());
        LEGAL.forEach(key -> legal.put(key, form.value(key).strip()));
        legal.values().removeIf(String::isEmpty);
        List<String> hosts = Arrays.stream(form.value("hosts").split("[\\s,;]+"))
                .filter(host -> !host.isEmpty())
                .toList();
        return new TownSettings.State(
                form.value("name").strip(),
                form.value("ars").strip(),
                hosts,
                languages,
                form.value("colour").strip(),
                city.logo().isEmpty() || form.isChecked(NO_LOGO) ? null : city.logo(),
                legal);
    }

    /// @param again whether a file was chosen that must be chosen once more
    private AccountController.OwnForm view(Frame frame, Form form, boolean again) {
        String logoHint = frame.say("people.town.logo.hint", LogoFile.LARGEST / 1024, LogoFile.LONGEST_SIDE);
        List<Field> fields = new ArrayList<>();
        fields.add(form.field("name", frame.say("people.town.name")));
        fields.add(form.field("ars", frame.say("people.town.ars"))
                .hint(frame.say("people.town.ars.hint"))
                .optional());
        fields.add(form.field("hosts", frame.say("people.town.hosts"))
                .type("textarea")
                .hint(frame.say("people.town.hosts.hint"))
                .optional());
        fields.add(form.field("colour", frame.say("people.town.colour"))
                .type("color")
                .hint(frame.say("people.town.colour.hint")));
        fields.add(form.field(LOGO, frame.say("people.town.logo"))
                .type("file")
                .hint(again ? frame.say("people.town.logo.again") + " " + logoHint : logoHint)
                .optional());
        if (frame.logo() != null) {
            fields.add(form.field(NO_LOGO, frame.say("people.town.no-logo")).type("checkbox"));
        }
        for (String tag : LANGUAGES) {
            fields.add(form.field("language-" + tag, frame.say("people.town.language." + tag))
                    .type("checkbox"));
        }
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
