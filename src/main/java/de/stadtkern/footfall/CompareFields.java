package de.stadtkern.footfall;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The form that asks what is compared, filled with what is.
///
/// @param place to add one; null where no more can be added
record CompareFields(@Nullable Field place, List<Field> rest) {

    CompareFields {
        rest = List.copyOf(rest);
    }

    List<Field> all() {
        return place == null
                ? rest
                : Stream.concat(Stream.of(place), rest.stream()).toList();
    }

    /// @param question null where what was asked could not be understood
    /// @param places   that are chosen
    static CompareFields of(
            Wording wording, Form form, @Nullable CompareQuestion question, List<Counter> known, List<Counter> places) {
        if (question != null) {
            form.fill("from", question.days().first().toString())
                    .fill("to", question.days().last().toString())
                    .fill("with", question.other().key())
                    .fill("open", String.valueOf(question.open()))
                    .fill("close", String.valueOf(question.close()));
        }
        form.fill("open", "0").fill("close", "24");
        return new CompareFields(
                place(
                        wording,
                        field(wording, form, "place"),
                        known,
                        places,
                        places.size() >= CompareQuestion.MOST_PLACES),
                List.of(
                        field(wording, form, "from").type("date").optional(),
                        field(wording, form, "to").type("date").optional(),
                        field(wording, form, "with")
                                .select(Stream.of(CompareQuestion.Other.values())
                                        .map(other -> choice(wording, "with", other.key()))
                                        .toList()),
                        field(wording, form, "then")
                                .type("date")
                                .hint(wording.say("footfall.compare.field.then.hint"))
                                .optional(),
                        field(wording, form, "days")
                                .select(List.of(choice(wording, "days", "all"), choice(wording, "days", "shop"))),
                        field(wording, form, "open").select(hours(0, 23)),
                        field(wording, form, "close").select(hours(1, 24)),
                        field(wording, form, "estimates").type("checkbox").optional()));
    }

    /// To add a place; null where no more can be added.
    ///
    /// @param taken places that are not offered
    static @Nullable Field place(
            Wording wording, Field asked, List<Counter> known, List<Counter> taken, boolean isFull) {
        List<Field.Choice> choices = new ArrayList<>();
        choices.add(Field.Choice.of("", wording.say("footfall.compare.field.place.none")));
        known.stream()
                .filter(counter -> !taken.contains(counter))
                .forEach(counter -> choices.add(
                        Field.Choice.data(counter.wish().slug(), counter.wish().name())));
        return choices.size() > 1 && !isFull || !asked.error().isEmpty()
                ? new Field(
                        asked.name(),
                        asked.label(),
                        "select",
                        asked.hint(),
                        "",
                        asked.error(),
                        null,
                        false,
                        choices,
                        null)
                : null;
    }

    static List<Field.Choice> hours(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(hour -> Field.Choice.of(String.valueOf(hour), "%02d:00".formatted(hour)))
                .toList();
    }

    private static Field field(Wording wording, Form form, String name) {
        return form.field(name, wording.say("footfall.compare.field.%s".formatted(name)));
    }

    private static Field.Choice choice(Wording wording, String field, String value) {
        return Field.Choice.of(value, wording.say("footfall.compare.%s.%s".formatted(field, value)));
    }
}
