package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The front door for whoever thinks in measuring points: pages, importers, the simulator. All of it is about the
/// bound town.
@Service
public class MeasuringPoints {

    /// A stretch of time; `to` is not included.
    public record Window(Instant from, Instant to) {}

    /// @param end null if the value is of a moment
    public record Value(Instant start, @Nullable Instant end, double number) {}

    /// @param since     null where nobody recorded when the Thing came there
    /// @param longitude degrees WGS 84; null together with latitude if the place is no point
    public record Place(
            @Nullable Instant since,
            String name,
            @Nullable Double longitude,
            @Nullable Double latitude) {}

    private final MeasuringPointStore points;
    private final MeasuringPointRegistry registry;
    private final PointDescriptions descriptions;
    private final Rollups rollups;
    private final Features features;
    private final UsualIntervals usual;

    MeasuringPoints(
            MeasuringPointStore points,
            MeasuringPointRegistry registry,
            PointDescriptions descriptions,
            Rollups rollups,
            Features features,
            UsualIntervals usual) {
        this.points = points;
        this.registry = registry;
        this.descriptions = descriptions;
        this.rollups = rollups;
        this.features = features;
        this.usual = usual;
    }

    /// All Things with their Datastreams and latest values, by name. Two statements, whatever their number.
    public List<MeasuringPoint> list() {
        return points.list();
    }

    public Optional<MeasuringPoint> find(long thingId) {
        return points.find(thingId);
    }

    /// The Thing of a Datastream, with all its Datastreams. Throws [DatastreamUnknown] if it is not there.
    public MeasuringPoint ofDatastream(long datastreamId) {
        return points.thingOf(datastreamId)
                .flatMap(points::find)
                .orElseThrow(() -> new DatastreamUnknown(datastreamId));
    }

    /// What a Thing observes several values of at once.
    public List<MultiSeries> multiSeries(long thingId) {
        return points.multiSeries(thingId);
    }

    /// The same of all Things, by their id.
    public Map<Long, List<MultiSeries>> multiSeries() {
        return points.multiSeriesOf(null);
    }

    /// Where a Thing was, the present place first.
    public List<Place> places(long thingId) {
        return points.places(thingId);
    }

    /// How far apart the last values of these Datastreams usually are: the median of their distances. A Datastream
    /// with fewer than four values has none. What was looked up is good for a minute.
    public Map<Long, Duration> usualIntervals(Collection<Long> datastreamIds) {
        return usual.of(datastreamIds);
    }

    /// Finds or creates the Thing and its Datastreams by their keys; what exists is left as it is.
    ///
    /// @return the Datastream ids by `Series.key`
    public Map<String, Long> ensure(NewMeasuringPoint wish) {
        return registry.ensure(wish);
    }

    /// Finds or creates Datastreams of a Thing that is there, by their keys. Throws a [Problem] if it is not there.
    ///
    /// @return the Datastream ids by `Series.key`
    public Map<String, Long> ensure(long thingId, List<NewMeasuringPoint.Series> series) {
        return registry.ensure(thingId, series);
    }

    /// Finds a FeatureOfInterest that is described alike or creates it.
    ///
    /// @return its id
    public long ensure(NewFeature wish) {
        return features.ensure(wish);
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

    /// Hours of several Datastreams in one question, by id; one without any is absent.
    public Map<Long, List<Bucket>> hours(Map<Long, Window> windows) {
        return rollups.hours(windows.entrySet().stream()
                .map(entry -> new Rollups.Window(
                        entry.getKey(),
                        entry.getValue().from(),
                        entry.getValue().to()))
                .toList());
    }

    /// Weeks that begin on Monday, made of the town's days: those of the days from `from` up to `to`, which is not
    /// included. `start` is the Monday, also where the days asked for begin later.
    public List<Bucket> weeks(long datastreamId, LocalDate from, LocalDate to) {
        return joined(
                days(datastreamId, from, to), day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
    }

    /// Months made of the town's days, like [#weeks].
    public List<Bucket> months(long datastreamId, LocalDate from, LocalDate to) {
        return joined(days(datastreamId, from, to), day -> day.withDayOfMonth(1));
    }

    private static List<Bucket> joined(List<Bucket> days, UnaryOperator<LocalDate> begin) {
        ZoneId zone = CityContext.current().zone();
        List<Bucket> joined = new ArrayList<>();
        for (Bucket day : days) {
            Instant start = begin.apply(LocalDate.ofInstant(day.start(), zone))
                    .atStartOfDay(zone)
                    .toInstant();
            if (!joined.isEmpty() && joined.getLast().start().equals(start)) {
                joined.set(joined.size() - 1, joined.getLast().with(day));
            } else {
                joined.add(day.beginning(start));
            }
        }
        return joined;
    }

    /// The single numbers of a Datastream, oldest first, at most `limit`; results that are no numbers are left out.
    public List<Value> values(long datastreamId, Instant from, Instant to, int limit) {
        return points.values(datastreamId, from, to, limit);
    }

    /// How the values of a Datastream combine over time: averaged where its ObservedProperty does not say. Throws
    /// [DatastreamUnknown] if it is not there.
    public Aggregation aggregation(long datastreamId) {
        return points.aggregation(datastreamId).orElseThrow(() -> new DatastreamUnknown(datastreamId));
    }
}
