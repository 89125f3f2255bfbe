package de.stadtkern.watches;

import de.stadtkern.watches.Watch.Kind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// That a watch has something to say.
///
/// @param beganAt time of the value it began with, or of the last one before a silence
/// @param value   that value; null for a silence
/// @param usual   what would have been usual; null where that was not asked
/// @param endedAt null while it is open
/// @param told    whether its beginning was told to anybody
record Incident(
        long id,
        long watchId,
        String watchName,
        long datastreamId,
        Kind kind,
        Instant beganAt,
        @Nullable Double value,
        @Nullable Double usual,
        Instant openedAt,
        @Nullable Instant endedAt,
        @Nullable Instant acknowledgedAt,
        String acknowledgedBy,
        String note,
        boolean told) {

    /// The newest ones, and how many there are.
    record Listed(List<Incident> newest, long all) {

        Listed {
            newest = List.copyOf(newest);
        }
    }

    /// What the feed says of one.
    ///
    /// @param endToldAt when it was told that it is over; null while nobody was told
    record Told(
            long id,
            String watchName,
            long datastreamId,
            Instant beganAt,
            Instant toldAt,
            @Nullable Instant endToldAt) {}

    /// Something that has just been found.
    record Found(
            Watch watch,
            Instant beganAt,
            @Nullable Double value,
            @Nullable Double usual) {}
}
