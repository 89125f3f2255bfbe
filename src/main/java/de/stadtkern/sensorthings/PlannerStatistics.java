package de.stadtkern.sensorthings;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What PostgreSQL's planner knows of the bound town's tables. PostgreSQL gathers it by itself, but only about once a
/// minute: until then, tables that an import has just filled are planned as if they were empty, and pages take
/// several times as long.
@Repository
class PlannerStatistics {

    private static final int GROWTH = 4;
    private static final int SMALLEST_PAGES = 32;

    private final JdbcClient jdbc;

    PlannerStatistics(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// Gathers anew for each table that is several times as large as when that was last done.
    void refresh() {
        for (String table : grown()) {
            jdbc.sql("analyze " + table).update();
        }
    }

    /// As PostgreSQL quotes them.
    private List<String> grown() {
        return jdbc.sql("""
            select c.oid::regclass::text from pg_class c
            where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
              and pg_relation_size(c.oid) > :growth * current_setting('block_size')::bigint * greatest(c.relpages, :smallest)
            """)
                .param("growth", GROWTH)
                .param("smallest", SMALLEST_PAGES)
                .query((row, number) -> row.getString(1))
                .list();
    }
}
