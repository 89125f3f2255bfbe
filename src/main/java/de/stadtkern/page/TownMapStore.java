package de.stadtkern.page;

import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The one row of the town's `town_map`.
@Repository
class TownMapStore {

    private final JdbcClient jdbc;

    TownMapStore(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    Optional<String> find() {
        return jdbc.sql("select areas::text from town_map").query(String.class).optional();
    }

    void save(String geoJson) {
        jdbc.sql("""
            insert into town_map (areas) values (?::jsonb) on conflict (one) do update set areas = excluded.areas
            """).param(geoJson).update();
    }
}
