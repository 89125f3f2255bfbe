package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.Value.Literal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a filter means, said again in plain Java over entities in memory, to hold the SQL against.
final class FilterInMemory {

    /// An entity as the API shows it, and those it leads to.
    record Entity(JsonNode json, Map<String, List<Entity>> related) {}

    private record Ends(Instant start, Instant end) {}

    private FilterInMemory() {}

    static boolean holds(Filter filter, Map<String, Entity> entities) {
        return switch (filter) {
            case Filter.And(var left, var right) -> holds(left, entities) && holds(right, entities);
            case Filter.Or(var left, var right) -> holds(left, entities) || holds(right, entities);
            case Filter.Not(var inner) -> !holds(inner, entities);
            case Filter.Quantified some -> quantified(some, entities);
            case Filter.Comparison(var left, var operator, var right) ->
                anywhere(entities, Stream.of(left, right), there -> compared(left, operator, right, there));
            case Filter.In(var value, var options) ->
                anywhere(
                        entities,
                        Stream.of(value),
                        there -> options.stream().anyMatch(option -> compared(value, Operator.EQ, option, there)));
            case Filter.Test(var function, var arguments) ->
                anywhere(entities, arguments.stream(), there -> test(function, arguments, there));
            case Filter.Holds(var value) ->
                anywhere(entities, Stream.of(value), there -> Boolean.TRUE.equals(of(value, Kind.BOOL, there)));
        };
    }

    private static List<Entity> reached(Entity from, List<Relation> way) {
        List<Entity> at = List.of(from);
        for (Relation relation : way) {
            at = at.stream()
                    .flatMap(entity -> entity.related.getOrDefault(relation.name(), List.of()).stream())
                    .toList();
        }
        return at;
    }

    private static boolean quantified(Filter.Quantified some, Map<String, Entity> entities) {
        Stream<Entity> all = reached(Objects.requireNonNull(entities.get(some.from())), some.way()).stream();
        Function<Entity, Boolean> holds = entity -> {
            Map<String, Entity> inside = new HashMap<>(entities);
            inside.put(some.variable(), entity);
            return some.condition() == null || holds(some.condition(), inside);
        };
        return some.quantifier() == Quantifier.ANY ? all.anyMatch(holds::apply) : all.allMatch(holds::apply);
    }

    /// Whether the condition holds for any of the entities its one far path leads to; it finds them as variable `*`.
    private static boolean anywhere(
            Map<String, Entity> entities, Stream<Value> values, Function<Map<String, Entity>, Boolean> condition) {
        Value.Path far = values.flatMap(Ways::paths)
                .filter(path -> !path.hops().isEmpty())
                .findFirst()
                .orElse(null);
        if (far == null) {
            return condition.apply(entities);
        }
        return reached(Objects.requireNonNull(entities.get(far.variable())), far.hops()).stream()
                .anyMatch(entity -> {
                    Map<String, Entity> inside = new HashMap<>(entities);
                    inside.put("*", entity);
                    return condition.apply(inside);
                });
    }

    private static boolean compared(Value left, Operator operator, Value right, Map<String, Entity> entities) {
        if (left.kind() == Kind.PERIOD || right.kind() == Kind.PERIOD) {
            return period(operator, ends(left, entities), ends(right, entities));
        }
        Kind kind = left.kind() == Kind.JSON || left.kind() == Kind.NOTHING ? right.kind() : left.kind();
        if (kind == Kind.NOTHING) {
            kind = left.kind();
        }
        Object one = of(left, kind, entities);
        Object other = of(right, kind, entities);
        Integer order = order(one, other);
        return switch (operator) {
            case EQ -> equal(one, other);
            case NE -> !equal(one, other);
            case GT -> order != null && order > 0;
            case GE -> order != null && order >= 0;
            case LT -> order != null && order < 0;
            case LE -> order != null && order <= 0;
        };
    }

    private static boolean equal(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == null && other == null;
        }
        if (one instanceof JsonNode a && other instanceof JsonNode b && a.isArray() && b.isArray()) {
            return a.size() == b.size() && IntStream.range(0, a.size()).allMatch(i -> equal(a.get(i), b.get(i)));
        }
        Integer order = order(one, other);
        return order != null && order == 0;
    }

    /// Null where there is none.
    private static @Nullable Integer order(@Nullable Object one, @Nullable Object other) {
        Object a = one instanceof JsonNode json ? plain(json) : one;
        Object b = other instanceof JsonNode json ? plain(json) : other;
        if (a instanceof Double x && b instanceof Double y) {
            return x < y ? -1 : x > y ? 1 : 0;
        }
        if (a instanceof String x && b instanceof String y) {
            return Integer.signum(x.compareTo(y));
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        if (a instanceof Long x && b instanceof Long y) {
            return Long.compare(x, y);
        }
        if (a instanceof LocalDate x && b instanceof LocalDate y) {
            return Integer.signum(x.compareTo(y));
        }
        if (a instanceof LocalTime x && b instanceof LocalTime y) {
            return x.compareTo(y);
        }
        return a instanceof Instant x && b instanceof Instant y ? Integer.signum(x.compareTo(y)) : null;
    }

    private static Object plain(JsonNode json) {
        return json.isNumber()
                ? (Object) json.asDouble()
                : json.isString() ? json.asString() : json.isBoolean() ? (Object) json.asBoolean() : json;
    }

    private static boolean period(Operator operator, @Nullable Ends a, @Nullable Ends b) {
        if (operator == Operator.NE) {
            return !period(Operator.EQ, a, b);
        }
        if (a == null || b == null) {
            return false;
        }
        return switch (operator) {
            case EQ -> a.equals(b);
            case LT -> a.start.isBefore(b.start) && !a.end.isAfter(b.start);
            case GT -> a.start.isAfter(b.start) && !a.start.isBefore(b.end);
            case LE -> !a.start.isAfter(b.start) && !a.end.isAfter(b.end);
            case GE -> !a.start.isBefore(b.start) && !a.end.isBefore(b.end);
            case NE -> throw new IllegalStateException();
        };
    }

    private static boolean test(
            de.stadtkern.sensorthings.query.Function function, List<Value> arguments, Map<String, Entity> entities) {
        if (function.parameters().getFirst() == Kind.PERIOD) {
            Ends a = ends(arguments.getFirst(), entities);
            Ends b = ends(arguments.getLast(), entities);
            return a != null && b != null && interval(function, a, b);
        }
        String a = (String) of(arguments.getFirst(), Kind.TEXT, entities);
        String b = (String) of(arguments.getLast(), Kind.TEXT, entities);
        if (a == null || b == null) {
            return false;
        }
        return switch (function) {
            case CONTAINS -> a.contains(b);
            case SUBSTRINGOF -> b.contains(a);
            case STARTSWITH -> a.startsWith(b);
            case ENDSWITH -> a.endsWith(b);
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    private static boolean interval(de.stadtkern.sensorthings.query.Function function, Ends a, Ends b) {
        boolean beginsInB = a.start.isBefore(b.end) || a.start.equals(b.start);
        boolean beginsInA = b.start.isBefore(a.end) || a.start.equals(b.start);
        return switch (function) {
            case BEFORE -> period(Operator.LT, a, b);
            case AFTER -> period(Operator.GT, a, b);
            case MEETS -> a.end.equals(b.start) || a.start.equals(b.end);
            case DURING -> !a.start.isBefore(b.start) && !a.end.isAfter(b.end) && beginsInB;
            case OVERLAPS -> beginsInB && beginsInA;
            case STARTS -> a.start.equals(b.start);
            case FINISHES -> a.end.equals(b.end);
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    private static @Nullable Ends ends(Value value, Map<String, Entity> entities) {
        return switch (value) {
            case Literal.Moment(var moment) -> new Ends(moment, moment);
            case Value.Call(var function, var arguments)
            when arguments.isEmpty() -> new Ends(moment(function), moment(function));
            case Literal.Stretch(var period) ->
                new Ends(period.start(), period.end() == null ? period.start() : period.end());
            case Value.Arithmetic(var operation, var left, Literal.Span(var micros), var _) -> {
                Ends ends = ends(left, entities);
                long by = operation == Value.Operation.ADD ? micros : -micros;
                yield ends == null
                        ? null
                        : new Ends(ends.start.plus(by, ChronoUnit.MICROS), ends.end.plus(by, ChronoUnit.MICROS));
            }
            case Value.Path path -> {
                JsonNode json = json(path, entities);
                if (json == null || json.isNull()) {
                    yield null;
                }
                TimePeriod period = TimePeriod.parse(json.asString());
                yield new Ends(period.start(), period.end() == null ? period.start() : period.end());
            }
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static @Nullable JsonNode json(Value.Path path, Map<String, Entity> entities) {
        Entity entity = Objects.requireNonNull(entities.get(path.hops().isEmpty() ? path.variable() : "*"));
        JsonNode json = entity.json.get(path.property().name());
        for (String part : path.inner()) {
            json = json == null ? null : json.get(part);
        }
        return json == null || json.isNull() ? null : json;
    }

    private static @Nullable Object of(Value value, Kind wanted, Map<String, Entity> entities) {
        return switch (value) {
            case Literal.Text(var text) -> text;
            case Literal.Number(var number) -> number.doubleValue();
            case Literal.Moment(var moment) -> moment;
            case Literal.Day(var day) -> day;
            case Literal.Clock(var clock) -> clock;
            case Literal.Span(var micros) -> micros;
            case Literal.Missing _ -> null;
            case Literal other -> throw new IllegalArgumentException(other.toString());
            case Value.Path path -> typed(path, json(path, entities), wanted);
            case Value.Arithmetic sum
            when sum.kind() == Kind.NUMBER ->
                arithmetic(sum.operation(), (Double) of(sum.left(), Kind.NUMBER, entities), (Double)
                        of(sum.right(), Kind.NUMBER, entities));
            case Value.Arithmetic difference
            when difference.kind() == Kind.SPAN -> {
                Instant one = (Instant) of(difference.left(), Kind.MOMENT, entities);
                Instant other = (Instant) of(difference.right(), Kind.MOMENT, entities);
                yield one == null || other == null ? null : (Long) ChronoUnit.MICROS.between(other, one);
            }
            case Value.Arithmetic sum -> {
                Ends ends = ends(sum, entities);
                yield ends == null ? null : ends.start;
            }
            case Value.Call(var function, var arguments) when arguments.isEmpty() -> moment(function);
            case Value.Call call -> call(call, entities);
        };
    }

    /// The data are of the past.
    private static Instant moment(de.stadtkern.sensorthings.query.Function function) {
        return switch (function) {
            case NOW -> Instant.now();
            case MINDATETIME -> Instant.MIN;
            case MAXDATETIME -> Instant.MAX;
            default -> throw new IllegalArgumentException(function.name());
        };
    }

    private static @Nullable Object typed(Value.Path path, @Nullable JsonNode json, Kind wanted) {
        if (json == null) {
            return null;
        }
        return switch (wanted) {
            case TEXT -> json.isString() ? json.asString() : null;
            case NUMBER -> json.isNumber() ? (Double) json.asDouble() : null;
            case BOOL -> json.isBoolean() ? json.asBoolean() : null;
            case JSON -> json;
            case MOMENT, PERIOD -> TimePeriod.parse(json.asString()).start();
            default -> throw new IllegalArgumentException(path.text());
        };
    }

    private static @Nullable Double arithmetic(Value.Operation operation, @Nullable Double a, @Nullable Double b) {
        if (a == null || b == null) {
            return null;
        }
        return switch (operation) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV -> b == 0 ? null : (Double) (a / b);
            case MOD -> b == 0 ? null : (Double) (a - b * truncated(a / b));
        };
    }

    private static double truncated(double number) {
        return number < 0 ? Math.ceil(number) : Math.floor(number);
    }

    private static @Nullable Object call(Value.Call call, Map<String, Entity> entities) {
        List<Kind> kinds = call.function().parameters();
        Object first = of(call.arguments().getFirst(), kinds.getFirst(), entities);
        Object second = call.arguments().size() < 2 ? "" : of(call.arguments().get(1), kinds.get(1), entities);
        Object third =
                call.arguments().size() < 3 ? (Object) 1e6 : of(call.arguments().get(2), kinds.get(2), entities);
        if (first == null || second == null || third == null) {
            return null;
        }
        return switch (call.function()) {
            case LENGTH -> (double) ((String) first).length();
            case INDEXOF -> (double) ((String) first).indexOf((String) second);
            case SUBSTRING -> substring((String) first, (Double) second, (Double) third);
            case TOLOWER -> ((String) first).toLowerCase(java.util.Locale.ROOT);
            case TOUPPER -> ((String) first).toUpperCase(java.util.Locale.ROOT);
            case TRIM -> ((String) first).strip();
            case CONCAT -> first + (String) second;
            case ROUND -> Math.signum((Double) first) * Math.floor(Math.abs((Double) first) + 0.5);
            case FLOOR -> Math.floor((Double) first);
            case CEILING -> Math.ceil((Double) first);
            case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, FRACTIONALSECONDS -> field(call.function(), (Instant) first);
            case TOTALOFFSETMINUTES -> 0.0;
            case DATE -> LocalDate.ofInstant((Instant) first, ZoneOffset.UTC);
            case TIME -> LocalTime.ofInstant((Instant) first, ZoneOffset.UTC);
            default -> throw new IllegalArgumentException(call.toString());
        };
    }

    private static String substring(String text, double from, double length) {
        int start = (int) Math.min(Math.max(truncated(from), 0), text.length());
        int count = (int) Math.max(truncated(length), 0);
        return text.substring(start, Math.min(text.length(), start + count));
    }

    private static double field(de.stadtkern.sensorthings.query.Function function, Instant moment) {
        LocalDateTime utc = LocalDateTime.ofInstant(moment, ZoneOffset.UTC);
        return switch (function) {
            case YEAR -> utc.getYear();
            case MONTH -> utc.getMonthValue();
            case DAY -> utc.getDayOfMonth();
            case HOUR -> utc.getHour();
            case MINUTE -> utc.getMinute();
            case FRACTIONALSECONDS -> utc.getNano() / 1e9;
            default -> utc.getSecond();
        };
    }
}
