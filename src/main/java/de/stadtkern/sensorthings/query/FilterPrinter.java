package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Value.Literal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Writes a filter so that [FilterParser] reads the same tree again.
final class FilterPrinter {

    private FilterPrinter() {}

    static String print(Filter filter) {
        return switch (filter) {
            case Filter.And(var left, var right) -> "(" + print(left) + " and " + print(right) + ")";
            case Filter.Or(var left, var right) -> "(" + print(left) + " or " + print(right) + ")";
            case Filter.Not(var inner) -> "not (" + print(inner) + ")";
            case Filter.Comparison(var left, var operator, var right) ->
                print(left) + " " + operator.name().toLowerCase(Locale.ROOT) + " " + print(right);
            case Filter.In(var value, var options) -> print(value) + " in (" + list(options) + ")";
            case Filter.Test(var function, var arguments) -> function.word() + "(" + list(arguments) + ")";
            case Filter.Holds(var value) -> print(value);
            case Filter.Quantified some -> quantified(some);
        };
    }

    private static String quantified(Filter.Quantified some) {
        StringBuilder text = new StringBuilder(some.from().isEmpty() ? "" : some.from() + "/");
        some.way().forEach(relation -> text.append(relation.name()).append('/'));
        text.append(some.quantifier().name().toLowerCase(Locale.ROOT)).append('(');
        if (some.condition() != null) {
            text.append(some.variable()).append(": ").append(print(some.condition()));
        }
        return text.append(')').toString();
    }

    private static String list(List<Value> values) {
        return values.stream().map(FilterPrinter::print).collect(Collectors.joining(","));
    }

    static String print(Value value) {
        return switch (value) {
            case Value.Path path -> path.text();
            case Value.Call(var function, var arguments) -> function.word() + "(" + list(arguments) + ")";
            case Value.Arithmetic(var operation, var left, var right, var _) ->
                "(" + print(left) + " " + operation.word() + " " + print(right) + ")";
            case Literal.Text(var text) -> "'" + text.replace("'", "''") + "'";
            case Literal.Number(var number) -> number.toString();
            case Literal.Bool(var bool) -> String.valueOf(bool);
            case Literal.Moment(var moment) -> moment.toString();
            case Literal.Stretch(var period) -> period.text();
            case Literal.Day(var day) -> day.toString();
            case Literal.Clock(var clock) -> clock.toString();
            case Literal.Span(var micros) -> "duration'" + Duration.ofNanos(micros * 1_000) + "'";
            case Literal.Shape(var text) -> "geography'" + text.replace("'", "''") + "'";
            case Literal.Missing() -> "null";
        };
    }
}
