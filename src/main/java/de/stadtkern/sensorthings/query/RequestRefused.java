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

    /// With the place, counted from one.
    static RequestRefused at(String option, String message, int position) {
        return new RequestRefused(
                Kind.INVALID,
                option.equals("$filter") ? "filter-invalid" : "option-invalid",
                "%s, at position %d of %s.".formatted(message, position + 1, option),
                Map.of("option", option, "position", position + 1));
    }

    static RequestRefused unknownProperty(String option, EntityType type, String name) {
        return new RequestRefused(
                Kind.INVALID,
                "property-unknown",
                "%s has no property '%s'; it has: %s.".formatted(type.entity(), shown(name), type.knownProperties()),
                Map.of("option", option, "property", shown(name)));
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
