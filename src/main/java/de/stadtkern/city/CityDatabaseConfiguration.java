package de.stadtkern.city;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import de.stadtkern.installation.Database;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.task.TaskDecorator;

/// Two pools on one database: the towns', which needs a bound town, and the installation's, which only this package
/// gets.
@Configuration(proxyBeanMethods = false)
class CityDatabaseConfiguration {

    private static final int TOWN_CONNECTIONS = 16;
    /// One for each of the job threads, of which an archive holds one for long, and some for whoever claims and ends
    /// jobs meanwhile.
    private static final int INSTALLATION_CONNECTIONS = TownJobs.THREADS + 4;

    @Bean
    @Primary
    DataSource cityDataSource(@Qualifier("townPool") HikariDataSource townPool, SlowQueries slow) {
        return new CityDataSource(townPool, slow);
    }

    @Bean
    SlowQueries slowQueries(SlowQueryProperties properties) {
        return new SlowQueries(properties);
    }

    @Bean(destroyMethod = "close", defaultCandidate = false)
    HikariDataSource townPool(Database database) {
        return pool(database, "towns", TOWN_CONNECTIONS);
    }

    @Bean(destroyMethod = "close")
    InstallationDataSource installationDataSource(Database database) {
        return new InstallationDataSource(pool(database, "installation", INSTALLATION_CONNECTIONS));
    }

    private static HikariDataSource pool(Database database, String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setAutoCommit(true);
        config.setConnectionTimeout(4_000);
        config.setValidationTimeout(2_000);
        config.setInitializationFailTimeout(10_000);
        config.addDataSourceProperty("ApplicationName", "stadtkern-" + name);
        config.addDataSourceProperty("prepareThreshold", "1");
        config.addDataSourceProperty("preparedStatementCacheQueries", "512");
        return new HikariDataSource(config);
    }

    /// Whatever Spring runs on other threads (`@Async`, event listeners) sees the town of the thread that asked for
    /// it.
    @Bean
    TaskDecorator townTaskDecorator() {
        return work -> CityContext.isBound() ? CityContext.wrap(work) : work;
    }
}
