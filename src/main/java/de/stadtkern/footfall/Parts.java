package de.stadtkern.footfall;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the zones and classes of a counter counted in an hour, as they came. Nobody reads it but [Suppression].
///
/// @param counts      by Datastream; one that did not say all of the hour is absent
/// @param isCorrected whether one of them said something else when the hour was settled
record Parts(Map<Long, Double> counts, boolean isCorrected) {

    static final Parts NONE = new Parts(Map.of(), false);

    Parts {
        counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /// Without those that are no parts of the counter any more.
    Parts of(Collection<Long> datastreams) {
        var kept = new TreeMap<>(counts);
        kept.keySet().retainAll(datastreams);
        return new Parts(kept, isCorrected);
    }

    /// The same where the hour was settled with other ones. A count that is gone was corrected too: it could come back
    /// as another.
    Parts after(Parts settled) {
        boolean differs = settled.counts.entrySet().stream()
                .anyMatch(before -> !Objects.equals(counts.get(before.getKey()), before.getValue()));
        return new Parts(counts, settled.isCorrected || differs);
    }

    /// In the order of these Datastreams; null if one of them is absent, or if there are none.
    @Nullable
    List<Double> inOrder(List<Long> datastreams) {
        return !datastreams.isEmpty() && counts.keySet().containsAll(datastreams)
                ? datastreams.stream()
                        .map(one -> Objects.requireNonNull(counts.get(one)))
                        .toList()
                : null;
    }
}
