package de.stadtkern.sensorthings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Thing with its Location and Datastreams as an importer or a simulator describes it. `key` and `Series.key` are
/// the source's own names; under them the same Thing and Datastream are found again (kept in `properties.key`).
///
/// @param longitude  degrees WGS 84; null together with latitude if the place is not known
/// @param properties further properties of the Thing: licence, source, attribution, place
public record NewMeasuringPoint(
        String key,
        String name,
        String description,
        @Nullable Double longitude,
        @Nullable Double latitude,
        Map<String, Object> properties,
        List<Series> series) {

    /// @param unitName     such as `Personen`; UCUM symbol in `unitSymbol`, its address in `unitDefinition`
    /// @param property     name of the ObservedProperty, found again by name and definition
    /// @param definition   address that defines the ObservedProperty
    /// @param aggregation  null: not said, averaged
    /// @param properties   further properties of the Datastream, such as `simulated: true`
    public record Series(
            String key,
            String name,
            String description,
            String unitName,
            String unitSymbol,
            String unitDefinition,
            String property,
            String definition,
            @Nullable Aggregation aggregation,
            String sensorName,
            String sensorDescription,
            Map<String, Object> properties) {

        public Series {
            properties = Map.copyOf(properties);
        }
    }

    public NewMeasuringPoint {
        properties = Map.copyOf(properties);
        series = List.copyOf(series);
    }
}
