package de.stadtkern.identity;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Names of the API keys that changes point at.
@Component
class KeyNames implements Named {

    private final JdbcClient jdbc;

    KeyNames(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Set<String> fields() {
        return Set.of("reading-keys", "writing-keys");
    }

    @Override
    public Map<Long, String> names(String field, Collection<Long> ids) {
        Map<Long, String> names = new HashMap<>();
        jdbc.sql("select id, name from api_key where id = any(?)")
                .param(ids.toArray(Long[]::new))
                .query((row, _) -> names.put(row.getLong("id"), row.getString("name")))
                .list();
        return names;
    }
}
