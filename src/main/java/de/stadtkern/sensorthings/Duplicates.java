package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a write does about an Observation of the same Datastream whose phenomenonTime begins at the same moment.
public enum Duplicates {
    /// What each Datastream says in `properties.duplicates`: [#INSERT] where it says nothing.
    BY_DATASTREAM,
    /// Adds another one, as the standard says.
    INSERT,
    /// Keeps the one that is there.
    IGNORE,
    /// Puts the new result in the place of the old one, which keeps its id.
    REPLACE;

    /// Of a Datastream's properties.
    static final String PROPERTY = "duplicates";

    /// As callers name it; null if they name none.
    static Duplicates of(@Nullable String name) {
        return switch (name == null ? null : name.toLowerCase(Locale.ROOT)) {
            case null -> BY_DATASTREAM;
            case "insert" -> INSERT;
            case "ignore" -> IGNORE;
            case "replace" -> REPLACE;
            default ->
                throw new Problem(
                        Problem.Kind.INVALID,
                        "option-invalid",
                        "'duplicates' is insert, ignore or replace.",
                        Map.of("option", "duplicates"));
        };
    }

    /// As callers and Datastreams name it.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As a Datastream says it; what nobody knows, from before it was looked at, says nothing.
    static Duplicates ofDatastream(@Nullable String property) {
        return switch (property) {
            case "ignore" -> IGNORE;
            case "replace" -> REPLACE;
            case null, default -> INSERT;
        };
    }

    /// Whether it can mean only Observations.
    boolean looksForOthers() {
        return this == IGNORE || this == REPLACE;
    }

    static boolean isKnown(String property) {
        return property.equals("insert") || property.equals("ignore") || property.equals("replace");
    }
}
