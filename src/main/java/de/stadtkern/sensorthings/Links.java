package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.DeepInsert.Given;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.Sql;
import de.stadtkern.sensorthings.query.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The relations between stored entities, and what follows from them: where a Thing is, and where it was.
final class Links {

    private Links() {}

    /// The id again, if there is such an entity that the API shows.
    static long requireTarget(Connection connection, EntityType type, long id) throws SQLException {
        Sql sql = Statements.id(ResourcePath.of(type, id));
        try (PreparedStatement statement = EntityReader.prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw EntityWriter.unknownTarget(type, id);
            }
            return id;
        }
    }

    static void pair(Connection connection, Join.Pairs pairs, long source, long target) throws SQLException {
        boolean hasPosition = pairs.table().equals("datastream_observed_property");
        String sql = "insert into %s (%s, %s%s) values (?, ?%s) on conflict do nothing"
                .formatted(
                        pairs.table(),
                        pairs.sourceColumn(),
                        pairs.targetColumn(),
                        hasPosition ? ", position" : "",
                        hasPosition ? ", 0" : "");
        update(connection, sql, source, target);
    }

    /// Lets an existing entity name another one.
    static void rename(Connection connection, Relation relation, String column, long source, long target)
            throws SQLException {
        requireTarget(connection, relation.target(), target);
        update(
                connection,
                "update %s set %s = ? where id = ?".formatted(relation.target().tableName(), column),
                source,
                target);
    }

    /// A Datastream has a row of totals from its first moment, so that changes always find one to lock.
    static void startTotals(Connection connection, long datastreamId) throws SQLException {
        update(
                connection,
                "insert into datastream_state (datastream_id) values (?) on conflict do nothing",
                datastreamId);
    }

    /// What a new entity means for where Things are. A Thing with Locations gets its first HistoricalLocation, one
    /// with a new Location has left the old ones, and a HistoricalLocation newer than all others says where it is.
    static void followLocations(Connection connection, NewEntity entity, long id, @Nullable Given given)
            throws SQLException {
        switch (entity.type()) {
            case THING -> {
                if (!locationsOf(connection, id).isEmpty()) {
                    recordHistory(connection, id);
                }
            }
            case LOCATION -> {
                for (long thing : ids(connection, "select thing_id from thing_location where location_id = ?", id)) {
                    moveTo(connection, thing, List.of(id));
                }
            }
            case HISTORICAL_LOCATION -> followHistory(connection, id);
            case DATASTREAM, SENSOR, OBSERVED_PROPERTY, OBSERVATION, FEATURE_OF_INTEREST -> {}
        }
    }

    /// The Thing is at these Locations now and no longer at others, and history says since when.
    static void moveTo(Connection connection, long thingId, List<Long> locationIds) throws SQLException {
        placeAt(connection, thingId, locationIds);
        recordHistory(connection, thingId);
    }

    /// The Thing is where its Locations say by now; without any there is nothing to note.
    static void recordMove(Connection connection, long thingId) throws SQLException {
        if (!locationsOf(connection, thingId).isEmpty()) {
            recordHistory(connection, thingId);
        }
    }

    private static void placeAt(Connection connection, long thingId, List<Long> locationIds) throws SQLException {
        update(connection, "delete from thing_location where thing_id = ?", thingId);
        ChangeLog.changed(connection, EntityType.THING, thingId, List.of("Locations"));
        for (long locationId : locationIds) {
            update(
                    connection,
                    "insert into thing_location (thing_id, location_id) values (?, ?) on conflict do nothing",
                    thingId,
                    locationId);
        }
    }

    private static void recordHistory(Connection connection, long thingId) throws SQLException {
        List<Long> created = ids(
                connection,
                "with new as (insert into historical_location (thing_id, time) values (?, clock_timestamp()) returning"
                        + " id)"
                        + ChangeLog.CREATED.formatted(EntityType.HISTORICAL_LOCATION.set())
                        + " select id from new",
                thingId);
        update(
                connection,
                "insert into historical_location_location (historical_location_id, location_id)"
                        + " select ?, location_id from thing_location where thing_id = ?",
                created.getFirst(),
                thingId);
    }

    private static void followHistory(Connection connection, long historicalLocationId) throws SQLException {
        List<Long> newestOf = ids(connection, """
            select h.thing_id from historical_location h where h.id = ? and not exists (
              select from historical_location other where other.thing_id = h.thing_id and other.id <> h.id and other.time >= h.time)
            """, historicalLocationId);
        if (!newestOf.isEmpty()) {
            List<Long> locations = ids(
                    connection,
                    "select location_id from historical_location_location where historical_location_id = ?",
                    historicalLocationId);
            placeAt(connection, newestOf.getFirst(), locations);
        }
    }

    private static List<Long> locationsOf(Connection connection, long thingId) throws SQLException {
        return ids(connection, "select location_id from thing_location where thing_id = ?", thingId);
    }

    static List<Long> ids(Connection connection, String sql, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            return ids;
        }
    }

    static int update(Connection connection, String sql, long... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
