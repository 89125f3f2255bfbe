package de.stadtkern.sensorthings;

import java.time.Instant;
import java.util.List;

/// Hours of Datastreams of the bound town were put together anew; told in the transaction that did it, once for each
/// round of many.
public record HoursRolledUp(List<Stretch> stretches) {

    /// Hours from `from` to `to`, the end not included.
    public record Stretch(long datastreamId, Instant from, Instant to) {}

    public HoursRolledUp {
        stretches = List.copyOf(stretches);
    }
}
