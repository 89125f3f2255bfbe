package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import java.util.List;
import java.util.stream.Stream;

/// A page on which a sensor or a Datastream is changed.
///
/// @param back    address of the page of what is changed
/// @param version of what the editor saw, or of what they are shown below
/// @param overtaken whether somebody else has saved since the form was opened
/// @param others    what they have saved, where it is not what the form says
record EditView(
        String title,
        String name,
        String back,
        String action,
        String version,
        List<Part> parts,
        boolean overtaken,
        List<Other> others) {

    /// Fields under one heading.
    ///
    /// @param lead in a sentence, may be empty
    record Part(String title, String lead, List<Field> fields) {}

    /// What stands in the store now, where it is not what the form says.
    record Other(String field, String value) {}

    /// @param now what stands in the store
    static EditView of(
            Frame frame, String title, String name, String back, String action, Form form, Form now, List<Part> parts) {
        Field version = form.field("version", "");
        boolean isOvertaken = !version.error().isEmpty();
        return new EditView(
                title,
                name,
                back,
                action,
                isOvertaken ? now.value("version") : version.value(),
                parts,
                isOvertaken,
                isOvertaken
                        ? fields(parts)
                                .filter(field -> !field.type().equals("checkbox")
                                        && !field.type().equals("radio"))
                                .filter(field -> !now.value(field.name()).equals(field.value()))
                                .map(field -> new Other(field.label(), said(frame, now.value(field.name()))))
                                .toList()
                        : List.of());
    }

    private static String said(Frame frame, String value) {
        return value.isEmpty() ? frame.say("sensors.edit.empty") : value;
    }

    private static Stream<Field> fields(List<Part> parts) {
        return parts.stream().flatMap(part -> part.fields().stream());
    }

    /// For the summary of errors.
    public List<Field> all() {
        return fields(parts).toList();
    }
}
