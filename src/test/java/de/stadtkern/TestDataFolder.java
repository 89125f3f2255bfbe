package de.stadtkern;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/// A data folder of its own for each application context, below `target`. The system properties `test.database.url`,
/// `.username` and `.password` run the same tests against another PostgreSQL. Before everything else, because the data
/// folder is taken as soon as it is known.
@Order(Ordered.HIGHEST_PRECEDENCE)
class TestDataFolder implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        try {
            Path parent = Files.createDirectories(Path.of("target", "test-data"));
            TestPropertyValues.of("stadtkern.data=" + Files.createTempDirectory(parent, "run"))
                    .applyTo(context);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        String url = System.getProperty("test.database.url", "");
        if (!url.isEmpty()) {
            TestPropertyValues.of(
                            "stadtkern.database.url=" + url,
                            "stadtkern.database.username=" + System.getProperty("test.database.username"),
                            "stadtkern.database.password=" + System.getProperty("test.database.password"))
                    .applyTo(context);
        }
    }
}
