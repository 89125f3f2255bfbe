package de.stadtkern.sensorthings;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.problem.Problem;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Whether the caller may change the town's data: editors of the platform may, people and keys alike, and everybody
/// where the setting says so. A key that is limited to one Datastream writes its Observations and nothing else.
@Component
public class WriteAccess {

    private final SensorThingsProperties properties;
    private final Rights rights;
    private final DataSets dataSets;

    WriteAccess(SensorThingsProperties properties, Rights rights, DataSets dataSets) {
        this.properties = properties;
        this.rights = rights;
        this.dataSets = dataSets;
    }

    /// For everything but new Observations.
    public void require() {
        requireObservations();
        if (rights.caller() instanceof Caller.Machine machine
                && machine.datastream().isPresent()) {
            throw limited(machine.datastream().get());
        }
    }

    /// For new Observations; whether the key is for their Datastream is seen when they are written.
    void requireObservations() {
        if (!properties.anonymousWrites()) {
            rights.require(Role.EDITOR, Area.PLATFORM);
        }
    }

    /// Work that nobody asked for over the network has no caller and no limit.
    void requireDatastreams(List<NewObservation> observations, Entry entry) {
        if (entry.hasCaller()) {
            dataSets.requireWrite(observations.stream()
                    .map(NewObservation::datastreamId)
                    .distinct()
                    .toList());
        }
        if (rights.caller() instanceof Caller.Machine machine
                && machine.datastream().isPresent()) {
            long only = machine.datastream().get();
            for (NewObservation observation : observations) {
                if (observation.datastreamId() != only) {
                    throw limited(only);
                }
            }
        }
    }

    private static Problem limited(long datastream) {
        return new Problem(
                Problem.Kind.FORBIDDEN,
                "key-limited",
                "This key writes Observations of Datastream %d only.".formatted(datastream),
                Map.of("datastream", datastream));
    }
}
