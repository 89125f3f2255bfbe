package de.stadtkern.sources;

import de.stadtkern.city.CityContext;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Listens to the brokers that are sources. Of several processes one holds a source, for half a minute from the last
/// time it said so; if it dies another one takes it over.
@Component
class ForeignBrokers {

    static final Duration HELD = Duration.ofSeconds(30);

    private final String process = UUID.randomUUID().toString();
    private final JdbcClient jdbc;
    private final SourceStore sources;
    private final Messages messages;
    private final SourceProperties properties;
    private final Map<Place, ForeignBroker> open = new ConcurrentHashMap<>();

    ForeignBrokers(JdbcClient jdbc, SourceStore sources, Messages messages, SourceProperties properties) {
        this.jdbc = jdbc;
        this.sources = sources;
        this.messages = messages;
        this.properties = properties;
    }

    private record Place(long town, long source) {}

    /// Takes what nobody holds.
    void listenToFree() {
        for (Source source : sources.active(Source.Kind.MQTT)) {
            Place place = new Place(CityContext.current().id(), source.id());
            if (!open.containsKey(place) && hold(source.id())) {
                ForeignBroker broker = new ForeignBroker(this, source, sources.secret(source.id()), properties);
                open.put(place, broker);
                Thread.ofVirtual().name("source-" + source.wish().slug()).start(CityContext.wrap(() -> {
                    try {
                        broker.run();
                    } finally {
                        open.remove(place, broker);
                    }
                }));
            }
        }
    }

    /// True if this process holds the source, from now on again as long as that lasts.
    boolean hold(long source) {
        return jdbc.sql("""
            update source_run set holder = :process, held_until = now() + make_interval(secs => :seconds)
            where source_id = :id and (holder = :process or held_until is null or held_until < now())
            """)
                        .param("process", process)
                        .param("seconds", HELD.toSeconds())
                        .param("id", source)
                        .update()
                == 1;
    }

    void release(long source) {
        jdbc.sql("update source_run set held_until = null, holder = '' where source_id = ? and holder = ?")
                .params(source, process)
                .update();
    }

    /// Whether the source is still what the broker was opened for.
    boolean isAsBefore(Source source, String secret) {
        return sources.find(source.id())
                .filter(now -> now.active()
                        && now.wish().settings().equals(source.wish().settings()))
                .filter(now -> sources.secret(now.id()).equals(secret))
                .isPresent();
    }

    /// With the mapping as it is now.
    void take(long source, String text) {
        sources.find(source).filter(Source::active).ifPresent(now -> messages.take(now, text));
    }

    void failed(long source, String failure) {
        jdbc.sql("""
            update source_run set failures = failures + 1, failure = ?, failed_at = now() where source_id = ?
            """)
                .params(failure.length() > 500 ? failure.substring(0, 500) : failure, source)
                .update();
    }

    void connected(long source) {
        jdbc.sql("""
            update source_run set failures = 0, failure = '', failed_at = null where source_id = ? and failures > 0
            """).param(source).update();
    }

    @PreDestroy
    void stop() {
        open.values().forEach(ForeignBroker::end);
    }
}
