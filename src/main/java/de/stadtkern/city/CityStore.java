package de.stadtkern.city;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The rows of `stadtkern.town`.
@Repository
class CityStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    /// Needs the migrations only so that the table is there first.
    CityStore(InstallationDataSource installation, TownMigrations migrations) {
        migrations.migrateInstallation();
        this.jdbc = installation.jdbc();
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

    void insert(NewCity wish, boolean first, String schemaVersion) {
        jdbc.sql("""
            insert into stadtkern.town (slug, schema_name, name, ars, hosts, zone, languages, colour, logo, legal, is_default, demo, schema_version)
            values (?, ?, ?, ?, ?::text[], ?, ?::text[], ?, '', ?::jsonb, ?, ?, ?)
            """)
                .params(
                        wish.slug(),
                        City.schemaOf(wish.slug()),
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

    /// The oldest remaining town becomes the default if the default one goes.
    void delete(City city) {
        jdbc.sql("""
            with gone as (delete from stadtkern.town where id = :id returning is_default)
            update stadtkern.town set is_default = true
            where (select is_default from gone) and id = (select min(id) from stadtkern.town where id <> :id)
            """).param("id", city.id()).update();
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
                row.getBoolean("demo"));
    }

    private static List<String> texts(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }
}
