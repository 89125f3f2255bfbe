package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Operation;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Filters as a client might write them, each a tree the parser could have made. In one condition at most one path
/// leads to other entities, so that what "any of them" means is plain.
final class RandomFilters {

    static final List<String> WORDS = List.of("ab", "abc", "b", "ba", "cab", "o'b", "");
    static final Instant START = Instant.parse("2025-01-01T00:00:00Z");

    private static final List<Function> FIELDS = List.of(
            Function.YEAR,
            Function.MONTH,
            Function.DAY,
            Function.HOUR,
            Function.MINUTE,
            Function.SECOND,
            Function.FRACTIONALSECONDS,
            Function.TOTALOFFSETMINUTES);
    private static final List<Function> MOMENTS = List.of(Function.NOW, Function.MINDATETIME, Function.MAXDATETIME);

    private final Random random;
    private int variables;
    private boolean mayLeave;

    RandomFilters(Random random) {
        this.random = random;
    }

    Filter of(EntityType type) {
        variables = 0;
        return filter(type, "", 3);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private Filter filter(EntityType type, String variable, int depth) {
        if (depth > 0) {
            switch (random.nextInt(8)) {
                case 0, 1 -> {
                    return new Filter.And(filter(type, variable, depth - 1), filter(type, variable, depth - 1));
                }
                case 2 -> {
                    return new Filter.Or(filter(type, variable, depth - 1), filter(type, variable, depth - 1));
                }
                case 3 -> {
                    return new Filter.Not(filter(type, variable, depth - 1));
                }
                case 4 -> {
                    return quantified(type, variable, depth - 1);
                }
                default -> {}
            }
        }
        return predicate(type, variable);
    }

    private Filter quantified(EntityType type, String from, int depth) {
        Relation relation = any(type.relations());
        List<Relation> way = new ArrayList<>(List.of(relation));
        if (random.nextInt(3) == 0) {
            way.add(any(relation.target().relations()));
        }
        String variable = "v" + variables++;
        boolean bare = random.nextInt(5) == 0;
        Filter condition = bare ? null : filter(way.getLast().target(), variable, depth);
        return new Filter.Quantified(
                bare || random.nextInt(3) > 0 ? Quantifier.ANY : Quantifier.ALL,
                from,
                way,
                bare ? "" : variable,
                condition);
    }

    private Filter predicate(EntityType type, String variable) {
        mayLeave = true;
        // A HistoricalLocation has nothing but its time.
        return type == EntityType.HISTORICAL_LOCATION ? time(type, variable) : ofAnyKind(type, variable);
    }

    private Filter ofAnyKind(EntityType type, String variable) {
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Filter.Comparison(number(type, variable, 2), operator(), number(type, variable, 1));
            case 2 -> new Filter.Comparison(text(type, variable, 1), equality(), text(type, variable, 1));
            case 3 -> new Filter.Comparison(path(type, variable, Kind.TEXT), operator(), word());
            case 4 ->
                new Filter.Test(
                        any(List.of(Function.STARTSWITH, Function.ENDSWITH, Function.CONTAINS, Function.SUBSTRINGOF)),
                        List.of(text(type, variable, 1), text(type, variable, 1)));
            case 5 -> time(type, variable);
            case 6 -> new Filter.In(path(type, variable, Kind.TEXT), List.of(word(), word()));
            case 7 ->
                new Filter.Comparison(
                        path(type, variable, any(List.of(Kind.TEXT, Kind.JSON))), equality(), new Literal.Missing());
            case 8 -> new Filter.In(path(type, variable, Kind.JSON), List.of(literal(), number(), number()));
            default ->
                random.nextBoolean()
                        ? new Filter.Holds(path(type, variable, Kind.JSON))
                        : new Filter.Comparison(
                                path(type, variable, Kind.JSON), any(List.of(Operator.values())), literal());
        };
    }

    private Filter time(EntityType type, String variable) {
        Value path = path(type, variable, Kind.PERIOD);
        Value other = random.nextInt(3) == 0 ? stretch() : moment();
        return switch (random.nextInt(9)) {
            case 0 -> new Filter.Comparison(path, operator(), other);
            case 1 -> new Filter.Comparison(new Value.Call(any(FIELDS), List.of(path)), operator(), field());
            case 3 -> new Filter.Comparison(path, operator(), new Value.Call(any(MOMENTS), List.of()));
            case 4 -> new Filter.Comparison(new Value.Call(Function.DATE, List.of(path)), operator(), day());
            case 5 -> new Filter.Comparison(new Value.Call(Function.TIME, List.of(path)), operator(), clock());
            case 6 -> new Filter.Comparison(difference(path, moment()), operator(), span());
            case 7 -> new Filter.Comparison(difference(path, path), operator(), span());
            case 2 ->
                new Filter.Comparison(
                        new Value.Arithmetic(any(List.of(Operation.ADD, Operation.SUB)), path, span(), path.kind()),
                        operator(),
                        other);
            default ->
                new Filter.Test(
                        any(List.of(
                                Function.BEFORE,
                                Function.AFTER,
                                Function.MEETS,
                                Function.DURING,
                                Function.OVERLAPS,
                                Function.STARTS,
                                Function.FINISHES)),
                        random.nextBoolean() ? List.of(path, other) : List.of(other, path));
        };
    }

    private static Value difference(Value one, Value other) {
        return new Value.Arithmetic(Operation.SUB, one, other, Kind.SPAN);
    }

    private Literal.Span span() {
        return new Literal.Span(3_600_000_000L * random.nextInt(-30, 30));
    }

    private Literal.Number field() {
        return new Literal.Number(
                new BigDecimal(any(List.of("0", "0.25", "0.5", "1", "2", "12", "30", "2025", "2026"))));
    }

    private Literal.Day day() {
        return new Literal.Day(LocalDate.ofInstant(START, ZoneOffset.UTC).plusDays(random.nextInt(4)));
    }

    private Literal.Clock clock() {
        return new Literal.Clock(LocalTime.of(random.nextInt(24), random.nextInt(2) * 30));
    }

    private Operator operator() {
        return any(List.of(Operator.values()));
    }

    private Operator equality() {
        return random.nextBoolean() ? Operator.EQ : Operator.NE;
    }

    private Value number(EntityType type, String variable, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            return new Value.Arithmetic(
                    any(List.of(Operation.values())),
                    number(type, variable, depth - 1),
                    number(type, variable, depth - 1),
                    Kind.NUMBER);
        }
        return switch (random.nextInt(6)) {
            case 0 -> number();
            case 1 -> new Value.Call(Function.LENGTH, List.of(text(type, variable, 0)));
            case 2 -> new Value.Call(Function.INDEXOF, List.of(text(type, variable, 0), word()));
            case 3 ->
                new Value.Call(
                        any(List.of(Function.ROUND, Function.FLOOR, Function.CEILING)),
                        List.of(path(type, variable, Kind.JSON)));
            default -> path(type, variable, Kind.JSON);
        };
    }

    private Value text(EntityType type, String variable, int depth) {
        if (depth > 0) {
            switch (random.nextInt(6)) {
                case 0 -> {
                    return new Value.Call(
                            any(List.of(Function.TOUPPER, Function.TOLOWER, Function.TRIM)),
                            List.of(text(type, variable, 0)));
                }
                case 1 -> {
                    return new Value.Call(Function.CONCAT, List.of(text(type, variable, 0), text(type, variable, 0)));
                }
                case 2 -> {
                    return new Value.Call(
                            Function.SUBSTRING,
                            random.nextBoolean()
                                    ? List.of(text(type, variable, 0), number())
                                    : List.of(text(type, variable, 0), number(), number()));
                }
                default -> {}
            }
        }
        return random.nextInt(3) == 0 ? word() : path(type, variable, Kind.TEXT);
    }

    private Value literal() {
        return random.nextBoolean() ? word() : number();
    }

    private Literal.Text word() {
        return new Literal.Text(any(WORDS));
    }

    private Literal.Number number() {
        return new Literal.Number(new BigDecimal(any(List.of("-2", "-1.5", "0", "1", "2", "2.5", "3", "1E+1"))));
    }

    private Literal.Moment moment() {
        return new Literal.Moment(START.plus(random.nextInt(60), ChronoUnit.HOURS));
    }

    private Literal.Stretch stretch() {
        Instant from = START.plus(random.nextInt(60), ChronoUnit.HOURS);
        return new Literal.Stretch(new TimePeriod(from, from.plus(random.nextInt(20), ChronoUnit.HOURS)));
    }

    /// A property of this kind, of the entity itself or of one it leads to.
    private Value.Path path(EntityType type, String variable, Kind kind) {
        List<Relation> hops = new ArrayList<>();
        EntityType at = type;
        while (mayLeave && hops.size() < 2 && random.nextInt(4) == 0) {
            Relation hop = any(at.relations());
            if (hop.target() == EntityType.HISTORICAL_LOCATION && kind != Kind.PERIOD) {
                break;
            }
            hops.add(hop);
            at = hop.target();
        }
        mayLeave &= hops.isEmpty();
        return property(at, variable, hops, kind);
    }

    private Value.Path property(EntityType type, String variable, List<Relation> hops, Kind kind) {
        boolean hasName = type.findProperty("name").isPresent();
        return switch (kind) {
            case TEXT ->
                hasName
                        ? path(type, variable, hops, random.nextBoolean() ? "name" : "description")
                        : json(type, variable, hops);
            case PERIOD ->
                switch (type) {
                    case OBSERVATION ->
                        path(type, variable, hops, any(List.of("phenomenonTime", "resultTime", "validTime")));
                    case DATASTREAM, MULTI_DATASTREAM -> path(type, variable, hops, "phenomenonTime");
                    case HISTORICAL_LOCATION -> path(type, variable, hops, "time");
                    default -> {
                        // Everything else has no time; its Datastreams have, or its Thing's.
                        Relation hop = type.relations().stream()
                                .filter(r -> r.target() == EntityType.DATASTREAM
                                        || r.target() == EntityType.OBSERVATION
                                        || r.target() == EntityType.HISTORICAL_LOCATION)
                                .findFirst()
                                .orElseThrow();
                        List<Relation> longer = new ArrayList<>(hops);
                        longer.add(hop);
                        yield property(hop.target(), variable, longer, kind);
                    }
                };
            default -> json(type, variable, hops);
        };
    }

    private Value.Path json(EntityType type, String variable, List<Relation> hops) {
        return switch (type) {
            case OBSERVATION ->
                random.nextInt(3) > 0
                        ? path(type, variable, hops, "result")
                        : path(type, variable, hops, "parameters", any(List.of("n", "s", "b")));
            default -> path(type, variable, hops, "properties", any(List.of("n", "s", "b")));
        };
    }

    private static Value.Path path(
            EntityType type, String variable, List<Relation> hops, String name, String... inner) {
        return new Value.Path(variable, hops, type, type.findProperty(name).orElseThrow(), List.of(inner));
    }
}
