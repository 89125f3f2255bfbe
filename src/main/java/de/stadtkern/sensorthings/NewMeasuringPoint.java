package de.stadtkern.sensorthings;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Thing with its Location and Datastreams as an importer or a simulator describes it. `key` and `Series.key` are
/// the source's own names; under them the same Thing and Datastream are found again (kept in `properties.key`).
///
/// @param location   null if the place is not known
/// @param properties further properties of the Thing: licence, source, attribution, place
public record NewMeasuringPoint(
        String key,
        String name,
        String description,
        @Nullable NewLocation location,
        Map<String, Object> properties,
        List<Series> series) {

    /// What the values of a Datastream are.
    ///
    /// @param unitName    such as `Personen`; UCUM symbol in `unitSymbol`, its address in `unitDefinition`
    /// @param type        kind of result, an address as `observationType` has it
    /// @param property    name of the ObservedProperty, found again by name and definition
    /// @param definition  address that defines the ObservedProperty
    /// @param aggregation null: not said, averaged
    public record Observed(
            String unitName,
            String unitSymbol,
            String unitDefinition,
            String type,
            String property,
            String definition,
            @Nullable Aggregation aggregation) {

        /// The type of results that are numbers.
        public static final String NUMBER = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";
    }

    /// @param isMulti    a MultiDatastream, whose results are arrays in the order of `observed`; otherwise that is one
    /// @param properties further properties of the Datastream, such as `simulated: true`
    public record Series(
            String key,
            String name,
            String description,
            boolean isMulti,
            List<Observed> observed,
            String sensorName,
            String sensorDescription,
            Map<String, Object> properties) {

        public Series {
            observed = List.copyOf(observed);
            properties = Map.copyOf(properties);
        }
    }

    public NewMeasuringPoint {
        properties = Map.copyOf(properties);
        series = List.copyOf(series);
    }
}
