package de.stadtkern.sensorthings;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What PostgreSQL's planner knows of the bound town's Observations. PostgreSQL gathers it by itself, but only about
/// once a minute: until then, tables that an import has just filled are planned as if they were empty, and pages take
/// several times as long.
@Repository
class PlannerStatistics {

    private static final int GROWTH = 4;
    private static final long FEW = 10_000;

    private final JdbcClient jdbc;

    PlannerStatistics(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// Gathers anew if there are several times as many Observations as when that was last done.
    void refresh() {
        if (there() > GROWTH * known() + FEW) {
            jdbc.sql("analyze observation, rollup_hour, rollup_day").update();
        }
    }

    private long there() {
        return jdbc.sql("select coalesce(sum(n), 0) from datastream_state")
                .query(Long.class)
                .single();
    }

    private long known() {
        return jdbc.sql("""
            select coalesce(sum(reltuples) filter (where reltuples > 0), 0)::bigint from pg_class
            where relnamespace = current_schema()::regnamespace and relispartition and relkind = 'r'
            """).query(Long.class).single();
    }
}
