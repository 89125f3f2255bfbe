package de.stadtkern.sensorthings;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A MultiDatastream as pages show it: what its newest Observation says of each ObservedProperty.
///
/// @param latest when that was; null while there is none
public record MultiSeries(long id, String name, @Nullable Instant latest, List<Value> values) {

    /// @param result JSON text; `null` if it is missing or nothing was observed yet
    public record Value(String property, String unitSymbol, String result) {}

    public MultiSeries {
        values = List.copyOf(values);
    }
}
