package de.stadtkern.sensorthings;

import de.stadtkern.city.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// The requests of one change set of `$batch`, or the steps of a change by page: they share one transaction, and what
/// one wrote the next one sees.
final class ChangeSet {

    private static final ScopedValue<ChangeSet> CURRENT = ScopedValue.newInstance();
    private static final Set<String> NOT_TO_BE_ENDED =
            Set.of("close", "commit", "rollback", "setAutoCommit", "isClosed");

    interface Work {
        /// False takes everything back.
        boolean run();
    }

    private final Connection shared;
    private final boolean ofPage;
    private final List<EntityWriter.Step> after = new ArrayList<>();

    private ChangeSet(Connection connection, boolean ofPage) {
        this.shared = uncloseable(connection);
        this.ofPage = ofPage;
    }

    /// Whether a change by page is being made, which is recorded as people see it.
    static boolean isOfPage() {
        return CURRENT.isBound() && CURRENT.get().ofPage;
    }

    static boolean isOpen() {
        return CURRENT.isBound();
    }

    /// The connection of the change set, if one is open, else one of its own.
    static Connection connection(DataSource dataSource) throws SQLException {
        return CURRENT.isBound() ? CURRENT.get().shared : dataSource.getConnection();
    }

    /// What is to follow the commit.
    static void later(EntityWriter.Step step) {
        CURRENT.get().after.add(step);
    }

    static void run(DataSource dataSource, Work work) throws SQLException {
        List<EntityWriter.Step> after = List.of();
        try (Connection connection = dataSource.getConnection()) {
            try (Transaction transaction = Transaction.begin(connection)) {
                ChangeSet set = new ChangeSet(connection, false);
                if (ScopedValue.where(CURRENT, set).call(work::run)) {
                    transaction.commit();
                    after = set.after;
                }
            }
            for (EntityWriter.Step step : after) {
                step.on(connection);
            }
        }
    }

    /// The same inside of the Spring transaction that is open, so that what others write in it is one with it.
    static <T> T join(DataSource dataSource, ScopedValue.CallableOp<T, RuntimeException> work) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (!DataSourceUtils.isConnectionTransactional(connection, dataSource)) {
                throw new IllegalStateException("There is no transaction to join");
            }
            ChangeSet set = new ChangeSet(connection, true);
            T result = ScopedValue.where(CURRENT, set).call(work);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    set.follow(dataSource);
                }
            });
            return result;
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /// On a connection of its own: that of the transaction is not given back yet.
    private void follow(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            for (EntityWriter.Step step : after) {
                step.on(connection);
            }
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Whoever borrows it may behave as if it were their own.
    private static Connection uncloseable(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                ChangeSet.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (NOT_TO_BE_ENDED.contains(method.getName())) {
                        return method.getReturnType() == boolean.class ? (Object) false : null;
                    }
                    return invoke(connection, method, arguments);
                });
    }

    private static @Nullable Object invoke(
            Connection connection, java.lang.reflect.Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getTargetException();
        }
    }
}
