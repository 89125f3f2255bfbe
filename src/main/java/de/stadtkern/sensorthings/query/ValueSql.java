package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Value.Arithmetic;
import de.stadtkern.sensorthings.query.Value.Call;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/// Turns a [Value] into an expression of one SQL type for each kind; null where there is no such value. Numbers are
/// double precision throughout, as results are.
final class ValueSql {

    /// Beyond, a JSON number is none a double can hold.
    private static final String LARGEST = "1e300";

    private final Scope scope;

    ValueSql(Scope scope) {
        this.scope = scope;
    }

    /// A stretch of time; a moment ends when it begins.
    record Ends(Sql start, Sql end) {}

    Sql of(Value value, Kind wanted) {
        return switch (value) {
            case Path path -> path(path, wanted);
            case Literal literal -> literal(literal, wanted);
            case Call call -> call(call);
            case Arithmetic arithmetic -> arithmetic(arithmetic);
        };
    }

    private Sql path(Path path, Kind wanted) {
        Alias alias = scope.alias(path.variable());
        if (path.kind() == Kind.JSON) {
            return path.property() instanceof Property.Result result
                            && path.inner().isEmpty()
                    ? result(result, alias, wanted)
                    : typed(json(path, alias), wanted);
        }
        return new Sql()
                .add(
                        switch (path.property()) {
                            case Property.Id id -> alias.column(id.column()) + "::float8";
                            case Property.Text text -> alias.column(text.column());
                            case Property.Time time -> alias.column(time.column());
                            case Property.Period period -> alias.column(period.start());
                            case Property.Json _, Property.Unit _, Property.Result _ ->
                                throw new IllegalArgumentException(path.text());
                        });
    }

    private static Sql result(Property.Result result, Alias alias, Kind wanted) {
        String number = alias.column(result.number());
        String json = alias.column(result.json());
        return switch (wanted) {
            case NUMBER ->
                new Sql()
                        .add("coalesce(" + number + ", ")
                        .add(typed(json, wanted))
                        .add(")");
            case JSON -> new Sql().add("coalesce(" + json + ", to_jsonb(" + number + "))");
            case TEXT, BOOL, MOMENT, PERIOD, DAY, CLOCK, SPAN, SHAPE, NOTHING -> typed(json, wanted);
        };
    }

    private static Sql typed(String json, Kind wanted) {
        String type = "case when jsonb_typeof(" + json + ") = ";
        return new Sql()
                .add(
                        switch (wanted) {
                            case TEXT -> "(" + type + "'string' then " + json + " #>> '{}' end)";
                            case NUMBER ->
                                "(" + type + "'number' then case when abs((" + json + ")::numeric) < " + LARGEST
                                        + " and (abs((" + json + ")::numeric) > 1e-300 or (" + json
                                        + ")::numeric = 0) then (" + json + ")::float8 end end)";
                            case BOOL -> "(" + type + "'boolean' then (" + json + ")::boolean end)";
                            case JSON -> "nullif(" + json + ", 'null')";
                            case MOMENT, PERIOD, DAY, CLOCK, SPAN, SHAPE, NOTHING -> "null";
                        });
    }

    /// The expression of a JSON property or of a part of it. Names of parts are letters, digits and `_ - . : @ $`
    /// only.
    static String json(Path path, Alias alias) {
        StringBuilder parts = new StringBuilder();
        String column = switch (path.property()) {
            case Property.Json json -> json.column();
            case Property.Result result -> result.json();
            case Property.Unit unit -> {
                parts.append("'0'");
                yield unit.column();
            }
            case Property.Id _, Property.Text _, Property.Time _, Property.Period _ ->
                throw new IllegalArgumentException(path.text() + " is no JSON");
        };
        for (String part : path.inner()) {
            parts.append(parts.isEmpty() ? "" : ", ")
                    .append('\'')
                    .append(part.replace("'", "''"))
                    .append('\'');
        }
        String own = alias.column(column);
        return parts.isEmpty() ? own : "(%s #> array[%s])".formatted(own, parts);
    }

    private static Sql literal(Literal literal, Kind wanted) {
        return switch (literal) {
            case Literal.Text(var text) ->
                wanted == Kind.JSON ? cast("to_jsonb(", text, "::text)") : cast("", text, "::text");
            case Literal.Number(var number) ->
                wanted == Kind.JSON
                        ? cast("to_jsonb(", number, "::numeric)")
                        : cast("", number.doubleValue(), "::float8");
            case Literal.Bool(var bool) ->
                new Sql().add(wanted == Kind.JSON ? "'" + bool + "'::jsonb" : String.valueOf(bool));
            case Literal.Moment(var moment) -> time(moment);
            case Literal.Stretch(var period) -> time(period.start());
            case Literal.Day(var day) -> cast("", day, "::date");
            case Literal.Clock(var clock) -> cast("", clock, "::time");
            case Literal.Span(var micros) -> cast("(", micros, "::bigint * interval '1 microsecond')");
            case Literal.Missing _, Literal.Shape _ -> new Sql().add("null");
        };
    }

    private static Sql cast(String before, Object value, String after) {
        return new Sql().add(before).bind(value).add(after);
    }

    private static Sql time(Instant moment) {
        return cast("", moment.atOffset(ZoneOffset.UTC), "::timestamptz");
    }

    /// A moment or a stretch of time as its two ends.
    Ends ends(Value value) {
        return switch (value) {
            case Path(var variable, var _, var _, Property.Period period, var _) -> {
                Alias alias = scope.alias(variable);
                String start = alias.column(period.start());
                yield new Ends(
                        new Sql().add(start),
                        new Sql().add("coalesce(" + alias.column(period.end()) + ", " + start + ")"));
            }
            case Literal.Stretch(var period)
            when period.end() != null -> new Ends(time(period.start()), time(period.end()));
            case Arithmetic(var operation, var left, var right, Kind kind)
            when kind == Kind.PERIOD -> {
                Ends ends = ends(left);
                Sql span = of(right, Kind.SPAN);
                yield new Ends(
                        both(ends.start(), operation.symbol(), span), both(ends.end(), operation.symbol(), span));
            }
            case Path _, Literal _, Call _, Arithmetic _ -> {
                Sql moment = of(value, Kind.MOMENT);
                yield new Ends(moment, moment);
            }
        };
    }

    private Sql arithmetic(Arithmetic arithmetic) {
        Value left = arithmetic.left();
        Value right = arithmetic.right();
        if (arithmetic.kind() == Kind.NUMBER) {
            return numeric(arithmetic.operation(), of(left, Kind.NUMBER), of(right, Kind.NUMBER));
        }
        if (arithmetic.kind() == Kind.PERIOD) {
            return ends(arithmetic).start();
        }
        Sql one = of(left, left.kind() == Kind.JSON ? Kind.NUMBER : left.kind());
        Sql other = of(right, right.kind() == Kind.JSON ? Kind.NUMBER : right.kind());
        return arithmetic.operation() == Value.Operation.DIV
                ? both(one, "/", new Sql().add("nullif(").add(other).add(", 0)"))
                : both(one, arithmetic.operation().symbol(), other);
    }

    /// Nothing can be divided by zero, and what cannot be is not there.
    private static Sql numeric(Value.Operation operation, Sql left, Sql right) {
        Sql divisor = new Sql().add("nullif(").add(right).add(", 0)");
        return switch (operation) {
            case ADD, SUB, MUL -> both(left, operation.symbol(), right);
            case DIV -> both(left, "/", divisor);
            case MOD -> both(left, "-", both(right, "*", new Sql().add("trunc").add(both(left, "/", divisor))));
        };
    }

    private static Sql both(Sql left, String symbol, Sql right) {
        return new Sql().add("(").add(left).add(" " + symbol + " ").add(right).add(")");
    }

    private List<Sql> arguments(Call call) {
        List<Kind> kinds = call.function().parameters();
        List<Value> values = call.arguments();
        return java.util.stream.IntStream.range(0, values.size())
                .mapToObj(i -> of(values.get(i), kinds.get(i)))
                .toList();
    }

    private Sql call(Call call) {
        if (call.function().isSpatial()) {
            return scope.shapes().value(call, scope);
        }
        List<Sql> given = arguments(call);
        Sql sql = new Sql();
        return switch (call.function()) {
            case LENGTH -> sql.add("length(").add(given.getFirst()).add(")::float8");
            case INDEXOF ->
                sql.add("(strpos(")
                        .add(given.getFirst())
                        .add(", ")
                        .add(given.getLast())
                        .add(") - 1)::float8");
            case SUBSTRING -> {
                sql.add("substr(")
                        .add(given.getFirst())
                        .add(", ")
                        .add(whole(given.get(1)))
                        .add(" + 1");
                yield given.size() == 2
                        ? sql.add(")")
                        : sql.add(", ").add(whole(given.get(2))).add(")");
            }
            case TOLOWER -> sql.add("lower(").add(given.getFirst()).add(")");
            case TOUPPER -> sql.add("upper(").add(given.getFirst()).add(")");
            case TRIM -> sql.add("btrim(").add(given.getFirst()).add(", E' \\t\\r\\n')");
            case CONCAT -> both(given.getFirst(), "||", given.getLast());
            case YEAR, MONTH, DAY, HOUR, MINUTE -> field(call.function().word(), given.getFirst());
            case SECOND ->
                sql.add("floor(").add(field("second", given.getFirst())).add(")");
            case FRACTIONALSECONDS ->
                sql.add("((extract(microseconds from ")
                        .add(utc(given.getFirst()))
                        .add(")::bigint % 1000000)::float8 / 1000000)");
            case DATE -> utc(given.getFirst()).add("::date");
            case TIME -> utc(given.getFirst()).add("::time");
            case TOTALOFFSETMINUTES ->
                sql.add("(case when ").add(given.getFirst()).add(" is not null then 0::float8 end)");
            case NOW -> sql.add("now()");
            case MINDATETIME -> sql.add("'-infinity'::timestamptz");
            case MAXDATETIME -> sql.add("'infinity'::timestamptz");
            case ROUND ->
                sql.add("(sign(")
                        .add(given.getFirst())
                        .add(") * floor(abs(")
                        .add(given.getFirst())
                        .add(") + 0.5))");
            case FLOOR -> sql.add("floor(").add(given.getFirst()).add(")");
            case CEILING -> sql.add("ceil(").add(given.getFirst()).add(")");
            case SUBSTRINGOF,
                    CONTAINS,
                    STARTSWITH,
                    ENDSWITH,
                    BEFORE,
                    AFTER,
                    MEETS,
                    DURING,
                    OVERLAPS,
                    STARTS,
                    FINISHES,
                    GEO_DISTANCE,
                    GEO_LENGTH,
                    GEO_INTERSECTS,
                    ST_EQUALS,
                    ST_DISJOINT,
                    ST_TOUCHES,
                    ST_WITHIN,
                    ST_OVERLAPS,
                    ST_CROSSES,
                    ST_INTERSECTS,
                    ST_CONTAINS,
                    ST_RELATE ->
                throw new IllegalArgumentException(call.function().word());
        };
    }

    /// A place or a length in a text, cut to what a text can have.
    private static Sql whole(Sql number) {
        return new Sql().add("least(greatest(trunc(").add(number).add("), 0), 1e6)::int");
    }

    private static Sql utc(Sql moment) {
        return new Sql().add("(").add(moment).add(" at time zone 'UTC')");
    }

    private static Sql field(String field, Sql moment) {
        return new Sql().add("extract(" + field + " from ").add(utc(moment)).add(")::float8");
    }
}
