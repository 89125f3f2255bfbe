package de.stadtkern.sensors;

import de.stadtkern.sensorthings.MeasuringPoint;

/// Where data come from and what may be done with them, as the Thing's properties say.
///
/// @param attribution whom the data's licence wants to be named, empty for nobody
/// @param source      address or name of where the data come from, may be empty
public record Origin(String attribution, String licence, String source) {

    static Origin of(MeasuringPoint point) {
        return new Origin(
                SeriesText.property(point.properties(), "attribution"),
                SeriesText.property(point.properties(), "licence"),
                SeriesText.property(point.properties(), "source"));
    }

    public boolean isKnown() {
        return !attribution.isEmpty() || !licence.isEmpty() || !source.isEmpty();
    }
}
