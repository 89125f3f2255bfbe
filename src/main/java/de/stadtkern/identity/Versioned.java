package de.stadtkern.identity;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A sort of thing whose changes can be taken back. Its module implements it.
public interface Versioned {

    /// As in [Change#kind].
    String kind();

    /// As it is now, null if it is not there.
    @Nullable
    JsonNode state(String subject);

    /// Whether what [#restore] does is for good, so that it asks first; the page says what as
    /// `people.changes.final.KIND`.
    default boolean isFinal() {
        return false;
    }

    /// Makes it so again, by the module's own front door: that checks the rights and records the change.
    void restore(String subject, @Nullable JsonNode state);
}
