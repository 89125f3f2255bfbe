package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The rows of the town's `town_areas`: one is shown, the others wait for a change to be taken back.
@Repository
class TownMapStore {

    private final JdbcClient jdbc;

    TownMapStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<String> find(String name) {
        return jdbc.sql("select areas::text from town_areas where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    /// Of what is shown.
    Optional<String> name() {
        return jdbc.sql("select name from town_areas where shown")
                .query(String.class)
                .optional();
    }

    /// Whoever changes what is shown waits here for others who do, until their transaction ends.
    void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema() || ' town areas', 0))")
                .query((row, _) -> "")
                .list();
    }

    /// Keeps areas that are not shown yet.
    void keep(AreasFile file) {
        jdbc.sql("""
            insert into town_areas (name, areas, shown) values (?, ?::jsonb, false) on conflict (name) do nothing
            """).params(file.name(), file.geoJson()).update();
    }

    /// From now on these are shown; what is neither shown nor among the others goes.
    ///
    /// @param name   empty for none
    /// @param others that may still be wanted back
    void show(String name, Set<String> others) {
        jdbc.sql("delete from town_areas where name <> ? and name <> all (?::text[])")
                .params(name, others.toArray(String[]::new))
                .update();
        int shown = jdbc.sql("update town_areas set shown = true where name = ?")
                .param(name)
                .update();
        if (shown == 0 && !name.isEmpty()) {
            throw new Problem(
                    Problem.Kind.CONFLICTING, "areas-gone", "These areas are no longer kept; upload them again.");
        }
        jdbc.sql("update town_areas set shown = false where shown and name <> ?")
                .param(name)
                .update();
    }
}
