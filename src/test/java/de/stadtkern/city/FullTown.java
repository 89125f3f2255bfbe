package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A town in whose every table something stands, so that a table an archive leaves out is missed. Each table that is
/// empty gets a row with a value in each column, as awkward as its type allows; a table of next year gets one by
/// itself.
/// All times are far ahead, and what could be worked on is paused or done: nothing in it changes by itself.
final class FullTown {

    private static final String LATER = "'2099-03-01 10:00:00.123456+01'";

    private static final Map<String, String> BY_TYPE = Map.ofEntries(
            Map.entry("text", "E'ä€\\t\\n\\\\N \"x\" ''y'' 😀'"),
            Map.entry("bigint", "7"),
            Map.entry("integer", "3"),
            Map.entry("boolean", "true"),
            Map.entry("double precision", "0.1"),
            Map.entry("timestamp with time zone", LATER),
            Map.entry("time without time zone", "'23:59:59'"),
            Map.entry("date", "'2099-03-01'"),
            Map.entry("uuid", "'5f0c2b1e-0000-4000-8000-000000000000'"),
            Map.entry("bytea", "'\\x00ff0a5c'"),
            Map.entry("jsonb", "'{\"a\": [1.10, null, \"x\\\\n\"]}'"),
            Map.entry("bigint[]", "'{1,2}'"),
            Map.entry("text[]", "E'{\"a,b\",\"c\\\\\\\\d\",null}'"),
            Map.entry("point", "'(11.5,50.9)'"),
            Map.entry("box", "'(11.6,51),(11.5,50.9)'"));

    /// Words of which there are only some.
    private static final Map<String, String> BY_NAME = Map.ofEntries(
            Map.entry("account.language", "'de'"),
            Map.entry("account_role.area", "'chat'"),
            Map.entry("account_role.role", "'viewer'"),
            Map.entry("api_key.area", "'chat'"),
            Map.entry("api_key.role", "'viewer'"),
            Map.entry("change.area", "'chat'"),
            Map.entry("data_set.openness", "'protected'"),
            Map.entry("data_set.readers", "'{viewer}'"),
            Map.entry("data_set.writers", "'{editor}'"),
            // A copy of the town sends nothing: what waited is stopped there, so here it has been sent.
            Map.entry("mail.next_at", "null"),
            Map.entry("watch_hook.next_at", "null"),
            Map.entry("import_job.task", "'import'"),
            Map.entry("import_job.state", "'done'"),
            Map.entry("second_factor_duty.role", "'viewer'"),
            Map.entry("source.kind", "'file'"),
            Map.entry("source.active", "false"),
            Map.entry("source_message.outcome", "'refused'"),
            Map.entry("source_message.refusals", "'[]'"),
            Map.entry("footfall_channel.role", "'total'"),
            Map.entry("footfall_flag.fault", "'zero'"),
            Map.entry("footfall_flag.verdict", "'open'"),
            Map.entry("footfall_hour.state", "'measured'"),
            Map.entry("footfall_hour_before.state", "'measured'"),
            Map.entry("footfall_period.kind", "'note'"),
            Map.entry("watch.kind", "'limit'"),
            Map.entry("watch_incident.kind", "'limit'"));

    private final JdbcClient jdbc;
    private final String schema;

    private FullTown(JdbcClient jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /// @param jdbc of a town that measures something already
    static void fill(JdbcClient jdbc, String schema) {
        FullTown town = new FullTown(jdbc, schema);
        town.measureSeveralAtOnce();
        List<String> empty = town.emptyTables();
        for (int before = Integer.MAX_VALUE; before > empty.size(); empty = town.emptyTables()) {
            before = empty.size();
            empty.forEach(town::fillTable);
        }
        assertThat(empty).as("tables that stay empty").isEmpty();
    }

    /// Tables in which nothing stands; partitions are part of their table.
    static List<String> empty(Map<String, String> sums) {
        return sums.entrySet().stream()
                .filter(table -> table.getValue().startsWith("0 "))
                .map(Map.Entry::getKey)
                .filter(table -> !table.matches("observation_(\\d.*|before|after)"))
                .toList();
    }

    private List<String> emptyTables() {
        return empty(TableSums.of(jdbc, schema)).stream()
                // What waits to be summarised is summarised.
                .filter(table -> !table.equals("dirty_log"))
                .toList();
    }

    private void measureSeveralAtOnce() {
        jdbc.sql("""
            insert into "%1$s".datastream (name, description, observation_type, units, thing_id, sensor_id, multi_types)
            select 'Wind', '', '', units || units, thing_id, sensor_id, '["a", "b"]' from "%1$s".datastream limit 1
            """.formatted(schema)).update();
    }

    private record Column(String name, String type) {}

    private void fillTable(String table) {
        List<Column> columns = new ArrayList<>();
        jdbc.sql("""
            select attname, format_type(atttypid, null) from pg_attribute
            where attrelid = cast(? as regclass) and attnum > 0 and not attisdropped and attidentity = '' and attgenerated = ''
            """).param("\"%s\".\"%s\"".formatted(schema, table)).query(row -> {
            columns.add(new Column(row.getString(1), row.getString(2)));
        });
        try {
            jdbc.sql("insert into \"%s\".\"%s\" (%s) values (%s)"
                            .formatted(
                                    schema,
                                    table,
                                    columns.stream()
                                            .map(column -> "\"" + column.name() + "\"")
                                            .collect(Collectors.joining(", ")),
                                    columns.stream()
                                            .map(column -> value(table, column))
                                            .collect(Collectors.joining(", "))))
                    .update();
        } catch (DataIntegrityViolationException later) {
            // What it refers to is not there yet: it comes in the next round.
        }
    }

    private String value(String table, Column column) {
        if (column.name().equals("datastream_id")) {
            // Also where the database does not ask for it: a watch of none would be cleared away.
            return "(select min(id) from \"%s\".datastream)".formatted(schema);
        }
        return reference(table, column.name()).orElseGet(() -> {
            String value = BY_NAME.get(table + "." + column.name());
            return value != null ? value : BY_TYPE.getOrDefault(column.type(), "no value for " + column.type());
        });
    }

    private java.util.Optional<String> reference(String table, String column) {
        return jdbc.sql("""
            select format('(select min(%I) from %s)', f.attname, c.confrelid::regclass)
            from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
            join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
            where c.contype = 'f' and c.conrelid = cast(? as regclass) and a.attname = ?
            """)
                .param("\"%s\".\"%s\"".formatted(schema, table))
                .param(column)
                .query(String.class)
                .optional();
    }
}
