package de.stadtkern.sources;

import de.stadtkern.city.Outgoing;
import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps what is remembered of messages within its bounds, and sources of a copied town still.
@Component
class SourceCleaning implements TownJob, Outgoing {

    private final MessageStore store;
    private final SourceProperties properties;

    SourceCleaning(MessageStore store, SourceProperties properties) {
        this.store = store;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "source-cleaning";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        store.clean(properties.keepMessages(), properties.keep());
    }

    /// A copy would ask other services a second time, and take away a broker's messages.
    @Override
    public String stop(JdbcClient copy) {
        int stopped = copy.sql("update source set active = false where active").update();
        return stopped == 0 ? "" : "sources paused: " + stopped;
    }
}
