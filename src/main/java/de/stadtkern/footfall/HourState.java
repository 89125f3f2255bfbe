package de.stadtkern.footfall;

import java.util.Locale;

/// How the figure of an hour came about.
enum HourState {
    /// Counted, and complete when the hour was settled.
    MEASURED,
    /// Counted, but it came after the hour was settled.
    LATE,
    /// Counted; the source has changed it since.
    CORRECTED,
    /// Not counted, or not for the whole hour: worked out, with an interval.
    ESTIMATED,
    /// Nobody could pass.
    BLOCKED,
    /// Nobody was to come.
    CLOSED,
    /// Not counted, and nothing can be said.
    MISSING;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static HourState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    boolean isCounted() {
        return this == MEASURED || this == LATE || this == CORRECTED;
    }

    /// A zero is no fault, and no other count says anything about the place.
    boolean isExcused() {
        return this == BLOCKED || this == CLOSED;
    }
}
