package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.ObservationChange.Seen;
import de.stadtkern.sensorthings.query.Closed;
import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// DELETE of many Observations in the transaction that is open: their totals are locked in ascending order first, and
/// made true once at the end. Where an Observation is, its id says, hour by hour.
final class ObservationRemoval {

    private static final String SERIALIZATION_FAILURE = "40001";

    private final Connection connection;
    private final Map<Instant, List<Long>> byHour = new TreeMap<>();

    private ObservationRemoval(Connection connection) {
        this.connection = connection;
    }

    /// @param unwritable data sets of which none may lose an Observation
    /// @return how many were still there
    static int run(Connection connection, List<Long> ids, Closed unwritable) throws SQLException {
        ObservationRemoval removal = new ObservationRemoval(connection);
        removal.place(ids);
        Set<Long> datastreams = removal.findDatastreams();
        if (!unwritable.isNone()) {
            for (long datastream : datastreams) {
                DataSetGuard.require(connection, unwritable, EntityType.DATASTREAM, datastream);
            }
        }
        removal.lock(datastreams);
        Map<Long, Seen> gone = removal.delete();
        if (!gone.values().stream().map(Seen::datastreamId).allMatch(datastreams::contains)) {
            throw new SQLException(
                    "An Observation was moved to another Datastream while it was deleted", SERIALIZATION_FAILURE);
        }
        if (!gone.isEmpty()) {
            ObservationChange.removed(connection, gone);
        }
        return gone.size();
    }

    private void place(List<Long> ids) throws SQLException {
        Map<Long, Instant> moved = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("select id, phenomenon_start from observation_moved where id = any(?)")) {
            statement.setObject(1, array(ids));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    moved.put(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant());
                }
            }
        }
        for (long id : ids) {
            Instant hour = moved.getOrDefault(id, ObservationId.hour(id)).truncatedTo(ChronoUnit.HOURS);
            byHour.computeIfAbsent(hour, one -> new ArrayList<>()).add(id);
        }
    }

    private Set<Long> findDatastreams() throws SQLException {
        TreeSet<Long> datastreams = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement("""
            select distinct datastream_id from observation
            where phenomenon_start >= ? and phenomenon_start < ? and id = any(?)
            """)) {
            for (Instant hour : byHour.keySet()) {
                bind(statement, hour);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        datastreams.add(rows.getLong(1));
                    }
                }
            }
        }
        return datastreams;
    }

    private void lock(Set<Long> datastreams) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select 1 from datastream_state where datastream_id = any(?) order by datastream_id for update")) {
            statement.setObject(1, array(List.copyOf(datastreams)));
            statement.executeQuery().close();
        }
    }

    private Map<Long, Seen> delete() throws SQLException {
        Map<Long, Seen> gone = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
            with gone as (
              delete from observation where phenomenon_start >= ? and phenomenon_start < ? and id = any(?)
              returning id, datastream_id, phenomenon_start, phenomenon_end, result_time
            ), moved as (
              delete from observation_moved where id in (select id from gone)
            )
            select * from gone
            """)) {
            for (Instant hour : byHour.keySet()) {
                bind(statement, hour);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        gone.put(rows.getLong(1), Seen.read(rows, 2));
                    }
                }
            }
        }
        return gone;
    }

    private void bind(PreparedStatement statement, Instant hour) throws SQLException {
        OffsetDateTime from = hour.atOffset(ZoneOffset.UTC);
        statement.setObject(1, from);
        statement.setObject(2, from.plusHours(1));
        statement.setObject(3, array(Objects.requireNonNull(byHour.get(hour))));
    }

    private static long[] array(List<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).toArray();
    }
}
