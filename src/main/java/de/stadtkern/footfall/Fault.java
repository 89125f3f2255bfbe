package de.stadtkern.footfall;

/// What a sensor may suffer from.
enum Fault {
    /// Counts nobody where somebody always was.
    ZERO,
    /// Repeats one number.
    STUCK,
    /// Sees only a part: half of a street is hidden, a direction is lost.
    REDUCED,
    /// Counts people several times.
    MULTIPLIED,
    /// Says nothing.
    SILENT,
    /// Nearly all places say nothing, or nothing but zero, at once.
    PLATFORM
}
