package de.stadtkern.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One version of something that people change.
///
/// @param who     name of the person, the key or `system`
/// @param kind    what sort of thing, such as `account`
/// @param subject which one, as its own module tells them apart
/// @param title   as people call it
/// @param before  null where it did not exist
/// @param after   null where it does not exist any more
/// @param why     may be empty
public record Change(
        long id,
        Instant at,
        String who,
        Area area,
        String kind,
        String subject,
        String title,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        String why) {}
