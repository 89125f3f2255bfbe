package de.stadtkern.sensorthings;

import de.stadtkern.city.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/// Several statements that see the same state of the store, with cursors open between them.
final class Snapshot {

    interface Work {
        void run() throws SQLException;
    }

    private Snapshot() {}

    static void of(Connection connection, Work work) throws SQLException {
        try (Transaction _ = Transaction.begin(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            work.run();
        }
    }
}
