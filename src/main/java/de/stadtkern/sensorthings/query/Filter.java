package de.stadtkern.sensorthings.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `$filter` says, as a tree of conditions over [Value]s. Kinds fit: the parser has seen to that.
public sealed interface Filter {

    record And(Filter left, Filter right) implements Filter {}

    record Or(Filter left, Filter right) implements Filter {}

    record Not(Filter inner) implements Filter {}

    record Comparison(Value left, Operator operator, Value right) implements Filter {}

    record In(Value value, List<Value> options) implements Filter {
        public In {
            options = List.copyOf(options);
        }
    }

    /// A function that is true or false.
    record Test(Function function, List<Value> arguments) implements Filter {
        public Test {
            arguments = List.copyOf(arguments);
        }
    }

    /// A value that is itself true or false: `properties/open`.
    record Holds(Value value) implements Filter {}

    /// `any` and `all` over the entities at the end of some relations.
    ///
    /// @param from      variable whose entity the relations begin at; empty for the entity asked for
    /// @param variable  name for each of the entities in `condition`
    /// @param condition null: whether there are any
    record Quantified(
            Quantifier quantifier,
            String from,
            List<Relation> way,
            String variable,
            @Nullable Filter condition) implements Filter {
        public Quantified {
            way = List.copyOf(way);
        }
    }

    enum Quantifier {
        ANY,
        ALL
    }

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
}
