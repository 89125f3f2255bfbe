package de.stadtkern.watches;

import de.stadtkern.sensorthings.LatestValues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Watches over a limit. Each new value is looked at once and in the order of time, so that a short peak between two
/// looks is not missed; "for how long" is told from the times of the values. What arrives late, behind a value that was
/// seen already, changes nothing any more.
@Component
class Limits {

    private final WatchStore store;
    private final LatestValues values;
    private final Incidents incidents;

    Limits(WatchStore store, LatestValues values, Incidents incidents) {
        this.store = store;
        this.values = values;
        this.incidents = incidents;
    }

    /// What one watch has come to, value by value.
    private final class Walk {
        private final Watch watch;
        private boolean open;
        private @Nullable Instant outsideSince;
        private @Nullable Instant seen;

        Walk(Watch watch, boolean open) {
            this.watch = watch;
            this.open = open;
            this.outsideSince = watch.outsideSince();
        }

        void take(Instant at, @Nullable Double number) {
            seen = at;
            if (number == null) {
                return;
            }
            boolean outside = watch.wish().isOutside(number, open);
            if (!outside) {
                outsideSince = null;
                if (open) {
                    incidents.end(watch.id());
                    open = false;
                }
                return;
            }
            Instant since = outsideSince == null ? at : outsideSince;
            outsideSince = since;
            if (!open && Duration.between(since, at).compareTo(watch.wish().lasting()) >= 0) {
                incidents.open(new Incident.Found(watch, since, number, null));
                open = true;
            }
        }
    }

    void look() {
        List<Watch> watches = store.active(Watch.Kind.LIMIT);
        if (watches.isEmpty()) {
            return;
        }
        Set<Long> open = incidents.open();
        Map<Long, Watch> byId = watches.stream().collect(Collectors.toMap(Watch::id, Function.identity()));
        List<LatestValues.Seen> seen = new ArrayList<>();
        for (Watch watch : watches) {
            // Of a Datastream that had no values when the watch was made, what is older is history.
            Instant after = watch.seenUntil() == null ? watch.createdAt() : watch.seenUntil();
            seen.add(new LatestValues.Seen(watch.id(), watch.wish().datastreamId(), after));
        }
        Map<Long, Walk> walks = new HashMap<>();
        values.after(seen, value -> {
            Watch watch = byId.get(value.key());
            if (watch != null) {
                walks.computeIfAbsent(watch.id(), id -> new Walk(watch, open.contains(id)))
                        .take(value.start(), value.number());
            }
        });
        Map<Long, Instant> until = new HashMap<>();
        Map<Long, Instant> outside = new HashMap<>();
        walks.forEach((id, walk) -> {
            if (walk.seen != null) {
                until.put(id, walk.seen);
            }
            if (walk.outsideSince != null) {
                outside.put(id, walk.outsideSince);
            }
        });
        store.looked(until, outside);
    }
}
