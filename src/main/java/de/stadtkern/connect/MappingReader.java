package de.stadtkern.connect;

import de.stadtkern.connect.Mapping.Condition;
import de.stadtkern.connect.Mapping.Format;
import de.stadtkern.connect.Mapping.Kind;
import de.stadtkern.connect.Mapping.Note;
import de.stadtkern.connect.Mapping.Point;
import de.stadtkern.connect.Mapping.Points;
import de.stadtkern.connect.Mapping.Sensor;
import de.stadtkern.connect.Mapping.Time;
import de.stadtkern.connect.Mapping.Value;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.NewLocation;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the text of a mapping into a [Mapping], or says which field is wrong and why.
final class MappingReader {

    private MappingReader() {}

    static Mapping mapping(String yaml) {
        Fields top = Fields.of("", Yaml.read(yaml));
        Format format = format(top.child("format"));
        Time time = time(top.requiredChild("time"));
        List<Condition> skip =
                top.children("skip").stream().map(MappingReader::condition).toList();
        Points points = points(top);
        List<Value> values = values(top);
        if (points.column() != null && values.stream().anyMatch(value -> value.datastream() != null)) {
            throw top.wrong("values", "name a 'datastream' only where the whole file is about one '%s'", "point");
        }
        Duplicates duplicates = duplicates(top);
        top.done();
        return new Mapping(format, time, skip, points, values, duplicates);
    }

    private static Duplicates duplicates(Fields top) {
        return switch (top.text("duplicates", "ignore")) {
            case "ignore" -> Duplicates.IGNORE;
            case "replace" -> Duplicates.REPLACE;
            case "insert" -> Duplicates.INSERT;
            default ->
                throw top.wrong(
                        "duplicates", "is ignore, replace or insert, not '%s'", top.text("duplicates", "ignore"));
        };
    }

    private static Format format(Fields fields) {
        String separator = fields.text("separator", "auto");
        String quote = fields.text("quote", "\"");
        if (quote.length() != 1) {
            throw fields.wrong("quote", "is one character, not '%s'", quote);
        }
        String decimal = fields.text("decimal", ".");
        String thousands = fields.text("thousands", "");
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw fields.wrong("decimal", "is '.' or ',', not '%s'", decimal);
        }
        if (thousands.length() > 1 || thousands.equals(decimal)) {
            throw fields.wrong("thousands", "is one character, other than the decimal one, not '%s'", thousands);
        }
        var format = new Format(
                separator(fields, separator),
                quote.charAt(0),
                fields.flag("header", true),
                fields.whole("skip-lines", 0, 0, Format.MAX_SKIPPED),
                decimal.charAt(0),
                thousands.isEmpty() ? 0 : thousands.charAt(0),
                charset(fields),
                new LinkedHashSet<>(fields.texts("missing", List.of("", "NA", "-"))));
        if (format.separator() == format.quote()) {
            throw fields.wrong("quote", "is another character than the separator", quote);
        }
        fields.done();
        return format;
    }

    private static char separator(Fields fields, String text) {
        return switch (text) {
            case "auto" -> 0;
            case "tab", "\t" -> '\t';
            default -> {
                if (text.length() != 1 || Character.isLetterOrDigit(text.charAt(0)) || text.charAt(0) < ' ') {
                    throw fields.wrong("separator", "is auto, tab or one character such as ;, not '%s'", text);
                }
                yield text.charAt(0);
            }
        };
    }

    private static @Nullable Charset charset(Fields fields) {
        String name = fields.text("charset", "auto");
        try {
            return name.equals("auto") ? null : Charset.forName(name);
        } catch (IllegalArgumentException unknown) {
            throw fields.wrong("charset", "is auto, UTF-8, windows-1252 or another known one, not '%s'", name);
        }
    }

    private static Time time(Fields fields) {
        List<String> columns = fields.oneOrMore("column", "columns");
        List<String> formats = fields.oneOrMore("format", "formats");
        List<TimePattern> patterns = new ArrayList<>();
        for (String format : formats) {
            try {
                patterns.add(TimePattern.of(format));
            } catch (IllegalArgumentException unknown) {
                throw fields.wrong("format", "is not understood: %s", String.valueOf(unknown.getMessage()));
            }
        }
        Fields valid = fields.child("valid");
        var time = new Time(
                columns,
                patterns,
                zone(fields),
                duration(fields, "duration"),
                fields.optional("end"),
                fields.optional("result-time"),
                valid.optional("start"),
                valid.optional("end"));
        if (time.duration() != null && time.end() != null) {
            throw fields.wrong("duration", "cannot stand beside '%s'", "end");
        }
        valid.done();
        fields.done();
        return time;
    }

    static @Nullable ZoneId zone(Fields fields) {
        String zone = fields.optional("zone");
        try {
            return zone == null ? null : ZoneId.of(zone);
        } catch (DateTimeException unknown) {
            throw fields.wrong(
                    "zone", "is no time zone: '%s'; write it like Europe/Berlin or UTC", String.valueOf(zone));
        }
    }

    static @Nullable Duration duration(Fields fields, String name) {
        String text = fields.optional(name);
        if (text == null) {
            return null;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(Duration.ofDays(3_700)) < 0) {
                return duration;
            }
        } catch (DateTimeException | ArithmeticException unreadable) {
            // answered below, together with those that make no sense
        }
        throw fields.wrong(name, "is written like PT15M, PT1H or P1D, not '%s'", text);
    }

    private static Points points(Fields top) {
        if (top.has("point")) {
            if (top.has("points")) {
                throw top.wrong("point", "cannot stand beside '%s'", "points");
            }
            Point only = point(top.requiredChild("point"));
            return new Points(null, List.of(only), false, "", "", Map.of());
        }
        Fields fields = top.requiredChild("points");
        String others = fields.text("others", "refuse");
        if (!others.equals("refuse") && !others.equals("create")) {
            throw fields.wrong("others", "is refuse or create, not '%s'", others);
        }
        boolean create = others.equals("create");
        List<Point> known =
                fields.children("known").stream().map(MappingReader::point).toList();
        if (known.isEmpty() && !create) {
            throw fields.wrong("known", "lists at least one, unless others is '%s'", "create");
        }
        Set<String> keys = new HashSet<>();
        known.stream().filter(point -> !keys.add(point.key())).findFirst().ifPresent(twice -> {
            throw fields.wrong("known", "lists the key '%s' twice", twice.key());
        });
        var points = new Points(
                fields.required("column"),
                known,
                create,
                create ? fields.required("name") : fields.text("name", ""),
                fields.text("description", ""),
                fields.properties());
        fields.done();
        return points;
    }

    static Point point(Fields fields) {
        Long thing = fields.id("thing");
        String name = thing == null ? fields.required("name") : fields.text("name", "");
        var point = new Point(
                thing,
                thing == null ? fields.required("key") : fields.text("key", ""),
                name,
                fields.text("description", ""),
                location(fields, name),
                fields.properties());
        fields.done();
        return point;
    }

    /// People give a point, an export the whole Location.
    private static @Nullable NewLocation location(Fields fields, String name) {
        Double longitude = fields.degrees("longitude", 180);
        Double latitude = fields.degrees("latitude", 90);
        String json = fields.longText("location");
        if (json != null && (longitude != null || latitude != null)) {
            throw fields.wrong("location", "cannot stand beside '%s'", "longitude");
        }
        if ((longitude == null) != (latitude == null)) {
            throw fields.wrong("longitude", "and latitude come together or not at all%s", "");
        }
        if (longitude != null && latitude != null) {
            return NewLocation.point(name, longitude, latitude);
        }
        try {
            return json == null ? null : new NewLocation(json);
        } catch (Problem none) {
            throw fields.wrong(
                    "location", "is no Location as SensorThings has them: %s", String.valueOf(none.getMessage()));
        }
    }

    private static List<Value> values(Fields top) {
        List<Value> values =
                top.children("values").stream().map(MappingReader::value).toList();
        if (values.isEmpty()) {
            throw top.wrong("values", "is missing: it says which columns hold %s", "values");
        }
        Set<String> keys = new HashSet<>();
        for (Value value : values) {
            if (!keys.add(value.key())) {
                throw top.wrong("values", "has two with the key '%s'; give one of them another 'key'", value.key());
            }
        }
        return values;
    }

    private static Value value(Fields fields) {
        String column = fields.required("column");
        Long datastream = fields.id("datastream");
        boolean isMulti = fields.has("observed");
        Fields sensor = fields.child("sensor");
        var value = new Value(
                datastream,
                column,
                fields.text("key", column),
                kind(fields),
                fields.has("when") ? condition(fields.requiredChild("when")) : null,
                datastream == null ? fields.required("name") : fields.text("name", ""),
                fields.text("description", ""),
                isMulti,
                isMulti ? severalObserved(fields) : List.of(observed(fields, datastream == null)),
                new Sensor(sensor.text("name", "unbekannt"), sensor.text("description", "")),
                fields.properties(),
                notes(fields, "quality"),
                fields.optional("quality-json"),
                notes(fields, "parameters"),
                fields.optional("parameters-json"),
                fields.optional("feature-json"));
        sensor.done();
        fields.done();
        if (isMulti && value.kind() != Kind.JSON) {
            throw fields.wrong("kind", "is json where %s are observed at once", "several values");
        }
        return value;
    }

    private static List<Observed> severalObserved(Fields fields) {
        if (fields.children("observed").isEmpty()) {
            throw fields.wrong("observed", "lists what %s are", "the values of a result");
        }
        return fields.children("observed").stream()
                .map(each -> {
                    Observed observed = observed(each, true);
                    each.done();
                    return observed;
                })
                .toList();
    }

    /// @param isNew that nothing is known of it yet, so that it must be said
    static Observed observed(Fields fields, boolean isNew) {
        Fields unit = isNew ? fields.requiredChild("unit") : fields.child("unit");
        Fields property = isNew ? fields.requiredChild("property") : fields.child("property");
        var observed = new Observed(
                isNew ? unit.required("name") : unit.text("name", ""),
                unit.text("symbol", ""),
                unit.text("definition", ""),
                fields.text("type", Observed.NUMBER),
                isNew ? property.required("name") : property.text("name", ""),
                property.text("definition", ""),
                aggregation(property));
        unit.done();
        property.done();
        return observed;
    }

    private static Kind kind(Fields fields) {
        return switch (fields.text("kind", "number")) {
            case "number" -> Kind.NUMBER;
            case "text" -> Kind.TEXT;
            case "json" -> Kind.JSON;
            default -> throw fields.wrong("kind", "is number, text or json, not '%s'", fields.text("kind", ""));
        };
    }

    private static @Nullable Aggregation aggregation(Fields property) {
        return switch (property.text("aggregation", "")) {
            case "sum" -> Aggregation.SUM;
            case "mean" -> Aggregation.MEAN;
            case "" -> null;
            default ->
                throw property.wrong(
                        "aggregation",
                        "is sum (for counts) or mean (for levels such as temperature), not '%s'",
                        property.text("aggregation", ""));
        };
    }

    private static List<Note> notes(Fields fields, String name) {
        return fields.children(name).stream()
                .map(note -> {
                    var read = new Note(note.required("column"), note.optional("usual"));
                    note.done();
                    return read;
                })
                .toList();
    }

    private static Condition condition(Fields fields) {
        var condition = new Condition(fields.required("column"), new HashSet<>(fields.texts("is", List.of())));
        if (condition.is().isEmpty()) {
            throw fields.wrong("is", "is missing: the texts that %s", "count");
        }
        fields.done();
        return condition;
    }
}
