package de.stadtkern.people;

import de.stadtkern.city.City;
import de.stadtkern.city.NewCity;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

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

    /// What was typed, over the town as it was, which stays where something cannot be so; its first language stays its
    /// first.
    static NewCity read(Form form, NewCity town, Flaws flaws) {
        List<String> hosts = Arrays.stream(form.value("hosts").split("[\\s,;]+"))
                .filter(host -> !host.isEmpty())
                .toList();
        List<UnaryOperator<NewCity>> typed = List.of(
                one -> one.withName(form.value("name").strip()),
                one -> one.withArs(form.value("ars").strip()),
                one -> one.withHosts(hosts),
                one -> one.withColour(form.value("colour").strip()),
                one -> one.withLanguages(languages(form, town)));
        NewCity read = town;
        for (UnaryOperator<NewCity> change : typed) {
            NewCity before = read;
            read = flaws.read(before, () -> change.apply(before));
        }
        return read;
    }

    private static List<String> languages(Form form, NewCity town) {
        List<String> languages = new ArrayList<>(town.languages());
        LANGUAGES.stream().filter(tag -> !languages.contains(tag)).forEach(languages::add);
        languages.removeIf(tag -> LANGUAGES.contains(tag) && !form.isChecked("language-" + tag));
        if (languages.isEmpty()) {
            throw Problem.field("language-de", "language-missing", "A town needs at least one language.");
        }
        return languages;
    }

    static Form of(City city) {
        Form form = Form.empty();
        fill(form, NewCity.of(city));
        return form;
    }
}
