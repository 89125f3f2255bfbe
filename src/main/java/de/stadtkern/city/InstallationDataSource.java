package de.stadtkern.city;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The way to the schema `stadtkern`. Deliberately no `DataSource` bean, so that nobody gets it by accident; its
/// statements name the schema themselves.
record InstallationDataSource(HikariDataSource pool) {

    JdbcClient jdbc() {
        return JdbcClient.create(pool);
    }

    TransactionTemplate transaction() {
        return new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    void close() {
        pool.close();
    }
}
