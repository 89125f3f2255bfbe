package de.stadtkern.sensorthings;

import de.stadtkern.installation.DiskSpace;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.RequestParser;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// New Observations that come as messages (OGC 18-088, chapter 14): the same bodies, links, limits and rights as those
/// that are posted.
@Service
public class ObservationMessages {

    private final WriteAccess access;
    private final DiskSpace disk;
    private final EntityWriter writer;
    private final DataSets dataSets;

    ObservationMessages(WriteAccess access, DiskSpace disk, EntityWriter writer, DataSets dataSets) {
        this.access = access;
        this.disk = disk;
        this.writer = writer;
        this.dataSets = dataSets;
    }

    /// Stores it and returns its id after the commit.
    ///
    /// @param path       of a set of Observations: `Observations`, `Datastreams(5)/Observations`
    /// @param duplicates insert, ignore or replace; null: as its Datastream says
    public long take(String path, byte[] body, @Nullable String duplicates) {
        ResourcePath set = RequestParser.parsePath(path);
        if (set.type() != EntityType.OBSERVATION || set.isOne()) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "topic-not-writable",
                    "Observations are published to 'v1.1/Observations' or 'v1.1/Datastreams(…)/Observations'; other"
                            + " entities are created over HTTP.",
                    Map.of("topic", path));
        }
        access.requireObservations();
        disk.requireRoom();
        Duplicates rule = Duplicates.of(duplicates);
        return dataSets.closed()
                .call(() -> writer.create(set, body, rule, Entry.MQTT).id());
    }
}
