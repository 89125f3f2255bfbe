package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewObservation;
import de.stadtkern.sensorthings.ObservationReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The front door for Observations on their way out, for the bound town. What is exported as CSV can be imported
/// again with [#mapping], here or in another town.
@Service
public class Exports {

    public enum Format {
        CSV,
        JSON
    }

    /// @param from null: from the first one
    /// @param to   not included; null: up to the last one
    public record Period(@Nullable Instant from, @Nullable Instant to) {}

    private final MeasuringPoints points;
    private final ObservationReader reader;

    Exports(MeasuringPoints points, ObservationReader reader) {
        this.points = points;
        this.reader = reader;
    }

    public DescribedPoint thing(long id) {
        return points.describeThing(id);
    }

    public DescribedPoint datastream(long id) {
        return points.describeDatastream(id);
    }

    /// @param count how many Observations
    /// @param twins whether there were two of one Datastream that begin at the same time
    public record Written(long count, boolean twins) {}

    /// Writes everything and leaves the stream open. Holds some thousand rows in memory, however many there are.
    public Written write(DescribedPoint what, Period period, Format format, OutputStream out) throws IOException {
        ObservationFormat rows = switch (format) {
            case CSV -> new CsvFormat(out);
            case JSON -> new JsonFormat(out);
        };
        var count = new Count();
        try {
            rows.begin(what);
            for (int place = 0; place < what.datastreamIds().size(); place++) {
                long id = what.datastreamIds().get(place);
                rows.beginDatastream(id, what.description().series().get(place));
                count.last = null;
                reader.readWithFeatures(id, period.from(), period.to(), (observation, feature) -> {
                    rows.row(observation, feature == null ? unsaid(what, observation) : feature.json());
                    count.add(observation.start());
                });
                rows.endDatastream();
            }
            rows.end();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        return new Written(count.all, count.twins);
    }

    /// An Observation without a feature would get the Thing's place where it is read in, if nothing said otherwise.
    private static @Nullable String unsaid(DescribedPoint what, NewObservation observation) {
        boolean observedNothing =
                observation.details() == null || observation.details().featureId() == null;
        return observedNothing && what.description().location() != null ? "null" : null;
    }

    private static final class Count {
        private long all;
        private boolean twins;
        private @Nullable Instant last;

        void add(Instant start) {
            all++;
            twins |= start.equals(last);
            last = start;
        }
    }

    /// The mapping that reads the CSV of this Thing or Datastream.
    public String mapping(DescribedPoint what) {
        return mapping(what, reader.hasTwins(what.datastreamIds()));
    }

    /// The same where it is known whether the file holds [Written#twins].
    String mapping(DescribedPoint what, boolean twins) {
        return MappingWriter.yaml(what.description(), twins);
    }
}
