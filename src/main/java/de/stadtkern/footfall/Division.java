package de.stadtkern.footfall;

import java.util.List;

/// How the passages of an hour divide by zones, or by classes, as everybody may read it: each part of the division, or
/// why none is told.
sealed interface Division permits Division.Counted, Directions.Unsaid {

    /// @param counts in the order of the parts; they need not add up to all who passed
    record Counted(List<Double> counts) implements Division {
        public Counted {
            counts = List.copyOf(counts);
        }
    }
}
