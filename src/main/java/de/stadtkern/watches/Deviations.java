package de.stadtkern.watches;

import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/// Watches over a deviation: each whole hour is compared with the same hour of the same weekday in the eight weeks
/// before, by the town's clock.
///
/// The usual value is the median of those hours, of which there must be at least four. The usual spread is the median
/// of
/// their distances from it, times 1.48 (so that it is a standard deviation where values scatter normally), but never
/// less than a twentieth of the usual value: what never varies would otherwise deviate at once. An hour deviates if it
/// lies further from the usual value than the watch's factor times that spread. A sum or an average is compared, as the
/// ObservedProperty says. An hour without values is a silence and not a deviation. Each hour is looked at once, five
/// minutes after its end.
@Component
class Deviations {

    static final int WEEKS = 8;
    static final int NEEDED = 4;

    private static final Duration WAIT = Duration.ofMinutes(5);
    private static final double NORMAL = 1.4826;
    private static final double LEAST = 0.05;

    private final WatchStore store;
    private final MeasuringPoints points;
    private final Incidents incidents;

    Deviations(WatchStore store, MeasuringPoints points, Incidents incidents) {
        this.store = store;
        this.points = points;
        this.incidents = incidents;
    }

    void look(Instant now) {
        Instant hour = now.minus(WAIT).truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(1));
        List<Watch> watches = store.active(Watch.Kind.DEVIATION).stream()
                .filter(watch -> watch.seenHour() == null || watch.seenHour().isBefore(hour))
                .toList();
        if (watches.isEmpty()) {
            return;
        }
        Set<Long> open = incidents.open();
        List<Long> datastreams = watches.stream()
                .map(watch -> watch.wish().datastreamId())
                .distinct()
                .toList();
        Map<Long, Bucket> current = at(datastreams, hour);
        List<Map<Long, Bucket>> before = IntStream.rangeClosed(1, WEEKS)
                .mapToObj(weeks -> at(datastreams, weeksBefore(hour, weeks)))
                .toList();
        for (Watch watch : watches) {
            long id = watch.wish().datastreamId();
            Bucket bucket = current.get(id);
            if (bucket == null) {
                continue;
            }
            Aggregation aggregation = points.aggregation(id);
            List<Double> usual = new ArrayList<>();
            before.forEach(week -> {
                Bucket then = week.get(id);
                if (then != null) {
                    usual.add(then.value(aggregation));
                }
            });
            judge(watch, hour, bucket.value(aggregation), usual, open.contains(watch.id()));
        }
        store.comparedHour(watches.stream().map(Watch::id).toList(), hour);
    }

    private void judge(Watch watch, Instant hour, double value, List<Double> before, boolean open) {
        if (before.size() < NEEDED) {
            return;
        }
        double usual = median(before);
        double spread = median(before.stream().map(one -> Math.abs(one - usual)).toList()) * NORMAL;
        double least = Math.abs(usual) * LEAST;
        boolean deviates = Math.abs(value - usual) > watch.wish().factor() * Math.max(spread, least);
        if (deviates && !open) {
            incidents.open(new Incident.Found(watch, hour, value, usual));
        } else if (!deviates && open) {
            incidents.end(watch.id());
        }
    }

    private Map<Long, Bucket> at(List<Long> datastreams, Instant hour) {
        Map<Long, MeasuringPoints.Window> windows = new HashMap<>();
        datastreams.forEach(id -> windows.put(id, new MeasuringPoints.Window(hour, hour.plus(Duration.ofHours(1)))));
        Map<Long, Bucket> buckets = new HashMap<>();
        points.hours(windows).forEach((id, hours) -> {
            if (!hours.isEmpty()) {
                buckets.put(id, hours.getFirst());
            }
        });
        return buckets;
    }

    /// The same hour on the clock, whatever the clocks did in between.
    private static Instant weeksBefore(Instant hour, int weeks) {
        ZoneId zone = CityContext.current().zone();
        return hour.atZone(zone).minusWeeks(weeks).toInstant();
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
