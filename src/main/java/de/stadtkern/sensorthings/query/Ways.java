package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.And;
import de.stadtkern.sensorthings.query.Filter.Comparison;
import de.stadtkern.sensorthings.query.Filter.Holds;
import de.stadtkern.sensorthings.query.Filter.In;
import de.stadtkern.sensorthings.query.Filter.Not;
import de.stadtkern.sensorthings.query.Filter.Or;
import de.stadtkern.sensorthings.query.Filter.Quantified;
import de.stadtkern.sensorthings.query.Filter.Quantifier;
import de.stadtkern.sensorthings.query.Filter.Test;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says of each path that leads to another entity, one relation at a time, which entity that is: a condition on
/// `Thing/name` holds if there is a Thing with such a name, one on `Datastreams/name` if any of the Datastreams has it.
/// Afterwards no path has hops, and every `any` and `all` goes over one relation.
final class Ways {

    private int number;

    private Ways() {}

    static Filter explicit(Filter filter) {
        return new Ways().of(filter);
    }

    private Filter of(Filter filter) {
        return switch (filter) {
            case And(var left, var right) -> new And(of(left), of(right));
            case Or(var left, var right) -> new Or(of(left), of(right));
            case Not(var inner) -> new Not(of(inner));
            case Comparison _, In _, Test _, Holds _ -> lifted(filter);
            case Quantified some -> quantified(some);
        };
    }

    private Filter quantified(Quantified some) {
        Filter condition = some.condition() == null ? null : of(some.condition());
        if (some.way().size() == 1) {
            return new Quantified(some.quantifier(), some.from(), some.way(), some.variable(), condition);
        }
        if (some.quantifier() == Quantifier.ALL && condition != null) {
            return new Not(quantified(
                    new Quantified(Quantifier.ANY, some.from(), some.way(), some.variable(), new Not(condition))));
        }
        String between = nextVariable();
        Filter rest = quantified(new Quantified(
                Quantifier.ANY, between, some.way().subList(1, some.way().size()), some.variable(), condition));
        return new Quantified(Quantifier.ANY, some.from(), some.way().subList(0, 1), between, rest);
    }

    private Filter lifted(Filter predicate) {
        Optional<Value.Path> far = values(predicate)
                .flatMap(Ways::paths)
                .filter(path -> !path.hops().isEmpty())
                .findFirst();
        if (far.isEmpty()) {
            return predicate;
        }
        String from = far.get().variable();
        Relation hop = far.get().hops().getFirst();
        String there = nextVariable();
        Filter nearer = replaced(
                predicate,
                path -> path.variable().equals(from)
                                && !path.hops().isEmpty()
                                && path.hops().getFirst().equals(hop)
                        ? new Value.Path(
                                there,
                                path.hops().subList(1, path.hops().size()),
                                path.type(),
                                path.property(),
                                path.inner())
                        : path);
        return new Quantified(Quantifier.ANY, from, List.of(hop), there, lifted(nearer));
    }

    /// No client can write this: names of variables begin with a letter.
    private String nextVariable() {
        return "#" + ++number;
    }

    private static Stream<Value> values(Filter predicate) {
        return switch (predicate) {
            case Comparison(var left, var _, var right) -> Stream.of(left, right);
            case In(var value, var options) -> Stream.concat(Stream.of(value), options.stream());
            case Test(var _, var arguments) -> arguments.stream();
            case Holds(var value) -> Stream.of(value);
            case And _, Or _, Not _, Quantified _ -> Stream.empty();
        };
    }

    static Stream<Value.Path> paths(Value value) {
        return switch (value) {
            case Value.Path path -> Stream.of(path);
            case Value.Call call -> call.arguments().stream().flatMap(Ways::paths);
            case Value.Arithmetic sum -> Stream.concat(paths(sum.left()), paths(sum.right()));
            case Value.Literal _ -> Stream.empty();
        };
    }

    /// Whether a predicate speaks of any property at all.
    static boolean hasPath(Filter predicate) {
        return values(predicate).flatMap(Ways::paths).findAny().isPresent();
    }

    private static Filter replaced(Filter predicate, UnaryOperator<Value.Path> change) {
        return switch (predicate) {
            case Comparison(var left, var operator, var right) ->
                new Comparison(replaced(left, change), operator, replaced(right, change));
            case In(var value, var options) -> new In(replaced(value, change), options);
            case Test(var function, var arguments) -> new Test(function, replaced(arguments, change));
            case Holds(var value) -> new Holds(replaced(value, change));
            case And _, Or _, Not _, Quantified _ -> predicate;
        };
    }

    private static List<Value> replaced(List<Value> values, UnaryOperator<Value.Path> change) {
        return values.stream().map(value -> replaced(value, change)).toList();
    }

    private static Value replaced(Value value, UnaryOperator<Value.Path> change) {
        return switch (value) {
            case Value.Path path -> change.apply(path);
            case Value.Call(var function, var arguments) -> new Value.Call(function, replaced(arguments, change));
            case Value.Arithmetic(var operation, var left, var right, var kind) ->
                new Value.Arithmetic(operation, replaced(left, change), replaced(right, change), kind);
            case Value.Literal literal -> literal;
        };
    }

    /// A condition on what a relation leads to, said of that entity itself; null if it speaks of anything else.
    static @Nullable Filter of(Filter filter, String relation) {
        return switch (filter) {
            case And(var left, var right) -> both(of(left, relation), of(right, relation), true);
            case Or(var left, var right) -> both(of(left, relation), of(right, relation), false);
            case Not(var inner) -> of(inner, relation) instanceof Filter there ? new Not(there) : null;
            case Quantified some ->
                some.from().isEmpty()
                                && some.way().size() > 1
                                && some.way().getFirst().name().equals(relation)
                                && (some.condition() == null
                                        || Set.of(some.variable()).containsAll(free(some.condition())))
                        ? new Quantified(
                                some.quantifier(),
                                "",
                                some.way().subList(1, some.way().size()),
                                some.variable(),
                                some.condition())
                        : null;
            case Comparison _, In _, Test _, Holds _ -> {
                boolean isThere = values(filter)
                        .flatMap(Ways::paths)
                        .allMatch(path -> path.variable().isEmpty()
                                && !path.hops().isEmpty()
                                && path.hops().getFirst().name().equals(relation));
                yield isThere ? replaced(filter, Ways::nearer) : null;
            }
        };
    }

    private static @Nullable Filter both(@Nullable Filter left, @Nullable Filter right, boolean and) {
        if (left == null || right == null) {
            return null;
        }
        return and ? new And(left, right) : new Or(left, right);
    }

    private static Value.Path nearer(Value.Path path) {
        return new Value.Path(
                path.variable(),
                path.hops().subList(1, path.hops().size()),
                path.type(),
                path.property(),
                path.inner());
    }

    /// The variables a condition speaks of that it does not bind itself.
    static Set<String> free(Filter filter) {
        return switch (filter) {
            case And(var left, var right) -> union(free(left), free(right));
            case Or(var left, var right) -> union(free(left), free(right));
            case Not(var inner) -> free(inner);
            case Quantified some -> {
                Set<String> free = some.condition() == null ? new TreeSet<>() : free(some.condition());
                free.remove(some.variable());
                free.add(some.from());
                yield free;
            }
            case Comparison _, In _, Test _, Holds _ -> {
                Set<String> free = new TreeSet<>();
                values(filter).flatMap(Ways::paths).forEach(path -> free.add(path.variable()));
                yield free;
            }
        };
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }
}
