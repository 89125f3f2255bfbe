package de.stadtkern.installation;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// Chooses the database and refuses one that cannot carry Stadtkern.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int OLDEST = 15;

    @Bean(destroyMethod = "release")
    DataFolder dataFolder(HeadStart.Taken taken) {
        return taken.folder();
    }

    @Bean(destroyMethod = "stop")
    @Nullable
    EmbeddedPostgres embeddedPostgres(HeadStart.Taken taken, DataFolder folder) throws InterruptedException {
        return taken.server();
    }

    /// Depends on the embedded server, so that it stops after everything that has connections.
    @Bean
    Database database(InstallationProperties properties, ObjectProvider<EmbeddedPostgres> embedded)
            throws SQLException {
        EmbeddedPostgres own = embedded.getIfAvailable();
        Database database = own != null ? own.database() : given(properties.database());
        try (Connection connection = connect(database)) {
            requireVersion(connection.getMetaData().getDatabaseMajorVersion(), database);
        }
        return database;
    }

    private static Database given(InstallationProperties.Given given) {
        String url = orEmpty(given.url());
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new StartRefused(
                    "stadtkern.database.url is '%s'; that is no address of a PostgreSQL.".formatted(url),
                    "Write it as jdbc:postgresql://host:5432/name, or leave it out to use the embedded database.");
        }
        return new Database(url, orEmpty(given.username()), orEmpty(given.password()), false);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Connection connect(Database database) {
        try {
            return database.connect();
        } catch (SQLException unreachable) {
            throw new StartRefused(
                    "The database %s cannot be reached: %s".formatted(database.url(), unreachable.getMessage()),
                    "Check that it runs and that stadtkern.database.url, .username and .password are right. Without"
                            + " stadtkern.database.url Stadtkern uses its embedded database.");
        }
    }

    static void requireVersion(int major, Database database) {
        if (major < OLDEST) {
            throw new StartRefused(
                    "The database %s is PostgreSQL %d; Stadtkern needs 15 or newer.".formatted(database.url(), major),
                    "Upgrade that server, or leave out stadtkern.database.url to use the embedded PostgreSQL 18.");
        }
    }
}
