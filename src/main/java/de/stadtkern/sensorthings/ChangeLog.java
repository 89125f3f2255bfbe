package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/// Says in the town's change log that entities of a set changed; live pages, subscribers and other processes read it.
final class ChangeLog {

    /// After a `with new as (insert … returning id)`: the line about the new entity.
    static final String CREATED =
            ", said as (insert into change_log (what, entity_ids) select '%s', array[id] from new)";

    private ChangeLog() {}

    /// Something about entities of this type, such as that some are gone.
    static void record(Connection connection, EntityType type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into change_log (what) values (?)")) {
            statement.setString(1, type.set());
            statement.executeUpdate();
        }
    }

    /// @param properties and relations that are different now
    static void changed(Connection connection, EntityType type, long id, Collection<String> properties)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into change_log (what, entity_ids, properties) values (?, array[?::bigint], ?)")) {
            statement.setString(1, type.set());
            statement.setLong(2, id);
            statement.setArray(3, connection.createArrayOf("text", properties.toArray()));
            statement.executeUpdate();
        }
    }
}
