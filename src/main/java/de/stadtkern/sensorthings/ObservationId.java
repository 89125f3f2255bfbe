package de.stadtkern.sensorthings;

import java.time.Instant;

/// How the id of an Observation is made: hours since 1970 in the upper bits, the writer's number in the lower 33. It
/// stays below 2^53, so JavaScript reads it exactly, and it tells the partition without an index of its own. Clients
/// must read no meaning into it.
///
/// A phenomenonTime outside 1970 to 2089 does not fit; such an id carries hour 0 and its true time stands in
/// `observation_moved`.
final class ObservationId {

    private static final int NUMBER_BITS = 33;
    static final long NUMBER_MASK = (1L << NUMBER_BITS) - 1;
    private static final long HOURS_END = 1L << (53 - NUMBER_BITS);
    private static final long SECONDS_PER_HOUR = 3600;

    private ObservationId() {}

    static long of(Instant phenomenonStart, long number) {
        long hour = Math.floorDiv(phenomenonStart.getEpochSecond(), SECONDS_PER_HOUR);
        return (carriesHour(phenomenonStart) ? hour << NUMBER_BITS : 0) | (number & NUMBER_MASK);
    }

    static boolean carriesHour(Instant phenomenonStart) {
        long hour = Math.floorDiv(phenomenonStart.getEpochSecond(), SECONDS_PER_HOUR);
        return hour >= 0 && hour < HOURS_END;
    }

    /// The beginning of the hour an id carries; the Observation is there unless it was moved.
    static Instant hour(long id) {
        return Instant.ofEpochSecond((id >>> NUMBER_BITS) * SECONDS_PER_HOUR);
    }

    static long number(long id) {
        return id & NUMBER_MASK;
    }
}
