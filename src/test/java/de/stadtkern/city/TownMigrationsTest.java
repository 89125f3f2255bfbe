package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.installation.DataFolder;
import de.stadtkern.installation.StartRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A town whose schema an older build made is brought up to date at start, after an archive of it, while the others
/// work on.
@StadtkernTest
class TownMigrationsTest {

    /// The version of the first release of the store; later ones are what is missing.
    private static final String OLD = "202611221430";

    @Autowired
    Cities cities;

    @Autowired
    CityStore store;

    @Autowired
    TownMigrations migrations;

    @Autowired
    InstallationDataSource installation;

    @Autowired
    TownArchive archive;

    @Autowired
    DataFolder data;

    @LocalServerPort
    int port;

    @Test
    void aTownBehindIsClosedArchivedAndBroughtUpToDate() throws Exception {
        TestTown old = olderTown("altdorf");
        try (Connection somebody = installation.pool().getConnection()) {
            somebody.setAutoCommit(false);
            somebody.createStatement().execute("lock table town_altdorf.thing in access exclusive mode");
            cities.updateTownsBehind();
            var answer = old.get("/sta/v1.1/Things");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("town-migrating", "Altdorf");
            var page = old.send(old.request("/").header("Accept", "text/html").GET());
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.body()).contains("<html", "Altdorf").doesNotContain("Exception");
            TestTown neighbour = TestTown.create(cities, port);
            assertThat(neighbour.get("/sta/v1.1/Things").statusCode()).isEqualTo(200);
            somebody.rollback();
        }
        await(old, 200);
        assertThat(old.get("/sta/v1.1/Things").body()).contains("Von früher");
        assertThat(store.findBehind(migrations.buildVersion())).isEmpty();
        assertThat(archives("altdorf")).hasSize(1);
    }

    @Test
    void anInstallationThatANewerStadtkernHasMigratedIsRefused() {
        String newer = "insert into stadtkern.migration_history"
                + " (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                + " values (9999, '999912312359', '', 'SQL', '', '', 0, true)";
        installation.jdbc().sql(newer).update();
        try {
            assertThatThrownBy(() -> new TownMigrations(installation, archive).migrateInstallation())
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("The database was migrated to version 999912312359 by a newer Stadtkern");
        } finally {
            installation
                    .jdbc()
                    .sql("delete from stadtkern.migration_history where installed_rank = 9999")
                    .update();
        }
        new TownMigrations(installation, archive).migrateInstallation();
    }

    @Test
    void aTownThatCannotBeBroughtUpToDateStaysClosedWithItsData() throws Exception {
        TestTown old = olderTown("pechdorf");
        installation
                .jdbc()
                .sql("create index thing_key on town_pechdorf.thing (name)")
                .update();
        cities.updateTownsBehind();
        for (int i = 0; i < 200 && archives("pechdorf").isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        TimeUnit.MILLISECONDS.sleep(500);
        assertThat(old.get("/sta/v1.1/Things").statusCode()).isEqualTo(503);
        assertThat(installation
                        .jdbc()
                        .sql("select name from town_pechdorf.thing")
                        .query(String.class)
                        .list())
                .containsExactly("Von früher");
        installation.jdbc().sql("drop index town_pechdorf.thing_key").update();
        cities.updateTownsBehind();
        await(old, 200);
    }

    @Test
    void theAreasATownHasAreStillShownAfterwards() throws Exception {
        TestTown old = olderTown("kartendorf", "202611231930");
        installation.jdbc().sql("""
            insert into town_kartendorf.town_map (areas) values ('{"type": "FeatureCollection", "features": [{"type": "Feature",
              "properties": {"name": "Mitte"}, "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 2], [3, 4], [1, 2]]]}}]}')
            """).update();
        String before = installation
                .jdbc()
                .sql("select areas::text from town_kartendorf.town_map")
                .query(String.class)
                .single();
        cities.updateTownsBehind();
        await(old, 200);
        assertThat(old.get("/map/areas.geojson").body()).isEqualTo(before).contains("Mitte");
    }

    private TestTown olderTown(String slug) {
        return olderTown(slug, OLD);
    }

    private TestTown olderTown(String slug, String version) {
        String schema = City.schemaOf(slug);
        installation.jdbc().sql("create schema " + schema).update();
        Flyway.configure()
                .dataSource(installation.pool())
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(false)
                .locations("classpath:db/town")
                .table("migration_history")
                .target(version)
                .load()
                .migrate();
        installation
                .jdbc()
                .sql("insert into " + schema + ".thing (name, description) values ('Von früher', '')")
                .update();
        String name = Character.toUpperCase(slug.charAt(0)) + slug.substring(1);
        store.insert(NewCity.named(slug, name), City.schemaOf(slug), false, version);
        cities.refresh();
        return TestTown.of(cities.getBySlug(slug), port);
    }

    private List<Path> archives(String slug) throws Exception {
        Path folder = data.resolve("backups");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(slug + "-.*\\.zip"))
                    .toList();
        }
    }

    private static void await(TestTown town, int status) throws InterruptedException {
        for (int i = 0; i < 200 && town.get("/sta/v1.1/Things").statusCode() != status; i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(town.get("/sta/v1.1/Things").statusCode()).isEqualTo(status);
    }
}
