package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /// What every question begins with: the windows as rows.
    private static final String WINDOWS = """
        with w as materialized (
          select d, timestamptz 'epoch' + f * interval '1 second' as f, timestamptz 'epoch' + t * interval '1 second' as t
          from unnest(:d::bigint[], :f::bigint[], :t::bigint[]) as x(d, f, t)
        )
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

    /// What is asked of one Datastream; `to` is not included.
    record Window(long datastreamId, Instant from, Instant to) {}

    List<Bucket> hours(long datastreamId, Instant from, Instant to) {
        return hours(List.of(new Window(datastreamId, from, to))).getOrDefault(datastreamId, List.of());
    }

    List<Bucket> days(long datastreamId, LocalDate from, LocalDate to) {
        ZoneId zone = CityContext.current().zone();
        Window window = new Window(datastreamId, RollupStore.start(from, zone), RollupStore.start(to, zone));
        return days(List.of(window), zone).getOrDefault(datastreamId, List.of());
    }

    /// Hours of many Datastreams, at most one window of each. As many statements as for one.
    Map<Long, List<Bucket>> hours(List<Window> windows) {
        return inSnapshot(() -> {
            List<Window> dirty = new ArrayList<>();
            for (Window stretch : dirty(windows)) {
                for (Instant hour = nextHour(stretch.from); hour.isBefore(stretch.to); hour = hour.plus(HOUR)) {
                    dirty.add(new Window(stretch.datastreamId, hour, hour.plus(HOUR)));
                }
            }
            return combined(
                    clean(
                            windows,
                            """
                            select w.d, h.hour, h.n, h.sum, h.min, h.max, h.first, h.last
                            from w join rollup_hour h on h.datastream_id = w.d and h.hour >= w.f and h.hour < w.t
                            """,
                            row -> row.getObject(2, OffsetDateTime.class).toInstant()),
                    dirty);
        });
    }

    /// Days whose beginning lies within the windows, which begin and end at midnight.
    Map<Long, List<Bucket>> days(List<Window> windows, ZoneId zone) {
        // Many Datastreams have the same days.
        Map<LocalDate, Instant> starts = new HashMap<>();
        return inSnapshot(() -> {
            Set<Window> dirty = new LinkedHashSet<>();
            for (Window stretch : dirty(windows)) {
                LocalDate day = LocalDate.ofInstant(stretch.from, zone);
                for (; RollupStore.start(day, zone).isBefore(stretch.to); day = day.plusDays(1)) {
                    dirty.add(new Window(
                            stretch.datastreamId,
                            RollupStore.start(day, zone),
                            RollupStore.start(day.plusDays(1), zone)));
                }
            }
            return combined(
                    clean(
                            windows,
                            """
                            select w.d, b.day, b.n, b.sum, b.min, b.max, b.first, b.last
                            from w join rollup_day b on b.datastream_id = w.d
                              and b.day >= (w.f at time zone :zone::text)::date and b.day < (w.t at time zone :zone::text)::date
                            """,
                            row -> starts.computeIfAbsent(
                                    row.getObject(2, LocalDate.class), day -> RollupStore.start(day, zone))),
                    dirty);
        });
    }

    private interface Start {
        Instant of(ResultSet row) throws SQLException;
    }

    private JdbcClient.StatementSpec ask(Collection<Window> windows, String sql) {
        return jdbc.sql(WINDOWS + sql)
                .param("d", windows.stream().mapToLong(Window::datastreamId).toArray())
                .param(
                        "f",
                        windows.stream().mapToLong(w -> w.from.getEpochSecond()).toArray())
                .param(
                        "t",
                        windows.stream().mapToLong(w -> w.to.getEpochSecond()).toArray());
    }

    private Map<Long, List<Bucket>> clean(List<Window> windows, String sql, Start start) {
        Map<Long, List<Bucket>> buckets = new HashMap<>();
        ask(windows, sql).param("zone", CityContext.current().zone().getId()).query(row -> {
            buckets.computeIfAbsent(row.getLong(1), id -> new ArrayList<>()).add(bucket(row, start.of(row)));
        });
        return buckets;
    }

    /// Whole buckets of the dirty stretches take the place of the clean ones.
    private Map<Long, List<Bucket>> combined(Map<Long, List<Bucket>> buckets, Collection<Window> dirty) {
        if (!dirty.isEmpty()) {
            Map<Long, Set<Instant>> old = new HashMap<>();
            dirty.forEach(stretch -> old.computeIfAbsent(stretch.datastreamId, id -> new HashSet<>())
                    .add(stretch.from));
            old.forEach((id, starts) -> buckets.computeIfAbsent(id, _ -> new ArrayList<>())
                    .removeIf(bucket -> starts.contains(bucket.start())));
            ask(dirty, "select r.d, r.f, b.* from w r cross join lateral (" + RAW_BUCKET + ") b where b.n > 0")
                    .query(row -> {
                        Instant start = row.getObject(2, OffsetDateTime.class).toInstant();
                        buckets.computeIfAbsent(row.getLong(1), id -> new ArrayList<>())
                                .add(bucket(row, start));
                    });
        }
        buckets.values().forEach(list -> list.sort(Comparator.comparing(Bucket::start)));
        return buckets;
    }

    /// The parts of marked stretches that lie within the windows, joined where they meet.
    private List<Window> dirty(List<Window> windows) {
        List<Window> joined = new ArrayList<>();
        ask(windows, """
            select w.d, greatest(m.hour_from, w.f, s.raw_from), least(m.hour_to, w.t)
            from w join dirty_log m on m.datastream_id = w.d and m.hour_from < w.t and m.hour_to > w.f
            left join datastream_state s on s.datastream_id = w.d
            where s.raw_from is null or least(m.hour_to, w.t) > s.raw_from order by 1, 2
            """).query(row -> {
            Window next = new Window(
                    row.getLong(1),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getObject(3, OffsetDateTime.class).toInstant());
            Window last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.datastreamId == next.datastreamId && !next.from.isAfter(last.to)) {
                joined.set(joined.size() - 1, new Window(last.datastreamId, last.from, later(last.to, next.to)));
            } else {
                joined.add(next);
            }
        });
        return joined;
    }

    private <T> T inSnapshot(Supplier<T> read) {
        return Optional.ofNullable(snapshot.execute(status -> read.get())).orElseThrow();
    }

    /// Hours are those of UTC; a window may begin between two of them where a zone's midnight does.
    private static Instant nextHour(Instant from) {
        Instant hour = from.truncatedTo(ChronoUnit.HOURS);
        return hour.equals(from) ? hour : hour.plus(HOUR);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Bucket bucket(ResultSet row, Instant start) throws SQLException {
        return new Bucket(
                start,
                row.getLong(3),
                row.getDouble(4),
                row.getDouble(5),
                row.getDouble(6),
                row.getDouble(7),
                row.getDouble(8));
    }
}
