package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/// Keeps the hours of counters: those that are over, and those something was marked in. An hour that says the same as
/// before is left alone, so a late value changes its hour and no other.
@Component
class HourKeeper {

    /// So long after its end an hour waits for what is still under way.
    static final Duration PATIENCE = Duration.ofHours(2);
    /// A counter that has said nothing for so long has ended for the time being: no hour is missing any more.
    static final Duration SILENT = Duration.ofDays(14);

    /// Nobody counted before; an earlier value has a wrong time.
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");

    private static final Duration HOUR = Duration.ofHours(1);
    /// Hours in one transaction.
    private static final int AT_ONCE = 9_000;
    private static final int FEW = 20;
    /// So many new hours at once are an import, after which there is more to learn from.
    private static final int MANY = 48;
    private static final Duration CALM = Duration.ofMinutes(1);

    private final CounterStore counters;
    private final HourStore hours;
    private final OpeningStore openings;
    private final MeasuringPoints points;
    private final ApplicationEventPublisher events;

    HourKeeper(
            CounterStore counters,
            HourStore hours,
            OpeningStore openings,
            MeasuringPoints points,
            ApplicationEventPublisher events) {
        this.counters = counters;
        this.hours = hours;
        this.openings = openings;
        this.points = points;
        this.events = events;
    }

    /// When the Datastreams that are summed began and last said something.
    private record Extent(Instant first, Instant last) {}

    /// One round; the caller holds the lock.
    ///
    /// @param isNewHour whether hours are over that nobody has looked at; else only what is marked is
    /// @return whether something is left to do at once
    boolean keep(Instant now, boolean isNewHour) {
        Map<Long, List<Stretch>> marks = hours.takeMarks();
        List<Counter> wanted = isNewHour ? counters.list() : counters.list(marks.keySet());
        Map<Long, MeasuringPoint> things = things(wanted);
        boolean left = false;
        for (Counter counter : wanted) {
            Optional<Extent> extent = extent(counter, things.get(counter.wish().thingId()));
            List<Stretch> stretches = new ArrayList<>(marks.getOrDefault(counter.id(), List.of()));
            if (extent.isPresent()) {
                left |= keep(counter, extent.get(), stretches, now);
            } else if (counter.hoursUntil() != null) {
                left |= keep(counter, new Extent(counter.hoursUntil(), counter.hoursUntil()), stretches, now);
            }
        }
        settle(now);
        return left;
    }

    private Map<Long, MeasuringPoint> things(List<Counter> wanted) {
        if (wanted.size() > FEW) {
            return points.list().stream().collect(Collectors.toMap(MeasuringPoint::thingId, point -> point));
        }
        Map<Long, MeasuringPoint> things = new HashMap<>();
        wanted.forEach(counter ->
                points.find(counter.wish().thingId()).ifPresent(point -> things.put(point.thingId(), point)));
        return things;
    }

    private static Optional<Extent> extent(Counter counter, @Nullable MeasuringPoint thing) {
        if (thing == null) {
            return Optional.empty();
        }
        Set<Long> counted = Set.copyOf(counter.wish().counted());
        List<MeasuringPoint.Series> series = thing.series().stream()
                .filter(one -> counted.contains(one.datastreamId()) && one.earliest() != null && one.latest() != null)
                .toList();
        if (series.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Extent(
                later(
                        EARLIEST,
                        series.stream()
                                .map(one -> Objects.requireNonNull(one.earliest()))
                                .min(Instant::compareTo)
                                .orElseThrow()
                                .truncatedTo(ChronoUnit.HOURS)),
                series.stream()
                        .map(one -> Objects.requireNonNull(one.latest()).start())
                        .max(Instant::compareTo)
                        .orElseThrow()));
    }

    private boolean keep(Counter counter, Extent extent, List<Stretch> wanted, Instant now) {
        Instant running = now.truncatedTo(ChronoUnit.HOURS);
        Instant silent = extent.last().plus(SILENT).truncatedTo(ChronoUnit.HOURS);
        Instant end = silent.isBefore(running) ? silent : running;
        // Rows from before the first value there is now are of values that were taken away.
        Instant begin = hours.extent(counter.id())
                .map(Stretch::from)
                .filter(first -> first.isBefore(extent.first()))
                .orElse(extent.first());
        Instant known = counter.hoursUntil() == null ? begin : counter.hoursUntil();
        wanted.add(new Stretch(known, end));
        boolean left = false;
        int room = AT_ONCE;
        for (Stretch stretch : joined(wanted, begin, end)) {
            Instant to = earlier(stretch.to(), stretch.from().plus(HOUR.multipliedBy(Math.max(0, room))));
            Stretch part = new Stretch(stretch.from(), to);
            if (!part.isEmpty()) {
                room -= (int) Duration.between(part.from(), part.to()).toHours();
                keep(counter, part, now);
            }
            if (to.isBefore(stretch.to())) {
                hours.mark(counter.id(), to, stretch.to());
                left = true;
            }
        }
        Instant until = earlier(end, running.minus(PATIENCE));
        if (known.isBefore(until) || counter.hoursUntil() == null) {
            counters.keptUntil(counter.id(), later(known, until));
        }
        return left;
    }

    private static List<Stretch> joined(List<Stretch> wanted, Instant begin, Instant end) {
        List<Stretch> joined = new ArrayList<>();
        wanted.stream()
                .map(one -> new Stretch(later(one.from(), begin), earlier(roundUp(one.to()), end)))
                .filter(one -> !one.isEmpty())
                .sorted(java.util.Comparator.comparing(Stretch::from))
                .forEach(next -> {
                    Stretch last = joined.isEmpty() ? null : joined.getLast();
                    if (last != null && !next.from().isAfter(last.to())) {
                        joined.set(joined.size() - 1, new Stretch(last.from(), later(last.to(), next.to())));
                    } else {
                        joined.add(next);
                    }
                });
        return joined;
    }

    private void keep(Counter counter, Stretch stretch, Instant now) {
        Map<Instant, Observed> observed = observed(counter.wish(), stretch);
        Map<Instant, CountedHour> before = hours.keptByHour(counter.id(), stretch.from(), stretch.to());
        before.replaceAll((_, hour) -> hour.dividing(counter.wish().parts()));
        CounterTimes known = openings.times(counter.id());
        List<CountedHour> changed = new ArrayList<>();
        boolean lost = false;
        for (Instant hour = stretch.from(); hour.isBefore(stretch.to()); hour = hour.plus(HOUR)) {
            Optional<CountedHour> fresh =
                    HourRule.of(hour, observed.getOrDefault(hour, Observed.NOTHING), before.get(hour), known, now);
            if (fresh.isPresent()) {
                changed.add(fresh.get());
                lost |= fresh.get().state() == HourState.MISSING && before.containsKey(hour);
            }
        }
        put(counter.id(), changed);
        if (lost || changed.size() > MANY) {
            // While many come, each batch puts it off.
            counters.learnAt(counter.id(), lost ? now : now.plus(CALM));
        }
    }

    /// Publishes hours and makes their days; nothing where nothing changed.
    void put(long counter, List<CountedHour> changed) {
        if (changed.isEmpty()) {
            return;
        }
        hours.put(counter, changed);
        ZoneId zone = CityContext.current().zone();
        TreeSet<LocalDate> days = changed.stream()
                .map(hour -> LocalDate.ofInstant(hour.hour(), zone))
                .collect(Collectors.toCollection(TreeSet::new));
        LocalDate first = days.first();
        LocalDate last = first;
        for (LocalDate day : days) {
            if (day.isAfter(last.plusDays(7))) {
                hours.makeDays(counter, first, last, zone);
                first = day;
            }
            last = day;
        }
        hours.makeDays(counter, first, last, zone);
    }

    /// What Datastreams say of an hour.
    ///
    /// @param sum    null if nothing came
    /// @param share of the hour that was observed
    record Observed(@Nullable Double sum, Directions directions, Parts parts, double share) {
        static final Observed NOTHING = new Observed(null, Directions.Unsaid.UNKNOWN, Parts.NONE, 0);
    }

    /// How many values make a whole hour is seen from the hours around it.
    private Map<Instant, Observed> observed(Counter.Wish wish, Stretch stretch) {
        List<Long> counted = wish.counted();
        Set<Long> read = new HashSet<>(counted);
        if (wish.dividesByDirection()) {
            read.addAll(wish.of(Counter.Role.IN));
            read.addAll(wish.of(Counter.Role.OUT));
        }
        read.addAll(wish.parts());
        Duration around = Duration.ofHours(12);
        var window = new MeasuringPoints.Window(
                stretch.from().minus(around), stretch.to().plus(around));
        Map<Long, List<Bucket>> buckets = read.isEmpty()
                ? Map.of()
                : points.hours(read.stream().collect(Collectors.toMap(id -> id, _ -> window)));
        Map<Instant, Double> sums = new HashMap<>();
        Map<Instant, Double> shares = new HashMap<>();
        for (long datastream : counted) {
            HourRule.shares(List.copyOf(buckets.getOrDefault(datastream, List.of())))
                    .forEach((bucket, share) -> {
                        sums.merge(bucket.start(), bucket.sum(), Double::sum);
                        shares.merge(bucket.start(), share / counted.size(), Double::sum);
                    });
        }
        Map<Instant, Double> inward = sums(wish.of(Counter.Role.IN), buckets);
        Map<Instant, Double> outward = sums(wish.of(Counter.Role.OUT), buckets);
        Map<Instant, Map<Long, Double>> parts = parts(wish.parts(), buckets);
        Map<Instant, Observed> observed = new HashMap<>();
        sums.forEach((hour, sum) -> observed.put(
                hour,
                new Observed(
                        sum,
                        directions(sum, inward.get(hour), outward.get(hour)),
                        new Parts(parts.getOrDefault(hour, Map.of()), false),
                        Math.min(1, Math.round(shares.getOrDefault(hour, 0.0) * 1e4) / 1e4))));
        return observed;
    }

    /// By hour, those that were observed for all of it.
    private static Map<Instant, Map<Long, Double>> parts(List<Long> datastreams, Map<Long, List<Bucket>> buckets) {
        Map<Instant, Map<Long, Double>> parts = new HashMap<>();
        for (long datastream : datastreams) {
            HourRule.shares(List.copyOf(buckets.getOrDefault(datastream, List.of())))
                    .forEach((bucket, share) -> {
                        if (share >= 1) {
                            parts.computeIfAbsent(bucket.start(), _ -> new HashMap<>())
                                    .put(datastream, bucket.sum());
                        }
                    });
        }
        return parts;
    }

    /// Of the hours of which each of these Datastreams says something.
    private static Map<Instant, Double> sums(List<Long> datastreams, Map<Long, List<Bucket>> buckets) {
        Map<Instant, Double> sums = new HashMap<>();
        Map<Instant, Integer> there = new HashMap<>();
        for (long datastream : datastreams) {
            for (Bucket bucket : buckets.getOrDefault(datastream, List.of())) {
                sums.merge(bucket.start(), bucket.sum(), Double::sum);
                there.merge(bucket.start(), 1, Integer::sum);
            }
        }
        sums.keySet().removeIf(hour -> there.getOrDefault(hour, 0) < datastreams.size());
        return sums;
    }

    /// A sensor may count everybody and both directions apart, and see in which direction somebody went not always.
    private static Directions directions(double sum, @Nullable Double inward, @Nullable Double outward) {
        return inward == null || outward == null || inward + outward != sum
                ? Directions.Unsaid.UNKNOWN
                : HourStore.directions(sum, inward);
    }

    private void settle(Instant now) {
        Instant before = now.minus(PATIENCE).minus(HOUR);
        List<HourStore.Settled> settled = hours.settle(before.plusMillis(1), now);
        if (!settled.isEmpty()) {
            events.publishEvent(new HoursSettled(
                    settled.stream().map(HourStore.Settled::counterId).collect(Collectors.toSet()),
                    settled.stream()
                            .map(HourStore.Settled::hour)
                            .min(Instant::compareTo)
                            .orElseThrow(),
                    settled.stream()
                            .map(HourStore.Settled::hour)
                            .max(Instant::compareTo)
                            .orElseThrow()
                            .plus(HOUR)));
        }
    }

    private static Instant roundUp(Instant time) {
        Instant hour = time.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(time) ? hour : hour.plus(HOUR);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
