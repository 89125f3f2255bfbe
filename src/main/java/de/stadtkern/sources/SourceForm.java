package de.stadtkern.sources;

import de.stadtkern.connect.DeliveredMappings;
import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.page.Slug;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sources.Source.Kind;
import de.stadtkern.sources.Source.Settings;
import de.stadtkern.sources.Source.Wish;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A source as a form: its fields, and what was typed into them.
final class SourceForm {

    private static final List<String> EVERY = List.of("PT1M", "PT5M", "PT15M", "PT1H", "PT6H", "PT24H");
    private static final List<String> WINDOW = List.of("PT1H", "PT24H", "PT168H", "PT336H", "PT720H");
    private static final List<String> AGAIN = List.of("PT0S", "PT1H", "PT24H", "PT72H", "PT168H");

    private SourceForm() {}

    static Form empty(Kind kind) {
        return filled(new Wish("", "", kind, "", Settings.NONE)).fill("delivered", "generic");
    }

    static Form filled(Source source) {
        return filled(source.wish()).fill("version", source.version());
    }

    private static Form filled(Wish wish) {
        Settings settings = wish.settings();
        return Form.empty()
                .fill("name", wish.name())
                .fill("slug", wish.slug())
                .fill("yaml", wish.mapping())
                .fill("address", settings.address())
                .fill("every", settings.every().toString())
                .fill("header", settings.header())
                .fill("window", settings.window().toString())
                .fill("again", settings.again().toString())
                .fill("begin", settings.begin() == null ? "" : settings.begin().toString())
                .fill("user", settings.user())
                .fill("topic", settings.topic());
    }

    /// What was typed; what is wrong with it so far is among the flaws.
    ///
    /// @param slug of a source that is there; null for a new one
    static Wish read(Form form, Kind kind, @Nullable String slug, Flaws flaws) {
        boolean pull = kind == Kind.PULL;
        boolean reaches = pull || kind == Kind.MQTT;
        String name = form.value("name").strip();
        String typed = form.value("slug").strip();
        String proposed = Slug.of(0, name).words();
        return new Wish(
                slug != null ? slug : typed.isEmpty() ? proposed : typed,
                name,
                kind,
                form.value("yaml").replace("\r\n", "\n"),
                new Settings(
                        reaches ? form.value("address").strip() : "",
                        pull
                                ? flaws.read(Settings.NONE.every(), () -> duration(form, "every", EVERY))
                                : Settings.NONE.every(),
                        pull ? form.value("header").strip() : "",
                        pull
                                ? flaws.read(Settings.NONE.window(), () -> duration(form, "window", WINDOW))
                                : Settings.NONE.window(),
                        pull
                                ? flaws.read(Settings.NONE.again(), () -> duration(form, "again", AGAIN))
                                : Settings.NONE.again(),
                        pull ? flaws.read(null, () -> day(form)) : null,
                        kind == Kind.MQTT ? form.value("user").strip() : "",
                        kind == Kind.MQTT ? form.value("topic").strip() : ""));
    }

    private static Duration duration(Form form, String field, List<String> choices) {
        if (choices.contains(form.value(field))) {
            return Duration.parse(form.value(field));
        }
        throw Problem.field(field, "choice-missing", "Choose one of these.");
    }

    private static @Nullable LocalDate day(Form form) {
        String text = form.value("begin").strip();
        try {
            LocalDate day = text.isEmpty() ? null : LocalDate.parse(text);
            if (day == null || day.getYear() >= 1990 && day.getYear() < 2200) {
                return day;
            }
        } catch (DateTimeException unreadable) {
            // answered below
        }
        throw Problem.field("begin", "day-invalid", "This is no day.");
    }

    /// In the order of the form, the mapping not among them.
    static List<Field> fields(Frame frame, Form form, Kind kind, boolean isNew, boolean hasSecret) {
        List<Field> fields = new ArrayList<>();
        if (!isNew) {
            fields.add(form.version());
        }
        fields.add(form.field("name", frame.say("sources.field.name")));
        if (isNew) {
            fields.add(form.field("slug", frame.say("sources.field.slug"))
                    .hint(frame.say("sources.field.slug.hint"))
                    .optional());
        }
        if (kind == Kind.PULL) {
            pull(frame, form, fields);
        } else if (kind == Kind.MQTT) {
            broker(frame, form, fields);
        }
        if (kind == Kind.PULL || kind == Kind.MQTT) {
            fields.add(form.field("secret", frame.say("sources.field.secret.%s".formatted(kind.key())))
                    .type("password")
                    .autocomplete("new-password")
                    .hint(frame.say(hasSecret ? "sources.field.secret.kept" : "sources.field.secret.hint"))
                    .optional());
        }
        return fields;
    }

    private static void pull(Frame frame, Form form, List<Field> fields) {
        fields.add(form.field("address", frame.say("sources.field.address"))
                .hint(frame.say("sources.field.address.hint")));
        fields.add(form.field("every", frame.say("sources.field.every")).select(choices(frame, EVERY)));
        fields.add(form.field("window", frame.say("sources.field.window"))
                .hint(frame.say("sources.field.window.hint"))
                .select(choices(frame, WINDOW)));
        fields.add(form.field("again", frame.say("sources.field.again"))
                .hint(frame.say("sources.field.again.hint"))
                .select(choices(frame, AGAIN)));
        fields.add(form.field("begin", frame.say("sources.field.begin"))
                .type("date")
                .hint(frame.say("sources.field.begin.hint"))
                .optional());
        fields.add(form.field("header", frame.say("sources.field.header"))
                .hint(frame.say("sources.field.header.hint"))
                .autocomplete("off")
                .optional());
    }

    private static void broker(Frame frame, Form form, List<Field> fields) {
        fields.add(
                form.field("address", frame.say("sources.field.broker")).hint(frame.say("sources.field.broker.hint")));
        fields.add(form.field("topic", frame.say("sources.field.topic")).hint(frame.say("sources.field.topic.hint")));
        fields.add(form.field("user", frame.say("sources.field.user"))
                .autocomplete("off")
                .optional());
    }

    private static List<Choice> choices(Frame frame, List<String> values) {
        return values.stream()
                .map(value ->
                        Choice.of(value, frame.say("sources.duration.%s".formatted(value.toLowerCase(Locale.ROOT)))))
                .toList();
    }

    static Field delivered(Frame frame, Form form) {
        return form.field("delivered", frame.say("sources.field.delivered"))
                .select(DeliveredMappings.list().stream()
                        .map(one -> Choice.data(one.key(), one.title()))
                        .toList());
    }

    static Field mapping(Frame frame, Form form) {
        return form.field("yaml", frame.say("sources.field.yaml"))
                .type("textarea")
                .hint(frame.say("sources.field.yaml.hint"));
    }

    static Field sample(Frame frame, Form form) {
        return form.field("sample", frame.say("sources.field.sample"))
                .type("textarea")
                .hint(frame.say("sources.field.sample.hint"))
                .optional();
    }
}
