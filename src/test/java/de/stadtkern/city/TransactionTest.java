package de.stadtkern.city;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.stadtkern.StadtkernTest;
import de.stadtkern.problem.ProblemAdvice;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@StadtkernTest
class TransactionTest {

    @Autowired
    InstallationDataSource installation;

    /// A caller who hears it is told to come again; who hears only of a closed connection, that Stadtkern failed.
    @Test
    void aLostConnectionIsToldThoughItCannotBeRolledBackEither() throws SQLException {
        try (Connection connection = installation.pool().getConnection()) {
            SQLException failed = catchThrowableOfType(SQLException.class, () -> {
                try (Transaction _ = Transaction.begin(connection);
                        Statement statement = connection.createStatement()) {
                    statement.execute("select pg_terminate_backend(pg_backend_pid())");
                }
            });
            assertThat(failed.getSQLState()).isEqualTo("57P01");
            assertThat(failed.getSuppressed()).isNotEmpty();
            assertThat(ProblemAdvice.isDatabaseAway(failed)).isTrue();
        }
    }

    @Test
    void whatWasNotCommittedIsUndoneAndTheConnectionIsAsItWas() throws SQLException {
        try (Connection connection = installation.pool().getConnection();
                Statement statement = connection.createStatement()) {
            try (Transaction transaction = Transaction.begin(connection)) {
                statement.execute("create temporary table kept as select 1 as n");
                transaction.commit();
            }
            try (Transaction _ = Transaction.begin(connection)) {
                statement.execute("insert into kept values (2)");
            }
            assertThat(connection.getAutoCommit()).isTrue();
            try (ResultSet kept = statement.executeQuery("select sum(n) from kept")) {
                kept.next();
                assertThat(kept.getInt(1)).isEqualTo(1);
            }
            statement.execute("drop table kept");
        }
    }
}
