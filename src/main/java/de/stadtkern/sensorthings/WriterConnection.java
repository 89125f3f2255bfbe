package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.installation.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// A connection of the writer's own, for one town as long as it is open, with the block of Observation numbers it hands
/// out.
final class WriterConnection implements AutoCloseable {

    static final int BLOCK = 10_000;

    private final Connection connection;
    private NumberBlock numbers;

    /// @param numbers what another connection to this town has left
    WriterConnection(Database database, City city, NumberBlock numbers) throws SQLException {
        this.numbers = numbers;
        connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("set search_path to \"" + city.schema() + "\"");
            if (!hasCitus(statement)) {
                // Saves a third of the server's work for small batches; Citus cannot plan `insert … select from
                // unnest($1)` so.
                statement.execute("set plan_cache_mode = force_generic_plan");
            }
        } catch (SQLException failed) {
            connection.close();
            throw failed;
        }
    }

    private static boolean hasCitus(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select from pg_extension where extname = 'citus'")) {
            return rows.next();
        }
    }

    Connection jdbc() {
        return connection;
    }

    /// The first of `count` numbers in a row, unique in the town; at most [#BLOCK] of them.
    long numbers(int count) throws SQLException {
        if (!numbers.has(count)) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select nextval('observation_id')")) {
                rows.next();
                numbers = new NumberBlock(rows.getLong(1), rows.getLong(1) + BLOCK);
            }
        }
        long first = numbers.next();
        numbers = numbers.without(count);
        return first;
    }

    NumberBlock numbersLeft() {
        return numbers;
    }

    boolean isUsable() {
        try {
            return !connection.isClosed();
        } catch (SQLException broken) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // It is being thrown away; there is nobody to tell.
        }
    }
}
