package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.event.EventListener;
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
    /// How many there were when this process last had a town's statistics gathered: where PostgreSQL does not tell (a
    /// Citus coordinator knows only its own, empty tables), that is enough not to do it again and again.
    private final Map<Long, Long> gathered = new ConcurrentHashMap<>();

    PlannerStatistics(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// Gathers anew if there are several times as many Observations as when that was last done.
    void refresh() {
        long town = CityContext.current().id();
        long there = there();
        if (there > GROWTH * gathered.getOrDefault(town, 0L) + FEW && there > GROWTH * known() + FEW) {
            jdbc.sql("analyze observation, rollup_hour, rollup_day").update();
            gathered.put(town, there);
        }
    }

    @EventListener
    void forget(CityRemoved event) {
        gathered.remove(event.city().id());
    }

    private long there() {
        return jdbc.sql("select coalesce(sum(n), 0) from datastream_state")
                .query(Long.class)
                .single();
    }

    private long known() {
        return jdbc.sql("""
            select coalesce(sum(c.reltuples) filter (where c.reltuples > 0), 0)::bigint
            from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'observation'::regclass
            """).query(Long.class).single();
    }
}
