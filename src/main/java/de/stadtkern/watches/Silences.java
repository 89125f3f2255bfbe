package de.stadtkern.watches;

import de.stadtkern.sensorthings.LatestValues;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Watches over a silence: nothing has come for longer than a set time, or than so many usual intervals. The usual
/// interval is looked up once an hour; while it is not known, because there were fewer than four values, nothing is
/// said.
@Component
class Silences {

    private final WatchStore store;
    private final LatestValues values;
    private final MeasuringPoints points;
    private final Incidents incidents;

    Silences(WatchStore store, LatestValues values, MeasuringPoints points, Incidents incidents) {
        this.store = store;
        this.values = values;
        this.points = points;
        this.incidents = incidents;
    }

    void look(Instant now) {
        List<Long> unknown = store.withoutUsual();
        if (!unknown.isEmpty()) {
            store.setUsual(unknown, points.usualIntervals(unknown));
        }
        List<Watch> watches = store.active(Watch.Kind.SILENCE);
        if (watches.isEmpty()) {
            return;
        }
        Set<Long> open = incidents.open();
        Map<Long, Instant> newest = values.newest(watches.stream()
                .map(watch -> watch.wish().datastreamId())
                .distinct()
                .toList());
        for (Watch watch : watches) {
            Duration after = watch.silentAfter();
            if (after == null) {
                continue;
            }
            Instant last = newest.getOrDefault(watch.wish().datastreamId(), watch.createdAt());
            boolean silent = Duration.between(last, now).compareTo(after) > 0;
            if (silent && !open.contains(watch.id())) {
                incidents.open(new Incident.Found(watch, last, null, null));
            } else if (!silent && open.contains(watch.id())) {
                incidents.end(watch.id());
            }
        }
    }
}
