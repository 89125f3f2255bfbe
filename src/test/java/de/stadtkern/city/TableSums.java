package de.stadtkern.city;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What stands in a schema, to be compared.
final class TableSums {

    private TableSums() {}

    /// Number of rows and a sum over all their contents, for each table and partition.
    static Map<String, String> of(JdbcClient jdbc, String schema) {
        Map<String, String> sums = new TreeMap<>();
        jdbc.sql("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p') and c.relname <> 'migration_history'
            """).param(schema).query(row -> {
            String table = row.getString(1);
            sums.put(table, sum(jdbc, schema, table));
        });
        return sums;
    }

    private static String sum(JdbcClient jdbc, String schema, String table) {
        return jdbc.sql("""
            select count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)), 0) from "%s"."%s" t
            """.formatted(schema, table)).query(String.class).single();
    }
}
