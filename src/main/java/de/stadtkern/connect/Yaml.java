package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.dataformat.yaml.YAMLFactory;

/// A YAML document as plain text in a tree, each piece with its line. Scalars keep the letters they were written
/// with, so that the station `007` does not become the number 7; nothing is ever turned into an object of a class the
/// file names.
sealed interface Yaml {

    /// In letters. The mapping of an export holds the Thing's whole Location, which may have hundred thousands
    /// of corners.
    int MAX_LENGTH = 16 << 20;
    int MAX_DEPTH = 20;

    int line();

    record Scalar(String text, JsonToken token, int line) implements Yaml {}

    record Sequence(List<Yaml> items, int line) implements Yaml {}

    record Node(Map<String, Yaml> fields, int line) implements Yaml {}

    static Yaml read(String text) {
        if (text.length() > MAX_LENGTH) {
            throw refused(1, "is longer than %d characters".formatted(MAX_LENGTH));
        }
        try (JsonParser parser = YAMLFactory.builder()
                .loadSettings(
                        LoadSettings.builder().setCodePointLimit(MAX_LENGTH).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build()
                .createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw refused(1, "is empty");
            }
            return value(parser, 0);
        } catch (JacksonException wrong) {
            int line = wrong.getLocation() == null
                    ? 1
                    : Math.max(1, wrong.getLocation().getLineNr());
            throw refused(line, "is no YAML: " + firstLine(wrong.getOriginalMessage()));
        } catch (RuntimeException | StackOverflowError wrong) {
            if (wrong instanceof Problem problem) {
                throw problem;
            }
            throw refused(1, "is no YAML: " + firstLine(wrong.getMessage()));
        }
    }

    private static Yaml value(JsonParser parser, int depth) {
        int line = parser.currentTokenLocation().getLineNr();
        if (depth > MAX_DEPTH) {
            throw refused(line, "is nested more than %d levels deep".formatted(MAX_DEPTH));
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Yaml> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, value(parser, depth + 1));
                }
                yield new Node(fields, line);
            }
            case START_ARRAY -> {
                List<Yaml> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, depth + 1));
                }
                yield new Sequence(items, line);
            }
            case null -> throw refused(line, "ends in the middle");
            default -> new Scalar(parser.getString(), parser.currentToken(), line);
        };
    }

    /// A YAML library says its reason over several lines with a drawing; the first line says it.
    private static String firstLine(@Nullable String message) {
        return message == null ? "not readable" : message.lines().findFirst().orElse("not readable");
    }

    private static Problem refused(int line, String what) {
        return new Problem(
                Problem.Kind.INVALID,
                "mapping-invalid",
                "The mapping %s (line %d).".formatted(what, line),
                Map.of("line", line));
    }

    /// What a properties field may hold: text, numbers, true and false, lists and fields of these.
    default Object plain() {
        return switch (this) {
            case Scalar scalar ->
                switch (scalar.token()) {
                    case VALUE_NULL -> "";
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(scalar.text());
                    default -> scalar.text();
                };
            case Sequence sequence ->
                List.copyOf(sequence.items().stream().map(Yaml::plain).toList());
            case Node node -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                node.fields().forEach((name, value) -> fields.put(name, value.plain()));
                yield fields;
            }
        };
    }

    private static Object number(String text) {
        try {
            if (text.matches("-?\\d{1,18}")) {
                return Long.valueOf(text);
            }
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? value : text;
        } catch (NumberFormatException notOurs) {
            return text;
        }
    }
}
