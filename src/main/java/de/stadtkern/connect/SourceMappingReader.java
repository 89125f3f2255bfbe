package de.stadtkern.connect;

import de.stadtkern.connect.Mapping.Point;
import de.stadtkern.connect.Mapping.Points;
import de.stadtkern.connect.Mapping.Sensor;
import de.stadtkern.connect.SourceMapping.Csv;
import de.stadtkern.connect.SourceMapping.Device;
import de.stadtkern.connect.SourceMapping.Example;
import de.stadtkern.connect.SourceMapping.Form;
import de.stadtkern.connect.SourceMapping.Json;
import de.stadtkern.connect.SourceMapping.Kind;
import de.stadtkern.connect.SourceMapping.Quality;
import de.stadtkern.connect.SourceMapping.Time;
import de.stadtkern.connect.SourceMapping.Value;
import de.stadtkern.connect.SourceMapping.When;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Duplicates;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the text of a source's mapping into a [SourceMapping], or says which field is wrong and why.
final class SourceMappingReader {

    /// In letters. A mapping with its examples has some thousands.
    private static final int MOST_LETTERS = 200_000;

    private static final int MOST_VALUES = 200;
    private static final int MOST_EXAMPLES = 50;
    private static final int MOST_PER_HOUR = 10_000;
    private static final Duration AHEAD = Duration.ofDays(1);
    private static final Duration MOST_AHEAD = Duration.ofDays(30);

    private final boolean table;

    private SourceMappingReader(boolean table) {
        this.table = table;
    }

    static SourceMapping mapping(String yaml) {
        if (yaml.length() > MOST_LETTERS) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "mapping-invalid",
                    "The mapping is longer than %d characters (line 1).".formatted(MOST_LETTERS),
                    Map.of("line", 1));
        }
        Fields top = Fields.of("", RepeatedValues.expand(Yaml.read(yaml)));
        Form form = form(top);
        return new SourceMappingReader(form instanceof Csv).mapping(top, form, yaml);
    }

    private SourceMapping mapping(Fields top, Form form, String yaml) {
        String name = top.required("name");
        if (name.length() > 200) {
            throw top.wrong("name", "has 1 to 200 characters", "");
        }
        JsonPath each = optionalPath(top, "each", true);
        var mapping = new SourceMapping(
                name,
                form,
                each,
                top.children("when").stream().map(this::when).toList(),
                time(top.requiredChild("time")),
                device(top.requiredChild("device")),
                top.texts("key", List.of()).stream()
                        .map(text -> path(top, "key", text, false))
                        .toList(),
                optionalPath(top, "session", false),
                optionalPath(top, "frame", false),
                top.children("quality").stream().map(this::quality).toList(),
                top.whole("most-per-hour", MOST_PER_HOUR, 1, 1_000_000),
                points(top.child("points")),
                values(top),
                duplicates(top),
                top.children("examples").stream()
                        .map(SourceMappingReader::example)
                        .toList(),
                yaml);
        if (mapping.examples().size() > MOST_EXAMPLES) {
            throw top.wrong("examples", "are at most %s", String.valueOf(MOST_EXAMPLES));
        }
        top.done();
        return mapping;
    }

    private static Form form(Fields top) {
        Fields csv = top.child("csv");
        String separator = csv.text("separator", "auto");
        String decimal = csv.text("decimal", ".");
        if (!separator.equals("auto") && !separator.equals("tab") && separator.length() != 1) {
            throw csv.wrong("separator", "is auto, tab or one character such as ;, not '%s'", separator);
        }
        if (!decimal.equals(".") && !decimal.equals(",")) {
            throw csv.wrong("decimal", "is '.' or ',', not '%s'", decimal);
        }
        var table = new Csv(
                separator.equals("auto") ? 0 : separator.equals("tab") ? '\t' : separator.charAt(0),
                decimal.charAt(0),
                new LinkedHashSet<>(csv.texts("missing", List.of("", "NA", "-"))));
        csv.done();
        return switch (top.text("message", "json")) {
            case "json" -> new Json();
            case "csv" -> table;
            default -> throw top.wrong("message", "is json or csv, not '%s'", top.text("message", ""));
        };
    }

    private @Nullable JsonPath optionalPath(Fields fields, String name, boolean many) {
        String text = fields.optional(name);
        return text == null ? null : path(fields, name, text, many);
    }

    private JsonPath path(Fields fields, String name) {
        return path(fields, name, fields.required(name), false);
    }

    private JsonPath path(Fields fields, String name, String text, boolean many) {
        if (table && many) {
            throw fields.wrong(name, "is for json only: each line of a table is a record%s", "");
        }
        JsonPath path;
        try {
            path = table ? JsonPath.column(text) : JsonPath.of(text);
        } catch (IllegalArgumentException unclear) {
            throw fields.wrong(name, "is no path: it %s", String.valueOf(unclear.getMessage()));
        }
        if (!many && path.isMany()) {
            throw fields.wrong(name, "may not hold [*]; only '%s' may", "each");
        }
        for (String part : path.names()) {
            if (Personal.refusalOfName(part) instanceof MessageRefusal.Kind kind) {
                throw fields.wrong(
                        name, "is refused: %s", MessageRefusal.of(part, kind).toString());
            }
        }
        return path;
    }

    private When when(Fields fields) {
        boolean not = fields.has("is-not");
        if (not == fields.has("is")) {
            throw fields.wrong("is", not ? "cannot stand beside '%s'" : "is missing (or '%s')", "is-not");
        }
        var when = new When(
                path(fields, "path"),
                new HashSet<>(fields.texts(not ? "is-not" : "is", List.of())),
                not,
                fields.text("missing", ""));
        fields.done();
        return when;
    }

    private Time time(Fields fields) {
        boolean received = fields.flag("received", false);
        if (received == fields.has("path")) {
            throw fields.wrong("path", "is missing, or '%s' for the time the message comes in", "received: true");
        }
        List<TimePattern> patterns = new ArrayList<>();
        for (String format : fields.texts("format", List.of("iso"))) {
            try {
                patterns.add(TimePattern.of(format));
            } catch (IllegalArgumentException unknown) {
                throw fields.wrong("format", "is not understood: %s", String.valueOf(unknown.getMessage()));
            }
        }
        String is = fields.text("is", "start");
        if (!is.equals("start") && !is.equals("end")) {
            throw fields.wrong("is", "is start or end of a count's interval, not '%s'", is);
        }
        Duration ahead = MappingReader.duration(fields, "ahead");
        if (ahead != null && ahead.compareTo(MOST_AHEAD) > 0) {
            throw fields.wrong("ahead", "is at most %s", MOST_AHEAD.toString());
        }
        var time = new Time(
                received ? null : path(fields, "path"),
                patterns,
                MappingReader.zone(fields),
                is.equals("end"),
                ahead == null ? AHEAD : ahead);
        fields.done();
        return time;
    }

    private Device device(Fields fields) {
        if (fields.has("path") == fields.has("is")) {
            throw fields.wrong("path", "is missing, or '%s' where all messages are of one counter", "is");
        }
        var device =
                fields.has("path") ? new Device(path(fields, "path"), "") : new Device(null, fields.required("is"));
        fields.done();
        return device;
    }

    private Quality quality(Fields fields) {
        JsonPath path = path(fields, "path");
        var quality = new Quality(fields.text("name", path.lastName()), path);
        fields.done();
        return quality;
    }

    /// Counters are found by the name the messages give them, and made if they are new, unless that is not wished.
    private static Points points(Fields fields) {
        String others = fields.text("others", "create");
        if (!others.equals("create") && !others.equals("refuse")) {
            throw fields.wrong("others", "is refuse or create, not '%s'", others);
        }
        List<Point> known =
                fields.children("known").stream().map(MappingReader::point).toList();
        Set<String> keys = new HashSet<>();
        known.stream().filter(point -> !keys.add(point.key())).findFirst().ifPresent(twice -> {
            throw fields.wrong("known", "lists the key '%s' twice", twice.key());
        });
        var points = new Points(
                "device",
                known,
                others.equals("create"),
                fields.text("name", "{key}"),
                fields.text("description", ""),
                fields.properties());
        fields.done();
        return points;
    }

    private List<Value> values(Fields top) {
        List<Fields> all = top.children("values");
        if (all.isEmpty() || all.size() > MOST_VALUES) {
            throw top.wrong(
                    "values", "lists 1 to %s: it says where in a message they stand", String.valueOf(MOST_VALUES));
        }
        List<Value> values = all.stream().map(this::value).toList();
        Set<String> keys = new HashSet<>();
        for (Value value : values) {
            if (!keys.add(value.target().key())) {
                throw top.wrong(
                        "values",
                        "has two with the key '%s'; give one of them another 'key'",
                        value.target().key());
            }
        }
        return values;
    }

    private Value value(Fields fields) {
        JsonPath path = path(fields, "path");
        Kind kind = switch (fields.text("kind", "")) {
            case "count" -> Kind.COUNT;
            case "total" -> Kind.TOTAL;
            case "level" -> Kind.LEVEL;
            default -> throw fields.wrong("kind", "is count, total or level, not '%s'", fields.text("kind", ""));
        };
        Duration interval = MappingReader.duration(fields, "interval");
        if (kind == Kind.COUNT && interval == null) {
            throw fields.wrong("interval", "is missing: how long was counted, such as %s", "PT15M");
        }
        var value = new Value(
                path,
                kind,
                fields.has("when") ? when(fields.requiredChild("when")) : null,
                interval,
                bits(fields, kind),
                number(fields, "factor", 1.0),
                fields.has("missing") ? Double.valueOf(number(fields, "missing", 0.0)) : null,
                target(fields, path));
        fields.done();
        return value;
    }

    private static int bits(Fields fields, Kind kind) {
        String bits = fields.text("bits", kind == Kind.TOTAL ? "" : "none");
        return switch (bits) {
            case "16" -> 16;
            case "32" -> 32;
            case "none" -> 0;
            default -> throw fields.wrong("bits", "is 16, 32 or none: where the total rolls over, not '%s'", bits);
        };
    }

    private static double number(Fields fields, String name, double otherwise) {
        String text = fields.text(name, String.valueOf(otherwise));
        double number = NumberText.isNumber(text) ? NumberText.inRange(text) : Double.NaN;
        if (Double.isNaN(number)) {
            throw fields.wrong(name, "is a number, not '%s'", text);
        }
        return number;
    }

    private static Mapping.Value target(Fields fields, JsonPath path) {
        Long datastream = fields.id("datastream");
        Fields sensor = fields.child("sensor");
        Fields channel = fields.child("channel");
        Map<String, Object> properties = new LinkedHashMap<>(fields.properties());
        for (String name : List.of("direction", "zone", "class")) {
            String said = channel.optional(name);
            if (said != null) {
                properties.put(name, said);
            }
        }
        channel.done();
        String key = fields.text("key", path.lastName());
        if (key.isBlank()) {
            throw fields.wrong("key", "is missing: %s", "under which the Datastream is found again");
        }
        var target = new Mapping.Value(
                datastream,
                key,
                key,
                Mapping.Kind.NUMBER,
                null,
                datastream == null ? fields.required("name") : fields.text("name", ""),
                fields.text("description", ""),
                false,
                List.of(MappingReader.observed(fields, datastream == null)),
                new Sensor(sensor.text("name", "unbekannt"), sensor.text("description", "")),
                properties,
                List.of(),
                null,
                List.of(),
                null,
                null);
        sensor.done();
        return target;
    }

    private static Duplicates duplicates(Fields top) {
        String duplicates = top.text("duplicates", "ignore");
        return switch (duplicates) {
            case "ignore" -> Duplicates.IGNORE;
            case "replace" -> Duplicates.REPLACE;
            default -> throw top.wrong("duplicates", "is ignore or replace, not '%s'", duplicates);
        };
    }

    private static Example example(Fields fields) {
        String received = fields.optional("received");
        Instant moment = null;
        try {
            moment = received == null ? null : Instant.parse(received);
        } catch (DateTimeException unclear) {
            throw fields.wrong(
                    "received", "is a moment such as 2026-05-01T10:00:00Z, not '%s'", String.valueOf(received));
        }
        String message = fields.required("message");
        var example = new Example(
                message, moment, fields.texts("rows", List.of()), fields.text("refused", ""), fields.line());
        fields.done();
        return example;
    }
}
