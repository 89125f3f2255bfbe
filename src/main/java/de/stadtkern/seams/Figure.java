package de.stadtkern.seams;

/// What an [Indicator] was over a period.
///
/// @param value     estimates included
/// @param estimated the part of the value that is estimated
/// @param complete  share of the period that was measured, from 0 to 1
public record Figure(double value, double estimated, double complete) {}
