package de.stadtkern.sensorthings.query;

import de.stadtkern.problem.Problem;
import java.util.Map;

/// A path or an option that cannot be answered: wrong, or not offered by this version. Never ignored in silence.
public final class RequestRefused extends Problem {

    private RequestRefused(Kind kind, String name, String message, Map<String, ?> facts) {
        super(kind, name, message, facts);
    }

    static RequestRefused option(String option, String message) {
        return new RequestRefused(Kind.INVALID, "option-invalid", message, Map.of("option", option));
    }

    /// With the place, which people count from one.
    static RequestRefused at(String option, String message, int position, String way) {
        return new RequestRefused(
                Kind.INVALID,
                option.equals("$filter") ? "filter-invalid" : "option-invalid",
                "%s, at position %d of %s.%s".formatted(message, position + 1, option, way),
                Map.of("option", option, "position", position + 1));
    }

    /// @param position of the name in the piece, counted from zero
    static RequestRefused unknownProperty(Piece piece, int position, EntityType type, String name) {
        int place = piece.at() + position + 1;
        return new RequestRefused(
                Kind.INVALID,
                "property-unknown",
                "%s has no property '%s', at position %d of %s. It has: %s."
                        .formatted(type.entity(), shown(name), place, piece.option(), type.known()),
                Map.of("option", piece.option(), "position", place, "property", shown(name)));
    }

    public static RequestRefused notOffered(String what, String message) {
        return new RequestRefused(Kind.NOT_OFFERED, "not-offered", message, Map.of("unsupported", what));
    }

    public static RequestRefused noSuchPath(String message) {
        return new RequestRefused(Kind.MISSING, "path-unknown", message, Map.of());
    }

    public static RequestRefused noSuchEntity(ResourcePath path) {
        return new RequestRefused(
                Kind.MISSING,
                "entity-unknown",
                "%s does not exist.".formatted(path.text()),
                Map.of("entity", path.type().entity()));
    }

    /// What a caller sent, short enough for an error text.
    static String shown(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
