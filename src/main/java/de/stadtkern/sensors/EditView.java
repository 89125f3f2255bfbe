package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A page on which a sensor or a Datastream is changed.
///
/// @param texts     title, name of what is changed, addresses
/// @param version   of what the editor saw, or of what they are shown now
/// @param was       hidden fields with what stood in the others when the form was opened
/// @param overtaken whether somebody else has saved since the form was opened
/// @param others    what they have saved, where the editor has typed something else
record EditView(Texts texts, String version, List<Part> parts, List<Field> was, boolean overtaken, List<Other> others) {

    /// @param back address of the page of what is changed
    record Texts(String title, String name, String back, String action) {}

    /// Fields under one heading.
    ///
    /// @param lead in a sentence, may be empty
    record Part(String title, String lead, List<Field> fields) {

        /// What each has: a name and a description.
        static Part named(Frame frame, Form form) {
            return new Part(
                    frame.say("sensors.edit.what"),
                    "",
                    List.of(
                            form.field("name", frame.say("sensors.edit.name"))
                                    .hint(frame.say("sensors.edit.name.hint")),
                            form.field("description", frame.say("sensors.edit.description"))
                                    .type("textarea")
                                    .optional()));
        }
    }

    /// What stands in the store now, where it is not what the form says.
    record Other(String field, String value) {}

    /// @param now what stands in the store
    static EditView of(Frame frame, Texts texts, Form form, Form now, Function<Form, List<Part>> parts) {
        boolean isOvertaken = !form.field("version", "").error().isEmpty();
        Form shown = isOvertaken ? merged(form, now, fields(parts.apply(form)).toList()) : form;
        List<Part> all = parts.apply(shown);
        Function<Field, String> was =
                field -> form.isWrong() && !isOvertaken ? form.value("was-" + field.name()) : now.value(field.name());
        return new EditView(
                texts,
                shown.value("version"),
                all,
                fields(all)
                        .filter(EditView::isText)
                        .map(field -> Form.empty()
                                .fill("was-" + field.name(), was.apply(field))
                                .field("was-" + field.name(), "")
                                .type("hidden"))
                        .toList(),
                isOvertaken,
                isOvertaken
                        ? fields(all)
                                .filter(EditView::isText)
                                .filter(field -> !isSame(now.value(field.name()), field.value()))
                                .map(field -> new Other(field.label(), said(frame, field, now.value(field.name()))))
                                .toList()
                        : List.of());
    }

    /// What the editor has typed, and what is stored now where they have typed nothing: so the next save takes nothing
    /// back that they have not seen.
    private static Form merged(Form form, Form now, List<Field> fields) {
        Form merged = Form.empty().fill("version", now.value("version"));
        for (Field field : fields) {
            boolean isUntouched = isText(field) && isSame(field.value(), form.value("was-" + field.name()));
            merged.fill(field.name(), isUntouched ? now.value(field.name()) : field.value());
        }
        return merged;
    }

    private static boolean isText(Field field) {
        return !field.type().equals("checkbox") && !field.type().equals("radio");
    }

    private static boolean isSame(String one, String other) {
        return ThingForm.lines(one).equals(ThingForm.lines(other));
    }

    private static String said(Frame frame, Field field, String value) {
        return field.choices().stream()
                .filter(choice -> choice.value().equals(value))
                .map(Field.Choice::label)
                .findFirst()
                .orElse(value.isEmpty() ? frame.say("sensors.edit.empty") : value);
    }

    private static Stream<Field> fields(List<Part> parts) {
        return parts.stream().flatMap(part -> part.fields().stream());
    }

    /// For the summary of errors.
    public List<Field> all() {
        return fields(parts).toList();
    }
}
