package de.stadtkern.sensors;

import de.stadtkern.page.Field;
import de.stadtkern.page.Form;
import de.stadtkern.page.Frame;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityModel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One condition as it was clicked: which property, how it is compared, and with what.
///
/// @param number from 1, behind the names of its fields
record ExplorerCondition(int number, String property, String operator, String value) {

    static final int MOST = 5;
    private static final List<String> OPERATORS = List.of("eq", "ne", "gt", "ge", "lt", "le", "contains", "startswith");

    /// What a property is compared with.
    private enum Kind {
        NUMBER,
        TEXT,
        TIME,
        ANY
    }

    /// @param path as `$filter` has it
    private record Comparable(String path, Kind kind) {}

    /// Names of the fields in the page's address.
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= MOST; number++) {
            names.addAll(List.of("property-" + number, "operator-" + number, "value-" + number));
        }
        return names;
    }

    /// Those that were begun.
    static List<ExplorerCondition> of(Form form) {
        List<ExplorerCondition> begun = new ArrayList<>();
        for (int number = 1; number <= MOST; number++) {
            ExplorerCondition condition = new ExplorerCondition(
                    number,
                    form.value("property-" + number),
                    form.value("operator-" + number),
                    form.value("value-" + number).strip());
            if (!condition.property.isEmpty() || !condition.value.isEmpty()) {
                begun.add(condition);
            }
        }
        return begun;
    }

    /// The fields to click it together.
    static List<Field> fields(Frame frame, Form form, EntityModel entity, int number) {
        List<Field.Choice> properties = new ArrayList<>();
        properties.add(Field.Choice.of("", frame.say("sensors.explorer.property.none")));
        comparables(entity).forEach(one -> properties.add(Field.Choice.of(one.path(), one.path())));
        return List.of(
                form.field("property-" + number, frame.say("sensors.explorer.property"))
                        .select(properties),
                form.field("operator-" + number, frame.say("sensors.explorer.operator"))
                        .select(OPERATORS.stream()
                                .map(operator ->
                                        Field.Choice.of(operator, frame.say("sensors.explorer.operator." + operator)))
                                .toList()),
                form.field("value-" + number, frame.say("sensors.explorer.value"))
                        .optional());
    }

    /// As `$filter` has it.
    String filter(EntityModel entity, ZoneId zone) {
        Flaws flaws = new Flaws();
        Kind kind = flaws.read(Kind.ANY, () -> kind(entity));
        String how = operator.isEmpty() ? "eq" : operator;
        boolean isOfTexts = how.equals("contains") || how.equals("startswith");
        if (!OPERATORS.contains(how)) {
            flaws.add(Problem.field("operator-" + number, "operator-choice", "Choose how it is compared."));
        } else if (isOfTexts && (kind == Kind.NUMBER || kind == Kind.TIME)) {
            flaws.add(Problem.field(
                    "operator-" + number, "operator-text", "Only texts contain or begin with something."));
        }
        if (value.isEmpty()) {
            flaws.add(Problem.field("value-" + number, "value-missing", "Say with what it is compared."));
        }
        return flaws.end(() -> isOfTexts
                ? "%s(%s,%s)".formatted(how, property, quoted(value))
                : "%s %s %s".formatted(property, how, literal(kind, zone)));
    }

    private Kind kind(EntityModel entity) {
        return comparables(entity).stream()
                .filter(one -> one.path().equals(property))
                .findFirst()
                .orElseThrow(() -> Problem.field(
                        "property-" + number, "property-choice", "Choose a property of %s.".formatted(entity.set())))
                .kind();
    }

    private String literal(Kind kind, ZoneId zone) {
        boolean isNumber = value.matches("-?\\d{1,15}(\\.\\d{1,15})?");
        return switch (kind) {
            case TEXT -> quoted(value);
            case ANY -> isNumber ? value : quoted(value);
            case TIME -> moment(zone).toString();
            case NUMBER -> {
                if (!isNumber) {
                    throw Problem.field("value-" + number, "number-needed", "This is compared with a number.");
                }
                yield value;
            }
        };
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /// A day or a time of the town, or a moment with its offset.
    private Instant moment(ZoneId zone) {
        try {
            if (value.length() == "2026-01-01".length()) {
                return LocalDate.parse(value).atStartOfDay(zone).toInstant();
            }
            return value.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).atZone(zone).toInstant();
        } catch (DateTimeException unreadable) {
            throw Problem.field(
                    "value-" + number,
                    "moment-needed",
                    "This is compared with a time: 2026-01-31, 2026-01-31T12:00 or 2026-01-31T12:00:00Z.",
                    Map.of("value", value));
        }
    }

    /// Properties of the entity, and names of what it leads to.
    private static List<Comparable> comparables(EntityModel entity) {
        List<Comparable> all = new ArrayList<>();
        all.add(new Comparable("id", Kind.NUMBER));
        for (EntityModel.Part part : entity.parts()) {
            switch (part.sort()) {
                case TEXT -> all.add(new Comparable(part.name(), Kind.TEXT));
                case ANY -> all.add(new Comparable(part.name(), Kind.ANY));
                case MOMENT, PERIOD -> all.add(new Comparable(part.name(), Kind.TIME));
                case UNIT -> {
                    all.add(new Comparable(part.name() + "/name", Kind.TEXT));
                    all.add(new Comparable(part.name() + "/symbol", Kind.TEXT));
                }
                case OBJECT, TEXTS, UNITS -> {
                    // What lies inside has no names that are known here; that is for the free condition.
                }
            }
        }
        for (EntityModel.Way way : entity.ways()) {
            addName(all, way.name(), get(way));
            if (!way.isToMany()) {
                get(way).ways().stream()
                        .filter(next -> !next.isToMany())
                        .forEach(next -> addName(all, way.name() + "/" + next.name(), get(next)));
            }
        }
        return all;
    }

    private static void addName(List<Comparable> all, String path, EntityModel target) {
        if (target.parts().stream().anyMatch(part -> part.name().equals("name"))) {
            all.add(new Comparable(path + "/name", Kind.TEXT));
        }
    }

    private static EntityModel get(EntityModel.Way way) {
        return EntityModel.all().stream()
                .filter(entity -> entity.name().equals(way.target()))
                .findFirst()
                .orElseThrow();
    }
}
