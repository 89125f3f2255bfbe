package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Tells whoever waits when Datastreams of the bound town got new Observations, from whichever process. For each town
/// that somebody waits for, one thread reads the change log four times a second; waiting costs nothing else.
@Component
public class LiveChanges implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LiveChanges.class);
    private static final Duration EVERY = Duration.ofMillis(250);

    private final JdbcClient jdbc;
    private final Map<Long, Town> towns = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    LiveChanges(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// Somebody who waits; to be closed by whoever got it, and used by one thread.
    public final class Listener implements AutoCloseable {

        private final Town town;
        private final Set<Long> datastreams;
        private boolean changed;

        private Listener(Town town, Set<Long> datastreams) {
            this.town = town;
            this.datastreams = Set.copyOf(datastreams);
        }

        /// Waits until one of the Datastreams changes, at most so long. Changes between two calls are not missed.
        ///
        /// @return whether one changed; false also when the process is about to end
        public boolean await(Duration patience) throws InterruptedException {
            synchronized (town) {
                long until = System.nanoTime() + patience.toNanos();
                while (!changed && !stopped) {
                    long left = until - System.nanoTime();
                    if (left <= 0) {
                        break;
                    }
                    town.wait(Math.max(1, left / 1_000_000));
                }
                boolean was = changed;
                changed = false;
                return was && !stopped;
            }
        }

        private void heard(Set<Long> what) {
            changed |= datastreams.stream().anyMatch(what::contains);
        }

        @Override
        public void close() {
            synchronized (town) {
                town.listeners.remove(this);
            }
        }
    }

    private static final class Town {
        final Set<Listener> listeners = new HashSet<>();
        boolean reading;
    }

    /// The number of the newest entry of the town's change log, 0 if there is none.
    public long newest() {
        return jdbc.sql("select coalesce(max(sequence), 0) from change_log")
                .query(Long.class)
                .single();
    }

    /// Whether one of these Datastreams changed since that entry. What is too old to be known counts as changed.
    public boolean changedSince(long sequence, Set<Long> datastreams) {
        return jdbc.sql("""
            select :sequence < coalesce((select min(sequence) from change_log), 0) - 1
              or exists (select from change_log where sequence > :sequence and datastream_ids && :ids::bigint[])
            """)
                .param("sequence", sequence)
                .param("ids", datastreams.stream().mapToLong(Long::longValue).toArray())
                .query(Boolean.class)
                .single();
    }

    public Listener listen(Set<Long> datastreams) {
        City city = CityContext.current();
        Town town = towns.computeIfAbsent(city.id(), id -> new Town());
        Listener listener = new Listener(town, datastreams);
        synchronized (town) {
            town.listeners.add(listener);
            if (!town.reading && !stopped) {
                town.reading = true;
                ChangeReader reader = new ChangeReader(jdbc);
                Thread.ofVirtual().name("live-" + city.slug()).start(CityContext.wrap(() -> read(town, reader)));
            }
        }
        return listener;
    }

    public boolean isStopped() {
        return stopped;
    }

    private void read(Town town, ChangeReader reader) {
        try {
            while (isWanted(town)) {
                Thread.sleep(EVERY);
                try {
                    Set<Long> changed = new HashSet<>();
                    reader.read().forEach(change -> changed.addAll(change.datastreams()));
                    tell(town, changed);
                } catch (RuntimeException databaseAway) {
                    log.debug("The change log could not be read", databaseAway);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Town town, Set<Long> changed) {
        if (!changed.isEmpty()) {
            synchronized (town) {
                town.listeners.forEach(listener -> listener.heard(changed));
                town.notifyAll();
            }
        }
    }

    private boolean isWanted(Town town) {
        synchronized (town) {
            town.reading = !town.listeners.isEmpty() && !stopped;
            return town.reading;
        }
    }

    @Override
    public void start() {
        stopped = false;
    }

    /// Before the web server waits for its requests to end: whoever listens is sent home.
    @Override
    public void stop() {
        stopped = true;
        towns.values().forEach(town -> {
            synchronized (town) {
                town.notifyAll();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }
}
