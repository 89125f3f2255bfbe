package de.stadtkern.knowledge;

import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeSource.Wish;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where texts come from, as a form.
final class KnowledgeSourceForm {

    private static final List<String> LANGUAGES =
            List.of("de", "en", "fr", "es", "it", "tr", "ar", "ru", "ro", "uk", "pl");

    private KnowledgeSourceForm() {}

    static Form empty(String language) {
        return Form.empty().fill("language", language).fill("audience", Audience.PUBLIC);
    }

    static Form filled(KnowledgeSource source) {
        Wish wish = source.wish();
        return Form.empty()
                .fill("version", source.version())
                .fill("name", wish.name())
                .fill("language", wish.language())
                .fill("audience", wish.audience())
                .fill("owner", wish.owner())
                .fill("address", wish.address())
                .fill("review", wish.reviewOn() == null ? "" : wish.reviewOn().toString());
    }

    /// Adds to the flaws what cannot be read.
    ///
    /// @param slug of a source that is there; null for a new one
    static Wish read(Form form, Kind kind, @Nullable String slug, Flaws flaws) {
        String name = Sections.line(form.value("name"));
        return new Wish(
                slug == null ? Slug.of(0, name).words().replaceFirst("^0-?", "") : slug,
                name,
                kind,
                kind.hasAddress() ? form.value("address").strip() : "",
                form.value("language"),
                form.value("audience"),
                Sections.line(form.value("owner")),
                flaws.read(null, () -> day(form)));
    }

    private static @Nullable LocalDate day(Form form) {
        String text = form.value("review").strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field("review", "day-invalid", "A day is written like 2026-11-22.");
        }
    }

    static List<Field> fields(Frame frame, Form form, Kind kind) {
        List<Field> fields = new ArrayList<>(List.of(
                form.version(),
                form.field("name", frame.say("knowledge.field.name")).hint(frame.say("knowledge.field.name.hint"))));
        if (kind.hasAddress()) {
            Field address =
                    form.field("address", frame.say("knowledge.field.address")).type("url");
            fields.add(
                    kind == Kind.CALENDAR
                            ? address.hint(frame.say("knowledge.field.address.calendar"))
                                    .optional()
                            : address.hint(frame.say("knowledge.field.address.hint")));
        }
        fields.addAll(List.of(
                form.field("audience", frame.say("knowledge.field.audience")).select(audiences(frame)),
                form.field("language", frame.say("knowledge.field.language")).select(languages(frame)),
                form.field("owner", frame.say("knowledge.field.owner"))
                        .hint(frame.say("knowledge.field.owner.hint"))
                        .optional(),
                form.field("review", frame.say("knowledge.field.review"))
                        .type("date")
                        .hint(frame.say("knowledge.field.review.hint"))
                        .optional()));
        return fields;
    }

    private static List<Choice> languages(Frame frame) {
        return LANGUAGES.stream()
                .map(tag -> Choice.of(
                        tag, Locale.of(tag).getDisplayLanguage(frame.wording().locale())))
                .toList();
    }

    private static List<Choice> audiences(Frame frame) {
        List<Choice> choices = new ArrayList<>();
        Audience.all().forEach(audience -> choices.add(Choice.of(audience, audience(frame, audience))));
        return choices;
    }

    static String audience(Frame frame, String audience) {
        int area = audience.indexOf(':');
        return area < 0
                ? frame.say("knowledge.audience.%s".formatted(audience))
                : frame.say(
                        "knowledge.audience.department",
                        frame.say("people.area.%s".formatted(audience.substring(area + 1))));
    }
}
