package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The pictures a town has or had as its logo, in the town's schema, so that its archive holds them. One is shown; the
/// others wait for a change to be taken back and are handed out to nobody.
@Repository
public class TownLogos {

    private final JdbcClient jdbc;

    TownLogos(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Keeps a picture that is not shown yet.
    public void keep(LogoFile picture) {
        jdbc.sql("insert into town_logo (name, content, shown) values (?, ?, false) on conflict (name) do nothing")
                .params(picture.name(), picture.content())
                .update();
    }

    /// From now on this one is shown; a picture that is neither this one nor among the others goes.
    ///
    /// @param name   empty for none
    /// @param others that may still be wanted back
    public void show(String name, Set<String> others) {
        if (!name.isEmpty() && !isKept(name)) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "logo-gone",
                    "The picture '%s' is no longer kept; upload it again.".formatted(name));
        }
        jdbc.sql("delete from town_logo where name <> ? and name <> all (?::text[])")
                .params(name, others.toArray(String[]::new))
                .update();
        jdbc.sql("update town_logo set shown = (name = :name) where shown <> (name = :name)")
                .param("name", name)
                .update();
    }

    private boolean isKept(String name) {
        return jdbc.sql("select exists (select from town_logo where name = ?)")
                .param(name)
                .query(Boolean.class)
                .single();
    }

    /// Asks the database and not what this process knows of the town: another one may just have changed it.
    Optional<byte[]> findShown(String name) {
        return jdbc.sql("select content from town_logo where name = ? and shown")
                .param(name)
                .query((row, _) -> row.getBytes(1))
                .optional();
    }
}
