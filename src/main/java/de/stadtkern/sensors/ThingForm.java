package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.sensorthings.EditedThing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The form in which editors change a sensor.
final class ThingForm {

    private ThingForm() {}

    static Form filled(EditedThing thing) {
        return Form.empty()
                .fill("version", thing.version())
                .fill("name", thing.name())
                .fill("description", thing.description())
                .fill("place", thing.place())
                .fill("latitude", thing.latitude())
                .fill("longitude", thing.longitude())
                .fill("attribution", thing.attribution())
                .fill("licence", thing.licence())
                .fill("source", thing.source());
    }

    static EditedThing.Wish wish(Form form) {
        return new EditedThing.Wish(
                form.value("name").strip(),
                lines(form.value("description")),
                form.value("place").strip(),
                form.value("latitude"),
                form.value("longitude"),
                Arrays.stream(EditedThing.Move.values())
                        .filter(move -> key(move).equals(form.value("move")))
                        .findFirst()
                        .orElse(null),
                form.value("attribution").strip(),
                form.value("licence").strip(),
                form.value("source").strip());
    }

    /// Browsers send other ends of lines than were there.
    static String lines(String text) {
        return text.strip().replace("\r\n", "\n");
    }

    private static String key(EditedThing.Move move) {
        return move.name().toLowerCase(Locale.ROOT);
    }

    static List<EditView.Part> parts(Frame frame, Form form) {
        return List.of(
                EditView.Part.named(frame, form),
                new EditView.Part(
                        frame.say("sensors.edit.place"), frame.say("sensors.edit.place.lead"), place(frame, form)),
                new EditView.Part(
                        frame.say("sensors.origin"),
                        frame.say("sensors.edit.origin.lead"),
                        List.of(
                                form.field("attribution", frame.say("sensors.attribution"))
                                        .hint(frame.say("sensors.edit.attribution.hint"))
                                        .optional(),
                                form.field("licence", frame.say("sensors.licence"))
                                        .hint(frame.say("sensors.edit.licence.hint"))
                                        .optional(),
                                form.field("source", frame.say("sensors.source"))
                                        .hint(frame.say("sensors.edit.source.hint"))
                                        .optional())));
    }

    private static List<Field> place(Frame frame, Form form) {
        return List.of(
                form.field("place", frame.say("sensors.edit.place.name"))
                        .hint(frame.say("sensors.edit.place.name.hint"))
                        .optional(),
                form.field("latitude", frame.say("sensors.edit.latitude"))
                        .hint(frame.say("sensors.edit.latitude.hint"))
                        .optional(),
                form.field("longitude", frame.say("sensors.edit.longitude"))
                        .hint(frame.say("sensors.edit.longitude.hint"))
                        .optional(),
                form.field("move", frame.say("sensors.edit.move"))
                        .hint(frame.say("sensors.edit.move.hint"))
                        .radio(Arrays.stream(EditedThing.Move.values())
                                .map(move -> Field.Choice.of(key(move), frame.say("sensors.edit." + key(move))))
                                .toList())
                        .optional());
    }
}
