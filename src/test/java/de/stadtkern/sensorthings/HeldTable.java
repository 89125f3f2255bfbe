package de.stadtkern.sensorthings;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// Somebody holds a town's Observations, so that whatever reads them waits.
record HeldTable(SensorThingsScenario sta, DataSource dataSource) {

    interface Work {
        /// @param holder lets go by a rollback
        void run(Connection holder) throws IOException, SQLException;
    }

    void during(Work work) {
        sta.town.in(() -> {
            try (Connection holder = dataSource.getConnection()) {
                holder.setAutoCommit(false);
                try (Statement statement = holder.createStatement()) {
                    statement.execute("lock table observation in access exclusive mode");
                    work.run(holder);
                } finally {
                    holder.rollback();
                    holder.setAutoCommit(true);
                }
            } catch (IOException | SQLException failed) {
                throw new AssertionError(failed);
            }
            return true;
        });
    }

    /// How many statements of the API wait for it.
    int waiting() {
        return sta.town.in(() -> sta.jdbc().sql("""
            select count(*) from pg_stat_activity a join pg_locks l on l.pid = a.pid
            where l.relation = 'observation'::regclass and not l.granted and a.state = 'active' and a.query like 'select o.%'
            """).query(Integer.class).single());
    }
}
