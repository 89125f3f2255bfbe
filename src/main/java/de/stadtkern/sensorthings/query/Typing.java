package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.Value.Literal;
import de.stadtkern.sensorthings.query.Value.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether what stands together in a filter fits together, said with its place where it does not.
final class Typing {

    private static final Set<String> GEOMETRIES = Set.of("location", "feature", "observedArea");

    private final Piece piece;

    Typing(Piece piece) {
        this.piece = piece;
    }

    Filter condition(Term term) {
        if (term.filter() != null) {
            return term.filter();
        }
        Value value = value(term);
        if (value.kind() != Kind.BOOL && value.kind() != Kind.JSON) {
            throw wrong(
                    term,
                    "Expected a condition here, and this is " + value.kind().words());
        }
        return new Filter.Holds(value);
    }

    Value value(Term term) {
        if (term.value() == null) {
            throw wrong(term, "Expected a value here, and this is a condition");
        }
        return term.value();
    }

    Filter comparison(Term left, Operator operator, Term right) {
        Filter ofCondition = conditionCompared(left, operator, right);
        if (ofCondition != null) {
            return ofCondition;
        }
        Value one = value(left);
        Value other = value(right);
        requireComparable(one, operator, other, right);
        return new Filter.Comparison(one, operator, other);
    }

    /// `startswith(name,'a') eq true`, as older clients write.
    private @Nullable Filter conditionCompared(Term left, Operator operator, Term right) {
        Term condition = left.filter() != null ? left : right;
        Term literal = left.filter() != null ? right : left;
        if (condition.filter() == null) {
            return null;
        }
        boolean isEquality = operator == Operator.EQ || operator == Operator.NE;
        if (!isEquality || !(literal.value() instanceof Literal.Bool(var bool))) {
            throw wrong(literal, "A condition is compared with 'eq' or 'ne' and with true or false only");
        }
        return bool == (operator == Operator.EQ) ? condition.filter() : new Filter.Not(condition.filter());
    }

    private void requireComparable(Value one, Operator operator, Value other, Term at) {
        Kind left = one.kind();
        Kind right = other.kind();
        boolean isEquality = operator == Operator.EQ || operator == Operator.NE;
        boolean hasNull = left == Kind.NOTHING || right == Kind.NOTHING;
        if (hasNull && left != Kind.SHAPE && right != Kind.SHAPE && isPath(one, other)) {
            return;
        }
        if (left == Kind.SHAPE || right == Kind.SHAPE) {
            throw wrong(at, "Geometries are compared by functions, such as st_within or st_equals");
        }
        if (!left.accepts(right) && !right.accepts(left)) {
            throw wrong(at, "%s cannot be compared with %s".formatted(upper(left.words()), right.words()));
        }
        if (!isEquality && (left == Kind.BOOL || right == Kind.BOOL)) {
            throw wrong(at, "True and false are compared with 'eq' and 'ne' only");
        }
        requireWholeId(one, other, at);
        requireWholeId(other, one, at);
    }

    /// With nothing but literals there is nothing to ask of a row.
    private static boolean isPath(Value one, Value other) {
        return !(one instanceof Literal) || !(other instanceof Literal);
    }

    private void requireWholeId(Value id, Value literal, Term at) {
        if (id instanceof Value.Path path
                && path.property() instanceof Property.Id
                && literal instanceof Literal.Number(var number)) {
            try {
                var _ = number.longValueExact();
            } catch (ArithmeticException notWhole) {
                throw wrong(at, "Ids are whole numbers; '%s' is none".formatted(number));
            }
        }
    }

    /// One of the values of `in`.
    Value option(Term left, Term option) {
        Value value = value(option);
        if (!(value instanceof Literal) || value instanceof Literal.Missing) {
            throw wrong(option, "Expected a value such as 'text' or 5 in the list");
        }
        requireComparable(value(left), Operator.EQ, value, option);
        return value;
    }

    Term arithmetic(Term left, Operation operation, Term right, int position) {
        Kind one = value(left).kind();
        Kind other = value(right).kind();
        Kind result = result(one, operation, other);
        if (result == null) {
            throw piece.refused(
                    "'%s' does not work on %s and %s".formatted(operation.word(), one.words(), other.words()),
                    position);
        }
        return Term.of(new Value.Arithmetic(operation, value(left), value(right), result), left.position());
    }

    private static @Nullable Kind result(Kind one, Operation operation, Kind other) {
        boolean oneIsNumber = Kind.NUMBER.accepts(one);
        boolean otherIsNumber = Kind.NUMBER.accepts(other);
        if (oneIsNumber && otherIsNumber) {
            return Kind.NUMBER;
        }
        return switch (operation) {
            case ADD ->
                other == Kind.SPAN && (one == Kind.MOMENT || one == Kind.PERIOD || one == Kind.SPAN)
                        ? one
                        : one == Kind.SPAN && other == Kind.MOMENT ? Kind.MOMENT : null;
            case SUB ->
                other == Kind.SPAN && (one == Kind.MOMENT || one == Kind.PERIOD || one == Kind.SPAN)
                        ? one
                        : Kind.MOMENT.accepts(one) && Kind.MOMENT.accepts(other) ? Kind.SPAN : null;
            case MUL -> one == Kind.SPAN && otherIsNumber || oneIsNumber && other == Kind.SPAN ? Kind.SPAN : null;
            case DIV -> one == Kind.SPAN && otherIsNumber ? Kind.SPAN : null;
            case MOD -> null;
        };
    }

    Term call(Function function, List<Term> arguments, int position) {
        List<Kind> wanted = function.parameters();
        if (arguments.size() < function.fewestArguments() || arguments.size() > wanted.size()) {
            throw piece.refused(
                    "'%s' takes %s, not %d"
                            .formatted(
                                    function.word(),
                                    wanted.size() == 1 ? "1 argument" : wanted.size() + " arguments",
                                    arguments.size()),
                    position);
        }
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Value value = value(arguments.get(i));
            if (!wanted.get(i).accepts(value.kind())) {
                throw wrong(
                        arguments.get(i),
                        "'%s' wants %s here, not %s"
                                .formatted(
                                        function.word(),
                                        wanted.get(i).words(),
                                        value.kind().words()));
            }
            values.add(value);
        }
        if (function.isSpatial()) {
            requireOneGeometry(function, values, position);
        }
        return function.result() == Kind.BOOL
                ? Term.of(new Filter.Test(function, values), position)
                : Term.of(new Value.Call(function, values), position);
    }

    /// One geometry is that of each row; what it is held against is given.
    private void requireOneGeometry(Function function, List<Value> values, int position) {
        long paths = values.stream().filter(Value.Path.class::isInstance).count();
        boolean isGeometry = values.stream()
                .flatMap(Ways::paths)
                .allMatch(path -> path.inner().isEmpty()
                        && path.property() instanceof Property.Json json
                        && GEOMETRIES.contains(json.name()));
        boolean isPattern = function != Function.ST_RELATE
                || values.getLast() instanceof Value.Literal.Text(var pattern)
                        && pattern.toUpperCase(java.util.Locale.ROOT).matches("[TF012*]{9}");
        if (paths != 1 || !isGeometry || !isPattern) {
            throw piece.refused(
                    function == Function.GEO_LENGTH
                            ? "'geo.length' takes location, feature or observedArea"
                            : "'%s' takes location, feature or observedArea and a geography'…'%s"
                                    .formatted(
                                            function.word(),
                                            function == Function.ST_RELATE
                                                    ? " and a pattern of nine of T, F, 0, 1, 2 and *"
                                                    : ""),
                    position);
        }
    }

    private static String upper(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private RequestRefused wrong(Term at, String message) {
        return piece.refused(message, at.position());
    }
}
