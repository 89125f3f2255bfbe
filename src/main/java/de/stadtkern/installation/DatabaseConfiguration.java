package de.stadtkern.installation;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/// Chooses the database and refuses one that cannot carry Stadtkern.
@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    private static final int OLDEST = 15;

    @Bean(initMethod = "start", destroyMethod = "stop")
    @Conditional(NoneGiven.class)
    EmbeddedPostgres embeddedPostgres(DataFolder folder) {
        return new EmbeddedPostgres(folder);
    }

    /// Depends on the embedded server, so that it stops after everything that has connections.
    @Bean
    Database database(DataFolder folder, InstallationProperties properties, ObjectProvider<EmbeddedPostgres> embedded)
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

    /// No address of a database is set, or an empty one.
    static class NoneGiven implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !StringUtils.hasText(context.getEnvironment().getProperty("stadtkern.database.url"));
        }
    }
}
