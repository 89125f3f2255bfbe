package de.stadtkern.installation;

import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// Logging as Spring Boot sets it up where there is no file for it: by its properties alone, JSON and log files
/// included. Without this it would take the `logback.xml` that lies in the broker's jar for ours.
final class OwnLogging extends LogbackLoggingSystem {

    private OwnLogging(ClassLoader classLoader) {
        super(classLoader);
    }

    @Override
    protected String[] getStandardConfigLocations() {
        return new String[0];
    }

    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Factory implements LoggingSystemFactory {

        @Override
        public LoggingSystem getLoggingSystem(ClassLoader classLoader) {
            return new OwnLogging(classLoader);
        }
    }
}
