package de.stadtkern.sensorthings;

import de.stadtkern.identity.Named;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Names of the entities that changes point at.
@Component
class EntityNames implements Named {

    private static final Map<String, String> TABLES = Map.of(
            "thing", "thing",
            "things", "thing",
            "datastream", "datastream",
            "datastreams", "datastream",
            "locations", "location");

    private final JdbcClient jdbc;

    EntityNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> fields() {
        return TABLES.keySet();
    }

    @Override
    public Map<Long, String> names(String field, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("select id, name from %s where id = any(?)".formatted(Objects.requireNonNull(TABLES.get(field))))
                .param(ids.toArray(Long[]::new))
                .query((row, _) -> names.put(row.getLong("id"), row.getString("name")))
                .list();
        return names;
    }
}
