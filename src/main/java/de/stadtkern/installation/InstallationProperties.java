package de.stadtkern.installation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param data     folder of everything this installation keeps: the embedded database, backups, logs, lock
/// @param database the PostgreSQL (15 to 18) to use; without an url the embedded one starts
@ConfigurationProperties("stadtkern")
record InstallationProperties(
        @DefaultValue("./data") Path data, @DefaultValue Given database) {

    /// @param url      JDBC address, `jdbc:postgresql://host:5432/name`
    /// @param username role that may create schemas in that database
    /// @param password its password
    record Given(
            @Nullable String url,
            @Nullable String username,
            @Nullable String password) {}
}
