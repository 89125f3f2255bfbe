package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What somebody counted by hand beside a counter.
///
/// @param id        0 while it is not stored
/// @param key       made by whoever sends it, so that sent twice it is there once
/// @param everybody both directions together
/// @param inward    null where directions were not counted
/// @param outward   null where directions were not counted
record ReferenceCount(
        long id,
        long counterId,
        String key,
        Instant from,
        Instant to,
        String countedBy,
        int everybody,
        @Nullable Integer inward,
        @Nullable Integer outward) {

    /// Null where that was not counted.
    @Nullable
    Integer of(Role role) {
        return switch (role) {
            case IN -> inward;
            case OUT -> outward;
            case TOTAL, ZONE, CLASS -> everybody;
        };
    }

    Map<String, String> tree() {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counter", String.valueOf(counterId));
        tree.put("key", key);
        tree.put("from", from.toString());
        tree.put("to", to.toString());
        tree.put("counted-by", countedBy);
        tree.put("everybody", String.valueOf(everybody));
        tree.put("in", inward == null ? "" : inward.toString());
        tree.put("out", outward == null ? "" : outward.toString());
        return tree;
    }
}
