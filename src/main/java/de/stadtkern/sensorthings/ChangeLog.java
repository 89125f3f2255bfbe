package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/// Says in the town's change log that entities of a set changed; live pages and other processes read it.
final class ChangeLog {

    private ChangeLog() {}

    static void record(Connection connection, EntityType type) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into change_log (what) values (?)")) {
            statement.setString(1, type.set());
            statement.executeUpdate();
        }
    }
}
