package de.stadtkern.footfall;

/// What one hour will bring.
///
/// @param at     the hour's place in its series
/// @param lead   days between the midnight it was made at and the hour's day
/// @param spread how far off such a forecast usually is
/// @param likely holds four of five counts
/// @param wide   holds nineteen of twenty
record Forecast(int at, int lead, double expected, double spread, Band likely, Band wide) {}
