package de.stadtkern.sensorthings;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/// What must follow when an Observation already stored was changed or removed, in the same transaction: marks for the
/// roll-ups, a line of the change log, and totals that are true again.
///
/// Callers lock the Datastream's row of `datastream_state` before they touch the Observation, as every writer does.
final class ObservationChange {

    private ObservationChange() {}

    /// @param before phenomenonTime before the change
    /// @param after  phenomenonTime after it, the same if it did not move or the row is gone
    static void record(Connection connection, long datastreamId, long observationId, Instant before, Instant after)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            with m as (
              insert into dirty_log (datastream_id, hour_from, hour_to)
              select ?, date_trunc('hour', t, 'UTC'), date_trunc('hour', t, 'UTC') + interval '1 hour' from (values (?), (?)) as x(t)
            )
            insert into change_log (what, datastream_ids, number_from, number_to, time_from, time_to)
            values ('observations', array[?::bigint], ?, ?, least(?, ?), greatest(?, ?))
            """)) {
            var from = KeyedWrite.time(before);
            var to = KeyedWrite.time(after);
            statement.setLong(1, datastreamId);
            statement.setObject(2, from);
            statement.setObject(3, to);
            statement.setLong(4, datastreamId);
            statement.setLong(5, ObservationId.number(observationId));
            statement.setLong(6, ObservationId.number(observationId));
            statement.setObject(7, from);
            statement.setObject(8, to);
            statement.setObject(9, from);
            statement.setObject(10, to);
            statement.executeUpdate();
        }
        recount(connection, datastreamId);
    }

    /// Sets a Datastream's totals to what its Observations say. The newest is found by the index; the count and the
    /// extents read every row of this Datastream, which a change of the past now and then may cost.
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
}
