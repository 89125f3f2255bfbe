package de.stadtkern.sensorthings;

/// How values of an ObservedProperty combine over time; its `properties.aggregation` says which.
public enum Aggregation {
    /// Counts: an hour is the sum of its quarters.
    SUM,
    /// Levels such as temperature; also what is assumed where nothing is said, and then the page says so.
    MEAN
}
