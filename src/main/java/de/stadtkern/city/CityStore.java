package de.stadtkern.city;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `stadtkern.town`.
@Repository
class CityStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final InstallationDataSource installation;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    /// Needs the migrations only so that the table is there first.
    CityStore(InstallationDataSource installation, TownMigrations migrations) {
        migrations.migrateInstallation();
        this.installation = installation;
        this.jdbc = installation.jdbc();
        this.transaction = installation.transaction();
    }

    /// Does something while no process on this database does something else this way: what is looked up in it is
    /// still so when it is written. A lock of the session and not of a transaction, because schemas are made
    /// meanwhile.
    <T> T alone(Supplier<T> work) {
        try (Connection connection = installation.pool().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(hashtextextended('stadtkern towns', 0))");
            try {
                return work.get();
            } finally {
                statement.execute("select pg_advisory_unlock(hashtextextended('stadtkern towns', 0))");
            }
        } catch (SQLException failed) {
            throw new CannotGetJdbcConnectionException("The towns could not be locked", failed);
        }
    }

    List<City> findAll() {
        return jdbc.sql("select * from stadtkern.town order by id")
                .query(CityStore::city)
                .list();
    }

    List<City> findBehind(String buildVersion) {
        return jdbc.sql("select * from stadtkern.town where schema_version < ? order by id")
                .param(buildVersion)
                .query(CityStore::city)
                .list();
    }

    void insert(NewCity wish, String schema, boolean first, String schemaVersion) {
        jdbc.sql("""
            insert into stadtkern.town (slug, schema_name, name, ars, hosts, zone, languages, colour, logo, legal, is_default, demo, schema_version)
            values (?, ?, ?, ?, ?::text[], ?, ?::text[], ?, '', ?::jsonb, ?, ?, ?)
            """)
                .params(
                        wish.slug(),
                        schema,
                        wish.name(),
                        wish.ars(),
                        wish.hosts().toArray(String[]::new),
                        wish.zone().getId(),
                        wish.languages().toArray(String[]::new),
                        wish.colour(),
                        JSON.writeValueAsString(wish.legal()),
                        first,
                        wish.demo(),
                        schemaVersion)
                .update();
    }

    void update(City city, NewCity to) {
        jdbc.sql("""
            update stadtkern.town
            set name = ?, ars = ?, hosts = ?::text[], languages = ?::text[], colour = ?, logo = ?, legal = ?::jsonb where id = ?
            """)
                .params(
                        to.name(),
                        to.ars(),
                        to.hosts().toArray(String[]::new),
                        to.languages().toArray(String[]::new),
                        to.colour(),
                        to.logo(),
                        JSON.writeValueAsString(to.legal()),
                        city.id())
                .update();
    }

    /// The oldest remaining town becomes the default if the default one goes.
    void delete(City city) {
        jdbc.sql("""
            with gone as (delete from stadtkern.town where id = :id returning is_default)
            update stadtkern.town set is_default = true
            where (select is_default from gone) and id = (select min(id) from stadtkern.town where id <> :id)
            """).param("id", city.id()).update();
    }

    boolean schemaExists(String schema) {
        return jdbc.sql("select to_regnamespace(quote_ident(?)) is not null")
                .param(schema)
                .query(Boolean.class)
                .single();
    }

    /// Host names that another town has by now stay with that town. Columns the archive does not know get their
    /// defaults.
    void adopt(Map<String, Object> row, String slug, String schema, String version, Optional<City> replaced) {
        transaction.executeWithoutResult(_ -> {
            boolean wasDefault = replaced.map(City::isDefault).orElse(false);
            replaced.ifPresent(old -> jdbc.sql("delete from stadtkern.town where id = ?")
                    .param(old.id())
                    .update());
            boolean hasDefault = jdbc.sql("select exists (select from stadtkern.town where is_default)")
                    .query(Boolean.class)
                    .single();
            Map<String, Object> values = new HashMap<>(row);
            values.put("slug", slug);
            values.put("schema_name", schema);
            values.put("schema_version", version);
            values.put("is_default", wasDefault || !hasDefault);
            values.put("hosts", freeHosts(row.get("hosts")));
            values.remove("id");
            String columns = jdbc.sql("""
                select string_agg(quote_ident(column_name), ', ' order by ordinal_position) from information_schema.columns
                where table_schema = 'stadtkern' and table_name = 'town' and column_name in (:columns)
                """)
                    .param("columns", values.keySet())
                    .query(String.class)
                    .single();
            jdbc.sql(
                            "insert into stadtkern.town (%1$s) select %1$s from jsonb_populate_record(null::stadtkern.town, ?::jsonb)"
                                    .formatted(columns))
                    .param(JSON.writeValueAsString(values))
                    .update();
        });
    }

    private List<String> freeHosts(@Nullable Object hosts) {
        List<String> taken = jdbc.sql("select unnest(hosts) from stadtkern.town")
                .query((host, number) -> host.getString(1))
                .list();
        List<String> free = new ArrayList<>();
        if (hosts instanceof List<?> wanted) {
            wanted.forEach(host -> free.add(String.valueOf(host)));
        }
        free.removeAll(taken);
        return free;
    }

    private static City city(ResultSet row, int number) throws SQLException {
        return new City(
                row.getLong("id"),
                row.getString("slug"),
                row.getString("schema_name"),
                row.getString("name"),
                row.getString("ars"),
                texts(row.getArray("hosts")),
                ZoneId.of(row.getString("zone")),
                texts(row.getArray("languages")),
                row.getString("colour"),
                row.getString("logo"),
                JSON.readValue(row.getString("legal"), new TypeReference<Map<String, String>>() {}),
                row.getBoolean("is_default"),
                row.getBoolean("demo"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
