package de.stadtkern.sensorthings;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What must follow when Observations already stored were changed or removed, in the same transaction: marks for the
/// roll-ups, lines of the change log, and totals that are true again.
///
/// Callers lock the Datastream's row of `datastream_state` before they touch an Observation, as every writer does.
final class ObservationChange {

    private ObservationChange() {}

    /// What the totals know of one Observation.
    record Seen(
            long datastreamId,
            Instant start,
            @Nullable Instant end,
            @Nullable Instant resultTime) {

        /// From four columns of a row: Datastream, phenomenonTime, resultTime.
        static Seen read(ResultSet row, int column) throws SQLException {
            return new Seen(
                    row.getLong(column),
                    row.getObject(column + 1, OffsetDateTime.class).toInstant(),
                    instant(row.getObject(column + 2, OffsetDateTime.class)),
                    instant(row.getObject(column + 3, OffsetDateTime.class)));
        }

        private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
            return time == null ? null : time.toInstant();
        }

        private Instant last() {
            return end == null || end.isBefore(start) ? start : end;
        }
    }

    /// The outermost times of some Observations of one Datastream; null where none has any.
    record Borders(
            @Nullable Instant last,
            @Nullable Instant resultMin,
            @Nullable Instant resultMax) {

        static final Borders NONE = new Borders(null, null, null);

        Borders with(@Nullable Seen seen) {
            return seen == null
                    ? this
                    : new Borders(
                            later(last, seen.last()),
                            earlier(resultMin, seen.resultTime),
                            later(resultMax, seen.resultTime));
        }

        private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isAfter(one)) ? other : one;
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isBefore(one)) ? other : one;
        }
    }

    /// One Observation changed, moved to another time or Datastream, or was removed.
    ///
    /// @param after null if it is gone
    static void record(Connection connection, long observationId, Seen before, @Nullable Seen after)
            throws SQLException {
        log(connection, Map.of(observationId, before));
        if (after != null) {
            log(connection, Map.of(observationId, after));
            note(connection, Map.of(observationId, after));
        }
        boolean moves = after != null && after.datastreamId != before.datastreamId;
        if (after != null && moves) {
            adjust(connection, before.datastreamId, -1, Borders.NONE.with(before), Borders.NONE);
            adjust(connection, after.datastreamId, 1, Borders.NONE, Borders.NONE.with(after));
        } else {
            adjust(
                    connection,
                    before.datastreamId,
                    after == null ? -1 : 0,
                    Borders.NONE.with(before),
                    Borders.NONE.with(after));
        }
    }

    /// Many Observations were replaced where they stood, same Datastream and same beginning.
    ///
    /// @param before the old ones by id
    /// @param after  the new ones by the same ids
    static void replaced(Connection connection, Map<Long, Seen> before, Map<Long, Seen> after) throws SQLException {
        Map<Long, Borders> gone = new TreeMap<>();
        Map<Long, Borders> come = new TreeMap<>();
        for (Map.Entry<Long, Seen> entry : before.entrySet()) {
            long datastream = entry.getValue().datastreamId;
            gone.merge(datastream, Borders.NONE.with(entry.getValue()), (old, _) -> old.with(entry.getValue()));
            Seen now = after.get(entry.getKey());
            come.merge(datastream, Borders.NONE.with(now), (old, _) -> old.with(now));
        }
        log(connection, after);
        note(connection, after);
        for (Map.Entry<Long, Borders> entry : gone.entrySet()) {
            adjust(connection, entry.getKey(), 0, entry.getValue(), come.getOrDefault(entry.getKey(), Borders.NONE));
        }
    }

    /// Many Observations are gone.
    ///
    /// @param gone by id
    static void removed(Connection connection, Map<Long, Seen> gone) throws SQLException {
        Map<Long, Borders> borders = new TreeMap<>();
        Map<Long, Integer> counts = new HashMap<>();
        for (Seen seen : gone.values()) {
            borders.merge(seen.datastreamId, Borders.NONE.with(seen), (old, _) -> old.with(seen));
            counts.merge(seen.datastreamId, 1, Integer::sum);
        }
        log(connection, gone);
        for (Map.Entry<Long, Borders> entry : borders.entrySet()) {
            int count = counts.getOrDefault(entry.getKey(), 0);
            adjust(connection, entry.getKey(), -count, entry.getValue(), Borders.NONE);
        }
    }

    /// Many of one Datastream are gone; their hours are marked already.
    ///
    /// @param gone their outermost times
    static void removed(Connection connection, long datastreamId, int count, Borders gone) throws SQLException {
        adjust(connection, datastreamId, -count, gone, Borders.NONE);
    }

    /// A mark and a line of the change log for each.
    private static void log(Connection connection, Map<Long, Seen> seen) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            with x as materialized (
              select d, i, timestamptz 'epoch' + (s / 1000000) * interval '1 second' + (s % 1000000) * interval '1 microsecond' as t
              from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as x(d, i, s)
            ), m as (
              insert into dirty_log (datastream_id, hour_from, hour_to)
              select distinct d, date_trunc('hour', t, 'UTC'), date_trunc('hour', t, 'UTC') + interval '1 hour' from x
            )
            insert into change_log (what, datastream_ids, number_from, number_to, time_from, time_to)
            select 'observations', array[d], i, i, t, t from x
            """)) {
            Long[] ids = seen.keySet().toArray(Long[]::new);
            long[] datastreams = new long[ids.length];
            long[] numbers = new long[ids.length];
            long[] times = new long[ids.length];
            for (int i = 0; i < ids.length; i++) {
                Seen one = Objects.requireNonNull(seen.get(ids[i]));
                datastreams[i] = one.datastreamId;
                numbers[i] = ObservationId.number(ids[i]);
                times[i] = Batch.micros(one.start);
            }
            statement.setObject(1, datastreams);
            statement.setObject(2, numbers);
            statement.setObject(3, times);
            statement.executeUpdate();
        }
    }

    /// What the totals say of all Observations there ever were holds for the changed ones too.
    private static void note(Connection connection, Map<Long, Seen> after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            with x as materialized (
              select i, timestamptz 'epoch' + (s / 1000000) * interval '1 second' + (s % 1000000) * interval '1 microsecond' as t
              from unnest(?::bigint[], ?::bigint[]) as x(i, s)
            ), c as materialized (
              select o.datastream_id as d, bool_or(o.result is null) as other, max(o.phenomenon_end - o.phenomenon_start) as longest
              from x join observation o on o.id = x.i and o.phenomenon_start = x.t group by o.datastream_id
            )
            update datastream_state s set has_other = s.has_other or c.other, longest = greatest(s.longest, c.longest)
            from c where s.datastream_id = c.d and (c.other and not s.has_other or c.longest > s.longest)
            """)) {
            Long[] ids = after.keySet().toArray(Long[]::new);
            statement.setObject(1, Arrays.stream(ids).mapToLong(Long::longValue).toArray());
            statement.setObject(
                    2,
                    Arrays.stream(ids)
                            .mapToLong(id -> Batch.micros(Objects.requireNonNull(after.get(id)).start))
                            .toArray());
            statement.executeUpdate();
        }
    }

    /// The count follows from the difference, first and newest from the index. The end of phenomenonTime and the
    /// resultTimes have no index of their own: they are looked for among all only if the outermost one went away.
    private static void adjust(Connection connection, long datastreamId, int difference, Borders gone, Borders come)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            with x as materialized (
              select ?::bigint as d, ?::bigint as n, ?::timestamptz as gone_last, ?::timestamptz as gone_min, ?::timestamptz as gone_max,
                ?::timestamptz as last, ?::timestamptz as min, ?::timestamptz as max
            )
            update datastream_state s set n = s.n + x.n,
              phenomenon_min = (select phenomenon_start from observation where datastream_id = x.d order by phenomenon_start, id limit 1),
              phenomenon_max = case when x.gone_last >= s.phenomenon_max and (x.last >= x.gone_last) is not true
                then (select max(coalesce(phenomenon_end, phenomenon_start)) from observation where datastream_id = x.d)
                else greatest(s.phenomenon_max, x.last) end,
              result_min = case when x.gone_min <= s.result_min and (x.min <= x.gone_min) is not true
                then (select min(result_time) from observation where datastream_id = x.d) else least(s.result_min, x.min) end,
              result_max = case when x.gone_max >= s.result_max and (x.max >= x.gone_max) is not true
                then (select max(result_time) from observation where datastream_id = x.d) else greatest(s.result_max, x.max) end,
              (last_start, last_id, last_result, last_json) = (
                select phenomenon_start, id, result, result_json from observation where datastream_id = x.d
                order by phenomenon_start desc, id desc limit 1)
            from x where s.datastream_id = x.d
            """)) {
            statement.setLong(1, datastreamId);
            statement.setLong(2, difference);
            statement.setObject(3, utc(gone.last));
            statement.setObject(4, utc(gone.resultMin));
            statement.setObject(5, utc(gone.resultMax));
            statement.setObject(6, utc(come.last));
            statement.setObject(7, utc(come.resultMin));
            statement.setObject(8, utc(come.resultMax));
            statement.executeUpdate();
        }
    }

    /// Sets a Datastream's totals to what its Observations say, all of which are read for it. The newest is found by
    /// the index.
    static void recount(Connection connection, long datastreamId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            with t as materialized (
              select count(*) as n, min(phenomenon_start) as p0, max(coalesce(phenomenon_end, phenomenon_start)) as p1,
                min(result_time) as r0, max(result_time) as r1
              from observation where datastream_id = ?
            ), l as materialized (
              select id, phenomenon_start, result, result_json from observation where datastream_id = ?
              order by phenomenon_start desc, id desc limit 1
            )
            update datastream_state set n = t.n, phenomenon_min = t.p0, phenomenon_max = t.p1, result_min = t.r0, result_max = t.r1,
              last_id = l.id, last_start = l.phenomenon_start, last_result = l.result, last_json = l.result_json
            from t left join l on true
            where datastream_id = ?
            """)) {
            statement.setLong(1, datastreamId);
            statement.setLong(2, datastreamId);
            statement.setLong(3, datastreamId);
            statement.executeUpdate();
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
