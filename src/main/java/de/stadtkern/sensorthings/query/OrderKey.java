package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.PropertyPath;
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
record OrderKey(String expression, Kind kind, boolean nullable, boolean descending) {

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
    static List<OrderKey> of(EntityType type, List<Order> orders) {
        List<OrderKey> keys = new ArrayList<>();
        for (Order order : orders) {
            add(keys, order.path(), order.descending());
            if (order.path().property() instanceof Property.Id) {
                return keys;
            }
        }
        if (orders.isEmpty() && type == EntityType.OBSERVATION) {
            keys.add(new OrderKey("o.phenomenon_start", Kind.TIME, false, false));
        }
        boolean descending = !keys.isEmpty() && keys.getLast().descending();
        keys.add(new OrderKey(type.id().column(), Kind.WHOLE, false, descending));
        return keys;
    }

    private static void add(List<OrderKey> keys, PropertyPath path, boolean descending) {
        boolean optional = path.property().need() != Need.MANDATORY;
        switch (path.property()) {
            case Property.Id(var column) -> keys.add(new OrderKey(column, Kind.WHOLE, false, descending));
            case Property.Text text -> keys.add(new OrderKey(text.column(), Kind.TEXT, optional, descending));
            case Property.Time time -> keys.add(new OrderKey(time.column(), Kind.TIME, optional, descending));
            case Property.Period period -> {
                boolean isNullable = !period.start().equals("o.phenomenon_start");
                keys.add(new OrderKey(period.start(), Kind.TIME, isNullable, descending));
            }
            case Property.Json _, Property.Unit _ ->
                keys.add(new OrderKey(FilterSql.json(path), Kind.JSON, true, descending));
            case Property.Result result -> {
                keys.add(new OrderKey(result.number(), Kind.DECIMAL, true, descending));
                keys.add(new OrderKey(result.json(), Kind.JSON, true, descending));
            }
        }
    }

    String orderBy() {
        return orderBy(expression);
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
            return new Sql().add(descending ? "false" : expression + " is not null");
        }
        Sql sql = new Sql().add("(" + expression + (descending ? " < " : " > ")).add(bound(text));
        return sql.add(descending && nullable ? " or " + expression + " is null)" : ")");
    }

    private Sql equal(@Nullable String text) {
        return text == null
                ? new Sql().add(expression + " is null")
                : new Sql().add(expression + " = ").add(bound(text));
    }
}
