package de.stadtkern.city;

import java.sql.Connection;
import java.sql.SQLException;

/// A transaction on a connection that is not Spring's. What was not committed when it is closed is undone, and a
/// failure of that never hides the one before: where the connection was lost, the first statement to meet it says so,
/// and all later ones only that it is closed.
public final class Transaction implements AutoCloseable {

    private final Connection connection;

    private Transaction(Connection connection) {
        this.connection = connection;
    }

    public static Transaction begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return new Transaction(connection);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
    }
}
