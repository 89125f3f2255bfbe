package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.Locale;
import java.util.Map;

/// What a write does about an Observation of the same Datastream whose phenomenonTime begins at the same moment.
public enum Duplicates {
    /// Adds another one, as the standard says.
    INSERT,
    /// Keeps the one that is there.
    IGNORE,
    /// Puts the new result in the place of the old one, which keeps its id.
    REPLACE;

    /// As callers name it.
    static Duplicates of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
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
}
