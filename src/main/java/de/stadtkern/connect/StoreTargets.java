package de.stadtkern.connect;

import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds or creates the Thing and the Datastreams of a point when its first line comes.
final class StoreTargets implements LineReader.Targets {

    private final MeasuringPoints points;
    private final Mapping mapping;

    StoreTargets(MeasuringPoints points, Mapping mapping) {
        this.points = points;
        this.mapping = mapping;
    }

    @Override
    public long[] datastreams(Mapping.Point point) {
        Map<String, Object> properties = new HashMap<>(mapping.points().properties());
        properties.putAll(point.properties());
        List<NewMeasuringPoint.Series> series =
                mapping.values().stream().map(StoreTargets::series).toList();
        Map<String, Long> ids = points.ensure(new NewMeasuringPoint(
                point.key(),
                point.name(),
                point.description(),
                point.longitude(),
                point.latitude(),
                properties,
                series));
        return series.stream().mapToLong(one -> ids.get(one.key())).toArray();
    }

    private static NewMeasuringPoint.Series series(Mapping.Value value) {
        return new NewMeasuringPoint.Series(
                value.key(),
                value.name(),
                value.description(),
                value.unit().name(),
                value.unit().symbol(),
                value.unit().definition(),
                value.property().name(),
                value.property().definition(),
                value.property().aggregation(),
                value.sensor().name(),
                value.sensor().description(),
                value.properties());
    }
}
