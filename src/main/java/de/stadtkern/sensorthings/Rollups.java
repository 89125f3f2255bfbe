package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads aggregates that are exact at this moment: clean buckets from the roll-ups, those with a mark from the
/// Observations themselves. Both questions are asked of one snapshot.
@Component
class Rollups {

    /// One bucket from the Observations; the surroundings give `r` with `d` (Datastream), `f` and `t` (from, to).
    static final String RAW_BUCKET = """
        select count(*) as n, sum(o.result order by o.phenomenon_start, o.id) as sum, min(o.result) as min, max(o.result) as max,
          (array_agg(o.result order by o.phenomenon_start, o.id))[1] as first,
          (array_agg(o.result order by o.phenomenon_start desc, o.id desc))[1] as last
        from observation o
        where o.datastream_id = r.d and o.phenomenon_start >= r.f and o.phenomenon_start < r.t and o.result is not null
        """;

    private static final Duration HOUR = Duration.ofHours(1);

    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    Rollups(DataSource dataSource, PlatformTransactionManager transactions) {
        jdbc = JdbcClient.create(dataSource);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    List<Bucket> hours(long datastreamId, Instant from, Instant to) {
        return inSnapshot(() -> {
            List<Stretch> dirty = dirty(datastreamId, from, to);
            List<Bucket> buckets = new ArrayList<>(jdbc
                    .sql("select hour, n, sum, min, max, first, last from rollup_hour where datastream_id = ? and"
                            + " hour >= ? and hour < ? order by hour")
                    .params(datastreamId, RollupStore.utc(from), RollupStore.utc(to))
                    .query((row, number) ->
                            bucket(row, row.getObject(1, OffsetDateTime.class).toInstant()))
                    .stream()
                    .filter(bucket -> dirty.stream().noneMatch(stretch -> stretch.contains(bucket.start())))
                    .toList());
            List<Stretch> hours = new ArrayList<>();
            for (Stretch stretch : dirty) {
                for (Instant hour = later(stretch.from, from);
                        hour.isBefore(stretch.to) && hour.isBefore(to);
                        hour = hour.plus(HOUR)) {
                    hours.add(new Stretch(hour, hour.plus(HOUR)));
                }
            }
            return withRaw(buckets, datastreamId, hours);
        });
    }

    List<Bucket> days(long datastreamId, LocalDate from, LocalDate to) {
        ZoneId zone = CityContext.current().zone();
        return inSnapshot(() -> {
            TreeSet<LocalDate> dirty = new TreeSet<>();
            for (Stretch stretch : dirty(datastreamId, RollupStore.start(from, zone), RollupStore.start(to, zone))) {
                LocalDate day = LocalDate.ofInstant(stretch.from, zone);
                for (; RollupStore.start(day, zone).isBefore(stretch.to); day = day.plusDays(1)) {
                    if (!day.isBefore(from) && day.isBefore(to)) {
                        dirty.add(day);
                    }
                }
            }
            List<Bucket> buckets = new ArrayList<>();
            jdbc.sql("select day, n, sum, min, max, first, last from rollup_day where datastream_id = ? and day"
                            + " >= ? and day < ? order by day")
                    .params(datastreamId, from, to)
                    .query(row -> {
                        LocalDate day = row.getObject(1, LocalDate.class);
                        if (!dirty.contains(day)) {
                            buckets.add(bucket(row, RollupStore.start(day, zone)));
                        }
                    });
            return withRaw(
                    buckets,
                    datastreamId,
                    dirty.stream()
                            .map(day ->
                                    new Stretch(RollupStore.start(day, zone), RollupStore.start(day.plusDays(1), zone)))
                            .toList());
        });
    }

    private List<Bucket> withRaw(List<Bucket> clean, long datastreamId, List<Stretch> buckets) {
        if (buckets.isEmpty()) {
            return clean;
        }
        clean.addAll(jdbc.sql("""
            with r as materialized (
              select ?::bigint as d, timestamptz 'epoch' + f * interval '1 second' as f, timestamptz 'epoch' + t * interval '1 second' as t
              from unnest(?::bigint[], ?::bigint[]) as x(f, t)
            )
            select r.f, b.* from r cross join lateral (
            """ + RAW_BUCKET + ") b where b.n > 0")
                .params(
                        datastreamId,
                        buckets.stream()
                                .mapToLong(bucket -> bucket.from.getEpochSecond())
                                .toArray(),
                        buckets.stream()
                                .mapToLong(bucket -> bucket.to.getEpochSecond())
                                .toArray())
                .query((row, number) ->
                        bucket(row, row.getObject(1, OffsetDateTime.class).toInstant()))
                .list());
        clean.sort(Comparator.comparing(Bucket::start));
        return clean;
    }

    private record Stretch(Instant from, Instant to) {
        boolean contains(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    /// Marked stretches that reach into the period, joined where they meet.
    private List<Stretch> dirty(long datastreamId, Instant from, Instant to) {
        List<Stretch> joined = new ArrayList<>();
        jdbc.sql("select hour_from, hour_to from dirty_log where datastream_id = ? and hour_from < ? and"
                        + " hour_to > ? order by hour_from")
                .params(datastreamId, RollupStore.utc(to), RollupStore.utc(from))
                .query(row -> {
                    Stretch next = new Stretch(
                            row.getObject(1, OffsetDateTime.class).toInstant(),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                    Stretch last = joined.isEmpty() ? null : joined.getLast();
                    if (last != null && !next.from.isAfter(last.to)) {
                        joined.set(joined.size() - 1, new Stretch(last.from, later(last.to, next.to)));
                    } else {
                        joined.add(next);
                    }
                });
        return joined;
    }

    private <T> T inSnapshot(Supplier<T> read) {
        return Optional.ofNullable(snapshot.execute(status -> read.get())).orElseThrow();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Bucket bucket(ResultSet row, Instant start) throws SQLException {
        return new Bucket(
                start,
                row.getLong("n"),
                row.getDouble("sum"),
                row.getDouble("min"),
                row.getDouble("max"),
                row.getDouble("first"),
                row.getDouble("last"));
    }
}
