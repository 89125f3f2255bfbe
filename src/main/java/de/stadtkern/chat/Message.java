package de.stadtkern.chat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A question of a talk with what was answered.
///
/// @param question masked
/// @param helpful  whether the answer helped; null where the person has not said
record Message(
        long id,
        Instant at,
        String question,
        Reply reply,
        @Nullable Boolean helpful) {}
