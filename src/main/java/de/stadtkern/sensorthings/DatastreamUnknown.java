package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.util.Map;

/// An Observation names a Datastream that is not there (or is being deleted).
public final class DatastreamUnknown extends Problem {

    DatastreamUnknown(long datastreamId) {
        super(
                Kind.MISSING,
                "datastream-unknown",
                "Datastream %d does not exist.".formatted(datastreamId),
                Map.of("datastream", datastreamId));
    }
}
