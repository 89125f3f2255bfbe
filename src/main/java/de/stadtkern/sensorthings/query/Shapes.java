package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Request.Expand;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What the spatial functions of a request give for each row, found out before its statement is made: PostgreSQL alone
/// knows boxes and points, not polygons with holes.
public final class Shapes {

    public static final Shapes NONE = new Shapes(Map.of());

    /// A spatial function over one geometry of each row and a given one.
    ///
    /// @param isFirst whether the row's geometry is the first argument
    /// @param given   as well-known text; empty for a length
    /// @param pattern of st_relate, else empty
    public record Question(
            Function function, EntityType type, String property, boolean isFirst, String given, String pattern) {

        static Question of(Function function, List<Value> arguments) {
            Path path = arguments.stream()
                    .flatMap(Ways::paths)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(function.word()));
            String given = "";
            String pattern = "";
            for (Value argument : arguments) {
                given = argument instanceof Literal.Shape(var text) ? text : given;
                pattern = argument instanceof Literal.Text(var text) ? text : pattern;
            }
            boolean isFirst = arguments.getFirst() instanceof Path;
            return new Question(function, path.type(), path.property().name(), isFirst, given, pattern);
        }
    }

    /// Ids of rows, and for a number of each row its values in the same order.
    ///
    /// @param isPointSearch whether rows with a point compute their distance themselves
    public record Found(long[] ids, double[] values, boolean isPointSearch) {}

    private final Map<Question, Found> found;

    public Shapes(Map<Question, Found> found) {
        this.found = Map.copyOf(found);
    }

    /// All that has to be found out for a request.
    public static Set<Question> questions(Request request) {
        Set<Question> questions = new LinkedHashSet<>();
        switch (request) {
            case Request.EntitySet(var _, var options) -> collect(options, questions);
            case Request.Entity(var _, var options) -> collect(options, questions);
            case Request.References(var _, var options) -> collect(options, questions);
            case Request.Count(var _, var options) -> collect(options, questions);
            case Request.Downsampled(var _, var options, var _) -> collect(options, questions);
            case Request.Applied(var _, var apply) -> {
                if (apply.filter() != null) {
                    collect(apply.filter(), questions);
                }
            }
            case Request.PropertyOf _ -> {}
        }
        return questions;
    }

    private static void collect(Options options, Set<Question> questions) {
        if (options.filter() != null) {
            collect(options.filter(), questions);
        }
        options.orderBy().forEach(order -> collect(order.value(), questions));
        for (Expand expand : options.expand()) {
            collect(expand.options(), questions);
        }
    }

    private static void collect(Filter filter, Set<Question> questions) {
        switch (filter) {
            case Filter.And(var left, var right) -> {
                collect(left, questions);
                collect(right, questions);
            }
            case Filter.Or(var left, var right) -> {
                collect(left, questions);
                collect(right, questions);
            }
            case Filter.Not(var inner) -> collect(inner, questions);
            case Filter.Quantified some -> {
                if (some.condition() != null) {
                    collect(some.condition(), questions);
                }
            }
            case Filter.Test(var function, var arguments) -> {
                if (function.isSpatial()) {
                    questions.add(Question.of(function, arguments));
                }
            }
            case Filter.Comparison(var left, var _, var right) ->
                Stream.of(left, right).forEach(value -> collect(value, questions));
            case Filter.In(var value, var _) -> collect(value, questions);
            case Filter.Holds(var value) -> collect(value, questions);
        }
    }

    private static void collect(Value value, Set<Question> questions) {
        switch (value) {
            case Value.Call(var function, var arguments) -> {
                if (function.isSpatial()) {
                    questions.add(Question.of(function, arguments));
                } else {
                    arguments.forEach(argument -> collect(argument, questions));
                }
            }
            case Value.Arithmetic sum -> {
                collect(sum.left(), questions);
                collect(sum.right(), questions);
            }
            case Path _, Literal _ -> {}
        }
    }

    private Found found(Question question) {
        Found answer = found.get(question);
        if (answer == null) {
            throw new IllegalStateException("Nobody found out " + question);
        }
        return answer;
    }

    private static Alias alias(List<Value> arguments, Scope scope) {
        return scope.alias(arguments.stream()
                .flatMap(Ways::paths)
                .findFirst()
                .orElseThrow()
                .variable());
    }

    Sql test(Filter.Test test, Scope scope) {
        Found answer = found(Question.of(test.function(), test.arguments()));
        return new Sql()
                .add("(" + alias(test.arguments(), scope).id() + " = any(")
                .bind(answer.ids())
                .add("::bigint[]))");
    }

    Sql value(Value.Call call, Scope scope) {
        Question question = Question.of(call.function(), call.arguments());
        Found answer = found(question);
        Alias alias = alias(call.arguments(), scope);
        Sql known = new Sql()
                .add("(")
                .bind(answer.values())
                .add("::float8[])[array_position(")
                .bind(answer.ids())
                .add("::bigint[], " + alias.id() + ")]");
        return answer.isPointSearch()
                ? new Sql()
                        .add("coalesce(" + alias.column(question.type().alias() + ".point") + " <-> ")
                        .bind(Geometries.point(question.given()))
                        .add("::point, ")
                        .add(known)
                        .add(")")
                : known;
    }
}
