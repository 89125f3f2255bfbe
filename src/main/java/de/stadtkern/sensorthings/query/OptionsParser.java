package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Filter.PropertyPath;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.Request.Order;
import de.stadtkern.sensorthings.query.Request.Selected;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

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
        String filter = query.take("$filter");
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
                after == null ? null : SkipToken.parse(after));
        query.refuseRest("the set " + type.set());
        return options;
    }

    static Options forEntity(EntityType type, QueryString query, int depth) {
        OptionsParser parser = new OptionsParser(type, query, depth);
        List<Selected> select = parser.select();
        List<Request.Expand> expand = parser.expand();
        query.refuseRest("a single " + type.entity());
        return new Options(OptionalLong.empty(), 0, false, List.of(), select, expand, null, null);
    }

    private List<Request.Expand> expand() {
        String value = query.take("$expand");
        return value == null ? List.of() : ExpandParser.parse(type, value, depth);
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
        for (String part : names("$orderby")) {
            String[] words = part.split(" +");
            if (words.length > 2 || words.length == 2 && !words[1].equals("asc") && !words[1].equals("desc")) {
                throw RequestRefused.option(
                        "$orderby",
                        "'%s' is no order; write a property, then asc or desc, for example 'name desc'."
                                .formatted(RequestRefused.shown(part)));
            }
            orders.add(new Order(path(words[0]), words.length == 2 && words[1].equals("desc")));
        }
        return orders;
    }

    private PropertyPath path(String text) {
        if (text.indexOf('(') >= 0) {
            throw RequestRefused.notOffered(
                    "$orderby",
                    "Functions in $orderby are not offered yet: '%s'.".formatted(RequestRefused.shown(text)));
        }
        return FilterParser.path(type, text, "$orderby");
    }

    private List<Selected> select() {
        List<Selected> selected = new ArrayList<>();
        for (String name : names("$select")) {
            selected.add(selected(name));
        }
        return selected;
    }

    private Selected selected(String name) {
        if (name.equals("@iot.selfLink")) {
            return new Selected.SelfLink();
        }
        int slash = name.indexOf('/');
        if (slash > 0 && type.findProperty(name.substring(0, slash)).isPresent()) {
            throw RequestRefused.notOffered(
                    "$select", "Parts of a property in $select are not offered yet: '%s'.".formatted(name));
        }
        String link = name.endsWith("@iot.navigationLink")
                ? name.substring(0, name.length() - "@iot.navigationLink".length())
                : name;
        Relation relation = type.findRelation(link).orElse(null);
        if (relation != null) {
            return new Selected.Link(relation);
        }
        return new Selected.Value(
                type.findProperty(name).orElseThrow(() -> RequestRefused.unknownProperty("$select", type, name)));
    }

    private List<String> names(String option) {
        @Nullable String value = query.take(option);
        if (value == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String part : value.split(",", -1)) {
            String name = part.strip();
            if (name.isEmpty() || names.size() == MAX_NAMES) {
                throw RequestRefused.option(
                        option, "%s is a list of 1 to %d names with commas between.".formatted(option, MAX_NAMES));
            }
            names.add(name);
        }
        return names;
    }
}
