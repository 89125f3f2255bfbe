package de.stadtkern.connect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a mapping says once and means several times: `for-all` stands in each value that does not say otherwise, and
/// a value with `repeat: [1, 2]` stands there once for each of these, which takes the place of `{n}` in its texts.
final class RepeatedValues {

    private static final int MOST = 100;

    private RepeatedValues() {}

    static Yaml expand(Yaml yaml) {
        if (!(yaml instanceof Yaml.Node top) || !(top.fields().get("values") instanceof Yaml.Sequence values)) {
            return yaml;
        }
        Map<String, Yaml> fields = new LinkedHashMap<>(top.fields());
        Map<String, Yaml> everywhere = fields.remove("for-all") instanceof Yaml.Node node ? node.fields() : Map.of();
        List<Yaml> expanded = new ArrayList<>();
        for (Yaml value : values.items()) {
            repeat(value, expanded);
        }
        fields.put(
                "values",
                new Yaml.Sequence(
                        expanded.stream().map(value -> with(everywhere, value)).toList(), values.line()));
        return new Yaml.Node(fields, top.line());
    }

    private static void repeat(Yaml value, List<Yaml> into) {
        if (!(value instanceof Yaml.Node node) || !(node.fields().get("repeat") instanceof Yaml.Sequence each)) {
            into.add(value);
            return;
        }
        Map<String, Yaml> fields = new LinkedHashMap<>(node.fields());
        fields.remove("repeat");
        for (Yaml one : each.items().subList(0, Math.min(MOST, each.items().size()))) {
            String text = one instanceof Yaml.Scalar scalar ? scalar.text() : "";
            into.add(replaced(new Yaml.Node(fields, node.line()), text));
        }
    }

    private static Yaml replaced(Yaml yaml, String text) {
        return switch (yaml) {
            case Yaml.Scalar scalar ->
                new Yaml.Scalar(scalar.text().replace("{n}", text), scalar.token(), scalar.line());
            case Yaml.Sequence sequence ->
                new Yaml.Sequence(
                        sequence.items().stream()
                                .map(item -> replaced(item, text))
                                .toList(),
                        sequence.line());
            case Yaml.Node node -> {
                Map<String, Yaml> fields = new LinkedHashMap<>();
                node.fields().forEach((name, value) -> fields.put(name, replaced(value, text)));
                yield new Yaml.Node(fields, node.line());
            }
        };
    }

    private static Yaml with(Map<String, Yaml> everywhere, Yaml value) {
        if (!(value instanceof Yaml.Node node)) {
            return value;
        }
        Map<String, Yaml> fields = new LinkedHashMap<>(everywhere);
        fields.putAll(node.fields());
        return new Yaml.Node(fields, node.line());
    }
}
