package de.stadtkern.imports;

import de.stadtkern.imports.Draft.What;
import de.stadtkern.page.Slug;
import de.stadtkern.sensorthings.MeasuringPoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Writes a draft as the mapping that `docs/import.md` explains.
final class DraftYaml {

    private static final YAMLMapper YAML = new YAMLMapper();

    private DraftYaml() {}

    /// @param series what there is under the number of a Datastream
    static String of(Draft draft, LongFunction<MeasuringPoint.Series> series) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("format", format(draft.written()));
        mapping.put("time", time(draft.when()));
        mapping.put(draft.where().kind().equals("column") ? "points" : "point", where(draft.where()));
        List<Object> values = new ArrayList<>();
        draft.what().forEach(what -> values.add(value(what, series)));
        mapping.put("values", values);
        mapping.put("duplicates", draft.duplicates());
        return YAML.writeValueAsString(mapping);
    }

    private static Map<String, Object> format(Draft.Written written) {
        Map<String, Object> format = new LinkedHashMap<>();
        format.put("separator", written.separator());
        format.put("charset", written.charset());
        format.put("header", written.header());
        format.put("skip-lines", written.skipLines());
        format.put("decimal", written.decimal());
        if (!written.thousands().isEmpty()) {
            format.put("thousands", written.thousands());
        }
        format.put(
                "missing",
                Stream.concat(
                                Stream.of(""),
                                Arrays.stream(written.missing().split(",")).map(String::strip))
                        .distinct()
                        .toList());
        return format;
    }

    private static Map<String, Object> time(Draft.When when) {
        Map<String, Object> time = new LinkedHashMap<>();
        if (when.clock().isEmpty()) {
            time.put("column", when.column());
        } else {
            time.put("columns", List.of(when.column(), when.clock()));
        }
        time.put("format", when.pattern());
        putUnlessEmpty(time, "zone", when.zone());
        putUnlessEmpty(time, "duration", when.duration());
        return time;
    }

    private static Map<String, Object> where(Draft.Where where) {
        Map<String, Object> point = new LinkedHashMap<>();
        switch (where.kind()) {
            case "column" -> {
                point.put("column", where.column());
                point.put("others", "create");
                point.put("name", where.naming());
            }
            case "thing" -> {
                point.put("thing", where.thing());
                putUnlessEmpty(point, "name", where.name());
            }
            default -> {
                point.put("key", Slug.of(0, where.name()).words());
                point.put("name", where.name());
                putUnlessEmpty(point, "description", where.description());
                putUnlessEmpty(point, "longitude", where.longitude().replace(',', '.'));
                putUnlessEmpty(point, "latitude", where.latitude().replace(',', '.'));
            }
        }
        return point;
    }

    private static Map<String, Object> value(What what, LongFunction<MeasuringPoint.Series> series) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("column", what.column());
        value.put("kind", what.kind());
        if (what.datastream() > 0) {
            MeasuringPoint.Series there = series.apply(what.datastream());
            value.put("datastream", what.datastream());
            value.put("name", there.name());
            value.put("unit", Map.of("name", there.unitName()));
            return value;
        }
        value.put("name", what.name());
        Map<String, Object> unit = new LinkedHashMap<>();
        unit.put("name", what.unit());
        putUnlessEmpty(unit, "symbol", what.symbol());
        value.put("unit", unit);
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", what.property());
        putUnlessEmpty(property, "aggregation", what.aggregation());
        value.put("property", property);
        return value;
    }

    private static void putUnlessEmpty(Map<String, Object> fields, String name, String text) {
        if (!text.isBlank()) {
            fields.put(name, text);
        }
    }
}
