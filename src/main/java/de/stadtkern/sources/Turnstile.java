package de.stadtkern.sources;

import de.stadtkern.problem.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Lets so many messages of a source through in a minute, in each process; a burst may use up the whole minute at
/// once.
final class Turnstile {

    private static final double MINUTE_NANOS = 60e9;

    private final int perMinute;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    Turnstile(int perMinute) {
        this.perMinute = perMinute;
    }

    private record Bucket(double left, long at) {}

    void require(String who) {
        long now = System.nanoTime();
        Bucket bucket = buckets.compute(who, (_, before) -> {
            double left = before == null
                    ? perMinute
                    : Math.min(perMinute, Math.max(0, before.left) + (now - before.at) / MINUTE_NANOS * perMinute);
            return new Bucket(left - 1, now);
        });
        if (bucket.left < 0) {
            throw new Problem(
                    Problem.Kind.TOO_MANY,
                    "too-many-messages",
                    "A source sends at most %d messages in a minute; please send it again later.".formatted(perMinute),
                    Map.of("perMinute", perMinute));
        }
    }
}
