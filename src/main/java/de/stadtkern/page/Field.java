package de.stadtkern.page;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One field of a form, exactly as `page/field.jte` shows it. [Form#field] makes it, with what was typed and what is
/// wrong.
///
/// @param type         of the input: `text`, `email`, `password`, `number`, `search`, `date`, `file`, `textarea`,
///     `select`, `radio`, `checkbox`, `hidden`, `username` (unseen, for password managers)
/// @param hint         one sentence below the label, may be empty
/// @param error        what is wrong and how it is right, empty if nothing is
/// @param autocomplete as HTML names it, null for none
/// @param choices      of a select or radio field; of another one what it suggests
/// @param typed        what was typed before somebody else saved what now stands here; null if nothing else was
public record Field(
        String name,
        String label,
        String type,
        String hint,
        String value,
        String error,
        @Nullable String autocomplete,
        boolean required,
        List<Choice> choices,
        @Nullable String typed) {

    /// @param data whether the label is a name from the town's data, in its language
    public record Choice(String value, String label, boolean data) {

        public static Choice of(String value, String label) {
            return new Choice(value, label, false);
        }

        public static Choice data(String value, String label) {
            return new Choice(value, label, true);
        }
    }

    public Field {
        choices = List.copyOf(choices);
    }

    public Field type(String type) {
        return new Field(name, label, type, hint, value, error, autocomplete, required, choices, typed);
    }

    public Field hint(String hint) {
        return new Field(name, label, type, hint, value, error, autocomplete, required, choices, typed);
    }

    public Field autocomplete(String autocomplete) {
        return new Field(name, label, type, hint, value, error, autocomplete, required, choices, typed);
    }

    public Field optional() {
        return new Field(name, label, type, hint, value, error, autocomplete, false, choices, typed);
    }

    public Field select(List<Choice> choices) {
        return new Field(name, label, "select", hint, value, error, autocomplete, required, choices, typed);
    }

    /// Anything may be typed, and these are offered.
    public Field suggest(List<Choice> choices) {
        return new Field(name, label, type, hint, value, error, autocomplete, required, choices, typed);
    }

    public Field radio(List<Choice> choices) {
        return new Field(name, label, "radio", hint, value, error, autocomplete, required, choices, typed);
    }

    boolean wrong() {
        return !error.isEmpty() || typed != null;
    }

    /// That of the version alone: then somebody else has saved meanwhile.
    boolean isOvertaken() {
        return type.equals("hidden") && !error.isEmpty();
    }

    String message(Frame frame) {
        return error.isEmpty() ? frame.say("page.form.typed", said(frame)) : error;
    }

    private String said(Frame frame) {
        String text = typed == null ? "" : typed;
        if (type.equals("checkbox")) {
            return frame.say(text.isEmpty() ? "page.form.unchecked" : "page.form.checked");
        }
        return choices.stream()
                .filter(choice -> choice.value().equals(text))
                .map(Choice::label)
                .findFirst()
                .orElse(text.isEmpty() ? frame.say("page.form.empty") : text);
    }

    /// Where a click in the summary of errors leads.
    String anchor() {
        return type.equals("radio") && !choices.isEmpty()
                ? name + "-" + choices.getFirst().value()
                : name;
    }

    /// Ids of what describes the field, for screen readers.
    @Nullable
    String describedBy() {
        String ids = (hint.isEmpty() ? "" : name + "-hint ") + (wrong() ? name + "-error" : "");
        return ids.isEmpty() ? null : ids.strip();
    }

    /// What was typed is kept, except passwords.
    String shown() {
        return type.equals("password") ? "" : value;
    }
}
