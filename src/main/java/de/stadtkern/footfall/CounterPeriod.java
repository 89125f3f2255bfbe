package de.stadtkern.footfall;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A time about which somebody knows something, entered once and seen everywhere.
///
/// @param counterId null: all counters
/// @param to        null while it lasts; a break is a moment and has none
record CounterPeriod(
        long id,
        @Nullable Long counterId,
        Kind kind,
        Instant from,
        @Nullable Instant to,
        String reason) {

    enum Kind {
        /// Nobody can pass: works, a scaffold, a cordon.
        BLOCKED,
        /// Nobody is to come: the passage is locked.
        CLOSED,
        /// What came is not to be trusted, or nothing came.
        OUTAGE,
        /// Something was on; it changes no figure.
        NOTE,
        /// From now on counts cannot be compared with those before.
        BREAK;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    boolean concerns(long counter) {
        return counterId == null || counterId == counter;
    }

    /// Whether it reaches into the hour that begins then.
    boolean touches(Instant hour) {
        return kind != Kind.BREAK && from.isBefore(hour.plusSeconds(3600)) && (to == null || to.isAfter(hour));
    }

    boolean touches(Instant start, Instant end) {
        return kind != Kind.BREAK
                ? from.isBefore(end) && (to == null || to.isAfter(start))
                : !from.isBefore(start) && from.isBefore(end);
    }
}
