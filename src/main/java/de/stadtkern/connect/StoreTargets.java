package de.stadtkern.connect;

import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds or creates the Thing and the Datastreams of a point when its first line comes.
final class StoreTargets implements LineReader.Targets {

    private final MeasuringPoints points;
    private final Mapping.Points described;
    private final List<Mapping.Value> values;

    StoreTargets(MeasuringPoints points, Mapping.Points described, List<Mapping.Value> values) {
        this.points = points;
        this.described = described;
        this.values = values;
    }

    @Override
    public long[] datastreams(Mapping.Point point) {
        List<NewMeasuringPoint.Series> series = values.stream()
                .filter(value -> value.datastream() == null)
                .map(StoreTargets::series)
                .toList();
        Map<String, Long> ids = series.isEmpty() ? Map.of() : ensure(point, series);
        return values.stream()
                .mapToLong(value ->
                        value.datastream() instanceof Long there ? known(there) : ids.getOrDefault(value.key(), 0L))
                .toArray();
    }

    private Map<String, Long> ensure(Mapping.Point point, List<NewMeasuringPoint.Series> series) {
        if (point.thing() instanceof Long thing) {
            return points.ensure(thing, series);
        }
        Map<String, Object> properties = new HashMap<>(described.properties());
        properties.putAll(point.properties());
        return points.ensure(new NewMeasuringPoint(
                point.key(), point.name(), point.description(), point.location(), properties, series));
    }

    @Override
    public long feature(NewFeature feature) {
        return points.ensure(feature);
    }

    /// Throws if it is not there (any more).
    private long known(long datastream) {
        points.aggregation(datastream);
        return datastream;
    }

    private static NewMeasuringPoint.Series series(Mapping.Value value) {
        return new NewMeasuringPoint.Series(
                value.key(),
                value.name(),
                value.description(),
                value.isMulti(),
                value.observed(),
                value.sensor().name(),
                value.sensor().description(),
                value.properties());
    }
}
