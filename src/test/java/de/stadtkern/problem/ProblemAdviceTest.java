package de.stadtkern.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionSystemException;

class ProblemAdviceTest {

    @Test
    void aLostConnectionIsADatabaseThatIsAway() {
        assertThat(ProblemAdvice.isDatabaseAway(new DataAccessResourceFailureException(
                        "commit",
                        new SQLException("terminating connection due to unexpected postmaster exit", "57P02"))))
                .isTrue();
        assertThat(ProblemAdvice.isDatabaseAway(new SQLException("broken", "08006")))
                .isTrue();
    }

    @Test
    void soIsOneThatIsMissedAtTheRollbackOnly() {
        assertThat(ProblemAdvice.isDatabaseAway(new TransactionSystemException(
                        "JDBC rollback failed", new SQLException("Connection is closed"))))
                .isTrue();
    }

    @Test
    void ourOwnFaultsAreNot() {
        assertThat(ProblemAdvice.isDatabaseAway(new IllegalStateException("x"))).isFalse();
        assertThat(ProblemAdvice.isDatabaseAway(new SQLException("Connection is closed")))
                .as("one that we closed ourselves")
                .isFalse();
        assertThat(ProblemAdvice.isDatabaseAway(
                        new DataIntegrityViolationException("x", new SQLException("twice", "23505"))))
                .isFalse();
        assertThat(ProblemAdvice.isDatabaseAway(
                        new TransactionSystemException("JDBC rollback failed", new SQLException("other", "42601"))))
                .isFalse();
    }
}
