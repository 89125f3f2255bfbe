package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Property.Need;
import de.stadtkern.sensorthings.query.Request.Order;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// One expression of an `order by`. The last one is always the id, so that no two rows are equal and a page can begin
/// after the last row of the page before.
///
/// @param nullable absent values come first, and last when descending, as OData wants it
record OrderKey(Sql expression, Kind kind, boolean nullable, boolean descending) {

    enum Kind {
        WHOLE,
        DECIMAL,
        TEXT,
        TIME,
        JSON
    }

    private static final JsonFactory JSON = new JsonFactory();

    /// The keys of an order; without one, Observations come by phenomenonTime and everything else by id. Stretches of
    /// time are ordered by their beginning.
    static List<OrderKey> of(EntityType type, List<Order> orders, Shapes shapes) {
        List<OrderKey> keys = new ArrayList<>();
        for (Order order : orders) {
            add(keys, type, order, shapes);
            if (order.value() instanceof Value.Path path && path.isOwn() && path.property() instanceof Property.Id) {
                return keys;
            }
        }
        if (orders.isEmpty() && type == EntityType.OBSERVATION) {
            keys.add(new OrderKey(new Sql().add("o.phenomenon_start"), Kind.TIME, false, false));
        }
        boolean descending = !keys.isEmpty() && keys.getLast().descending();
        keys.add(new OrderKey(new Sql().add(type.id().column()), Kind.WHOLE, false, descending));
        return keys;
    }

    /// The place of an ObservedProperty among those of a Datastream.
    static OrderKey position(Sql datastream) {
        return new OrderKey(
                new Sql()
                        .add("(select j.position from datastream_observed_property j where j.observed_property_id ="
                                + " p.id and j.datastream_id = ")
                        .add(datastream)
                        .add(" limit 1)"),
                Kind.WHOLE,
                true,
                false);
    }

    private static void add(List<OrderKey> keys, EntityType type, Order order, Shapes shapes) {
        boolean descending = order.descending();
        Value value = order.value();
        boolean isOwn = value instanceof Value.Path path && path.isOwn();
        if (isOwn
                && value instanceof Value.Path path
                && path.inner().isEmpty()
                && path.property() instanceof Property.Result result) {
            keys.add(new OrderKey(new Sql().add(result.number()), Kind.DECIMAL, true, descending));
            keys.add(new OrderKey(new Sql().add(result.json()), Kind.JSON, true, descending));
            return;
        }
        Sql expression = FilterSql.ordered(type, value, shapes);
        boolean isId = value instanceof Value.Path path && path.property() instanceof Property.Id;
        Kind kind = switch (value.kind()) {
            case TEXT -> Kind.TEXT;
            case NUMBER -> isId && isOwn ? Kind.WHOLE : Kind.DECIMAL;
            case MOMENT, PERIOD -> Kind.TIME;
            case JSON -> Kind.JSON;
            case BOOL, DAY, CLOCK, SPAN, SHAPE, NOTHING ->
                throw new IllegalArgumentException("The parser refuses an order by " + value);
        };
        boolean isMandatory = isOwn
                && value instanceof Value.Path path
                && path.inner().isEmpty()
                && (path.property().need() == Need.MANDATORY
                        || isId
                        || expression.text().equals("o.phenomenon_start"));
        keys.add(new OrderKey(
                isId && isOwn ? new Sql().add(type.id().column()) : expression, kind, !isMandatory, descending));
    }

    Sql orderBy() {
        return new Sql().add(expression).add(orderBy(""));
    }

    /// Whether values of the request stand in it.
    boolean isBound() {
        return !expression.values().isEmpty();
    }

    /// Whether this is the given column.
    boolean isColumn(String column) {
        return expression.text().equals(column);
    }

    /// @param column where the expression has been computed before
    String orderBy(String column) {
        String nulls = descending ? " nulls last" : " nulls first";
        return column + (descending ? " desc" : "") + (nullable ? nulls : "");
    }

    /// The value of a token as it is bound; refuses what cannot be one.
    Object value(String text) {
        try {
            return switch (kind) {
                case WHOLE -> Long.valueOf(text);
                case DECIMAL -> Double.valueOf(text);
                case TEXT -> text;
                case TIME -> Instant.parse(text).atOffset(ZoneOffset.UTC);
                case JSON -> validJson(text);
            };
        } catch (NumberFormatException | DateTimeException | JacksonException forged) {
            throw SkipToken.unreadable();
        }
    }

    private static String validJson(String text) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw SkipToken.unreadable();
            }
        }
        return text;
    }

    /// How a bound value of this kind is written in the statement.
    private Sql bound(String text) {
        Sql sql = new Sql().bind(value(text));
        return kind == Kind.JSON ? sql.add("::jsonb") : sql;
    }

    /// The rows that come after the one with these keys.
    static Sql after(List<OrderKey> keys, SkipToken token) {
        if (token.keys().size() != keys.size()) {
            throw SkipToken.unreadable();
        }
        boolean oneDirection = keys.stream()
                .allMatch(key ->
                        !key.nullable() && key.descending() == keys.getFirst().descending());
        return oneDirection ? rowAfter(keys, token) : anyAfter(keys, token);
    }

    /// `(a, b) > (?, ?)`: the form an index answers directly.
    private static Sql rowAfter(List<OrderKey> keys, SkipToken token) {
        Sql left = new Sql();
        Sql right = new Sql();
        for (int i = 0; i < keys.size(); i++) {
            String text = token.keys().get(i);
            if (text == null) {
                throw SkipToken.unreadable();
            }
            left.add(i == 0 ? "" : ", ").add(keys.get(i).expression());
            right.add(i == 0 ? "" : ", ").add(keys.get(i).bound(text));
        }
        String symbol = keys.getFirst().descending() ? ") < (" : ") > (";
        return new Sql().add("(").add(left).add(symbol).add(right).add(")");
    }

    /// Any mixture of directions and absent values: beyond in the first key, or equal there and beyond in the second
    /// …
    private static Sql anyAfter(List<OrderKey> keys, SkipToken token) {
        Sql any = new Sql().add("(false");
        Sql equalSoFar = new Sql().add("true");
        for (int i = 0; i < keys.size(); i++) {
            OrderKey key = keys.get(i);
            String text = token.keys().get(i);
            any.add(" or (").add(equalSoFar).add(" and ").add(key.beyond(text)).add(")");
            equalSoFar.add(" and ").add(key.equal(text));
        }
        return any.add(")");
    }

    private Sql beyond(@Nullable String text) {
        if (text == null) {
            return descending
                    ? new Sql().add("false")
                    : new Sql().add(expression).add(" is not null");
        }
        Sql sql = new Sql()
                .add("(")
                .add(expression)
                .add(descending ? " < " : " > ")
                .add(bound(text));
        return descending && nullable ? sql.add(" or ").add(expression).add(" is null)") : sql.add(")");
    }

    private Sql equal(@Nullable String text) {
        return text == null
                ? new Sql().add(expression).add(" is null")
                : new Sql().add(expression).add(" = ").add(bound(text));
    }
}
