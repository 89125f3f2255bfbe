package de.stadtkern.sensors;

import de.stadtkern.sensorthings.MeasuringPoint;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A Datastream in the list; a Thing that measures nothing has one row without.
///
/// @param usual interval of its values; null if not known, also because nobody has asked yet
record SensorRow(
        MeasuringPoint point,
        MeasuringPoint.@Nullable Series series,
        @Nullable Duration usual) {

    MeasuringPoint.@Nullable Latest latest() {
        return series == null ? null : series.latest();
    }
}
