package de.stadtkern.sensorthings;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes a batch with one statement, which in auto-commit is one round trip and one commit: Observations, marks of
/// old roll-ups, a line of the change log, and last the totals in ascending order of Datastream. Every transaction
/// that touches totals keeps that order, so that two never wait for each other.
final class BatchInsert {

    private static final String EPOCH = "timestamptz 'epoch' + ";

    /// The common case: numbers, and times that a multiplied interval holds exactly.
    private static final String PLAIN = """
        with o as (
          insert into observation (id, datastream_id, phenomenon_start, phenomenon_end, result_time, result, feature_id)
          select i, d, timestamptz 'epoch' + s * interval '1 microsecond',
            case when e <> %1$d then timestamptz 'epoch' + e * interval '1 microsecond' end,
            case when r <> %1$d then timestamptz 'epoch' + r * interval '1 microsecond' end,
            n, nullif(f, %1$d)
          from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[]) as x(i, d, s, e, r, f, n)
        )\
        """.formatted(Batch.NONE);

    /// Any result, all columns, any date PostgreSQL knows: seconds and microseconds apart stay exact.
    private static final String FULL = """
        with o as (
          insert into observation (id, datastream_id, phenomenon_start, phenomenon_end, result_time, result, feature_id,
            result_json, result_quality, parameters, valid_start, valid_end)
          select i, d, %2$s, %3$s, %4$s, nullif(n, 'NaN'), nullif(f, %1$d), j::jsonb, q::jsonb, p::jsonb, %5$s, %6$s
          from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::float8[],
            ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[]) as x(i, d, s, e, r, f, n, j, q, p, vs, ve)
        )\
        """.formatted(
                    Batch.NONE, exact("s"), exactOrNull("e"), exactOrNull("r"), exactOrNull("vs"), exactOrNull("ve"));

    private static final String REST = """
        , m as (
          insert into dirty_log (datastream_id, hour_from, hour_to)
          select d, %2$s, %3$s from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as x(d, f, t)
        ), c as (
          insert into change_log (what, datastream_ids, number_from, number_to, time_from, time_to)
          select 'observations', ?::bigint[], ?, ?, %4$s, %5$s from (values (?::bigint, ?::bigint)) as x(f, t)
        )
        insert into datastream_state as s (datastream_id, n, phenomenon_min, phenomenon_max, result_min, result_max,
          last_start, last_id, last_result, last_json, longest, has_other)
        select d, n, %6$s, %7$s, %8$s, %9$s, %10$s, li, nullif(lr, 'NaN'), lj::jsonb, lt * interval '1 microsecond', ho
        from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[],
          ?::float8[], ?::text[], ?::bigint[], ?::boolean[]) as x(d, n, pa, pz, ra, rz, ls, li, lr, lj, lt, ho)
        on conflict (datastream_id) do update set
          n = s.n + excluded.n,
          phenomenon_min = least(s.phenomenon_min, excluded.phenomenon_min),
          phenomenon_max = greatest(s.phenomenon_max, excluded.phenomenon_max),
          result_min = least(s.result_min, excluded.result_min),
          result_max = greatest(s.result_max, excluded.result_max),
          longest = greatest(s.longest, excluded.longest),
          has_other = s.has_other or excluded.has_other,
          (last_start, last_id, last_result, last_json) = (
            select x.* from (values (s.last_start, s.last_id, s.last_result, s.last_json),
              (excluded.last_start, excluded.last_id, excluded.last_result, excluded.last_json)) as x(a, b, c, d)
            order by a desc nulls last, b desc limit 1)
        """.formatted(
                    Batch.NONE,
                    exact("f"),
                    exact("t"),
                    exact("f"),
                    exact("t"),
                    exact("pa"),
                    exact("pz"),
                    exactOrNull("ra"),
                    exactOrNull("rz"),
                    exact("ls"));

    /// One row with a number: scalars instead of arrays save a third of the server's work.
    private static final String ONE = """
        with v as materialized (
          select ?::bigint as i, ?::bigint as d, timestamptz 'epoch' + ?::bigint * interval '1 microsecond' as s,
            timestamptz 'epoch' + ?::bigint * interval '1 microsecond' as e,
            timestamptz 'epoch' + ?::bigint * interval '1 microsecond' as r,
            ?::float8 as n, ?::bigint as f, ?::bigint as number, timestamptz 'epoch' + ?::bigint * interval '1 microsecond' as hour
        ), o as (
          insert into observation (id, datastream_id, phenomenon_start, phenomenon_end, result_time, result, feature_id)
          select i, d, s, e, r, n, f from v
        ), m as (
          insert into dirty_log (datastream_id, hour_from, hour_to) select d, hour, hour + interval '1 hour' from v
        ), c as (
          insert into change_log (what, datastream_ids, number_from, number_to, time_from, time_to)
          select 'observations', array[d], number, number, s, s from v
        )
        insert into datastream_state as s (datastream_id, n, phenomenon_min, phenomenon_max, result_min, result_max,
          last_start, last_id, last_result, longest)
        select d, 1, s, coalesce(e, s), r, r, s, i, n, coalesce(e - s, interval '0') from v
        on conflict (datastream_id) do update set
          n = s.n + 1,
          phenomenon_min = least(s.phenomenon_min, excluded.phenomenon_min),
          phenomenon_max = greatest(s.phenomenon_max, excluded.phenomenon_max),
          result_min = least(s.result_min, excluded.result_min),
          result_max = greatest(s.result_max, excluded.result_max),
          longest = greatest(s.longest, excluded.longest),
          last_start = case when (s.last_start, s.last_id) > (excluded.last_start, excluded.last_id) then s.last_start else excluded.last_start end,
          last_id = case when (s.last_start, s.last_id) > (excluded.last_start, excluded.last_id) then s.last_id else excluded.last_id end,
          last_result = case when (s.last_start, s.last_id) > (excluded.last_start, excluded.last_id) then s.last_result else excluded.last_result end,
          last_json = case when (s.last_start, s.last_id) > (excluded.last_start, excluded.last_id) then s.last_json end
        """;

    private static final long HOUR = 3_600_000_000L;

    private BatchInsert() {}

    private static String exact(String micros) {
        return EPOCH
                + "(%1$s / 1000000) * interval '1 second' + (%1$s %% 1000000) * interval '1 microsecond'"
                        .formatted(micros);
    }

    private static String exactOrNull(String micros) {
        return "case when %s <> %d then %s end".formatted(micros, Batch.NONE, exact(micros));
    }

    /// The connection's auto-commit decides whether this is a transaction of its own.
    static void run(Connection connection, Batch batch) throws SQLException {
        if (batch.size == 1 && batch.isPlain) {
            runOne(connection, batch);
        } else if (batch.isPlain) {
            try (PreparedStatement statement = connection.prepareStatement(PLAIN + REST)) {
                bindRest(statement, bindColumns(statement, batch), batch);
                statement.executeUpdate();
            }
        } else {
            try (PreparedStatement statement = connection.prepareStatement(FULL + REST)) {
                bindRest(
                        statement, bindRareColumns(connection, statement, bindColumns(statement, batch), batch), batch);
                statement.executeUpdate();
            }
        }
    }

    private static void runOne(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ONE)) {
            statement.setLong(1, batch.ids[0]);
            statement.setLong(2, batch.datastreams[0]);
            statement.setLong(3, batch.starts[0]);
            setLongOrNull(statement, 4, batch.ends[0]);
            setLongOrNull(statement, 5, batch.resultTimes[0]);
            statement.setDouble(6, batch.numbers[0]);
            setLongOrNull(statement, 7, batch.features[0]);
            statement.setLong(8, batch.numberFrom);
            statement.setLong(9, Math.floorDiv(batch.starts[0], HOUR) * HOUR);
            statement.executeUpdate();
        }
    }

    private static void setLongOrNull(PreparedStatement statement, int index, long value) throws SQLException {
        if (value == Batch.NONE) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    private static int bindColumns(PreparedStatement statement, Batch batch) throws SQLException {
        int at = 1;
        statement.setObject(at++, batch.ids);
        statement.setObject(at++, batch.datastreams);
        statement.setObject(at++, batch.starts);
        statement.setObject(at++, batch.ends);
        statement.setObject(at++, batch.resultTimes);
        statement.setObject(at++, batch.features);
        statement.setObject(at++, batch.numbers);
        return at;
    }

    private static int bindRareColumns(Connection connection, PreparedStatement statement, int from, Batch batch)
            throws SQLException {
        int at = from;
        statement.setArray(at++, connection.createArrayOf("text", texts(batch, NewObservation::json)));
        statement.setArray(
                at++,
                connection.createArrayOf(
                        "text",
                        texts(
                                batch,
                                row -> row.details() == null
                                        ? null
                                        : row.details().resultQuality())));
        statement.setArray(
                at++,
                connection.createArrayOf(
                        "text",
                        texts(
                                batch,
                                row -> row.details() == null
                                        ? null
                                        : row.details().parameters())));
        statement.setObject(
                at++,
                Arrays.stream(batch.rows)
                        .mapToLong(row -> Batch.micros(
                                row.details() == null ? null : row.details().validStart()))
                        .toArray());
        statement.setObject(
                at++,
                Arrays.stream(batch.rows)
                        .mapToLong(row -> Batch.micros(
                                row.details() == null ? null : row.details().validEnd()))
                        .toArray());
        return at;
    }

    private static @Nullable String[] texts(Batch batch, Function<NewObservation, @Nullable String> column) {
        @Nullable String[] texts = new @Nullable String[batch.size];
        for (int i = 0; i < batch.size; i++) {
            texts[i] = column.apply(batch.rows[i]);
        }
        return texts;
    }

    private static void bindRest(PreparedStatement statement, int from, Batch batch) throws SQLException {
        int at = from;
        Batch.Marks marks = batch.marks;
        statement.setObject(at++, marks.datastreams);
        statement.setObject(at++, marks.from);
        statement.setObject(at++, marks.to);
        Batch.Totals totals = batch.totals;
        statement.setObject(at++, totals.datastreams);
        statement.setLong(at++, batch.numberFrom);
        statement.setLong(at++, batch.numberFrom + batch.size - 1);
        statement.setLong(at++, Arrays.stream(totals.phenomenonMin).min().orElseThrow());
        statement.setLong(at++, Arrays.stream(totals.phenomenonMax).max().orElseThrow());
        statement.setObject(at++, totals.datastreams);
        statement.setObject(at++, totals.counts);
        statement.setObject(at++, totals.phenomenonMin);
        statement.setObject(at++, totals.phenomenonMax);
        statement.setObject(at++, totals.resultMin);
        statement.setObject(at++, totals.resultMax);
        statement.setObject(
                at++,
                Arrays.stream(totals.last).mapToLong(row -> batch.starts[row]).toArray());
        statement.setObject(
                at++,
                Arrays.stream(totals.last).mapToLong(row -> batch.ids[row]).toArray());
        statement.setObject(
                at++,
                Arrays.stream(totals.last)
                        .mapToDouble(row -> batch.numbers[row])
                        .toArray());
        statement.setArray(
                at++,
                statement
                        .getConnection()
                        .createArrayOf(
                                "text",
                                Arrays.stream(totals.last)
                                        .mapToObj(row -> batch.rows[row].json())
                                        .toArray()));
        statement.setObject(at++, totals.longest);
        statement.setObject(at, totals.hasOther);
    }
}
