package de.stadtkern.knowledge;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a text says in a form that can be worked with, as a form.
final class DetailsForm {

    private DetailsForm() {}

    static Form filled(String version, Details details) {
        Form form = Form.empty().fill("version", version);
        details.texts().forEach(form::fill);
        return form;
    }

    /// Adds to the flaws what is wrong.
    static Details read(Form form, Flaws flaws) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field : Details.FIELDS) {
            String text = form.value(field);
            texts.put(field, field.equals("documents") ? text : Sections.line(text));
        }
        Details details = Details.of(texts);
        for (Details.Mistake mistake : details.mistakes()) {
            flaws.add(Problem.field(
                    mistake.field(),
                    mistake.name(),
                    "The field '%s' is wrong: %s".formatted(mistake.field(), mistake.message()),
                    Map.of("why", mistake.more())));
        }
        return details;
    }

    static List<Field> fields(Frame frame, Form form) {
        List<Field> fields = new ArrayList<>();
        fields.add(form.version());
        for (String name : Details.FIELDS) {
            String type = switch (name) {
                case "documents" -> "textarea";
                case "phone" -> "tel";
                case "mail" -> "email";
                case "appointment" -> "url";
                default -> "text";
            };
            fields.add(form.field(name, frame.say("knowledge.details.%s".formatted(name)))
                    .type(type)
                    .hint(frame.say("knowledge.details.%s.hint".formatted(name)))
                    .optional());
        }
        return fields;
    }
}
