package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.city.NewCity;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The fields with which a town says who it is, be it new or there already: name, addresses, colour, languages.
final class TownFields {

    private static final List<String> LANGUAGES = List.of("de", "en");

    private TownFields() {}

    static void fill(Form form, NewCity town) {
        form.fill("name", town.name())
                .fill("ars", town.ars())
                .fill("hosts", String.join("\n", town.hosts()))
                .fill("colour", town.colour());
        LANGUAGES.forEach(tag -> form.fill("language-" + tag, town.languages().contains(tag) ? "on" : ""));
    }

    static Field name(Frame frame, Form form) {
        return form.field("name", frame.say("people.town.name"));
    }

    static List<Field> looks(Frame frame, Form form) {
        return List.of(
                form.field("ars", frame.say("people.town.ars"))
                        .hint(frame.say("people.town.ars.hint"))
                        .optional(),
                form.field("hosts", frame.say("people.town.hosts"))
                        .type("textarea")
                        .hint(frame.say("people.town.hosts.hint"))
                        .optional(),
                form.field("colour", frame.say("people.town.colour"))
                        .type("color")
                        .hint(frame.say("people.town.colour.hint")));
    }

    static List<Field> languages(Frame frame, Form form) {
        return LANGUAGES.stream()
                .map(tag -> form.field("language-" + tag, frame.say("people.town.language." + tag))
                        .type("checkbox"))
                .toList();
    }

    /// What was typed, over the town as it was; its first language stays its first.
    static NewCity read(Form form, NewCity town) {
        List<String> languages = new ArrayList<>(town.languages());
        LANGUAGES.stream().filter(tag -> !languages.contains(tag)).forEach(languages::add);
        languages.removeIf(tag -> LANGUAGES.contains(tag) && !form.isChecked("language-" + tag));
        if (languages.isEmpty()) {
            throw Problem.field("language-de", "language-missing", "A town needs at least one language.");
        }
        List<String> hosts = Arrays.stream(form.value("hosts").split("[\\s,;]+"))
                .filter(host -> !host.isEmpty())
                .toList();
        return town.withName(form.value("name").strip())
                .withArs(form.value("ars").strip())
                .withHosts(hosts)
                .withColour(form.value("colour").strip())
                .withLanguages(languages);
    }

    static Form of(City city) {
        Form form = Form.empty();
        fill(form, NewCity.of(city));
        return form;
    }
}
