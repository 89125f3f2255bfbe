package de.stadtkern.connect;

import de.stadtkern.sensorthings.NewLocation;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Writes the mapping with which an export in CSV is read again.
final class MappingWriter {

    private static final YAMLMapper YAML = new YAMLMapper();

    private MappingWriter() {}

    /// @param twins whether values of the same time are to stay two; then a second import would double them
    static String yaml(NewMeasuringPoint point, boolean twins) {
        Map<String, Object> mapping = new LinkedHashMap<>();
        mapping.put("format", Map.of("separator", ",", "charset", "UTF-8", "missing", List.of("")));
        Map<String, Object> time = new LinkedHashMap<>();
        time.put("column", "phenomenonTime");
        time.put("format", "iso");
        time.put("end", "phenomenonTimeEnd");
        time.put("result-time", "resultTime");
        time.put("valid", Map.of("start", "validTime", "end", "validTimeEnd"));
        mapping.put("time", time);
        mapping.put("point", point(point));
        List<Object> values = new ArrayList<>();
        point.series().forEach(series -> values.add(value(series)));
        mapping.put("values", values);
        if (twins) {
            mapping.put("duplicates", "insert");
        }
        return YAML.writeValueAsString(mapping);
    }

    private static Map<String, Object> point(NewMeasuringPoint point) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("key", point.key());
        fields.put("name", orDash(point.name()));
        fields.put("description", point.description());
        if (point.location() instanceof NewLocation location) {
            fields.put("location", location.json());
        }
        fields.put("properties", point.properties());
        return fields;
    }

    private static Map<String, Object> value(NewMeasuringPoint.Series series) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("column", "result");
        fields.put("kind", "json");
        fields.put("key", series.key());
        fields.put("when", Map.of("column", "datastream", "is", series.key()));
        fields.put("name", orDash(series.name()));
        fields.put("description", series.description());
        if (series.isMulti()) {
            fields.put(
                    "observed",
                    series.observed().stream().map(MappingWriter::observed).toList());
        } else {
            fields.putAll(observed(series.observed().getFirst()));
        }
        fields.put("sensor", Map.of("name", series.sensorName(), "description", series.sensorDescription()));
        fields.put("properties", series.properties());
        fields.put("quality-json", "resultQuality");
        fields.put("parameters-json", "parameters");
        fields.put("feature-json", "featureOfInterest");
        return fields;
    }

    private static Map<String, Object> observed(Observed observed) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", orDash(observed.property()));
        property.put("definition", observed.definition());
        if (observed.aggregation() != null) {
            property.put("aggregation", observed.aggregation().name().toLowerCase(Locale.ROOT));
        }
        Map<String, Object> unit = new LinkedHashMap<>();
        unit.put("name", orDash(observed.unitName()));
        unit.put("symbol", observed.unitSymbol());
        unit.put("definition", observed.unitDefinition());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", observed.type());
        fields.put("unit", unit);
        fields.put("property", property);
        return fields;
    }

    /// Through the API a name may be empty, in a mapping it may not.
    private static String orDash(String name) {
        return name.isBlank() ? "-" : name;
    }
}
