package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.Operator;
import de.stadtkern.sensorthings.query.Value.Kind;
import de.stadtkern.sensorthings.query.ValueSql.Ends;

/// How two stretches of time stand to each other, as SQL over their ends.
final class PeriodSql {

    private PeriodSql() {}

    /// A stretch of time lies before another if it has ended when that begins. The first half of each condition is for
    /// the index.
    ///
    /// @param kind  of the other side
    /// @param isSure the other side is never absent
    static Sql compared(Ends one, Operator operator, Ends other, Kind kind, boolean isSure) {
        return switch (operator) {
            case GT ->
                kind == Kind.PERIOD
                        ? all(one.start(), " > ", other.start(), one.start(), " >= ", other.end())
                        : all(one.start(), " > ", other.start());
            case GE ->
                kind == Kind.PERIOD
                        ? all(one.start(), " >= ", other.start(), one.end(), " >= ", other.end())
                        : all(one.start(), " >= ", other.start());
            case LT -> all(one.start(), " < ", other.start(), one.end(), " <= ", other.start());
            case LE -> all(one.start(), " <= ", other.start(), one.end(), " <= ", other.end());
            case EQ ->
                isSure
                        ? all(one.start(), " = ", other.start(), one.end(), " = ", other.end())
                        : all(
                                one.start(),
                                " is not distinct from ",
                                other.start(),
                                one.end(),
                                " is not distinct from ",
                                other.end());
            case NE ->
                new Sql()
                        .add("(")
                        .add(compared(one, Operator.EQ, other, kind, isSure))
                        .add(" is not true)");
        };
    }

    /// Conditions that all hold: left side, symbol, right side, and so on.
    private static Sql all(Object... parts) {
        Sql sql = new Sql().add("(");
        for (int i = 0; i < parts.length; i += 3) {
            sql.add(i == 0 ? "" : " and ")
                    .add((Sql) parts[i])
                    .add((String) parts[i + 1])
                    .add((Sql) parts[i + 2]);
        }
        return sql.add(")");
    }

    /// The end of a stretch of time does not belong to it; a moment is the same as its end.
    static Sql related(Function function, Ends one, Ends other) {
        return switch (function) {
            case BEFORE -> all(one.start(), " < ", other.start(), one.end(), " <= ", other.start());
            case AFTER -> all(one.start(), " > ", other.start(), one.start(), " >= ", other.end());
            case MEETS ->
                new Sql()
                        .add("(")
                        .add(all(one.end(), " = ", other.start()))
                        .add(" or ")
                        .add(all(one.start(), " = ", other.end()))
                        .add(")");
            case DURING ->
                new Sql()
                        .add("(")
                        .add(all(one.start(), " >= ", other.start(), one.end(), " <= ", other.end()))
                        .add(" and ")
                        .add(beginsBefore(one, other))
                        .add(")");
            case OVERLAPS ->
                new Sql()
                        .add("(")
                        .add(beginsBefore(one, other))
                        .add(" and ")
                        .add(beginsBefore(other, one))
                        .add(")");
            case STARTS -> all(one.start(), " = ", other.start());
            case FINISHES -> all(one.end(), " = ", other.end());
            default -> throw new IllegalArgumentException(function.word());
        };
    }

    private static Sql beginsBefore(Ends one, Ends other) {
        return new Sql()
                .add("(")
                .add(all(one.start(), " < ", other.end()))
                .add(" or ")
                .add(all(one.start(), " = ", other.start()))
                .add(")");
    }
}
