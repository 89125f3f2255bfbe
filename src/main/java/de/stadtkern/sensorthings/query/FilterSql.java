package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.And;
import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Holds;
import de.stadtkern.sensorthings.query.Filter.In;
import de.stadtkern.sensorthings.query.Filter.Not;
import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.Or;
import de.stadtkern.sensorthings.query.Filter.Quantified;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.Filter.Test;
import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/// Turns the tree of `$filter` into a condition. Logic is two-valued, as the standard wants it: a comparison with
/// something absent is false (`ne` true), and `not` of that is true.
final class FilterSql {

    private final Scope scope;
    private final ValueSql values;

    private FilterSql(Scope scope) {
        this.scope = scope;
        this.values = new ValueSql(scope);
    }

    static Sql of(EntityType type, Filter filter, Shapes shapes) {
        return new FilterSql(Scope.of(type, shapes)).of(Ways.explicit(filter));
    }

    private Sql of(Filter filter) {
        return switch (filter) {
            case And(var left, var right) ->
                new Sql().add("(").add(of(left)).add(" and ").add(of(right)).add(")");
            case Or(var left, var right) ->
                new Sql().add("(").add(of(left)).add(" or ").add(of(right)).add(")");
            case Not(var inner) -> new Sql().add("((").add(of(inner)).add(") is not true)");
            case Comparison comparison -> comparison(comparison);
            case In in -> in(in);
            case Test test -> test(test);
            case Holds(var value) -> values.of(value, Kind.BOOL);
            case Quantified some -> quantified(some);
        };
    }

    private Sql in(In in) {
        Sql any = new Sql().add("(");
        for (int i = 0; i < in.options().size(); i++) {
            any.add(i == 0 ? "" : " or ")
                    .add(comparison(
                            new Comparison(in.value(), Operator.EQ, in.options().get(i))));
        }
        return any.add(")");
    }

    @SuppressWarnings("ArgumentSelectionDefectChecker") // turned on purpose
    private Sql comparison(Comparison comparison) {
        if (comparison.left() instanceof Literal && !(comparison.right() instanceof Literal)) {
            return comparison(
                    new Comparison(comparison.right(), comparison.operator().turned(), comparison.left()));
        }
        Value left = comparison.left();
        Value right = comparison.right();
        Operator operator = comparison.operator();
        if (right instanceof Literal.Missing) {
            return absent(left, operator);
        }
        if (left instanceof Path path
                && path.property() instanceof Property.Id
                && right instanceof Literal.Number(var number)) {
            Alias alias = scope.alias(path.variable());
            return operator == Operator.EQ
                    ? byId(alias, number.longValueExact())
                    : plain(alias.id(), operator, number.longValueExact());
        }
        if (left.kind() == Kind.PERIOD || right.kind() == Kind.PERIOD) {
            return PeriodSql.compared(
                    values.ends(left), operator, values.ends(right), right.kind(), right instanceof Literal);
        }
        if (left instanceof Path path && left.kind() == Kind.JSON && right instanceof Literal literal) {
            return json(path, operator, literal);
        }
        Kind kind = left.kind() == Kind.JSON ? right.kind() : left.kind();
        return compared(values.of(left, kind), operator, values.of(right, kind), kind, right instanceof Literal);
    }

    /// @param isSure the right side is never absent
    private static Sql compared(Sql left, Operator operator, Sql right, Kind kind, boolean isSure) {
        return switch (operator) {
            case EQ ->
                new Sql()
                        .add("(")
                        .add(left)
                        .add(isSure ? " = " : " is not distinct from ")
                        .add(right)
                        .add(")");
            case NE ->
                new Sql()
                        .add("(")
                        .add(left)
                        .add(" is distinct from ")
                        .add(right)
                        .add(")");
            case GT, GE, LT, LE -> {
                Sql order = new Sql()
                        .add("(")
                        .add(left)
                        .add(" " + operator.symbol() + " ")
                        .add(right);
                yield kind == Kind.JSON
                        ? order.add(" and jsonb_typeof(")
                                .add(left)
                                .add(") = jsonb_typeof(")
                                .add(right)
                                .add("))")
                        : order.add(")");
            }
        };
    }

    private static Sql plain(String column, Operator operator, Object value) {
        return operator == Operator.NE
                ? new Sql().add(column + " is distinct from ").bind(value)
                : new Sql().add(column + " " + operator.symbol() + " ").bind(value);
    }

    private Sql absent(Value value, Operator operator) {
        Sql there = value.kind() == Kind.PERIOD ? values.ends(value).start() : values.of(value, value.kind());
        if (value.kind() == Kind.JSON) {
            // The `null` that JSON may hold is nothing too.
            there = new Sql().add("nullif(").add(there).add(", 'null')");
        }
        return switch (operator) {
            case EQ -> new Sql().add("(").add(there).add(" is null)");
            case NE -> new Sql().add("(").add(there).add(" is not null)");
            case GT, GE, LT, LE -> new Sql().add("false");
        };
    }

    /// An Observation's id carries the hour of its phenomenonTime, which leads to the partition and into the index by
    /// time; the few that are elsewhere stand in `observation_moved`.
    static Sql byId(Alias alias, long id) {
        Sql sql = new Sql().add("(" + alias.id() + " = ").bind(id);
        if (alias.type() != EntityType.OBSERVATION) {
            return sql.add(")");
        }
        String start = alias.column("o.phenomenon_start");
        OffsetDateTime hour = Instant.ofEpochSecond((id >>> 33) * 3600).atOffset(ZoneOffset.UTC);
        String moved = "coalesce((select m.phenomenon_start%s from observation_moved m where m.id = ";
        return sql.add(" and " + start + " >= ")
                .add(moved.formatted(""))
                .bind(id)
                .add("), ")
                .bind(hour)
                .add(") and " + start + " < ")
                .add(moved.formatted(" + interval '1 microsecond'"))
                .bind(id)
                .add("), ")
                .bind(hour.plusHours(1))
                .add("))");
    }

    /// Values of another type are not equal and neither greater nor less.
    private Sql json(Path path, Operator operator, Literal literal) {
        Alias alias = scope.alias(path.variable());
        if (path.property() instanceof Property.Result result && path.inner().isEmpty()) {
            return result(alias, result, operator, literal);
        }
        return json(ValueSql.json(path, alias), operator, literal);
    }

    private Sql json(String json, Operator operator, Literal literal) {
        Sql right = values.of(literal, Kind.JSON);
        return switch (operator) {
            case EQ -> new Sql().add("(" + json + " = ").add(right).add(")");
            case NE ->
                new Sql()
                        .add("(nullif(" + json + ", 'null') is distinct from ")
                        .add(right)
                        .add(")");
            case GT, GE, LT, LE ->
                new Sql()
                        .add("(jsonb_typeof(" + json + ") = '" + jsonType(literal) + "' and " + json + " "
                                + operator.symbol() + " ")
                        .add(right)
                        .add(")");
        };
    }

    private static String jsonType(Literal literal) {
        return switch (literal.kind()) {
            case NUMBER -> "number";
            case BOOL -> "boolean";
            case TEXT, MOMENT, PERIOD, DAY, CLOCK, SPAN, SHAPE, JSON, NOTHING -> "string";
        };
    }

    /// Numbers are in a column of their own, apart from the few a double cannot hold.
    private Sql result(Alias alias, Property.Result result, Operator operator, Literal literal) {
        Sql other = json(alias.column(result.json()), operator, literal);
        if (!(literal instanceof Literal.Number(var number))) {
            return other;
        }
        Sql plain = plain(alias.column(result.number()), operator, number.doubleValue());
        String both = operator == Operator.NE ? " and " : " or ";
        return new Sql().add("(").add(plain).add(both).add(other).add(")");
    }

    private Sql test(Test test) {
        if (test.function().isSpatial()) {
            return scope.shapes().test(test, scope);
        }
        Value first = test.arguments().getFirst();
        Value second = test.arguments().getLast();
        if (test.function().parameters().getFirst() == Kind.PERIOD) {
            return PeriodSql.related(test.function(), values.ends(first), values.ends(second));
        }
        Sql one = values.of(first, Kind.TEXT);
        Sql other = values.of(second, Kind.TEXT);
        Sql sql = new Sql();
        return switch (test.function()) {
            case SUBSTRINGOF ->
                sql.add("(strpos(").add(other).add(", ").add(one).add(") > 0)");
            case CONTAINS -> sql.add("(strpos(").add(one).add(", ").add(other).add(") > 0)");
            case STARTSWITH ->
                sql.add("starts_with(").add(one).add(", ").add(other).add(")");
            case ENDSWITH ->
                sql.add("(right(")
                        .add(one)
                        .add(", length(")
                        .add(other)
                        .add(")) = ")
                        .add(other)
                        .add(")");
            default -> throw new IllegalArgumentException(test.function().word());
        };
    }

    /// Where the condition speaks of the related entity alone, its ids are found first and once; else for each row.
    private Sql quantified(Quantified some) {
        Relation relation = some.way().getFirst();
        Alias here = scope.alias(some.from());
        Alias there = scope.next(relation.target());
        Sql sql = new Sql().add(some.quantifier() == Quantifier.ALL ? "(not " : "(");
        Sql condition = new Sql().add(there.visible());
        if (some.condition() != null) {
            Sql inner = new FilterSql(scope.with(some.variable(), there)).of(some.condition());
            condition
                    .add(" and ")
                    .add(
                            some.quantifier() == Quantifier.ALL
                                    ? new Sql().add("(").add(inner).add(") is not true")
                                    : inner);
        }
        boolean isAlone = some.condition() == null || Set.of(some.variable()).containsAll(Ways.free(some.condition()));
        boolean isMany = relation.target() == EntityType.OBSERVATION;
        return sql.add(
                        isAlone && !isMany
                                ? member(relation, here, there, condition)
                                : exists(relation, here, there, condition))
                .add(")");
    }

    private Sql member(Relation relation, Alias here, Alias there, Sql condition) {
        String from = " from " + there.from() + " where ";
        return switch (relation.join()) {
            case Join.Names(var column) ->
                new Sql()
                        .add(here.column(here.type().alias() + "." + column) + " in (select " + there.id() + from)
                        .add(condition)
                        .add(")");
            case Join.NamedBy(var column) ->
                new Sql()
                        .add(here.id() + " in (select "
                                + there.column(there.type().alias() + "." + column) + from)
                        .add(condition)
                        .add(")");
            case Join.Pairs pairs -> {
                String j = "j" + scope.nextNumber();
                yield new Sql()
                        .add("%s in (select %s.%s from %s %s where %s.%s in (select %s"
                                .formatted(
                                        here.id(),
                                        j,
                                        pairs.sourceColumn(),
                                        pairs.table(),
                                        j,
                                        j,
                                        pairs.targetColumn(),
                                        there.id() + from))
                        .add(condition)
                        .add("))");
            }
            case Join.Observed _, Join.Newest _ -> exists(relation, here, there, condition);
        };
    }

    private Sql exists(Relation relation, Alias here, Alias there, Sql condition) {
        return new Sql()
                .add("exists (select from " + there.from() + " where " + joined(relation, here, there, scope) + " and ")
                .add(condition)
                .add(")");
    }

    /// How the rows at both ends of a relation find each other.
    static String joined(Relation relation, Alias here, Alias there, Scope scope) {
        return switch (relation.join()) {
            case Join.Names(var column) ->
                there.id() + " = " + here.column(here.type().alias() + "." + column);
            case Join.NamedBy(var column) -> there.column(there.type().alias() + "." + column) + " = " + here.id();
            case Join.Pairs pairs -> {
                String j = "j" + scope.nextNumber();
                yield "%s in (select %s.%s from %s %s where %s.%s = %s)"
                        .formatted(
                                there.id(),
                                j,
                                pairs.targetColumn(),
                                pairs.table(),
                                j,
                                j,
                                pairs.sourceColumn(),
                                here.id());
            }
            case Join.Newest _ -> throw new IllegalArgumentException("No filter follows " + relation.name());
            case Join.Observed _ -> {
                String j = "j" + scope.nextNumber();
                yield "%s in (select %s.datastream_id from datastream_feature %s where %s.feature_id = %s) and %s = %s"
                        .formatted(
                                there.column("o.datastream_id"),
                                j,
                                j,
                                j,
                                here.id(),
                                there.column("o.feature_id"),
                                here.id());
            }
        };
    }

    /// An expression `$orderby` can use: relations to one are followed, each row for itself.
    static Sql ordered(EntityType type, Value value, Shapes shapes) {
        Scope scope = Scope.of(type, shapes);
        return ordered(value, scope);
    }

    private static Sql ordered(Value value, Scope scope) {
        List<Path> far =
                Ways.paths(value).filter(path -> !path.hops().isEmpty()).toList();
        if (far.isEmpty()) {
            Kind kind = value.kind() == Kind.PERIOD ? Kind.MOMENT : value.kind();
            return new ValueSql(scope).of(value, kind);
        }
        if (!(value instanceof Path path)) {
            throw RequestRefused.notOffered(
                    "$orderby", "In $orderby a function takes properties of the entity itself.");
        }
        Relation hop = path.hops().getFirst();
        Alias there = scope.next(hop.target());
        Path rest =
                new Path("#", path.hops().subList(1, path.hops().size()), path.type(), path.property(), path.inner());
        return new Sql()
                .add("(select ")
                .add(ordered(rest, scope.with("#", there)))
                .add(" from " + there.from() + " where " + joined(hop, scope.alias(path.variable()), there, scope)
                        + " and " + there.visible() + " limit 1)");
    }
}
