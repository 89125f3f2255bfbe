package de.stadtkern.operation;

import de.stadtkern.city.CityDatabase;
import de.stadtkern.installation.DiskSpace;
import de.stadtkern.mqtt.Broker;
import de.stadtkern.sensorthings.ObservationWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Service;

/// Whether Stadtkern is well, part by part. Asked by load balancers every few seconds and by anybody who likes, so the
/// answer of the last second is good enough for all.
@Service
class Health {

    private static final long FRESH_NANOS = 1_000_000_000L;

    private final CityDatabase database;
    private final DiskSpace disk;
    private final ObservationWriter writer;
    private final Broker broker;
    private volatile Known known = new Known(new Report(Map.of()), Long.MIN_VALUE);

    Health(CityDatabase database, DiskSpace disk, ObservationWriter writer, Broker broker) {
        this.database = database;
        this.disk = disk;
        this.writer = writer;
        this.broker = broker;
    }

    /// What does not work while a part is not up.
    enum Weight {
        /// Nothing: nobody should be sent here.
        ALL,
        /// Writing. Whoever only reads should still be sent here.
        WRITING,
        /// Something beside the pages and the API.
        BESIDE
    }

    /// @param facts numbers and words by name, for whoever operates it
    record Part(boolean up, Weight weight, Map<String, Object> facts) {}

    record Report(Map<String, Part> parts) {
        /// Nothing that somebody has to look at.
        boolean up() {
            return parts.values().stream().allMatch(part -> part.up() || part.weight() == Weight.BESIDE);
        }

        /// Requests may be sent here.
        boolean ready() {
            return parts.values().stream().allMatch(part -> part.up() || part.weight() != Weight.ALL);
        }
    }

    private record Known(Report report, long at) {}

    @SuppressWarnings("ReferenceEquality") // whether another thread has renewed it
    Report report() {
        Known before = known;
        long now = System.nanoTime();
        if (before.at != Long.MIN_VALUE && now - before.at < FRESH_NANOS) {
            return before.report;
        }
        synchronized (this) {
            if (known == before) {
                known = new Known(new Report(parts()), System.nanoTime());
            }
            return known.report;
        }
    }

    private Map<String, Part> parts() {
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("database", database());
        parts.put("disk", disk());
        parts.put("writer", writer());
        if (!(broker.state() instanceof Broker.State.Off)) {
            parts.put("mqtt", mqtt());
        }
        return parts;
    }

    private Part database() {
        return database.version()
                .map(version -> new Part(true, Weight.ALL, Map.of("version", version)))
                .orElseGet(() -> new Part(false, Weight.ALL, Map.of("reason", "The database does not answer.")));
    }

    private Part disk() {
        return new Part(
                !disk.isFull(), Weight.WRITING, Map.of("bytesFree", disk.bytesFree(), "bytesTotal", disk.bytesTotal()));
    }

    /// A full queue refuses writes; it is emptied within a second, so a single look says little and a half is enough.
    private Part writer() {
        int longest = writer.longestQueue();
        return new Part(
                longest < ObservationWriter.QUEUE,
                Weight.ALL,
                Map.of("waiting", longest, "room", ObservationWriter.QUEUE));
    }

    /// It starts after the pages and on its own; they are served without it too.
    private Part mqtt() {
        return switch (broker.state()) {
            case Broker.State.Running(var ports) -> new Part(true, Weight.BESIDE, Map.of("ports", ports));
            case Broker.State.Failed(var reason) -> new Part(false, Weight.BESIDE, Map.of("reason", reason));
            case Broker.State.Starting _, Broker.State.Off _ ->
                new Part(false, Weight.BESIDE, Map.of("reason", "The broker is starting."));
        };
    }
}
