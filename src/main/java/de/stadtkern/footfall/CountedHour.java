package de.stadtkern.footfall;

import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An hour of a counter as it is or was published.
///
/// @param counted      what came, null if nothing did
/// @param directions   of it; as they were counted, or as everybody may read them
/// @param parts        its zones and classes; null where it was read for anybody, who asks [PartStore] for them
/// @param value        what is published, null where nothing can be said
/// @param low          nineteen of twenty lie from here, null for what was counted
/// @param high         to here
/// @param completeness share of the hour that was observed
/// @param method       number of the method by which it was made
/// @param since        published so since then
/// @param settledAt    null while values are still waited for
record CountedHour(
        Instant hour,
        @Nullable Double counted,
        Directions directions,
        @Nullable Parts parts,
        @Nullable Double value,
        @Nullable Double low,
        @Nullable Double high,
        HourState state,
        double completeness,
        int method,
        Instant since,
        @Nullable Instant settledAt) {

    /// The method of today; a change of how figures are made gets a number of its own.
    static final int METHOD = 1;

    /// Whether both publish the same.
    boolean says(CountedHour other) {
        return Objects.equals(counted, other.counted)
                && directions.equals(other.directions)
                && Objects.equals(parts, other.parts)
                && Objects.equals(value, other.value)
                && Objects.equals(low, other.low)
                && Objects.equals(high, other.high)
                && state == other.state
                && completeness == other.completeness
                && method == other.method;
    }

    /// The same hour with other figures, as somebody reads it.
    CountedHour saying(double other, double from, double to) {
        return new CountedHour(
                hour, counted, directions, parts, other, from, to, state, completeness, method, since, settledAt);
    }

    /// The same hour with other directions and without its parts, as somebody reads it.
    CountedHour dividing(Directions other) {
        return new CountedHour(
                hour, counted, other, null, value, low, high, state, completeness, method, since, settledAt);
    }

    /// The same hour without what is no part of the counter any more.
    CountedHour dividing(Collection<Long> datastreams) {
        return new CountedHour(
                hour,
                counted,
                directions,
                parts == null ? null : parts.of(datastreams),
                value,
                low,
                high,
                state,
                completeness,
                method,
                since,
                settledAt);
    }
}
