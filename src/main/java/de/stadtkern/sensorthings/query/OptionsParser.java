package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Request.Format;
import de.stadtkern.sensorthings.query.Request.Metadata;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.Request.Order;
import de.stadtkern.sensorthings.query.Request.Selected;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// Reads `$top`, `$skip`, `$count`, `$orderby`, `$select`, `$expand`, `$filter` and `$skiptoken`.
final class OptionsParser {

    private static final int MAX_NAMES = 40;
    private static final int MAX_DIGITS = 15;

    private final EntityType type;
    private final QueryString query;
    private final int depth;

    private OptionsParser(EntityType type, QueryString query, int depth) {
        this.type = type;
        this.query = query;
        this.depth = depth;
    }

    /// @param depth how many `$expand` are around this one
    static Options forSet(EntityType type, QueryString query, int depth) {
        OptionsParser parser = new OptionsParser(type, query, depth);
        Piece filter = query.piece("$filter");
        String after = query.take("$skiptoken");
        OptionalLong skip = parser.number("$skip");
        Options options = new Options(
                parser.number("$top"),
                skip.orElse(0),
                parser.count(),
                parser.orderBy(),
                parser.select(),
                parser.expand(),
                filter == null ? null : FilterParser.parse(type, filter),
                after == null ? null : SkipToken.parse(after),
                parser.format(),
                parser.metadata());
        if (options.format() != Format.JSON) {
            requireFlat(options.expand(), options.format());
            requireGeometry(type, options);
        }
        query.refuseRest("the set " + type.set());
        return options;
    }

    /// A table has one row for each entity, so only relations to one have room in it; on a map a Thing stands at its
    /// first Location.
    private static void requireFlat(List<Request.Expand> expands, Format format) {
        for (Request.Expand expand : expands) {
            boolean isPlace = format == Format.GEO_JSON && expand.relation().target() == EntityType.LOCATION;
            if (expand.relation().isToMany() && !isPlace) {
                throw RequestRefused.option(
                        "$resultFormat",
                        "Only JSON has room for '%s', which are many; $expand relations to one, or leave it out."
                                .formatted(expand.relation().name()));
            }
            requireFlat(expand.options().expand(), format);
        }
    }

    private static void requireGeometry(EntityType type, Options options) {
        if (options.format() == Format.GEO_JSON && !hasGeometry(type, options.expand())) {
            throw RequestRefused.option(
                    "$resultFormat",
                    "%s have no geometry; Locations, FeaturesOfInterest and Datastreams have, and what $expand leads to"
                                    .formatted(type.set())
                            + " one of them.");
        }
    }

    private static boolean hasGeometry(EntityType type, List<Request.Expand> expands) {
        return type == EntityType.LOCATION
                || type == EntityType.FEATURE_OF_INTEREST
                || type.isSeries()
                || expands.stream()
                        .anyMatch(expand -> hasGeometry(
                                expand.relation().target(), expand.options().expand()));
    }

    static Options forEntity(EntityType type, QueryString query, int depth) {
        OptionsParser parser = new OptionsParser(type, query, depth);
        List<Selected> select = parser.select();
        List<Request.Expand> expand = parser.expand();
        Metadata metadata = parser.metadata();
        query.refuseRest("a single " + type.entity());
        return new Options(
                OptionalLong.empty(), 0, false, List.of(), select, expand, null, null, Format.JSON, metadata);
    }

    private List<Request.Expand> expand() {
        Piece value = query.piece("$expand");
        return value == null ? List.of() : ExpandParser.parse(type, value, depth);
    }

    private Format format() {
        String value = depth > 0 ? null : query.take("$resultFormat");
        if (value == null) {
            return Format.JSON;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "json", "default" -> Format.JSON;
            case "dataarray" -> Format.DATA_ARRAY;
            case "csv" -> Format.CSV;
            case "geojson" -> Format.GEO_JSON;
            default ->
                throw RequestRefused.option(
                        "$resultFormat",
                        "$resultFormat is JSON, dataArray, CSV or GeoJSON, not '%s'."
                                .formatted(RequestRefused.shown(value)));
        };
    }

    private Metadata metadata() {
        String value = query.take("$resultMetadata");
        return switch (value == null ? "full" : value.toLowerCase(Locale.ROOT)) {
            case "full" -> Metadata.FULL;
            case "minimal" -> Metadata.MINIMAL;
            case "none", "off" -> Metadata.NONE;
            case String other ->
                throw RequestRefused.option(
                        "$resultMetadata",
                        "$resultMetadata is full, minimal or none, not '%s'.".formatted(RequestRefused.shown(other)));
        };
    }

    private OptionalLong number(String option) {
        String value = query.take(option);
        if (value == null) {
            return OptionalLong.empty();
        }
        boolean isNumber = !value.isEmpty()
                && value.length() <= MAX_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber) {
            throw RequestRefused.option(
                    option, "%s is a whole number from 0 on, not '%s'.".formatted(option, RequestRefused.shown(value)));
        }
        return OptionalLong.of(Long.parseLong(value));
    }

    private boolean count() {
        String value = query.take("$count");
        if (value == null || value.equals("false")) {
            return false;
        }
        if (value.equals("true")) {
            return true;
        }
        throw RequestRefused.option(
                "$count", "$count is true or false, not '%s'.".formatted(RequestRefused.shown(value)));
    }

    private List<Order> orderBy() {
        List<Order> orders = new ArrayList<>();
        for (Piece part : names("$orderby")) {
            String text = part.text();
            boolean descending = text.endsWith(" desc");
            Piece value = descending || text.endsWith(" asc") ? part.between(0, text.lastIndexOf(' ')) : part;
            orders.add(new Order(ordered(value, FilterParser.value(type, value)), descending));
        }
        return orders;
    }

    private static Value ordered(Piece piece, Value value) {
        boolean isOne = Ways.paths(value).flatMap(path -> path.hops().stream()).noneMatch(Relation::isToMany);
        boolean hasOrder = switch (value.kind()) {
            case TEXT, NUMBER, MOMENT, PERIOD, JSON -> true;
            case BOOL, DAY, CLOCK, SPAN, SHAPE, NOTHING -> false;
        };
        if (!isOne || !hasOrder || value instanceof Value.Literal) {
            throw piece.refused(
                    "'%s' has no order".formatted(RequestRefused.shown(FilterPrinter.print(value))),
                    0,
                    "Write a property of the entity or of one it belongs to, then asc or desc, for example 'name"
                            + " desc'.");
        }
        return value;
    }

    private List<Selected> select() {
        List<Selected> selected = new ArrayList<>();
        for (Piece name : names("$select")) {
            selected.add(selected(name));
        }
        return selected;
    }

    private Selected selected(Piece piece) {
        String name = piece.text();
        if (name.equals("@iot.selfLink")) {
            return new Selected.SelfLink();
        }
        int slash = name.indexOf('/');
        Property whole =
                slash < 0 ? null : type.findProperty(name.substring(0, slash)).orElse(null);
        if (whole != null) {
            return part(piece, whole, Arrays.asList(name.substring(slash + 1).split("/", -1)));
        }
        String link = name.endsWith("@iot.navigationLink")
                ? name.substring(0, name.length() - "@iot.navigationLink".length())
                : name;
        Relation relation = type.findRelation(link).orElse(null);
        if (relation != null) {
            return new Selected.Link(relation);
        }
        return new Selected.Value(
                type.findProperty(name).orElseThrow(() -> RequestRefused.unknownProperty(piece, 0, type, name)));
    }

    private static Selected part(Piece piece, Property whole, List<String> inner) {
        if (!whole.hasParts() || !inner.stream().allMatch(FilterLexer::isName)) {
            throw piece.refused("'%s' has no parts: '%s'".formatted(whole.name(), RequestRefused.shown(piece.text())));
        }
        return new Selected.Part(whole, inner);
    }

    private List<Piece> names(String option) {
        Piece value = query.piece(option);
        if (value == null) {
            return List.of();
        }
        List<Piece> names = new ArrayList<>();
        for (Piece part : value.split(',')) {
            Piece name = part.strip();
            if (name.text().isEmpty() || names.size() == MAX_NAMES) {
                throw name.refused("%s is a list of 1 to %d names with commas between".formatted(option, MAX_NAMES));
            }
            names.add(name);
        }
        return names;
    }
}
