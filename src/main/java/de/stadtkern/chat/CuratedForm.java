package de.stadtkern.chat;

import de.stadtkern.chat.CuratedAnswer.Wish;
import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An answer people wrote, as a form.
final class CuratedForm {

    private CuratedForm() {}

    static Form filled(CuratedAnswer answer) {
        Wish wish = answer.wish();
        return Form.empty()
                .fill("version", answer.version())
                .fill("question", wish.question())
                .fill("wordings", String.join("\n", wish.wordings()))
                .fill("german", wish.german())
                .fill("english", wish.english())
                .fill("easy", wish.easy())
                .fill("source-title", wish.sourceTitle())
                .fill("source-url", wish.sourceUrl())
                .fill("from", Objects.toString(wish.from(), ""))
                .fill("until", Objects.toString(wish.until(), ""));
    }

    static Form switches(ChatSwitches.Choice choice) {
        return Form.empty()
                .fill("version", choice.version())
                .fill("lines", choice.silent())
                .fill("model", choice.modelOn() ? "on" : "off");
    }

    /// Adds to the flaws what cannot be read.
    static Wish read(Form form, Flaws flaws) {
        return new Wish(
                line(form.value("question")),
                form.value("wordings")
                        .lines()
                        .map(CuratedForm::line)
                        .filter(put -> !put.isEmpty())
                        .toList(),
                form.value("german").strip(),
                form.value("english").strip(),
                form.value("easy").strip(),
                line(form.value("source-title")),
                form.value("source-url").strip(),
                flaws.read(null, () -> day(form, "from")),
                flaws.read(null, () -> day(form, "until")));
    }

    static String line(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static @Nullable LocalDate day(Form form, String field) {
        String text = form.value(field).strip();
        try {
            return text.isEmpty() ? null : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw Problem.field(field, "day-invalid", "A day is written like 2026-11-22.");
        }
    }

    static List<Field> fields(Frame frame, Form form) {
        return List.of(
                form.version(),
                form.field("question", frame.say("chat.answers.question"))
                        .hint(frame.say("chat.answers.question.hint")),
                form.field("wordings", frame.say("chat.answers.wordings"))
                        .type("textarea")
                        .hint(frame.say("chat.answers.wordings.hint"))
                        .optional(),
                form.field("german", frame.say("chat.answers.german")).type("textarea"),
                form.field("english", frame.say("chat.answers.english"))
                        .type("textarea")
                        .optional(),
                form.field("easy", frame.say("chat.answers.easy"))
                        .type("textarea")
                        .hint(frame.say("chat.answers.easy.hint"))
                        .optional(),
                form.field("source-title", frame.say("chat.answers.source-title"))
                        .optional(),
                form.field("source-url", frame.say("chat.answers.source-url"))
                        .hint(frame.say("chat.answers.source-url.hint"))
                        .optional(),
                form.field("from", frame.say("chat.answers.from")).type("date").optional(),
                form.field("until", frame.say("chat.answers.until"))
                        .type("date")
                        .optional());
    }
}
