package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/// The fields of one node of a mapping, asked for by name. Remembers what was asked for, so that [#done] can refuse a
/// field that nobody knows: a misspelt setting must not be passed over in silence.
final class Fields {

    private static final int MAX_TEXT = 100_000;

    private final String path;
    private final Yaml.Node node;
    private final Set<String> asked = new HashSet<>();

    private Fields(String path, Yaml.Node node) {
        this.path = path;
        this.node = node;
    }

    static Fields of(String path, Yaml yaml) {
        if (yaml instanceof Yaml.Node node) {
            return new Fields(path, node);
        }
        throw refused(path.isEmpty() ? "mapping" : path, yaml.line(), "has fields of its own, 'name: value' each");
    }

    /// Where in the text the node begins.
    int line() {
        return node.line();
    }

    boolean has(String name) {
        return find(name) != null;
    }

    private @Nullable Yaml find(String name) {
        asked.add(name);
        Yaml value = node.fields().get(name);
        return value instanceof Yaml.Scalar scalar && scalar.token() == JsonToken.VALUE_NULL ? null : value;
    }

    @Nullable
    String optional(String name) {
        Yaml value = find(name);
        return value == null ? null : scalar(path(name), value);
    }

    /// As long as the mapping itself may be.
    @Nullable
    String longText(String name) {
        return find(name) instanceof Yaml.Scalar scalar ? scalar.text() : optional(name);
    }

    String text(String name, String otherwise) {
        String text = optional(name);
        return text == null ? otherwise : text;
    }

    String required(String name) {
        String text = optional(name);
        if (text == null || text.isBlank()) {
            throw refused(path(name), node.line(), "is missing");
        }
        return text;
    }

    boolean flag(String name, boolean otherwise) {
        return switch (text(name, String.valueOf(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "is true or false, not '%s'", text(name, ""));
        };
    }

    int whole(String name, int otherwise, int least, int most) {
        String text = text(name, String.valueOf(otherwise));
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(name, "is a number from " + least + " to " + most + ", not '%s'", text);
    }

    @Nullable
    Long id(String name) {
        String text = optional(name);
        if (text != null && !text.matches("[1-9]\\d{0,15}")) {
            throw wrong(name, "is the number of one that is there already, not '%s'", text);
        }
        return text == null ? null : Long.valueOf(text);
    }

    @Nullable
    Double degrees(String name, int most) {
        String text = optional(name);
        if (text == null) {
            return null;
        }
        try {
            double degrees = Double.parseDouble(text);
            if (Math.abs(degrees) <= most) {
                return degrees;
            }
        } catch (NumberFormatException notOne) {
            // answered below
        }
        throw wrong(name, "is a number of degrees from -" + most + " to " + most + ", not '%s'", text);
    }

    List<String> texts(String name, List<String> otherwise) {
        return switch (find(name)) {
            case null -> otherwise;
            case Yaml.Sequence sequence -> {
                List<String> texts = new ArrayList<>();
                for (Yaml item : sequence.items()) {
                    texts.add(scalar(path(name) + "[" + texts.size() + "]", item));
                }
                yield texts;
            }
            case Yaml other -> List.of(scalar(path(name), other));
        };
    }

    /// `column: A` or `columns: [A, B]`, not both.
    List<String> oneOrMore(String one, String more) {
        if (has(one) == has(more)) {
            throw wrong(one, has(one) ? "cannot stand beside '%s'" : "is missing (or '%s' for several)", more);
        }
        List<String> texts = has(one) ? List.of(required(one)) : texts(more, List.of());
        if (texts.isEmpty() || texts.size() > 20) {
            throw wrong(more, "lists 1 to 20 of them, not %s", String.valueOf(texts.size()));
        }
        return texts;
    }

    /// Empty if it is not there: asking it for anything gives what holds otherwise.
    Fields child(String name) {
        Yaml value = find(name);
        return value == null ? new Fields(path(name), new Yaml.Node(Map.of(), node.line())) : of(path(name), value);
    }

    Fields requiredChild(String name) {
        if (!has(name)) {
            throw refused(path(name), node.line(), "is missing");
        }
        return child(name);
    }

    List<Fields> children(String name) {
        return switch (find(name)) {
            case null -> List.of();
            case Yaml.Sequence sequence -> {
                List<Fields> children = new ArrayList<>();
                for (Yaml item : sequence.items()) {
                    children.add(of(path(name) + "[" + children.size() + "]", item));
                }
                yield children;
            }
            case Yaml other -> throw refused(path(name), other.line(), "is a list, each entry beginning with '-'");
        };
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> properties() {
        Yaml value = find("properties");
        if (value == null) {
            return Map.of();
        }
        Fields fields = of(path("properties"), value);
        Map<String, Object> plain = (Map<String, Object>) fields.node.plain();
        if (plain.containsKey("key")) {
            throw fields.wrong("key", "belongs to Stadtkern; call it otherwise than '%s'", "key");
        }
        return plain;
    }

    /// Refuses fields that nobody asked for.
    void done() {
        for (Map.Entry<String, Yaml> field : node.fields().entrySet()) {
            if (!asked.contains(field.getKey())) {
                throw refused(
                        path(field.getKey()),
                        field.getValue().line(),
                        "is not known here; known are " + String.join(", ", new TreeSet<>(asked)));
            }
        }
    }

    /// @param reason with one `%s`, for what was found
    Problem wrong(String name, String reason, String found) {
        Yaml value = node.fields().get(name);
        return refused(path(name), value == null ? node.line() : value.line(), reason.replace("%s", found));
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String scalar(String path, Yaml value) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            throw refused(path, value.line(), "is one text or number");
        }
        if (scalar.text().length() > MAX_TEXT) {
            throw refused(path, value.line(), "is longer than %d characters".formatted(MAX_TEXT));
        }
        return scalar.text();
    }

    private static Problem refused(String path, int line, String reason) {
        return new Problem(
                Problem.Kind.INVALID,
                "mapping-invalid",
                "Field '%s' of the mapping %s (line %d).".formatted(path, reason, line),
                Map.of("field", path, "line", line));
    }
}
