package de.stadtkern.operation;

import de.stadtkern.sensorthings.RequestKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerMapping;

/// Counts and times requests by method, route and status. The route is the one the controller declares, never the
/// address, so that there are few of them and nothing of anybody's in them.
@Component
class RequestMeters {

    private static final String UNKNOWN = "unknown";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    private record Key(String method, String route, String kind, int status) {}

    void count(HttpServletRequest request, int status, long nanos) {
        String method = METHODS.contains(request.getMethod()) ? request.getMethod() : UNKNOWN;
        Key key = new Key(method, route(request), RequestKind.of(request), status);
        Timer timer = timers.get(key);
        if (timer == null) {
            timer = timers.computeIfAbsent(key, this::timer);
        }
        timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    static String route(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) instanceof String route
                ? route
                : UNKNOWN;
    }

    private Timer timer(Key key) {
        return Timer.builder("http.server.requests")
                .description("Requests that were answered, with the time that took")
                .tag("method", key.method)
                .tag("uri", key.route)
                .tag("kind", key.kind)
                .tag("status", String.valueOf(key.status))
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(200),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(10))
                .register(registry);
    }
}
