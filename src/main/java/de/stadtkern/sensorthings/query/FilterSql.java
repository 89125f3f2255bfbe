package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.And;
import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Literal;
import de.stadtkern.sensorthings.query.Filter.Not;
import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.Or;
import de.stadtkern.sensorthings.query.Filter.PropertyPath;
import de.stadtkern.sensorthings.query.Property.Id;
import de.stadtkern.sensorthings.query.Property.Json;
import de.stadtkern.sensorthings.query.Property.Period;
import de.stadtkern.sensorthings.query.Property.Result;
import de.stadtkern.sensorthings.query.Property.Text;
import de.stadtkern.sensorthings.query.Property.Time;
import de.stadtkern.sensorthings.query.Property.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// Turns the tree of `$filter` into a condition. Logic is two-valued, as the standard wants it: a comparison with
/// something absent is false (`ne` true), and `not` of that is true.
final class FilterSql {

    private FilterSql() {}

    static Sql of(Filter filter) {
        return switch (filter) {
            case And(var left, var right) ->
                new Sql().add("(").add(of(left)).add(" and ").add(of(right)).add(")");
            case Or(var left, var right) ->
                new Sql().add("(").add(of(left)).add(" or ").add(of(right)).add(")");
            case Not(var inner) -> new Sql().add("((").add(of(inner)).add(") is not true)");
            case Comparison comparison -> comparison(comparison);
        };
    }

    private static Sql comparison(Comparison comparison) {
        PropertyPath path = comparison.path();
        Literal value = comparison.value();
        return switch (path.property()) {
            case Id id -> id(path.type(), id, comparison);
            case Text text ->
                value instanceof Literal.Text(var literal)
                        ? plain(text.column(), comparison.operator(), literal)
                        : absentOr(text.column(), comparison);
            case Time time ->
                value instanceof Literal.Moment(var moment)
                        ? plain(time.column(), comparison.operator(), bound(moment))
                        : absentOr(time.column(), comparison);
            case Period period ->
                value instanceof Literal.Moment(var moment)
                        ? period(period, comparison.operator(), bound(moment))
                        : absentOr(period.start(), comparison);
            case Json _, Unit _ -> json(json(path), comparison);
            case Result result -> result(result, comparison);
        };
    }

    private static Sql plain(String column, Operator operator, Object value) {
        return operator == Operator.NE
                ? new Sql().add(column + " is distinct from ").bind(value)
                : new Sql().add(column + " " + operator.symbol() + " ").bind(value);
    }

    /// `eq null` and `ne null`; every other literal of the wrong kind is refused.
    private static Sql absentOr(String column, Comparison comparison) {
        if (!(comparison.value() instanceof Literal.Missing)) {
            throw wrongKind(comparison);
        }
        return switch (comparison.operator()) {
            case EQ -> new Sql().add(column + " is null");
            case NE -> new Sql().add(column + " is not null");
            case GT, GE, LT, LE -> new Sql().add("false");
        };
    }

    private static RequestRefused wrongKind(Comparison comparison) {
        String path = RequestRefused.shown(comparison.path().text());
        return RequestRefused.option(
                "$filter",
                "'%s' cannot be compared with %s here."
                        .formatted(path, comparison.value().kind()));
    }

    private static Sql id(EntityType type, Id id, Comparison comparison) {
        if (!(comparison.value() instanceof Literal.Number(var number))) {
            throw wrongKind(comparison);
        }
        long whole;
        try {
            whole = number.longValueExact();
        } catch (ArithmeticException notWhole) {
            throw RequestRefused.option("$filter", "Ids are whole numbers; '%s' is none.".formatted(number));
        }
        return comparison.operator() == Operator.EQ
                ? byId(type, whole)
                : plain(id.column(), comparison.operator(), whole);
    }

    /// An Observation's id carries the hour of its phenomenonTime, which leads to the partition and into the index by
    /// time; the few that are elsewhere stand in `observation_moved`.
    static Sql byId(EntityType type, long id) {
        Sql sql = new Sql().add(type.id().column() + " = ").bind(id);
        if (type != EntityType.OBSERVATION) {
            return sql;
        }
        OffsetDateTime hour = Instant.ofEpochSecond((id >>> 33) * 3600).atOffset(ZoneOffset.UTC);
        String moved = "coalesce((select m.phenomenon_start%s from observation_moved m where m.id = ";
        return sql.add(" and o.phenomenon_start >= ")
                .add(moved.formatted(""))
                .bind(id)
                .add("), ")
                .bind(hour)
                .add(") and o.phenomenon_start < ")
                .add(moved.formatted(" + interval '1 microsecond'"))
                .bind(id)
                .add("), ")
                .bind(hour.plusHours(1))
                .add(")");
    }

    /// A stretch of time lies before a moment if it has ended by then, and after it if it has not begun before. The
    /// first half of each condition is for the index.
    private static Sql period(Period period, Operator operator, Object moment) {
        String start = period.start();
        String end = period.end();
        return switch (operator) {
            case GT, GE -> new Sql().add(start + " " + operator.symbol() + " ").bind(moment);
            case LT ->
                new Sql()
                        .add("(" + start + " < ")
                        .bind(moment)
                        .add(" and (" + end + " is null or " + end + " <= ")
                        .bind(moment)
                        .add("))");
            case LE ->
                new Sql()
                        .add("(" + start + " <= ")
                        .bind(moment)
                        .add(" and (" + end + " is null or " + end + " <= ")
                        .bind(moment)
                        .add("))");
            case EQ ->
                new Sql()
                        .add("(" + start + " = ")
                        .bind(moment)
                        .add(" and coalesce(" + end + ", " + start + ") = ")
                        .bind(moment)
                        .add(")");
            case NE ->
                new Sql().add("(").add(period(period, Operator.EQ, moment)).add(" is not true)");
        };
    }

    /// The expression of a JSON property or of a part of it. Names of parts are letters, digits and `_ - . : @ $`
    /// only.
    static String json(PropertyPath path) {
        StringBuilder parts = new StringBuilder();
        String column = switch (path.property()) {
            case Json json -> json.column();
            case Unit unit -> {
                parts.append("'0'");
                yield unit.column();
            }
            case Id _, Text _, Time _, Period _, Result _ ->
                throw new IllegalArgumentException(path.text() + " is no JSON");
        };
        for (String part : path.inner()) {
            parts.append(parts.isEmpty() ? "" : ", ")
                    .append('\'')
                    .append(part.replace("'", "''"))
                    .append('\'');
        }
        return parts.isEmpty() ? column : "(%s #> array[%s])".formatted(column, parts);
    }

    private static Sql json(String json, Comparison comparison) {
        Operator operator = comparison.operator();
        return switch (comparison.value()) {
            case Literal.Text(var text) -> typed(json, "string", operator, "to_jsonb(?::text)", text);
            case Literal.Number(var number) -> typed(json, "number", operator, "to_jsonb(?::numeric)", number);
            case Literal.Bool(var bool) -> {
                if (operator != Operator.EQ && operator != Operator.NE) {
                    throw wrongKind(comparison);
                }
                String symbol = operator == Operator.EQ ? " = " : " is distinct from ";
                yield new Sql().add(json + symbol + "'" + bool + "'::jsonb");
            }
            case Literal.Missing _ ->
                switch (operator) {
                    case EQ -> new Sql().add("coalesce(" + json + ", 'null') = 'null'");
                    case NE -> new Sql().add("coalesce(" + json + ", 'null') <> 'null'");
                    case GT, GE, LT, LE -> new Sql().add("false");
                };
            case Literal.Moment _ ->
                throw RequestRefused.option(
                        "$filter",
                        "'%s' is JSON, which knows no times; compare it with text in quotes."
                                .formatted(
                                        RequestRefused.shown(comparison.path().text())));
        };
    }

    /// Values of another type are not equal and neither greater nor less.
    private static Sql typed(String json, String type, Operator operator, String literal, Object value) {
        Sql right = literal(literal, value);
        return switch (operator) {
            case EQ -> new Sql().add(json + " = ").add(right);
            case NE -> new Sql().add(json + " is distinct from ").add(right);
            case GT, GE, LT, LE ->
                new Sql()
                        .add("(jsonb_typeof(" + json + ") = '" + type + "' and " + json + " " + operator.symbol() + " ")
                        .add(right)
                        .add(")");
        };
    }

    private static Sql literal(String pattern, Object value) {
        int mark = pattern.indexOf('?');
        return new Sql().add(pattern.substring(0, mark)).bind(value).add(pattern.substring(mark + 1));
    }

    /// Numbers are in a column of their own, apart from the few a double cannot hold.
    private static Sql result(Result result, Comparison comparison) {
        Sql other = json(result.json(), comparison);
        if (comparison.value() instanceof Literal.Number(BigDecimal number)) {
            Sql plain = plain(result.number(), comparison.operator(), number.doubleValue());
            String both = comparison.operator() == Operator.NE ? " and " : " or ";
            return new Sql().add("(").add(plain).add(both).add(other).add(")");
        }
        if (!(comparison.value() instanceof Literal.Missing)) {
            return other;
        }
        String number = comparison.operator() == Operator.NE ? " is not null or " : " is null and ";
        return new Sql().add("(" + result.number() + number).add(other).add(")");
    }

    private static Object bound(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
