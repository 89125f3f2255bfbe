package de.stadtkern.sensorthings;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One line of a town's change log.
///
/// @param what         an entity set, or `observations` for those written together
/// @param datastreams  whose Observations
/// @param observations how many these are at most
/// @param entities     of the set
/// @param properties   that changed; null if the entities are new
record Change(
        long sequence,
        String what,
        List<Long> datastreams,
        long observations,
        List<Long> entities,
        @Nullable Set<String> properties) {

    Change {
        datastreams = List.copyOf(datastreams);
        entities = List.copyOf(entities);
        properties = properties == null ? null : Set.copyOf(properties);
    }

    boolean isAboutObservations() {
        return what.equals("observations");
    }
}
