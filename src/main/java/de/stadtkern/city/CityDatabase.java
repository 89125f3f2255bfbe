package de.stadtkern.city;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/// The database as whoever operates it sees it: whether it answers, which one it is, how busy the pools are.
@Component
public class CityDatabase {

    private static final int PATIENCE_SECONDS = 2;

    private final HikariDataSource installation;

    CityDatabase(
            InstallationDataSource installation,
            @Qualifier("townPool") HikariDataSource towns,
            MeterRegistry registry) {
        this.installation = installation.pool();
        bind(registry, "towns", towns);
        bind(registry, "installation", installation.pool());
    }

    /// Its version, such as `18.1`; empty if it does not answer soon.
    public Optional<String> version() {
        try (Connection connection = installation.getConnection();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(PATIENCE_SECONDS);
            try (ResultSet row = statement.executeQuery("show server_version")) {
                row.next();
                return Optional.of(row.getString(1));
            }
        } catch (SQLException away) {
            return Optional.empty();
        }
    }

    private static void bind(MeterRegistry registry, String name, HikariDataSource pool) {
        gauge(registry, name, pool, "active", "Connections at work", HikariPoolMXBean::getActiveConnections);
        gauge(registry, name, pool, "idle", "Connections at rest", HikariPoolMXBean::getIdleConnections);
        gauge(
                registry,
                name,
                pool,
                "waiting",
                "Who waits for a connection",
                HikariPoolMXBean::getThreadsAwaitingConnection);
        Gauge.builder("stadtkern.pool.size", pool, HikariDataSource::getMaximumPoolSize)
                .description("Connections there may be")
                .tag("pool", name)
                .register(registry);
    }

    private static void gauge(
            MeterRegistry registry,
            String name,
            HikariDataSource pool,
            String what,
            String description,
            ToDoubleFunction<HikariPoolMXBean> value) {
        Gauge.builder("stadtkern.pool." + what, pool, known -> value.applyAsDouble(known.getHikariPoolMXBean()))
                .description(description)
                .tag("pool", name)
                .register(registry);
    }
}
