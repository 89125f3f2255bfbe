package de.stadtkern.operation;

import de.stadtkern.city.CityDatabase;
import de.stadtkern.installation.DiskSpace;
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
    private volatile Known known = new Known(new Report(Map.of()), Long.MIN_VALUE);

    Health(CityDatabase database, DiskSpace disk, ObservationWriter writer) {
        this.database = database;
        this.disk = disk;
        this.writer = writer;
    }

    /// @param facts numbers and words by name, for whoever operates it
    record Part(boolean up, Map<String, Object> facts) {}

    record Report(Map<String, Part> parts) {
        boolean up() {
            return parts.values().stream().allMatch(Part::up);
        }
    }

    private record Known(Report report, long at) {}

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
        return parts;
    }

    private Part database() {
        return database.version()
                .map(version -> new Part(true, Map.of("version", version)))
                .orElseGet(() -> new Part(false, Map.of("reason", "The database does not answer.")));
    }

    private Part disk() {
        return new Part(!disk.isFull(), Map.of("bytesFree", disk.bytesFree(), "bytesTotal", disk.bytesTotal()));
    }

    /// A full queue refuses writes; it is emptied within a second, so a single look says little and a half is enough.
    private Part writer() {
        int longest = writer.longestQueue();
        return new Part(longest < ObservationWriter.QUEUE, Map.of("waiting", longest, "room", ObservationWriter.QUEUE));
    }
}
