package de.stadtkern.sensorthings;

import java.util.List;
import org.springframework.stereotype.Service;

/// The one way into the store, for HTTP, MQTT, connectors and file import alike.
@Service
public class ObservationWriter {

    /// Writes one Observation and returns its id after the commit: what has returned survives a `kill -9`.
    public long write(NewObservation observation) {
        return write(List.of(observation), Duplicates.INSERT)[0];
    }

    /// Writes all or none and returns their ids after the commit, 0 for those [Duplicates#IGNORE] left out. Throws
    /// [DatastreamUnknown] if one of the Datastreams does not exist.
    public long[] write(List<NewObservation> observations, Duplicates rule) {
        throw new UnsupportedOperationException("being written");
    }
}
