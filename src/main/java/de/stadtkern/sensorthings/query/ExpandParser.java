package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Request.Expand;
import de.stadtkern.sensorthings.query.Request.Options;
import java.util.ArrayList;
import java.util.List;

/// Reads `$expand`: names with options of their own in parentheses, `Datastreams($expand=Observations($top=1))`, or
/// paths, `Datastreams/Sensor`.
final class ExpandParser {

    private static final int MAX_DEPTH = 6;
    private static final int MAX_NAMES = 10;

    private ExpandParser() {}

    static List<Expand> parse(EntityType type, String text, int depth) {
        if (depth == MAX_DEPTH) {
            throw RequestRefused.option("$expand", "$expand is nested more than %d deep.".formatted(MAX_DEPTH));
        }
        List<Expand> expands = new ArrayList<>();
        for (String item : QueryString.split(text, ',')) {
            add(expands, one(type, item.strip(), depth));
            if (expands.size() > MAX_NAMES) {
                throw RequestRefused.option("$expand", "$expand has at most %d names.".formatted(MAX_NAMES));
            }
        }
        return expands;
    }

    private static Expand one(EntityType type, String item, int depth) {
        int open = item.indexOf('(');
        String path = (open < 0 ? item : item.substring(0, open)).strip();
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        Relation relation = type.findWay(name)
                .orElseThrow(() -> RequestRefused.option(
                        "$expand",
                        "%s has no '%s' to expand; it has: %s."
                                .formatted(type.entity(), RequestRefused.shown(name), known(type))));
        if (slash >= 0) {
            String rest = item.substring(slash + 1);
            return new Expand(
                    relation,
                    with(Options.NONE, parse(relation.target(), rest, depth + 1)),
                    List.of("$expand=" + rest));
        }
        List<String> parts = open < 0 ? List.of() : inner(item, open);
        QueryString query = QueryString.of(parts);
        Options options = relation.isToMany()
                ? OptionsParser.forSet(relation.target(), query, depth + 1)
                : OptionsParser.forEntity(relation.target(), query, depth + 1);
        List<String> kept = parts.stream()
                .map(String::strip)
                .filter(part -> !part.startsWith("$skip=") && !part.startsWith("$skiptoken="))
                .toList();
        return new Expand(relation, options, kept);
    }

    private static List<String> inner(String item, int open) {
        if (!item.endsWith(")")) {
            throw RequestRefused.option(
                    "$expand",
                    "Options of '%s' end with ')'.".formatted(RequestRefused.shown(item.substring(0, open))));
        }
        String inside = item.substring(open + 1, item.length() - 1);
        return inside.isBlank() ? List.of() : QueryString.split(inside, ';');
    }

    /// `Datastreams,Datastreams/Sensor` is one branch with another inside; any other repetition is a mistake.
    private static void add(List<Expand> expands, Expand added) {
        for (int i = 0; i < expands.size(); i++) {
            Expand before = expands.get(i);
            if (before.relation().equals(added.relation())) {
                boolean isOnlyPath =
                        added.text().size() == 1 && added.text().getFirst().startsWith("$expand=");
                if (!isOnlyPath || before.text().stream().anyMatch(part -> !part.startsWith("$expand="))) {
                    throw RequestRefused.option(
                            "$expand",
                            "'%s' stands there twice in $expand."
                                    .formatted(added.relation().name()));
                }
                List<Expand> both = new ArrayList<>(before.options().expand());
                added.options().expand().forEach(inner -> add(both, inner));
                String text = before.text().isEmpty()
                        ? added.text().getFirst()
                        : before.text().getFirst() + ","
                                + added.text().getFirst().substring("$expand=".length());
                expands.set(i, new Expand(before.relation(), with(before.options(), both), List.of(text)));
                return;
            }
        }
        expands.add(added);
    }

    private static Options with(Options options, List<Expand> expand) {
        return new Options(
                options.top(),
                options.skip(),
                options.count(),
                options.orderBy(),
                options.select(),
                expand,
                options.filter(),
                options.after(),
                options.format(),
                options.metadata());
    }

    private static String known(EntityType type) {
        return String.join(", ", type.relations().stream().map(Relation::name).toList());
    }
}
