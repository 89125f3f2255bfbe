package de.stadtkern.sensorthings;

import java.util.List;

/// A Thing in the words with which it could be made again elsewhere.
///
/// @param datastreamIds in the order of `description.series()`
public record DescribedPoint(long thingId, NewMeasuringPoint description, List<Long> datastreamIds) {

    public DescribedPoint {
        datastreamIds = List.copyOf(datastreamIds);
    }
}
