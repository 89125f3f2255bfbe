package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// How far apart values usually are, looked up at most once a minute: pages that know who is silent ask for all
/// Datastreams of a town, open ones every few seconds, and a median of twelve distances hardly changes.
@Component
class UsualIntervals {

    private static final Duration FRESH = Duration.ofMinutes(1);
    /// Of all towns together, some ten megabytes.
    private static final int MOST = 100_000;

    private final MeasuringPointStore store;
    private final Map<Series, Known> known = new ConcurrentHashMap<>();

    UsualIntervals(MeasuringPointStore store) {
        this.store = store;
    }

    private record Series(long town, long datastream) {}

    private record Known(Duration usual, long at) {}

    /// A Datastream that has none yet is absent, and looked at again the next time.
    Map<Long, Duration> of(Collection<Long> datastreamIds) {
        long town = CityContext.current().id();
        long now = System.nanoTime();
        Map<Long, Duration> usual = new HashMap<>();
        List<Long> unknown = new ArrayList<>();
        for (long id : datastreamIds) {
            Known before = known.get(new Series(town, id));
            if (before != null && now - before.at < FRESH.toNanos()) {
                usual.put(id, before.usual);
            } else {
                unknown.add(id);
            }
        }
        if (!unknown.isEmpty()) {
            Map<Long, Duration> found = store.usualIntervals(unknown);
            if (known.size() + found.size() > MOST) {
                known.clear();
            }
            found.entrySet().stream()
                    .limit(MOST)
                    .forEach(one -> known.put(new Series(town, one.getKey()), new Known(one.getValue(), now)));
            usual.putAll(found);
        }
        return usual;
    }
}
