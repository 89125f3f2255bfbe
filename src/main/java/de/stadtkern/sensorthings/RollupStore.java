package de.stadtkern.sensorthings;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Recomputes the buckets that marks point at.
///
/// One round is one transaction of several statements: take the lock (one worker per town, or an older result could
/// overwrite a newer one), delete marks, then aggregate. READ COMMITTED makes that exact: whatever mark was deleted,
/// the later statements see the Observations it came with, because both were committed together; a mark not visible
/// yet stays.
@Repository
class RollupStore {

    /// Open hours of fast sensors are not recomputed every second: a Datastream's marks wait until they are quiet or
    /// old.
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final int DATASTREAMS_PER_ROUND = 1_000;
    private static final long HOURS_PER_ROUND = 50_000;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;

    RollupStore(DataSource dataSource, PlatformTransactionManager transactions, ApplicationEventPublisher events) {
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(transactions);
        this.events = events;
    }

    /// Hours from `from` to `to`, the end not included.
    record Stretch(long datastreamId, Instant from, Instant to) {

        long hours() {
            return Duration.between(from, to).toHours();
        }
    }

    private record Day(long datastreamId, LocalDate day, Instant from, Instant to) {

        boolean isWholeHours() {
            return from.getEpochSecond() % 3600 == 0 && to.getEpochSecond() % 3600 == 0;
        }
    }

    boolean isClean() {
        return jdbc.sql("select not exists (select from dirty_log)")
                .query(Boolean.class)
                .single();
    }

    boolean catchUp(ZoneId zone) {
        return catchUp(zone, QUIET);
    }

    /// One round; true if another may find work.
    boolean catchUp(ZoneId zone, Duration quiet) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            if (jdbc.sql("select one from rollup_lock for update skip locked")
                    .query(Boolean.class)
                    .optional()
                    .isEmpty()) {
                return false;
            }
            long[] ready = ready(quiet);
            if (ready.length == 0) {
                return false;
            }
            List<Stretch> stretches = limit(merge(take(ready)));
            hours(stretches);
            days(stretches, zone);
            tell(stretches);
            return true;
        }));
    }

    private void tell(List<Stretch> stretches) {
        events.publishEvent(new HoursRolledUp(stretches.stream()
                .map(stretch -> new HoursRolledUp.Stretch(stretch.datastreamId, stretch.from, stretch.to))
                .toList()));
    }

    private long[] ready(Duration quiet) {
        return jdbc.sql("""
            select datastream_id from dirty_log group by datastream_id
            having max(marked_at) <= now() - ? * interval '1 second' or min(marked_at) < now() - interval '1 minute'
            order by datastream_id limit ?
            """).params(quiet.toSeconds(), DATASTREAMS_PER_ROUND).query(Long.class).list().stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private List<Stretch> take(long[] datastreams) {
        return jdbc.sql("""
            with taken as (delete from dirty_log where datastream_id = any(?) returning datastream_id, hour_from, hour_to)
            select t.datastream_id, greatest(t.hour_from, s.raw_from) as hour_from, t.hour_to
            from taken t left join datastream_state s on s.datastream_id = t.datastream_id
            where s.raw_from is null or t.hour_to > s.raw_from order by 1, 2, 3
            """)
                .param(datastreams)
                .query((row, number) -> new Stretch(
                        row.getLong(1),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    private static List<Stretch> merge(List<Stretch> sorted) {
        List<Stretch> merged = new ArrayList<>();
        for (Stretch next : sorted) {
            Stretch last = merged.isEmpty() ? null : merged.getLast();
            if (last != null && last.datastreamId == next.datastreamId && !next.from.isAfter(last.to)) {
                Instant to = next.to.isAfter(last.to) ? next.to : last.to;
                merged.set(merged.size() - 1, new Stretch(last.datastreamId, last.from, to));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    /// So many hours in one transaction, the others are marked again.
    private List<Stretch> limit(List<Stretch> all) {
        List<Stretch> now = new ArrayList<>();
        long room = HOURS_PER_ROUND;
        for (Stretch stretch : all) {
            long part = Math.min(stretch.hours(), room);
            Instant cut = stretch.from.plus(Duration.ofHours(part));
            if (part > 0) {
                now.add(new Stretch(stretch.datastreamId, stretch.from, cut));
            }
            if (cut.isBefore(stretch.to)) {
                jdbc.sql("insert into dirty_log (datastream_id, hour_from, hour_to, marked_at) values (?, ?, ?,"
                                + " now() - interval '1 hour')")
                        .params(stretch.datastreamId, utc(cut), utc(stretch.to))
                        .update();
            }
            room -= part;
        }
        return now;
    }

    private void hours(List<Stretch> stretches) {
        jdbc.sql("""
            with r as materialized (
              select d, timestamptz 'epoch' + f * interval '1 second' as f, timestamptz 'epoch' + t * interval '1 second' as t
                          from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as x(d, f, t)
            ), fresh as materialized (
              select r.d, b.* from r cross join lateral (
                select date_trunc('hour', o.phenomenon_start, 'UTC') as hour, count(*) as n,
                  sum(o.result order by o.phenomenon_start, o.id) as sum, min(o.result) as min, max(o.result) as max,
                  (array_agg(o.result order by o.phenomenon_start, o.id))[1] as first,
                  (array_agg(o.result order by o.phenomenon_start desc, o.id desc))[1] as last
                from observation o
                where o.datastream_id = r.d and o.phenomenon_start >= r.f and o.phenomenon_start < r.t and o.result is not null
                group by 1) b
            ), gone as (
              delete from rollup_hour h using r
              where h.datastream_id = r.d and h.hour >= r.f and h.hour < r.t
                and not exists (select from fresh where fresh.d = h.datastream_id and fresh.hour = h.hour)
            )
            insert into rollup_hour (datastream_id, hour, n, sum, min, max, first, last)
            select d, hour, n, sum, min, max, first, last from fresh
            on conflict (datastream_id, hour) do update set n = excluded.n, sum = excluded.sum, min = excluded.min,
              max = excluded.max, first = excluded.first, last = excluded.last
            """)
                .params(
                        stretches.stream().mapToLong(Stretch::datastreamId).toArray(),
                        stretches.stream()
                                .mapToLong(stretch -> stretch.from.getEpochSecond())
                                .toArray(),
                        stretches.stream()
                                .mapToLong(stretch -> stretch.to.getEpochSecond())
                                .toArray())
                .update();
    }

    /// From the hours just made, so that a day is always the sum of its hours; where the zone's days do not begin on
    /// whole hours of UTC, from the Observations. Lateral, day by day: a join was planned with the statistics from
    /// before a large import and compared each hour of a Datastream with each of its days.
    private void days(List<Stretch> stretches, ZoneId zone) {
        Map<Boolean, List<Day>> days =
                daysOf(stretches, zone).stream().collect(Collectors.partitioningBy(Day::isWholeHours));
        days.forEach(this::days);
    }

    private void days(boolean wholeHours, List<Day> days) {
        if (days.isEmpty()) {
            return;
        }
        String source = wholeHours
                ? """
                select r.d, r.day, b.* from r cross join lateral (
                  select sum(h.n)::bigint as n, sum(h.sum order by h.hour) as sum, min(h.min) as min, max(h.max) as max,
                    (array_agg(h.first order by h.hour))[1] as first, (array_agg(h.last order by h.hour desc))[1] as last
                  from rollup_hour h where h.datastream_id = r.d and h.hour >= r.f and h.hour < r.t) b where b.n > 0
                """
                : "select r.d, r.day, b.* from r cross join lateral (" + Rollups.RAW_BUCKET + ") b where b.n > 0";
        jdbc.sql("""
            with r as materialized (
              select d, date '1970-01-01' + y::int as day, timestamptz 'epoch' + f * interval '1 second' as f, timestamptz 'epoch' + t * interval '1 second' as t
                          from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) as x(d, y, f, t)
            ), fresh as materialized (
            """ + source + """
            ), gone as (
              delete from rollup_day b using r where b.datastream_id = r.d and b.day = r.day
                and not exists (select from fresh where fresh.d = b.datastream_id and fresh.day = b.day)
            )
            insert into rollup_day (datastream_id, day, n, sum, min, max, first, last)
            select d, day, n, sum, min, max, first, last from fresh
            on conflict (datastream_id, day) do update set n = excluded.n, sum = excluded.sum, min = excluded.min,
              max = excluded.max, first = excluded.first, last = excluded.last
            """)
                .params(
                        days.stream().mapToLong(Day::datastreamId).toArray(),
                        days.stream().mapToLong(day -> day.day.toEpochDay()).toArray(),
                        days.stream()
                                .mapToLong(day -> day.from.getEpochSecond())
                                .toArray(),
                        days.stream().mapToLong(day -> day.to.getEpochSecond()).toArray())
                .update();
    }

    private static List<Day> daysOf(List<Stretch> stretches, ZoneId zone) {
        Set<Day> days = new LinkedHashSet<>();
        for (Stretch stretch : stretches) {
            LocalDate day = LocalDate.ofInstant(stretch.from, zone);
            for (Instant from = start(day, zone); from.isBefore(stretch.to); from = start(day, zone)) {
                Instant to = start(day.plusDays(1), zone);
                days.add(new Day(stretch.datastreamId, day, from, to));
                day = day.plusDays(1);
            }
        }
        return new ArrayList<>(days);
    }

    /// A day of the clock change has 23 or 25 hours; one whose midnight does not exist begins at the first moment it
    /// has.
    static Instant start(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
