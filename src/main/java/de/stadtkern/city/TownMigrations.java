package de.stadtkern.city;

import com.zaxxer.hikari.HikariDataSource;
import de.stadtkern.installation.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings schemas to the version this build was written for. One history per town; a town already there costs nothing
/// at start, because its version stands in its row.
@Component
class TownMigrations {

    private static final Logger log = LoggerFactory.getLogger(TownMigrations.class);
    private static final Pattern VERSION = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final int AT_ONCE = 4;
    private static final int DROP_TRIES = 5;
    private static final String HISTORY = "migration_history";

    private final HikariDataSource pool;
    private final JdbcClient jdbc;
    private final TownArchive archive;
    private final String buildVersion = newest("db/town");

    private boolean installationMigrated;

    TownMigrations(InstallationDataSource installation, TownArchive archive) {
        this.pool = installation.pool();
        this.jdbc = installation.jdbc();
        this.archive = archive;
    }

    /// The version of the newest town migration in this build, for example `202611221430`; versions have one length
    /// and sort as text.
    String buildVersion() {
        return buildVersion;
    }

    synchronized void migrateInstallation() {
        if (installationMigrated) {
            return;
        }
        String newest = newest("db/installation");
        String there = installationVersion();
        refuseNewer("The database", there, newest);
        if (!there.equals(newest)) {
            flyway("stadtkern", "db/installation", true, newest).migrate();
        }
        if (tableExists("town")) {
            String towns = jdbc.sql("select coalesce(max(schema_version), '') from stadtkern.town")
                    .query(String.class)
                    .single();
            refuseNewer("A town in this database", towns, buildVersion);
        }
        installationMigrated = true;
    }

    private String installationVersion() {
        return tableExists(HISTORY)
                ? jdbc.sql("select coalesce(max(version), '') from stadtkern.migration_history where success")
                        .query(String.class)
                        .single()
                : "";
    }

    private boolean tableExists(String table) {
        return jdbc.sql("select to_regclass('stadtkern.' || ?) is not null")
                .param(table)
                .query(Boolean.class)
                .single();
    }

    private static void refuseNewer(String what, String there, String known) {
        if (there.compareTo(known) > 0) {
            throw new StartRefused(
                    "%s was migrated to version %s by a newer Stadtkern; this one knows versions up to %s."
                            .formatted(what, there, known),
                    "Start the newer Stadtkern, or restore a backup made before the update.");
        }
    }

    void createSchema(String schema) {
        createSchema(schema, buildVersion);
    }

    /// @param version of the migrations to stop at
    void createSchema(String schema, String version) {
        String create = "create schema if not exists \"" + schema + "\"";
        boolean hasCitus = jdbc.sql("select exists (select from pg_extension where extname = 'citus')")
                .query(Boolean.class)
                .single();
        // All on one connection, and for this moment only.
        String sharding = "citus.enable_schema_based_sharding";
        jdbc.sql(hasCitus ? "set %1$s = on; %2$s; reset %1$s".formatted(sharding, create) : create)
                .update();
        flyway(schema, "db/town", false, version).migrate();
    }

    void migrate(String schema) {
        // Was written anew to say the same in words that Citus understands.
        jdbc.sql("update \"" + schema + "\"." + HISTORY + " set checksum = -1417563522 where version = '202611240010'"
                        + " and checksum = -1001807738")
                .update();
        flyway(schema, "db/town", false, buildVersion).migrate();
    }

    /// Somebody may be writing to the town until its row is gone from their sight: a deadlock with them is tried
    /// again.
    void dropSchema(String schema) {
        for (int attempt = 1; ; attempt++) {
            try {
                jdbc.sql("drop schema if exists \"" + schema + "\" cascade").update();
                return;
            } catch (PessimisticLockingFailureException deadlock) {
                if (attempt == DROP_TRIES) {
                    throw deadlock;
                }
            }
        }
    }

    /// Migrates the towns behind in the background, four at a time, each after a backup; requests for them get 503
    /// meanwhile.
    void bringUpToDate(List<City> behind, Set<Long> beingMigrated) {
        behind.forEach(city -> beingMigrated.add(city.id()));
        Semaphore atOnce = new Semaphore(AT_ONCE);
        for (City city : behind) {
            Thread.ofVirtual().name("migrate-" + city.slug()).start(() -> {
                atOnce.acquireUninterruptibly();
                try {
                    log.info(
                            "Updating the database of town '{}' to version {}; backup: {}",
                            city.slug(),
                            buildVersion,
                            archive.write(city));
                    migrate(city.schema());
                    jdbc.sql("update stadtkern.town set schema_version = ? where id = ?")
                            .params(buildVersion, city.id())
                            .update();
                    beingMigrated.remove(city.id());
                } catch (IOException | RuntimeException failed) {
                    log.error(
                            "Town '{}' could not be updated and stays closed; its data are as they were. See the"
                                    + " reason below, then start again.",
                            city.slug(),
                            failed);
                } finally {
                    atOnce.release();
                }
            });
        }
    }

    private Flyway flyway(String schema, String folder, boolean create, String version) {
        // Our own class loader: a thread of the command server has one that does not see into the jar.
        return Flyway.configure(TownMigrations.class.getClassLoader())
                .dataSource(pool)
                .schemas(schema)
                .defaultSchema(schema)
                .createSchemas(create)
                .locations("classpath:" + folder)
                .failOnMissingLocations(true)
                .table(HISTORY)
                .group(true)
                .target(version)
                .load();
    }

    private static String newest(String folder) {
        try {
            return Arrays.stream(new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + folder + "/**/V*.sql"))
                    .map(resource -> VERSION.matcher(String.valueOf(resource.getFilename())))
                    .filter(Matcher::matches)
                    .map(match -> match.group(1))
                    .max(String::compareTo)
                    .orElseThrow();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
