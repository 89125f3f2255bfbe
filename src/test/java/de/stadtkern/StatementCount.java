package de.stadtkern;

import de.stadtkern.city.CityContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/// Counts the statements that requests prepare for a town while a test wants to know. The town's jobs, which work at
/// the same time, do not count.
@Component
public class StatementCount implements BeanPostProcessor {

    private static final Map<String, AtomicInteger> COUNTED = new ConcurrentHashMap<>();

    /// How many statements that work takes in this town.
    public static int of(TestTown town, Runnable work) {
        AtomicInteger count = new AtomicInteger();
        COUNTED.put(town.city().slug(), count);
        try {
            work.run();
            return count.get();
        } finally {
            COUNTED.remove(town.city().slug());
        }
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return name.equals("cityDataSource") ? new Counting((DataSource) bean) : bean;
    }

    private static final class Counting extends DelegatingDataSource {

        Counting(DataSource towns) {
            super(towns);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            AtomicInteger count = COUNTED.get(CityContext.current().slug());
            boolean request = Thread.currentThread().getName().startsWith("tomcat-handler");
            return count == null || !request ? connection : counted(connection, count);
        }

        private static Connection counted(Connection connection, AtomicInteger count) {
            return (Connection) Proxy.newProxyInstance(
                    Counting.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                || method.getName().equals("createStatement")) {
                            count.incrementAndGet();
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }
    }
}
