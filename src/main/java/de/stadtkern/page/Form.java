package de.stadtkern.page;

import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What somebody sent with a form, and what is wrong with it. Controllers take it as an argument; a page that shows a
/// form for the first time begins with [#empty].
public final class Form {

    private static final String VERSION = "version";
    private static final int LONGEST = 100_000;

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> errors = new LinkedHashMap<>();
    private Set<String> notStored = Set.of();
    private @Nullable Form stored;

    private Form() {}

    public static Form empty() {
        return new Form();
    }

    static Form of(HttpServletRequest request) {
        Form form = new Form();
        request.getParameterMap().forEach((name, values) -> form.values.put(name, clean(values[0])));
        return form;
    }

    /// PostgreSQL stores no NUL and UTF-8 knows no half of a surrogate pair, whatever browsers are made to send.
    private static String clean(String text) {
        String whole = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        StringBuilder clean = new StringBuilder(whole.length());
        whole.codePoints()
                .filter(character -> character != 0 && Character.getType(character) != Character.SURROGATE)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// Empty if it was not sent.
    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    public boolean isChecked(String field) {
        return !value(field).isEmpty();
    }

    /// What a field contains before anybody has typed.
    public Form fill(String field, String value) {
        values.putIfAbsent(field, value);
        return this;
    }

    /// Does the work; if fields stand in its way, false, and each message is at its field. The text is
    /// `MODULE.problem.NAME` if that is written, else the problem's own.
    ///
    /// @param module whose texts are asked first
    public boolean accepts(Frame frame, String module, Runnable work) {
        return accepts(frame, module, _ -> work.run());
    }

    /// The same for work that says all that is wrong at once: it reads the form with these flaws, and whoever does it
    /// adds its own.
    public boolean accepts(Frame frame, String module, Consumer<Flaws> work) {
        try {
            work.accept(new Flaws());
            return true;
        } catch (Problem problem) {
            for (Problem one : problem.all()) {
                String field = one.field();
                if (field == null) {
                    throw problem;
                }
                String key = "%s.problem.%s".formatted(module, one.name());
                errors.put(
                        field,
                        frame.wording()
                                .find(key, one.facts().values().toArray())
                                .orElse(one.getMessage()));
            }
            return false;
        }
    }

    public boolean isWrong() {
        return !errors.isEmpty();
    }

    /// Where somebody else has saved since the form was opened, its fields show what is stored from here on, and say
    /// what was typed where that is something else: who saves once more takes nothing back that they have not seen.
    ///
    /// @param now       filled with what is stored
    /// @param notStored fields that stay as they were typed, such as a reason
    public Form overtakenBy(Supplier<Form> now, String... notStored) {
        if (errors.containsKey(VERSION)) {
            this.notStored = Set.of(notStored);
            stored = now.get();
        }
        return this;
    }

    /// Unseen: the version of what the form shows.
    public Field version() {
        return field(VERSION, "").type("hidden");
    }

    /// A field with what was typed and what is wrong with it; required and of type text until told otherwise.
    public Field field(String name, String label) {
        String typed = value(name);
        String shown = stored == null || notStored.contains(name) ? typed : stored.value(name);
        // Browsers end lines otherwise than what is stored.
        boolean same = shown.replace("\r\n", "\n")
                .strip()
                .equals(typed.replace("\r\n", "\n").strip());
        return new Field(
                name,
                label,
                "text",
                "",
                shown,
                errors.getOrDefault(name, ""),
                null,
                true,
                List.of(),
                same ? null : typed);
    }
}
