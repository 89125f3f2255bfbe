package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/// DELETE of entities that are no Observations, with what cannot be without them (OGC 18-088 table 26).
///
/// Datastreams may hold millions of Observations, so they and what they belong to are hidden, which answers at once;
/// [DatastreamPurge] and [HiddenEntities] take the rows away afterwards. Features go likewise: [FeatureRemoval].
final class EntityRemoval {

    private final Connection connection;
    private final long[] ids;

    private EntityRemoval(Connection connection, List<Long> ids) {
        this.connection = connection;
        this.ids = ids.stream().mapToLong(Long::longValue).toArray();
    }

    static void run(Connection connection, EntityType type, List<Long> ids) throws SQLException {
        new EntityRemoval(connection, ids).run(type);
        HiddenEntities.removeUnused(connection);
        ChangeLog.record(connection, type);
    }

    private void run(EntityType type) throws SQLException {
        switch (type) {
            case DATASTREAM, MULTI_DATASTREAM -> hideDatastreams("select id from datastream where id = any(?)");
            case THING -> {
                update("delete from historical_location where thing_id = any(?)");
                update("delete from thing_location where thing_id = any(?)");
                hideDatastreams("select id from datastream where thing_id = any(?)");
                update("update thing set hidden = true where id = any(?)");
            }
            case SENSOR -> {
                hideDatastreams("select id from datastream where sensor_id = any(?)");
                update("update sensor set hidden = true where id = any(?)");
            }
            case OBSERVED_PROPERTY -> {
                hideDatastreams(
                        "select datastream_id from datastream_observed_property where observed_property_id = any(?)");
                update("update observed_property set hidden = true where id = any(?)");
            }
            case LOCATION -> {
                update("delete from historical_location where id in (select historical_location_id from"
                        + " historical_location_location where location_id = any(?))");
                update("delete from location where id = any(?)");
            }
            case HISTORICAL_LOCATION -> update("delete from historical_location where id = any(?)");
            case FEATURE_OF_INTEREST -> FeatureRemoval.run(connection, ids);
            case OBSERVATION -> throw new IllegalArgumentException("Observations are removed by ObservationEdit");
        }
    }

    private void hideDatastreams(String select) throws SQLException {
        update("""
            with locked as materialized (
              select datastream_id from datastream_state where datastream_id in (%s) order by datastream_id for update
            )
            update datastream_state set hidden = true where datastream_id in (select datastream_id from locked)
            """.formatted(select));
        update("update datastream set hidden = true where id in (%s)".formatted(select));
    }

    private void update(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, ids);
            statement.executeUpdate();
        }
    }
}
