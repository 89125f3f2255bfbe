package de.stadtkern.sensorthings;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Thing as pages show it: where it is and what it measures, with the latest values.
///
/// @param properties of the Thing; `attribution`, `licence`, `source` where the data have one
public record MeasuringPoint(
        long thingId,
        String name,
        String description,
        @Nullable Double longitude,
        @Nullable Double latitude,
        Map<String, Object> properties,
        List<Series> series) {

    /// @param aggregation  null: the ObservedProperty does not say; values are averaged
    /// @param unitSymbol   may be empty
    /// @param properties   of the Datastream; `simulated` is true where no sensor stands behind the values
    /// @param count        how many Observations there are
    /// @param earliest     phenomenonTime of the first one, null while there is none
    /// @param latest       null while there is none
    public record Series(
            long datastreamId,
            String name,
            String description,
            String unitName,
            String unitSymbol,
            String property,
            @Nullable Aggregation aggregation,
            Map<String, Object> properties,
            long count,
            @Nullable Instant earliest,
            @Nullable Latest latest) {

        /// As people read it: the symbol, and the name where there is none. Of what is counted the symbol is but a
        /// note in braces (UCUM), and the name is a word.
        public String unit() {
            return unitSymbol.isEmpty() || unitSymbol.startsWith("{") || aggregation == Aggregation.SUM
                    ? unitName
                    : unitSymbol;
        }
    }

    /// @param start  phenomenonTime or its beginning
    /// @param end    its end if it is an interval; the next value's start is not known from it
    /// @param number null if the latest result is no number
    public record Latest(
            Instant start, @Nullable Instant end, @Nullable Double number) {}
}
