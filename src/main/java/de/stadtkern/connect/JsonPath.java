package de.stadtkern.connect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Where in a message a value stands: `uplink_message.decoded_payload.line_1_total_in`.
///
/// Names are joined by points; what is no plain name stands in single quotes. `[2]` is an element of an array, counted
/// from 0, and `[id=3]` the first element whose field says so; in `[id={source, station}]` what it is to say stands in
/// the
/// record itself, at the first of these paths where there is something. A path begins at its record; with `$` it begins
/// at the
/// whole message, with `^` at the record the own one is part of. Only the path that divides a message into records
/// may hold `[*]`: each element.
record JsonPath(String text, Start start, int up, List<Step> steps) {

    private static final int MOST_STEPS = 30;
    private static final Pattern NAME = Pattern.compile("\\G(?:'([^']+)'|([\\p{L}\\p{N}_$-]+))");
    private static final Pattern ELEMENT =
            Pattern.compile("\\G\\[(?:(\\d{1,6})|(\\*)|([\\p{L}\\p{N}_-]+)=([^\\[\\]]{1,200}))]");

    enum Start {
        RECORD,
        MESSAGE
    }

    sealed interface Step {}

    record Field(String name) implements Step {}

    record Place(int index) implements Step {}

    record Where(String name, String is) implements Step {}

    /// @param of paths of the record, the first that leads to something counts
    record LookUp(String name, List<JsonPath> of) implements Step {
        LookUp {
            of = List.copyOf(of);
        }
    }

    record Every() implements Step {}

    JsonPath {
        steps = List.copyOf(steps);
    }

    /// The column of a table, whatever letters its name has.
    static JsonPath column(String name) {
        return new JsonPath(name, Start.RECORD, 0, List.of(new Field(name)));
    }

    /// Throws [IllegalArgumentException] with the reason.
    static JsonPath of(String text) {
        int at = 0;
        int up = 0;
        Start start = Start.RECORD;
        if (text.startsWith("$") && (text.length() == 1 || ".[".indexOf(text.charAt(1)) >= 0)) {
            start = Start.MESSAGE;
            at = 1;
        }
        while (start == Start.RECORD && at < text.length() && text.charAt(at) == '^') {
            up++;
            at++;
        }
        List<Step> steps = new ArrayList<>();
        boolean fresh = at == 0;
        while (at < text.length()) {
            at = step(text, at, fresh, steps);
            fresh = false;
            if (steps.size() > MOST_STEPS) {
                throw new IllegalArgumentException("has more than %d steps".formatted(MOST_STEPS));
            }
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return new JsonPath(text, start, up, steps);
    }

    private static int step(String text, int from, boolean fresh, List<Step> steps) {
        int at = from;
        if (text.charAt(at) == '[') {
            Matcher element = ELEMENT.matcher(text);
            if (!element.find(at)) {
                throw new IllegalArgumentException("has a bracket that is none of [2], [id=3] and [*]");
            }
            steps.add(
                    element.group(1) != null
                            ? new Place(Integer.parseInt(element.group(1)))
                            : element.group(2) != null ? new Every() : where(element.group(3), element.group(4)));
            return element.end();
        }
        if (!fresh) {
            if (text.charAt(at) != '.') {
                throw new IllegalArgumentException("goes on with '%s' instead of a point".formatted(text.charAt(at)));
            }
            at++;
        }
        Matcher name = NAME.matcher(text);
        if (at >= text.length() || !name.find(at)) {
            throw new IllegalArgumentException(
                    "has a name that is none; one with other letters stands in quotes: 'a b'");
        }
        steps.add(new Field(name.group(1) == null ? name.group(2) : name.group(1)));
        return name.end();
    }

    private static Step where(String name, String is) {
        return is.startsWith("{") && is.endsWith("}")
                ? new LookUp(
                        name,
                        Arrays.stream(is.substring(1, is.length() - 1).split(","))
                                .map(path -> of(path.strip()))
                                .toList())
                : new Where(name, is);
    }

    boolean isMany() {
        return steps.stream().anyMatch(Every.class::isInstance);
    }

    /// The last name on the way, under which people know the value.
    String lastName() {
        String last = "";
        for (Step step : steps) {
            if (step instanceof Field field) {
                last = field.name();
            }
        }
        return last;
    }

    List<String> names() {
        return steps.stream()
                .flatMap(step -> switch (step) {
                    case Field field -> Stream.of(field.name());
                    case LookUp lookUp -> lookUp.of().stream().flatMap(path -> path.names().stream());
                    case Place _, Where _, Every _ -> Stream.empty();
                })
                .toList();
    }

    /// One record of a message.
    ///
    /// @param above the records it is part of, the outermost first
    record Record(JsonNode message, JsonNode node, List<JsonNode> above) {}

    /// Null if nothing stands there; `null` in JSON is nothing too.
    @Nullable
    JsonNode find(Record record) {
        JsonNode node = switch (start) {
            case MESSAGE -> record.message();
            case RECORD ->
                up == 0
                        ? record.node()
                        : up <= record.above().size()
                                ? record.above().get(record.above().size() - up)
                                : null;
        };
        for (Step step : steps) {
            node = node == null ? null : next(record, node, step);
        }
        return node == null || node.isNull() || node.isMissingNode() ? null : node;
    }

    private static @Nullable JsonNode next(Record record, JsonNode node, Step step) {
        return switch (step) {
            case Field field -> node.get(field.name());
            case Place place -> node.get(place.index());
            case Where where -> element(node, where.name(), where.is());
            case LookUp lookUp -> {
                for (JsonPath path : lookUp.of()) {
                    JsonNode wanted = path.find(record);
                    if (wanted != null && wanted.isValueNode()) {
                        yield element(node, lookUp.name(), wanted.asString());
                    }
                }
                yield null;
            }
            case Every _ -> null;
        };
    }

    private static @Nullable JsonNode element(JsonNode node, String name, String is) {
        for (JsonNode element : node) {
            JsonNode said = element.get(name);
            if (said != null && said.isValueNode() && said.asString().equals(is)) {
                return element;
            }
        }
        return null;
    }

    /// The records a message is divided into by this path, at most so many and one more.
    List<Record> records(JsonNode message, int most) {
        List<Record> records = new ArrayList<>();
        collect(new Record(message, message, List.of()), message, 0, records, most);
        return records;
    }

    /// @param owner the record the place reached so far is part of
    private void collect(Record at, JsonNode owner, int step, List<Record> into, int most) {
        if (into.size() > most) {
            return;
        }
        if (step == steps.size()) {
            into.add(at);
            return;
        }
        if (steps.get(step) instanceof Every) {
            List<JsonNode> above = new ArrayList<>(at.above());
            above.add(owner);
            for (JsonNode element : at.node()) {
                collect(new Record(at.message(), element, List.copyOf(above)), element, step + 1, into, most);
            }
            return;
        }
        JsonNode next = next(at, at.node(), steps.get(step));
        if (next != null) {
            collect(new Record(at.message(), next, at.above()), owner, step + 1, into, most);
        }
    }
}
