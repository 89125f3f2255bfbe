package de.stadtkern.installation;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.StringUtils;

/// Takes the data folder and starts its PostgreSQL as soon as the settings are known, beside everything Spring has to
/// read before it makes the first bean. The beans of [DatabaseConfiguration] take over what is ready by then.
public final class HeadStart implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        // A build that prepares the configuration reads the same settings, but must not start anything.
        if (Boolean.getBoolean("spring.aot.processing")) {
            return;
        }
        InstallationProperties properties =
                Binder.get(context.getEnvironment()).bindOrCreate("stadtkern", InstallationProperties.class);
        var taken = new Taken(new DataFolder(properties), properties);
        context.getBeanFactory().registerSingleton("headStart", taken);
        // When the start fails before there are beans, nobody else would let go of what was taken.
        context.addApplicationListener((ApplicationFailedEvent failed) -> taken.giveBack());
    }

    /// The locked folder, and the server that is on its way.
    static final class Taken {

        private final DataFolder folder;
        private final FutureTask<@Nullable EmbeddedPostgres> starting;

        Taken(DataFolder folder, InstallationProperties properties) {
            this.folder = folder;
            boolean given = StringUtils.hasText(properties.database().url());
            starting = new FutureTask<>(() -> given ? null : started(folder));
            Thread.ofPlatform().name("postgres-start").start(starting);
        }

        private static EmbeddedPostgres started(DataFolder folder) throws IOException, InterruptedException {
            var server = new EmbeddedPostgres(folder);
            server.start();
            return server;
        }

        DataFolder folder() {
            return folder;
        }

        /// Waits until the embedded server answers; null where another database was given.
        @Nullable
        EmbeddedPostgres server() throws InterruptedException {
            try {
                return starting.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException said ? said : new IllegalStateException(failed);
            }
        }

        private void giveBack() {
            try {
                EmbeddedPostgres started = server();
                if (started != null) {
                    started.stop();
                }
            } catch (RuntimeException | IOException alreadyTold) {
                // The start has failed, and that is what is told; it may even be this very failure.
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } finally {
                folder.release();
            }
        }
    }
}
