package de.stadtkern.footfall;

import java.time.LocalDate;

/// How far off one method was at one counter on one day, or over several of them.
///
/// @param day      the last one of them, of the town
/// @param days     how many
/// @param hours    that were both told and counted, here and by the plain way
/// @param off      sum of the misses
/// @param plainOff the same of the plain way
/// @param likely   hours within the band of 80 %
/// @param wide     hours within the band of 95 %
record DayScore(
        long counterId,
        LocalDate day,
        Kind kind,
        int days,
        int hours,
        double counted,
        double off,
        double plainOff,
        int likely,
        int wide) {

    enum Kind {
        /// What was said at the midnight before; the plain way is the same hour a week before.
        FORECAST,
        /// Worked out as if nothing had been counted that day; the plain way is the median of the same hours of four
        /// weeks on both sides.
        GAP;

        String key() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        static Kind of(String key) {
            return valueOf(key.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /// The sum of the misses by the sum of the counts (WAPE); not a number where nobody came.
    double share() {
        return off / counted;
    }

    double plainShare() {
        return plainOff / counted;
    }
}
