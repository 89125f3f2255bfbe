package de.stadtkern.sensorthings.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// What `$filter` says, as a tree. The rest of the standard (functions, arithmetic, paths to other entities) becomes
/// further cases here; the compiler then names every place that has to know them.
public sealed interface Filter {

    record And(Filter left, Filter right) implements Filter {}

    record Or(Filter left, Filter right) implements Filter {}

    record Not(Filter inner) implements Filter {}

    record Comparison(PropertyPath path, Operator operator, Literal value) implements Filter {}

    enum Operator {
        EQ("="),
        NE("<>"),
        GT(">"),
        GE(">="),
        LT("<"),
        LE("<=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        /// The same comparison with its sides exchanged.
        Operator turned() {
            return switch (this) {
                case EQ -> EQ;
                case NE -> NE;
                case GT -> LT;
                case GE -> LE;
                case LT -> GT;
                case LE -> GE;
            };
        }
    }

    sealed interface Literal {
        record Text(String value) implements Literal {}

        record Number(BigDecimal value) implements Literal {}

        record Bool(boolean value) implements Literal {}

        record Moment(Instant value) implements Literal {}

        record Missing() implements Literal {}

        /// For error texts.
        default String kind() {
            return switch (this) {
                case Text _ -> "text";
                case Number _ -> "a number";
                case Bool _ -> "true or false";
                case Moment _ -> "a time";
                case Missing _ -> "null";
            };
        }
    }

    /// A property of the entity asked for, or with `inner` a part of it: `unitOfMeasurement/name`, `properties/a/b`.
    record PropertyPath(EntityType type, Property property, List<String> inner) {
        public PropertyPath {
            inner = List.copyOf(inner);
        }

        String text() {
            return inner.isEmpty() ? property.name() : property.name() + "/" + String.join("/", inner);
        }
    }
}
