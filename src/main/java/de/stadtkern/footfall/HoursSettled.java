package de.stadtkern.footfall;

import java.time.Instant;
import java.util.Set;

/// Hours are published for which no more values are waited for; once for each batch.
///
/// @param counters ids of those they are of
/// @param from     the first hour of any of them
/// @param to       the end of the last one
public record HoursSettled(Set<Long> counters, Instant from, Instant to) {

    public HoursSettled {
        counters = Set.copyOf(counters);
    }
}
