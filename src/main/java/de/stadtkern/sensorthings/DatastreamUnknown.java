package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import java.util.Map;

/// An Observation names a Datastream that is not there (or is being deleted).
public final class DatastreamUnknown extends Problem {

    DatastreamUnknown(long datastreamId) {
        this(EntityType.DATASTREAM, datastreamId);
    }

    DatastreamUnknown(EntityType type, long datastreamId) {
        super(
                Kind.MISSING,
                "datastream-unknown",
                "%s %d does not exist.".formatted(type.entity(), datastreamId),
                Map.of("datastream", datastreamId));
    }
}
