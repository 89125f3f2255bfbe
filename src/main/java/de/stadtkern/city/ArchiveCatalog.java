package de.stadtkern.city;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Asks PostgreSQL's catalogue what there is in a town's schema to be copied.
final class ArchiveCatalog {

    private final Connection connection;
    private final String schema;

    ArchiveCatalog(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /// All tables but the history of migrations, whoever is referred to first. A partitioned table counts as one.
    List<ArchiveContents.Table> tables() throws SQLException {
        Map<String, Set<String>> references = new LinkedHashMap<>();
        for (String table : texts("""
            select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration_history'
            order by 1
            """)) {
            references.put(table, new LinkedHashSet<>());
        }
        try (PreparedStatement statement = connection.prepareStatement("""
            select a.relname, b.relname from pg_constraint f
            join pg_class a on a.oid = f.conrelid join pg_class b on b.oid = f.confrelid
            join pg_namespace n on n.oid = a.relnamespace
            where f.contype = 'f' and n.nspname = ? and a.oid <> b.oid
            """)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    references.getOrDefault(rows.getString(1), Set.of()).add(rows.getString(2));
                }
            }
        }
        List<ArchiveContents.Table> tables = new ArrayList<>();
        for (String name : referredFirst(references)) {
            tables.add(new ArchiveContents.Table(name, columns(name), partitions(name)));
        }
        return tables;
    }

    private static Set<String> referredFirst(Map<String, Set<String>> references) {
        Set<String> order = new LinkedHashSet<>();
        while (order.size() < references.size()) {
            int before = order.size();
            references.forEach((table, needs) -> {
                if (order.containsAll(needs)) {
                    order.add(table);
                }
            });
            if (order.size() == before) {
                throw new IllegalStateException("Tables refer to each other in a circle: " + references.keySet());
            }
        }
        return order;
    }

    private List<String> columns(String table) throws SQLException {
        return texts("""
            select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by a.attnum
            """, table);
    }

    private List<ArchiveContents.Partition> partitions(String table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select p.relname, pg_get_expr(p.relpartbound, p.oid), coalesce(p.reloptions, '{}')
            from pg_inherits i join pg_class p on p.oid = i.inhrelid join pg_class c on c.oid = i.inhparent
            join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = ? and c.relname = ? and p.relispartition order by 1
            """)) {
            statement.setString(1, schema);
            statement.setString(2, table);
            List<ArchiveContents.Partition> partitions = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    partitions.add(
                            new ArchiveContents.Partition(rows.getString(1), rows.getString(2), Arrays.asList((String[])
                                    rows.getArray(3).getArray())));
                }
            }
            return partitions;
        }
    }

    /// The last value each sequence gave out; one never asked is left out.
    Map<String, Long> sequences() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select sequencename, last_value from pg_sequences where schemaname = ? and last_value is not null")) {
            statement.setString(1, schema);
            Map<String, Long> sequences = new LinkedHashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sequences.put(rows.getString(1), rows.getLong(2));
                }
            }
            return sequences;
        }
    }

    private List<String> texts(String sql, String... more) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            for (int i = 0; i < more.length; i++) {
                statement.setString(i + 2, more[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
