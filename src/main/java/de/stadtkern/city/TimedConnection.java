package de.stadtkern.city;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Looks at the clock around each prepared statement of a connection and tells [SlowQueries] of those that took long.
/// A statement that is read in portions is timed until its first portion is there.
final class TimedConnection implements InvocationHandler {

    private final Connection connection;
    private final SlowQueries slow;
    private final DataSource source;

    private TimedConnection(Connection connection, SlowQueries slow, DataSource source) {
        this.connection = connection;
        this.slow = slow;
        this.source = source;
    }

    static Connection of(Connection connection, SlowQueries slow, DataSource source) {
        return (Connection) Proxy.newProxyInstance(
                TimedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new TimedConnection(connection, slow, source));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // of a proxy equality is identity
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        Object result = call(connection, method, arguments);
        if (result instanceof PreparedStatement statement && arguments != null) {
            return Proxy.newProxyInstance(
                    TimedConnection.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    new Timed(statement, (String) arguments[0]));
        }
        return result;
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause() == null ? failed : failed.getCause();
        }
    }

    private final class Timed implements InvocationHandler {

        private final PreparedStatement statement;
        private final String sql;
        private final List<Given> values = new ArrayList<>();

        private record Given(Method method, Object[] arguments) {}

        Timed(PreparedStatement statement, String sql) {
            this.statement = statement;
            this.sql = sql;
        }

        @Override
        @SuppressWarnings("ReferenceEquality")
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            String name = method.getName();
            if (name.equals("equals") && arguments != null) {
                return proxy == arguments[0];
            }
            if (name.startsWith("execute")) {
                return timed(method, arguments);
            }
            if (arguments != null && arguments.length > 1 && name.startsWith("set")) {
                values.add(new Given(method, arguments));
            } else if (name.equals("addBatch") || name.equals("clearParameters")) {
                values.clear();
            }
            return call(statement, method, arguments);
        }

        private @Nullable Object timed(Method method, Object @Nullable [] arguments) throws Throwable {
            long began = System.nanoTime();
            try {
                return call(statement, method, arguments);
            } finally {
                long nanos = System.nanoTime() - began;
                if (nanos > slow.limitNanos()) {
                    List<Given> given = List.copyOf(values);
                    slow.took(nanos, sql, other -> bind(other, given), source);
                }
            }
        }

        private static void bind(PreparedStatement other, List<Given> given) throws SQLException {
            for (Given value : given) {
                try {
                    value.method.invoke(other, value.arguments);
                } catch (ReflectiveOperationException failed) {
                    throw new SQLException("A value could not be given again", failed);
                }
            }
        }
    }
}
