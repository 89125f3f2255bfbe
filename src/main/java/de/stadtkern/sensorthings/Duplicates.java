package de.stadtkern.sensorthings;

/// What a write does about an Observation of the same Datastream whose phenomenonTime begins at the same moment.
public enum Duplicates {
    /// Adds another one, as the standard says.
    INSERT,
    /// Keeps the one that is there.
    IGNORE,
    /// Puts the new result in the place of the old one, which keeps its id.
    REPLACE
}
