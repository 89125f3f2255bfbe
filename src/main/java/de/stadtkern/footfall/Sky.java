package de.stadtkern.footfall;

import org.jspecify.annotations.Nullable;

/// The weather of one hour.
///
/// @param temperature   mean of the hour in degrees Celsius; null where nobody knows
/// @param precipitation of the hour in millimetres; null where nobody knows
/// @param isForecast    whether it was forecast and not observed
record Sky(@Nullable Double temperature, @Nullable Double precipitation, boolean isForecast) {

    static final Sky UNKNOWN = new Sky(null, null, false);
}
