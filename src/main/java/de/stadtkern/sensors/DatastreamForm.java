package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.sensorthings.DatastreamEdits;
import de.stadtkern.sensorthings.EditedDatastream;
import java.util.List;
import java.util.stream.Stream;

/// The form in which editors change a Datastream.
final class DatastreamForm {

    private DatastreamForm() {}

    static Form filled(EditedDatastream datastream) {
        return Form.empty()
                .fill("version", datastream.version())
                .fill("name", datastream.name())
                .fill("description", datastream.description())
                .fill("unit-name", datastream.unitName())
                .fill("unit-symbol", datastream.unitSymbol())
                .fill("unit-definition", datastream.unitDefinition())
                .fill("retention", datastream.retentionDays())
                .fill("duplicates", datastream.duplicates());
    }

    static EditedDatastream.Wish wish(Form form) {
        return new EditedDatastream.Wish(
                form.value("name").strip(),
                ThingForm.lines(form.value("description")),
                form.value("unit-name").strip(),
                form.value("unit-symbol").strip(),
                form.value("unit-definition").strip(),
                form.value("retention"),
                form.isChecked("confirmed"),
                form.value("duplicates"));
    }

    static List<EditView.Part> parts(Frame frame, Form form, DatastreamEdits.Seen seen) {
        return List.of(
                EditView.Part.named(frame, form),
                new EditView.Part(
                        frame.say("sensors.edit.unit"),
                        frame.say("sensors.edit.unit.lead", type(frame, seen.observationType())),
                        List.of(
                                form.field("unit-name", frame.say("sensors.edit.unit.name"))
                                        .hint(frame.say("sensors.edit.unit.name.hint"))
                                        .optional(),
                                form.field("unit-symbol", frame.say("sensors.edit.unit.symbol"))
                                        .hint(frame.say("sensors.edit.unit.symbol.hint"))
                                        .optional(),
                                form.field("unit-definition", frame.say("sensors.edit.unit.definition"))
                                        .hint(frame.say("sensors.edit.unit.definition.hint"))
                                        .optional())),
                new EditView.Part(
                        frame.say("sensors.edit.retention"),
                        frame.say("sensors.edit.retention.lead"),
                        List.of(
                                form.field("retention", frame.say("sensors.edit.retention.days"))
                                        .hint(frame.say("sensors.edit.retention.hint"))
                                        .optional(),
                                form.field("confirmed", frame.say("sensors.edit.retention.confirmed"))
                                        .type("checkbox")
                                        .hint(frame.say("sensors.edit.retention.confirmed.hint"))
                                        .optional())),
                new EditView.Part(
                        frame.say("sensors.edit.duplicates"),
                        frame.say("sensors.edit.duplicates.lead"),
                        List.of(form.field("duplicates", frame.say("sensors.edit.duplicates.rule"))
                                .hint(frame.say("sensors.edit.duplicates.hint"))
                                .select(Stream.of("insert", "ignore", "replace")
                                        .map(rule ->
                                                Field.Choice.of(rule, frame.say("sensors.edit.duplicates." + rule)))
                                        .toList()))));
    }

    /// What the standard calls it, without the address in front.
    private static String type(Frame frame, String observationType) {
        String last = observationType.substring(observationType.lastIndexOf('/') + 1);
        return last.isEmpty() ? frame.say("sensors.edit.empty") : last;
    }
}
