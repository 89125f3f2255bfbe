package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The last transaction of a town's schema: nobody writes into its tables from its beginning, whichever process they
/// belong to, and at its end the schema is gone. Whoever waited to write fails then, so nothing is acknowledged that
/// the archive made in between does not hold.
final class TownEnd implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String DEADLOCK = "40P01";
    /// Somebody reads one table and wants another, or reads for long.
    private static final Set<String> PASSING = Set.of(DEADLOCK, LOCK_NOT_AVAILABLE);
    private static final int TRIES = 30;

    private final Connection connection;
    private final String schema;

    private TownEnd(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /// Waits for those who are writing; after a minute it gives up.
    static TownEnd begin(InstallationDataSource installation, City city) {
        try {
            Connection connection = installation.pool().getConnection();
            var end = new TownEnd(connection, city.schema());
            try {
                connection.setAutoCommit(false);
                end.lock();
                return end;
            } catch (SQLException failed) {
                end.close();
                throw failed;
            }
        } catch (SQLException failed) {
            if (LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
                throw new Problem(
                        Problem.Kind.CONFLICTING,
                        "town-busy",
                        "Somebody has been writing into '%s' for a minute; nothing was changed. Please try again."
                                .formatted(city.name()));
            }
            throw new IllegalStateException("'%s' could not be closed".formatted(city.name()), failed);
        }
    }

    private void lock() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '60s'");
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("""
                select format('%%I.%%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
                where n.nspname = %s and c.relkind in ('r', 'p') and not c.relispartition order by c.relname
                """.formatted(statement.enquoteLiteral(schema)))) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            if (!tables.isEmpty()) {
                lockAll(statement, "lock table " + String.join(", ", tables) + " in share mode");
            }
        }
    }

    /// Who writes into several tables takes them in another order, and then one of the two gives way: this one tries
    /// again, with nothing locked in between.
    private void lockAll(Statement statement, String lock) throws SQLException {
        Savepoint open = connection.setSavepoint();
        for (int attempt = 1; ; attempt++) {
            try {
                statement.execute(lock);
                return;
            } catch (SQLException failed) {
                if (attempt == TRIES || !DEADLOCK.equals(failed.getSQLState())) {
                    throw failed;
                }
                connection.rollback(open);
            }
        }
    }

    /// Waits at most a minute for those who are reading.
    void drop() throws IOException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            Savepoint closed = connection.setSavepoint();
            for (int attempt = 1; ; attempt++) {
                try {
                    sendAway(statement);
                    statement.execute("drop schema " + statement.enquoteIdentifier(schema, true) + " cascade");
                    connection.commit();
                    return;
                } catch (SQLException failed) {
                    if (attempt == TRIES || !PASSING.contains(failed.getSQLState())) {
                        throw failed;
                    }
                    // The tables stay closed to writers: their locks are older than the savepoint.
                    connection.rollback(closed);
                }
            }
        } catch (SQLException failed) {
            throw new IOException("The schema '%s' could not be dropped".formatted(schema), failed);
        }
    }

    /// Whoever waits to write may have read in the same transaction, and would be waited for as long as they wait.
    private static void sendAway(Statement statement) throws SQLException {
        statement.execute("""
            select pg_cancel_backend(pid) from pg_stat_activity
            where wait_event_type = 'Lock' and pg_backend_pid() = any(pg_blocking_pids(pid))
            """);
    }

    /// Takes the lock back if the schema was not dropped.
    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
