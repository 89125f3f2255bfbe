package de.stadtkern.connect;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The text of a message as trees: each JSON value of it (a storage hands out one a line), or a table as one list of
/// objects, whose fields are its columns.
final class MessageRecords {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(60).build())
            .build());

    private MessageRecords() {}

    /// @param refusal why there is nothing; null if there is
    record Parsed(List<JsonNode> roots, @Nullable MessageRefusal refusal) {}

    static Parsed parse(SourceMapping.Form form, String text) {
        String clean = text.startsWith("\ufeff") ? text.substring(1) : text;
        return switch (form) {
            case SourceMapping.Json _ -> json(clean);
            case SourceMapping.Csv csv -> table(csv, clean);
        };
    }

    private static Parsed json(String text) {
        List<JsonNode> roots = new ArrayList<>();
        try (JsonParser values = JSON.createParser(text)) {
            while (values.nextToken() != null) {
                roots.add(JSON.readTree(values));
            }
        } catch (JacksonException broken) {
            long at = broken.getLocation() == null ? 0 : broken.getLocation().getCharOffset();
            return new Parsed(List.of(), MessageRefusal.of("", MessageRefusal.Kind.NO_JSON, at));
        }
        return roots.isEmpty()
                ? new Parsed(List.of(), MessageRefusal.of("", MessageRefusal.Kind.NO_JSON, 0))
                : new Parsed(roots, null);
    }

    private static Parsed table(SourceMapping.Csv csv, String text) {
        String head = text.lines().findFirst().orElse("");
        char separator = csv.separator() != 0 ? csv.separator() : separator(head);
        ArrayNode rows = NODES.arrayNode();
        try (CsvReader<CsvRecord> lines = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .ofCsvRecord(text)) {
            List<String> names = List.of();
            for (CsvRecord line : lines) {
                if (names.isEmpty()) {
                    names = line.getFields().stream().map(String::strip).toList();
                } else {
                    rows.add(row(csv, names, line.getFields()));
                }
            }
            return names.size() < 2
                    ? new Parsed(List.of(), MessageRefusal.of("", MessageRefusal.Kind.NO_TABLE))
                    : new Parsed(List.of(rows), null);
        } catch (CsvParseException | java.io.IOException broken) {
            return new Parsed(List.of(), MessageRefusal.of("", MessageRefusal.Kind.NO_TABLE));
        }
    }

    private static char separator(String head) {
        char best = ';';
        for (char one : new char[] {',', '\t'}) {
            if (count(head, one) > count(head, best)) {
                best = one;
            }
        }
        return best;
    }

    private static long count(String text, char letter) {
        return text.chars().filter(one -> one == letter).count();
    }

    private static ObjectNode row(SourceMapping.Csv csv, List<String> names, List<String> fields) {
        ObjectNode row = NODES.objectNode();
        for (int at = 0; at < Math.min(names.size(), fields.size()); at++) {
            String field = fields.get(at).strip();
            if (!csv.missing().contains(field)) {
                row.put(names.get(at), field);
            }
        }
        return row;
    }

    /// As it may be kept. A table goes back to lines; its columns are those that are left.
    static String text(SourceMapping.Form form, List<JsonNode> roots) {
        if (form instanceof SourceMapping.Json) {
            return String.join("\n", roots.stream().map(JsonNode::toString).toList());
        }
        StringBuilder text = new StringBuilder();
        List<String> names = new ArrayList<>();
        for (JsonNode row : roots.getFirst()) {
            row.propertyNames().stream().filter(name -> !names.contains(name)).forEach(names::add);
        }
        line(text, names);
        for (JsonNode row : roots.getFirst()) {
            line(text, names.stream().map(name -> row.path(name).asString("")).toList());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, List<String> fields) {
        text.append(String.join(
                        ";",
                        fields.stream()
                                .map(field -> field.matches("[^;\"\r\n]*")
                                        ? field
                                        : "\"" + field.replace("\"", "\"\"") + "\"")
                                .toList()))
                .append('\n');
    }

    /// NaN if it is no number.
    static double number(JsonNode node, SourceMapping.Form form) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return Double.isFinite(value) ? value : Double.NaN;
        }
        if (!node.isString()) {
            return Double.NaN;
        }
        char[] text = node.asString().strip().toCharArray();
        char decimal = form instanceof SourceMapping.Csv csv ? csv.decimal() : '.';
        return NumberText.read(text, 0, text.length, decimal, (char) 0);
    }

    /// For quality: what JSON has as a number or a text.
    static Object plain(JsonNode node) {
        return switch (node.getNodeType()) {
            case NUMBER -> node.isIntegralNumber() ? (Object) node.longValue() : (Object) node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            default -> {
                String text = JsonText.storable(node.isValueNode() ? node.asString() : node.toString());
                yield text.length() > 200 ? text.substring(0, 200) : text;
            }
        };
    }
}
