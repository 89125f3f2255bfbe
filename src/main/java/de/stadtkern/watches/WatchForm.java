package de.stadtkern.watches;

import de.stadtkern.page.Field;
import de.stadtkern.page.Field.Choice;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A watch as a form: its fields, and what was typed into them.
final class WatchForm {

    private static final List<String> LASTING = List.of("PT0S", "PT15M", "PT30M", "PT1H", "PT3H", "PT6H", "PT24H");
    private static final List<String> SILENCE =
            List.of("3", "5", "10", "PT30M", "PT1H", "PT3H", "PT6H", "PT24H", "PT72H");
    /// What stands there until somebody chooses, also for a watch that waits for no silence.
    private static final int USUAL_INTERVALS = 3;

    private static final List<String> FACTORS = List.of("2", "3", "5");

    private WatchForm() {}

    static Form filled(Watch watch) {
        return filled(watch.wish()).fill("version", watch.version());
    }

    static Form filled(Watch.Wish wish) {
        return Form.empty()
                .fill("name", wish.name())
                .fill("kind", wish.kind().key())
                .fill("above", number(wish.above()))
                .fill("below", number(wish.below()))
                .fill("lasting", wish.lasting().toString())
                .fill("margin", wish.margin() == 0 ? "" : number(wish.margin()))
                .fill(
                        "silence",
                        wish.silence().isZero()
                                ? String.valueOf(wish.intervals() > 0 ? wish.intervals() : USUAL_INTERVALS)
                                : wish.silence().toString())
                .fill("factor", number(wish.factor()))
                .fill("mails", String.join("\n", wish.mails()))
                .fill("hook", wish.hook())
                .fill("feed", wish.feed() ? "on" : "")
                .fill(
                        "quiet-from",
                        wish.quietFrom() == null ? "" : wish.quietFrom().toString())
                .fill("quiet-to", wish.quietTo() == null ? "" : wish.quietTo().toString());
    }

    private static String number(@Nullable Double number) {
        if (number == null) {
            return "";
        }
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? String.valueOf(number.longValue())
                : number.toString().replace('.', ',');
    }

    static Watch.Wish read(Form form, long datastream, Flaws flaws) {
        Watch.Kind kind = flaws.read(Watch.Kind.LIMIT, () -> kind(form));
        String silence = form.value("silence");
        boolean intervals = silence.matches("\\d{1,3}");
        boolean limit = kind == Watch.Kind.LIMIT;
        boolean waits = kind == Watch.Kind.SILENCE;
        Double margin = limit ? flaws.read(null, () -> decimal(form, "margin")) : null;
        Double factor = kind == Watch.Kind.DEVIATION ? flaws.read(null, () -> decimal(form, "factor")) : null;
        return new Watch.Wish(
                form.value("name").strip(),
                datastream,
                kind,
                limit ? flaws.read(null, () -> decimal(form, "above")) : null,
                limit ? flaws.read(null, () -> decimal(form, "below")) : null,
                limit ? flaws.read(Duration.ZERO, () -> duration(form, "lasting")) : Duration.ZERO,
                margin != null ? margin : 0,
                waits && intervals ? Integer.parseInt(silence) : 0,
                waits && !intervals ? flaws.read(Duration.ZERO, () -> duration(form, "silence")) : Duration.ZERO,
                factor != null ? factor : 3,
                Watch.Wish.mails(form.value("mails")),
                form.value("hook").strip(),
                form.isChecked("feed"),
                flaws.read(null, () -> time(form, "quiet-from")),
                flaws.read(null, () -> time(form, "quiet-to")));
    }

    private static Watch.Kind kind(Form form) {
        return Arrays.stream(Watch.Kind.values())
                .filter(one -> one.key().equals(form.value("kind")))
                .findFirst()
                .orElseThrow(() -> Problem.field("kind", "kind-missing", "Choose one of these."));
    }

    private static @Nullable Double decimal(Form form, String field) {
        String text = form.value(field).strip().replace('\u2212', '-');
        if (text.isEmpty()) {
            return null;
        }
        if (!text.matches("-?\\d{1,12}([.,]\\d{1,9})?")) {
            throw Problem.field(field, "number-invalid", "This is no number.");
        }
        return Double.valueOf(text.replace(',', '.'));
    }

    private static Duration duration(Form form, String field) {
        try {
            Duration duration = Duration.parse(form.value(field));
            if (!duration.isNegative() && duration.compareTo(Duration.ofDays(366)) <= 0) {
                return duration;
            }
        } catch (DateTimeException unreadable) {
            // answered below
        }
        throw Problem.field(field, "choice-missing", "Choose one of these.");
    }

    private static @Nullable LocalTime time(Form form, String field) {
        String text = form.value(field).strip();
        try {
            return text.isEmpty() ? null : LocalTime.parse(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field(field, "time-invalid", "A time is written like 22:00.");
        }
    }

    static List<Field> fields(Frame frame, Form form, String unit) {
        return List.of(
                form.version(),
                form.field("name", frame.say("watches.field.name")),
                form.field("kind", frame.say("watches.field.kind"))
                        .radio(Arrays.stream(Watch.Kind.values())
                                .map(kind -> Choice.of(kind.key(), frame.say("watches.kind.%s".formatted(kind.key()))))
                                .toList()),
                form.field("above", frame.say("watches.field.above", unit))
                        .hint(frame.say("watches.field.above.hint"))
                        .optional(),
                form.field("below", frame.say("watches.field.below", unit)).optional(),
                form.field("lasting", frame.say("watches.field.lasting")).select(choices(frame, LASTING)),
                form.field("margin", frame.say("watches.field.margin", unit))
                        .hint(frame.say("watches.field.margin.hint"))
                        .optional(),
                form.field("silence", frame.say("watches.field.silence")).select(choices(frame, SILENCE)),
                form.field("factor", frame.say("watches.field.factor"))
                        .hint(frame.say("watches.field.factor.hint"))
                        .select(FACTORS.stream()
                                .map(factor -> Choice.of(factor, frame.say("watches.factor.%s".formatted(factor))))
                                .toList()),
                form.field("mails", frame.say("watches.field.mails"))
                        .type("textarea")
                        .hint(frame.say("watches.field.mails.hint"))
                        .optional(),
                form.field("quiet-from", frame.say("watches.field.quiet-from"))
                        .type("time")
                        .hint(frame.say("watches.field.quiet.hint"))
                        .optional(),
                form.field("quiet-to", frame.say("watches.field.quiet-to"))
                        .type("time")
                        .optional(),
                form.field("hook", frame.say("watches.field.hook"))
                        .type("url")
                        .hint(frame.say("watches.field.hook.hint"))
                        .optional(),
                form.field("feed", frame.say("watches.field.feed")).type("checkbox"));
    }

    private static List<Choice> choices(Frame frame, List<String> values) {
        return values.stream()
                .map(value ->
                        Choice.of(value, frame.say("watches.duration.%s".formatted(value.toLowerCase(Locale.ROOT)))))
                .toList();
    }
}
