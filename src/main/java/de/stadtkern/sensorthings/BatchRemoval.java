package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.ObservationChange.Seen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Removes what one batch created. An Observation is known by the writer's number in its id, which no other one of the
/// town has; the stretch of time only says where to look. One that was moved to another time since stays.
final class BatchRemoval {

    private BatchRemoval() {}

    static int run(Connection connection, WrittenBatch batch, ObservationWriter.Along also) throws SQLException {
        return BatchWriter.inTransaction(connection, () -> {
            lockTotals(connection, batch);
            Map<Long, Seen> gone = delete(connection, batch);
            if (!gone.isEmpty()) {
                ObservationChange.removed(connection, gone);
            }
            also.write(connection, List.of(), batch.firstNumber(), gone.size());
            return gone.size();
        });
    }

    private static void lockTotals(Connection connection, WrittenBatch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select datastream_id from datastream_state where datastream_id = any(?) order by datastream_id for update
            """)) {
            statement.setObject(1, ids(batch));
            statement.executeQuery().close();
        }
    }

    private static Map<Long, Seen> delete(Connection connection, WrittenBatch batch) throws SQLException {
        Map<Long, Seen> gone = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
            with gone as (
              delete from observation
              where datastream_id = any(?) and phenomenon_start between ? and ? and id & ? between ? and ?
              returning id, datastream_id, phenomenon_start, phenomenon_end, result_time
            ), moved as (
              delete from observation_moved where id in (select id from gone)
            )
            select * from gone
            """)) {
            statement.setObject(1, ids(batch));
            statement.setObject(2, batch.from().atOffset(ZoneOffset.UTC));
            statement.setObject(3, batch.to().atOffset(ZoneOffset.UTC));
            statement.setLong(4, ObservationId.NUMBER_MASK);
            long first = ObservationId.number(batch.firstNumber());
            statement.setLong(5, first);
            statement.setLong(6, first + batch.created() - 1);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    gone.put(rows.getLong(1), Seen.read(rows, 2));
                }
            }
        }
        return gone;
    }

    private static long[] ids(WrittenBatch batch) {
        return batch.datastreams().stream().mapToLong(Long::longValue).toArray();
    }
}
