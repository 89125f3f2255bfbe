package de.stadtkern.sensorthings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;

/// The front door for whoever thinks in measuring points: pages, importers, the simulator. All of it is about the
/// bound town.
@Service
public class MeasuringPoints {

    private final MeasuringPointStore points;
    private final MeasuringPointRegistry registry;
    private final PointDescriptions descriptions;
    private final Rollups rollups;

    MeasuringPoints(
            MeasuringPointStore points,
            MeasuringPointRegistry registry,
            PointDescriptions descriptions,
            Rollups rollups) {
        this.points = points;
        this.registry = registry;
        this.descriptions = descriptions;
        this.rollups = rollups;
    }

    /// All Things with their Datastreams and latest values, by name. Two statements, whatever their number.
    public List<MeasuringPoint> list() {
        return points.list();
    }

    public Optional<MeasuringPoint> find(long thingId) {
        return list().stream().filter(point -> point.thingId() == thingId).findFirst();
    }

    /// Finds or creates the Thing and its Datastreams by their keys; what exists is left as it is.
    ///
    /// @return the Datastream ids by `Series.key`
    public Map<String, Long> ensure(NewMeasuringPoint wish) {
        return registry.ensure(wish);
    }

    /// The Thing with all its Datastreams.
    public DescribedPoint describeThing(long thingId) {
        return descriptions.ofThing(thingId);
    }

    /// The Datastream with its Thing, and no other Datastream of it.
    public DescribedPoint describeDatastream(long datastreamId) {
        return descriptions.ofDatastream(datastreamId);
    }

    /// Hours of a Datastream, oldest first, exact at this moment; `to` is not included.
    public List<Bucket> hours(long datastreamId, Instant from, Instant to) {
        return rollups.hours(datastreamId, from, to);
    }

    /// Days of the town's time zone, oldest first, exact at this moment; `to` is not included.
    public List<Bucket> days(long datastreamId, LocalDate from, LocalDate to) {
        return rollups.days(datastreamId, from, to);
    }

    /// How the values of a Datastream combine over time: averaged where its ObservedProperty does not say. Throws
    /// [DatastreamUnknown] if it is not there.
    public Aggregation aggregation(long datastreamId) {
        return points.aggregation(datastreamId).orElseThrow(() -> new DatastreamUnknown(datastreamId));
    }
}
