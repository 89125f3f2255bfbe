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

    static List<Expand> parse(EntityType type, Piece text, int depth) {
        if (depth == MAX_DEPTH) {
            throw text.refused("$expand is nested more than %d deep".formatted(MAX_DEPTH));
        }
        List<Expand> expands = new ArrayList<>();
        for (Piece part : text.split(',')) {
            Piece item = part.strip();
            add(expands, one(type, item, depth), item);
            if (expands.size() > MAX_NAMES) {
                throw item.refused("$expand has at most %d names".formatted(MAX_NAMES));
            }
        }
        return expands;
    }

    private static Expand one(EntityType type, Piece item, int depth) {
        String text = item.text();
        int open = text.indexOf('(');
        String path = (open < 0 ? text : text.substring(0, open)).strip();
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        Relation relation = type.findWay(name)
                .orElseThrow(() -> item.refused(
                        "%s has no '%s' to expand".formatted(type.entity(), RequestRefused.shown(name)),
                        0,
                        "It has: %s.".formatted(type.knownRelations())));
        if (slash >= 0) {
            Piece rest = item.from(slash + 1);
            return new Expand(
                    relation,
                    with(Options.NONE, parse(relation.target(), rest, depth + 1)),
                    List.of("$expand=" + rest.text()));
        }
        List<Piece> parts = open < 0 ? List.of() : inner(item, open);
        QueryString query = QueryString.of(parts);
        Options options = relation.isToMany()
                ? OptionsParser.forSet(relation.target(), query, depth + 1)
                : OptionsParser.forEntity(relation.target(), query, depth + 1);
        List<String> kept = parts.stream()
                .map(part -> part.text().strip())
                .filter(part -> !part.startsWith("$skip=") && !part.startsWith("$skiptoken="))
                .toList();
        return new Expand(relation, options, kept);
    }

    private static List<Piece> inner(Piece item, int open) {
        String text = item.text();
        if (!text.endsWith(")")) {
            throw item.refused(
                    "Options of '%s' end with ')'".formatted(RequestRefused.shown(text.substring(0, open))),
                    text.length());
        }
        Piece inside = item.between(open + 1, text.length() - 1);
        return inside.text().isBlank() ? List.of() : inside.split(';');
    }

    /// `Datastreams,Datastreams/Sensor` is one branch with another inside; any other repetition is a mistake.
    private static void add(List<Expand> expands, Expand added, Piece item) {
        for (int i = 0; i < expands.size(); i++) {
            Expand before = expands.get(i);
            if (before.relation().equals(added.relation())) {
                boolean isOnlyPath =
                        added.text().size() == 1 && added.text().getFirst().startsWith("$expand=");
                if (!isOnlyPath || before.text().stream().anyMatch(part -> !part.startsWith("$expand="))) {
                    throw item.refused("'%s' stands there twice in $expand"
                            .formatted(added.relation().name()));
                }
                List<Expand> both = new ArrayList<>(before.options().expand());
                added.options().expand().forEach(inner -> add(both, inner, item));
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
}
