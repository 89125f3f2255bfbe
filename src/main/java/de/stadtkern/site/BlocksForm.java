package de.stadtkern.site;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A form with a field of each kind, which refuses what makes no sense and keeps nothing.
final class BlocksForm {

    /// @param name    of the field
    /// @param problem of which `site.problem.PROBLEM` speaks
    private record Rule(String name, String problem, Predicate<String> good) {

        void check(Form form) {
            if (!good.test(form.value(name).strip())) {
                throw Problem.field(name, problem, "Field '%s' does not hold what it asks for.".formatted(name));
            }
        }
    }

    private static final List<Rule> RULES = List.of(
            new Rule("short", "blocks-empty", text -> !text.isEmpty()),
            new Rule("address", "mail-invalid", text -> text.matches("[^@\\s]+@[^@\\s]+")),
            new Rule("secret", "blocks-secret", text -> text.length() >= 12),
            new Rule("amount", "blocks-amount", text -> text.matches("[1-9]\\d?|100")),
            new Rule("day", "blocks-day", text -> text.matches("\\d{4}-\\d{2}-\\d{2}")),
            new Rule("long", "blocks-empty", text -> !text.isEmpty()),
            new Rule("tree", "blocks-choose", BlocksPage.TREES::contains),
            new Rule("one", "blocks-choose", BlocksPage.TREES::contains),
            new Rule("agreed", "blocks-agreed", text -> !text.isEmpty()));

    private BlocksForm() {}

    /// All that is wrong is said at once.
    static boolean accepts(Frame frame, Form form) {
        return form.accepts(frame, "site", flaws -> {
            RULES.forEach(rule -> flaws.check(() -> rule.check(form)));
            flaws.end();
        });
    }

    static List<Field> fields(Frame frame, Form form) {
        List<Field.Choice> trees = BlocksPage.TREES.stream()
                .map(tree -> Field.Choice.of(tree, tree))
                .toList();
        return List.of(
                field(frame, form, "short").hint(frame.say("site.blocks.form.short.hint")),
                field(frame, form, "address").type("email"),
                field(frame, form, "secret").type("password").autocomplete("off"),
                field(frame, form, "amount").type("number").hint(frame.say("site.blocks.form.amount.hint")),
                field(frame, form, "words").type("search").optional(),
                field(frame, form, "day").type("date"),
                field(frame, form, "paper").type("file").optional(),
                field(frame, form, "long").type("textarea"),
                field(frame, form, "tree").select(with(Field.Choice.of("", frame.say("site.blocks.form.none")), trees)),
                field(frame, form, "one").radio(trees),
                field(frame, form, "agreed").type("checkbox"));
    }

    private static List<Field.Choice> with(Field.Choice first, List<Field.Choice> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    private static Field field(Frame frame, Form form, String name) {
        return form.field(name, frame.say("site.blocks.form." + name));
    }
}
