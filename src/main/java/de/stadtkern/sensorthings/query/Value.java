package de.stadtkern.sensorthings.query;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/// What `$filter` compares and `$orderby` orders by: literals, properties, functions, arithmetic.
public sealed interface Value {

    Kind kind();

    /// What sort of value it is. A JSON property is whatever the other side of a comparison is.
    enum Kind {
        TEXT("text"),
        NUMBER("a number"),
        BOOL("true or false"),
        MOMENT("a time"),
        PERIOD("a time or an interval"),
        DAY("a date"),
        CLOCK("a time of day"),
        SPAN("a duration"),
        SHAPE("a geometry"),
        JSON("JSON"),
        NOTHING("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /// For error texts.
        String words() {
            return words;
        }

        /// Whether a value of kind `given` can stand where this one is wanted.
        boolean accepts(Kind given) {
            return switch (this) {
                case TEXT, NUMBER, BOOL, SHAPE -> given == this || given == JSON;
                case MOMENT, PERIOD -> given == MOMENT || given == PERIOD;
                case DAY, CLOCK, SPAN, JSON, NOTHING -> given == this;
            };
        }
    }

    sealed interface Literal extends Value {

        record Text(String value) implements Literal {}

        record Number(BigDecimal value) implements Literal {}

        record Bool(boolean value) implements Literal {}

        record Moment(Instant value) implements Literal {}

        record Stretch(TimePeriod value) implements Literal {}

        record Day(LocalDate value) implements Literal {}

        record Clock(LocalTime value) implements Literal {}

        record Span(long micros) implements Literal {}

        /// As well-known text, in degrees.
        record Shape(String wellKnownText) implements Literal {}

        record Missing() implements Literal {}

        @Override
        default Kind kind() {
            return switch (this) {
                case Text _ -> Kind.TEXT;
                case Number _ -> Kind.NUMBER;
                case Bool _ -> Kind.BOOL;
                case Moment _ -> Kind.MOMENT;
                case Stretch _ -> Kind.PERIOD;
                case Day _ -> Kind.DAY;
                case Clock _ -> Kind.CLOCK;
                case Span _ -> Kind.SPAN;
                case Shape _ -> Kind.SHAPE;
                case Missing _ -> Kind.NOTHING;
            };
        }
    }

    /// A property, reached from the entity a variable stands for over relations: `Thing/Locations/location`,
    /// `d/unitOfMeasurement/name`.
    ///
    /// @param variable of an `any` or `all` around it; empty for the entity asked for
    /// @param inner    a part of the property: `a/b` of `properties/a/b`
    record Path(String variable, List<Relation> hops, EntityType type, Property property, List<String> inner)
            implements Value {

        public Path {
            hops = List.copyOf(hops);
            inner = List.copyOf(inner);
        }

        static Path of(EntityType type, Property property, List<String> inner) {
            return new Path("", List.of(), type, property, inner);
        }

        boolean isOwn() {
            return variable.isEmpty() && hops.isEmpty();
        }

        boolean isPlain(Class<? extends Property> sort) {
            return hops.isEmpty() && inner.isEmpty() && sort.isInstance(property);
        }

        @Override
        public Kind kind() {
            if (!inner.isEmpty()) {
                return Kind.JSON;
            }
            return switch (property) {
                case Property.Id _ -> Kind.NUMBER;
                case Property.Text _ -> Kind.TEXT;
                case Property.Time _ -> Kind.MOMENT;
                case Property.Period _ -> Kind.PERIOD;
                case Property.Json _, Property.Unit _, Property.Result _ -> Kind.JSON;
            };
        }

        String text() {
            StringBuilder text = new StringBuilder();
            if (!variable.isEmpty()) {
                text.append(variable).append('/');
            }
            hops.forEach(hop -> text.append(hop.name()).append('/'));
            text.append(property instanceof Property.Id ? "id" : property.name());
            inner.forEach(part -> text.append('/').append(part));
            return text.toString();
        }
    }

    record Call(Function function, List<Value> arguments) implements Value {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Kind kind() {
            return function.result();
        }
    }

    enum Operation {
        ADD("+"),
        SUB("-"),
        MUL("*"),
        DIV("/"),
        MOD("%");

        private final String symbol;

        Operation(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record Arithmetic(Operation operation, Value left, Value right, Kind kind) implements Value {}
}
