package de.stadtkern.sensorthings.query;

import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.ResourcePath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the path of an address below `/sta/v1.1/` and, with [OptionsParser], its query part.
public final class RequestParser {

    private static final int MAX_STEPS = 12;
    private static final int MIN_POINTS = 3;
    private static final int MAX_POINTS = 100_000;
    private static final int MAX_KEY_DIGITS = 18;
    private static final Pattern SEGMENT = Pattern.compile("([A-Za-z]+)\\((.*)\\)");

    private final List<String> segments;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    private RequestParser(List<String> segments) {
        this.segments = segments;
    }

    /// @param path  what follows `/sta/v1.1/`, still percent-encoded, not empty
    /// @param query still percent-encoded
    public static Request parse(String path, @Nullable String query) {
        return new RequestParser(segments(path)).request(QueryString.parse(query));
    }

    /// A path without options that leads to a set or an entity, as POST, PATCH and DELETE have.
    public static ResourcePath parsePath(String path) {
        RequestParser parser = new RequestParser(segments(path));
        ResourcePath steps = parser.path();
        boolean isShortcut = steps.steps().stream()
                .anyMatch(step -> step.relation() != null && step.relation().isShortcut());
        if (isShortcut || parser.at < parser.segments.size()) {
            throw RequestRefused.noSuchPath(
                    "'%s' cannot be written; only entity sets and entities can, PATCH of the entity changes its properties."
                            .formatted(RequestRefused.shown(path)));
        }
        return steps;
    }

    /// Where a `…/$ref` leads, or null if the path does not end so.
    public static @Nullable ResourcePath findReference(String path) {
        if (!path.endsWith("/$ref") && !path.endsWith("/%24ref")) {
            return null;
        }
        ResourcePath steps = parsePath(path.substring(0, path.lastIndexOf('/')));
        if (!steps.hasParent()) {
            throw RequestRefused.noSuchPath("A link leads from one entity to another: Things(1)/Locations/$ref.");
        }
        return steps;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        for (String segment : trimmed.split("/", -1)) {
            segments.add(QueryString.decode(segment, false));
        }
        if (segments.size() > MAX_STEPS) {
            throw RequestRefused.noSuchPath("A path has at most %d steps.".formatted(MAX_STEPS));
        }
        return segments;
    }

    private Request request(QueryString query) {
        ResourcePath path = path();
        Piece apply = at == segments.size() && !path.isOne() ? query.piece("$apply") : null;
        if (apply != null) {
            return applied(path, apply, query);
        }
        String downsample = at == segments.size() && isSeries(path) ? query.take("downsample") : null;
        if (downsample != null) {
            return downsampled(path, downsample, query);
        }
        if (at == segments.size()) {
            return path.isOne()
                    ? new Request.Entity(path, OptionsParser.forEntity(path.type(), query, 0))
                    : new Request.EntitySet(path, OptionsParser.forSet(path.type(), query, 0));
        }
        String segment = segments.get(at++);
        if (segment.equals("$count") && at == segments.size() && !path.isOne()) {
            return counted(path, query);
        }
        if (segment.equals("$batch")) {
            throw RequestRefused.notOffered(segment, "'$batch' stands at the root of the service and is a POST.");
        }
        if (segment.equals("$ref") && at == segments.size()) {
            return new Request.References(path, OptionsParser.forSet(path.type(), query, 0));
        }
        if (!path.isOne()) {
            throw RequestRefused.noSuchPath("'%s' is a set; after it comes an id in parentheses, not '%s'."
                    .formatted(path.text(), RequestRefused.shown(segment)));
        }
        return property(path, segment, query);
    }

    private static Request counted(ResourcePath path, QueryString query) {
        Piece filter = query.piece("$filter");
        query.refuseRest("a count");
        return new Request.Count(
                path, Options.filtered(filter == null ? null : FilterParser.parse(path.type(), filter)));
    }

    private static boolean isSeries(ResourcePath path) {
        return path.type() == EntityType.OBSERVATION
                && path.steps().size() == 2
                && !path.isOne()
                && path.parent().type() == EntityType.DATASTREAM
                && path.parent().last().key().isPresent();
    }

    private static Request downsampled(ResourcePath path, String points, QueryString query) {
        if (!points.matches("\\d{1,6}")
                || Integer.parseInt(points) < MIN_POINTS
                || Integer.parseInt(points) > MAX_POINTS) {
            throw RequestRefused.option(
                    "downsample",
                    "downsample is a whole number from %d to %d, not '%s'."
                            .formatted(MIN_POINTS, MAX_POINTS, RequestRefused.shown(points)));
        }
        Piece filter = query.piece("$filter");
        query.refuseRest("an answer of downsample");
        return new Request.Downsampled(
                path,
                Options.filtered(filter == null ? null : FilterParser.parse(path.type(), filter)),
                Integer.parseInt(points));
    }

    private static Request applied(ResourcePath path, Piece apply, QueryString query) {
        boolean isOffered = path.type() == EntityType.DATASTREAM
                || path.type() == EntityType.OBSERVATION
                        && (!path.hasParent() || path.parent().type() == EntityType.DATASTREAM);
        if (!isOffered) {
            throw RequestRefused.notOffered(
                    "$apply",
                    "$apply is offered at Observations, Datastreams(…)/Observations, Datastreams and"
                            + " Things(…)/Datastreams.");
        }
        query.refuseRest("an answer of $apply");
        return new Request.Applied(path, Apply.parse(path.type(), apply));
    }

    /// As many segments as lead to entities.
    private ResourcePath path() {
        String first = segments.get(at++);
        Key key = Key.of(first);
        EntityType type = EntityType.findBySet(key.name())
                .orElseThrow(() -> RequestRefused.noSuchPath("There is no entity set '%s' here; there are: %s."
                        .formatted(RequestRefused.shown(first), EntityType.knownSets())));
        steps.add(new Step(type, null, key.id()));
        while (at < segments.size() && steps.getLast().isOne()) {
            Key next = Key.of(segments.get(at));
            Relation relation = steps.getLast().type().findWay(next.name()).orElse(null);
            if (relation == null) {
                break;
            }
            if (!relation.isToMany() && next.id().isPresent()) {
                throw RequestRefused.noSuchPath("'%s' leads to one entity and has no id in parentheses here."
                        .formatted(RequestRefused.shown(relation.name())));
            }
            steps.add(new Step(relation.target(), relation, next.id()));
            at++;
        }
        return new ResourcePath(steps);
    }

    private Request property(ResourcePath path, String name, QueryString query) {
        Property property = path.type()
                .findProperty(name)
                .orElseThrow(() -> RequestRefused.noSuchPath("%s has no '%s'; it has: %s."
                        .formatted(
                                path.type().entity(),
                                RequestRefused.shown(name),
                                path.type().known())));
        boolean raw = at < segments.size() && segments.getLast().equals("$value");
        List<String> inner = segments.subList(at, raw ? segments.size() - 1 : segments.size());
        for (String part : inner) {
            if (!property.hasParts() || !FilterLexer.isName(part)) {
                throw RequestRefused.noSuchPath("'%s' has no part '%s'.".formatted(name, RequestRefused.shown(part)));
            }
        }
        query.refuseRest("a property");
        return new Request.PropertyOf(path, property, inner, raw);
    }

    /// `Things(5)` or `Things`.
    private record Key(String name, OptionalLong id) {
        static Key of(String segment) {
            Matcher matcher = SEGMENT.matcher(segment);
            if (!matcher.matches()) {
                return new Key(segment, OptionalLong.empty());
            }
            String id = matcher.group(2);
            boolean number =
                    !id.isEmpty() && id.length() <= MAX_KEY_DIGITS && id.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!number) {
                throw RequestRefused.noSuchPath(
                        "'%s' does not exist; ids are whole numbers.".formatted(RequestRefused.shown(segment)));
            }
            return new Key(matcher.group(1), OptionalLong.of(Long.parseLong(id)));
        }
    }
}
