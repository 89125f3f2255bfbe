package de.stadtkern.connect;

import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/// Which Datastreams the rows of a source belong to, for the bound town. A counter that is new gets its Thing, and a
/// channel its Datastream, when the first row comes.
@Service
public class SourceTargets {

    private final MeasuringPoints points;
    private final DataSets dataSets;

    SourceTargets(MeasuringPoints points, DataSets dataSets) {
        this.points = points;
        this.dataSets = dataSets;
    }

    /// Refuses a mapping that names Datastreams or Things the caller may not write, or that are not there.
    public void requireWrite(SourceMapping mapping) {
        mapping.namedDatastreams().forEach(points::aggregation);
        dataSets.requireWrite(mapping.namedDatastreams());
        mapping.namedThings().forEach(dataSets::requireWriteOfThing);
    }

    /// The Datastreams of one counter.
    ///
    /// @param values which of the mapping's values have rows
    /// @return by the place of the value
    public Map<Integer, Long> datastreams(SourceMapping mapping, String device, Set<Integer> values) {
        List<Integer> places = values.stream().sorted().toList();
        List<Mapping.Value> wanted = places.stream()
                .map(place -> mapping.values().get(place).target())
                .toList();
        Mapping.Points described = mapping.points();
        Mapping.Point point = described.known().stream()
                .filter(one -> one.key().equals(device))
                .findFirst()
                .orElseGet(() -> new Mapping.Point(
                        null,
                        device,
                        described.name().replace("{key}", device),
                        described.description().replace("{key}", device),
                        null,
                        Map.of()));
        long[] ids = dataSets.seeingAll(() -> new StoreTargets(points, described, wanted).datastreams(point));
        Map<Integer, Long> datastreams = new HashMap<>();
        for (int at = 0; at < ids.length; at++) {
            datastreams.put(places.get(at), ids[at]);
        }
        return datastreams;
    }
}
