package de.stadtkern.city;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.sql.DataSource;
import org.postgresql.jdbc.PgConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// Hands out connections whose `search_path` is the schema of the bound town, and none without a town.
///
/// The path is set only when the physical connection last worked for another town (161 against 304 µs a query). That
/// memory is true because the pool runs with auto-commit on: the `SET` is committed by itself and no later rollback
/// undoes it.
final class CityDataSource extends DelegatingDataSource {

    /// A statement on Observations is planned over some forty partitions, which costs a third of a millisecond
    /// each time, a third of what PostgreSQL needs for a page of them. It would go on doing so, because it reckons
    /// the partitions a value leaves out as saved; a plan made once leaves them out when it runs. What Citus would
    /// make of it was not tried.
    private static final String PLAN_ONCE =
            "select set_config('plan_cache_mode', 'force_generic_plan', false) where not exists (select from"
                    + " pg_extension where extname = 'citus')";

    private final Map<PgConnection, String> schemaOf = Collections.synchronizedMap(new WeakHashMap<>());

    private final SlowQueries slow;

    CityDataSource(DataSource pool, SlowQueries slow) {
        super(pool);
        this.slow = slow;
    }

    @Override
    public Connection getConnection() throws SQLException {
        String schema = CityContext.current().schema();
        Connection connection = super.getConnection();
        try {
            PgConnection physical = connection.unwrap(PgConnection.class);
            if (!schema.equals(schemaOf.get(physical))) {
                boolean isNew = schemaOf.remove(physical) == null;
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set search_path to \"" + schema + "\"");
                    if (isNew) {
                        statement.execute(PLAN_ONCE);
                    }
                }
                schemaOf.put(physical, schema);
            }
            return slow.isOn() ? TimedConnection.of(connection, slow, this) : connection;
        } catch (SQLException | RuntimeException failed) {
            connection.close();
            throw failed;
        }
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        throw new SQLException("Connections of a town belong to the installation's own role");
    }
}
