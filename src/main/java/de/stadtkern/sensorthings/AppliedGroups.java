package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Apply;
import de.stadtkern.sensorthings.query.Apply.Key;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The groups of an `$apply`, filled Datastream by Datastream and written in the end.
final class AppliedGroups {

    /// What an answer holds at most; some hundred bytes each in memory.
    private static final int MOST = 400_000;

    private static final Bucket NOTHING = new Bucket(Instant.EPOCH, 0, 0, 0, 0, 0, 0);

    /// Whom a group belongs to; 0 where that is not a key.
    record Owner(long datastream, long thing, long observedProperty) implements Comparable<Owner> {

        private static final Comparator<Owner> ORDER = Comparator.comparingLong(Owner::thing)
                .thenComparingLong(Owner::observedProperty)
                .thenComparingLong(Owner::datastream);

        @Override
        public int compareTo(Owner other) {
            return ORDER.compare(this, other);
        }
    }

    /// A group without a time has the beginning of all time.
    record Group(Owner owner, Instant start) {}

    /// @param datastreams how many have something in it
    private record Total(Bucket bucket, int datastreams) {}

    private final Apply apply;
    private final ZoneId zone;
    private final Map<Owner, List<Total>> groups = new TreeMap<>();
    private final Map<Instant, String> times = new HashMap<>();
    private int size;

    AppliedGroups(Apply apply, ZoneId zone) {
        this.apply = apply;
        this.zone = zone;
    }

    /// Who owns the groups of a Datastream.
    Owner owner(long datastream, long thing, long observedProperty) {
        return new Owner(
                apply.keys().contains(Key.DATASTREAM) ? datastream : 0,
                apply.keys().contains(Key.THING) ? thing : 0,
                apply.keys().contains(Key.OBSERVED_PROPERTY) ? observedProperty : 0);
    }

    /// Adds what one Datastream has, in order of time. First and last of several Datastreams are those of the first and
    /// of the last one.
    void add(Owner owner, List<Bucket> buckets) {
        List<Bucket> own = joined(buckets);
        if (own.isEmpty() && apply.countsDatastreams() && apply.bucket() == null) {
            own = List.of(NOTHING);
        }
        List<Total> before = groups.getOrDefault(owner, List.of());
        List<Total> after = merged(before, own);
        size += after.size() - before.size();
        if (size > MOST) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "apply-too-large",
                    "This $apply gives more than %d groups; ask for longer buckets, a shorter time or fewer Datastreams."
                            .formatted(MOST),
                    Map.of("option", "$apply"));
        }
        if (!after.isEmpty()) {
            groups.put(owner, after);
        }
    }

    /// Hours and days put together to what was asked for.
    private List<Bucket> joined(List<Bucket> buckets) {
        List<Bucket> joined = new ArrayList<>(buckets.size());
        for (Bucket bucket : buckets) {
            Instant start = start(bucket.start());
            Bucket last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.start().equals(start)) {
                joined.set(joined.size() - 1, last.with(bucket));
            } else {
                joined.add(bucket.start().equals(start) ? bucket : bucket.beginning(start));
            }
        }
        return joined;
    }

    private static List<Total> merged(List<Total> before, List<Bucket> own) {
        List<Total> merged = new ArrayList<>(before.size() + own.size());
        int at = 0;
        for (Bucket next : own) {
            while (at < before.size() && before.get(at).bucket.start().isBefore(next.start())) {
                merged.add(before.get(at++));
            }
            if (at < before.size() && before.get(at).bucket.start().equals(next.start())) {
                Total there = before.get(at++);
                merged.add(new Total(both(there.bucket, next), there.datastreams + 1));
            } else {
                merged.add(new Total(next, 1));
            }
        }
        merged.addAll(before.subList(at, before.size()));
        return merged;
    }

    private static Bucket both(Bucket one, Bucket next) {
        return one.n() == 0 ? next : next.n() == 0 ? one : one.with(next);
    }

    private Instant start(Instant moment) {
        return switch (apply.bucket()) {
            case null -> Instant.EPOCH;
            case QUARTER_OF_AN_HOUR, HOUR, DAY -> moment;
            case WEEK -> midnight(day(moment).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
            case MONTH -> midnight(day(moment).withDayOfMonth(1));
            case YEAR -> midnight(day(moment).withDayOfYear(1));
        };
    }

    private Instant end(Apply.Bucket bucket, Instant start) {
        return switch (bucket) {
            case QUARTER_OF_AN_HOUR -> start.plus(15, ChronoUnit.MINUTES);
            case HOUR -> start.plus(1, ChronoUnit.HOURS);
            case DAY -> midnight(day(start).plusDays(1));
            case WEEK -> midnight(day(start).plusWeeks(1));
            case MONTH -> midnight(day(start).plusMonths(1));
            case YEAR -> midnight(day(start).plusYears(1));
        };
    }

    private LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, zone);
    }

    private Instant midnight(LocalDate day) {
        return RollupStore.start(day, zone);
    }

    /// Writes all groups in the order of their owners and of time.
    ///
    /// @param quantiles of each group in the order of the fractions asked for
    void write(Spool out, Map<Group, List<Double>> quantiles) {
        try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeArrayPropertyStart("value");
            groups.forEach((owner, totals) -> {
                for (Total total : totals) {
                    List<Double> own =
                            quantiles.isEmpty() ? null : quantiles.get(new Group(owner, total.bucket.start()));
                    write(json, owner, total, own);
                }
            });
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void write(JsonGenerator json, Owner owner, Total total, @Nullable List<Double> quantiles) {
        json.writeStartObject();
        for (Key key : apply.keys()) {
            json.writeObjectPropertyStart(key.entity());
            json.writeNumberProperty(
                    "@iot.id",
                    switch (key) {
                        case DATASTREAM -> owner.datastream;
                        case THING -> owner.thing;
                        case OBSERVED_PROPERTY -> owner.observedProperty;
                    });
            json.writeEndObject();
        }
        Apply.Bucket bucket = apply.bucket();
        if (bucket != null) {
            // Many Datastreams have the same days.
            json.writeStringProperty(
                    "phenomenonTime",
                    times.computeIfAbsent(total.bucket.start(), start -> start + "/" + end(bucket, start)));
        }
        for (Apply.Aggregate aggregate : apply.aggregates()) {
            json.writeName(aggregate.name());
            boolean isCount =
                    aggregate.method() == Apply.Method.COUNT || aggregate.method() == Apply.Method.DATASTREAMS;
            boolean isGone = aggregate.method() == Apply.Method.QUANTILE && quantiles == null;
            if (isGone || total.bucket.n() == 0 && !isCount) {
                json.writeNull();
            } else {
                EntityJson.writeNumber(json, value(aggregate, total, quantiles));
            }
        }
        json.writeEndObject();
    }

    private double value(Apply.Aggregate aggregate, Total total, @Nullable List<Double> quantiles) {
        Bucket bucket = total.bucket;
        return switch (aggregate.method()) {
            case COUNT -> bucket.n();
            case SUM -> bucket.sum();
            case MIN -> bucket.min();
            case MAX -> bucket.max();
            case AVERAGE -> bucket.mean();
            case FIRST -> bucket.first();
            case LAST -> bucket.last();
            case QUANTILE ->
                quantiles == null ? Double.NaN : quantiles.get(apply.fractions().indexOf(aggregate.fraction()));
            case DATASTREAMS -> total.datastreams;
        };
    }
}
