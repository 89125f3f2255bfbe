package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
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

    /// Writes everything and leaves the stream open. Holds some thousand rows in memory, however many there are.
    ///
    /// @return how many Observations
    public long write(DescribedPoint what, Period period, Format format, OutputStream out) throws IOException {
        ObservationFormat rows = switch (format) {
            case CSV -> new CsvFormat(out);
            case JSON -> new JsonFormat(out);
        };
        long[] count = {0};
        try {
            rows.begin(what);
            for (int place = 0; place < what.datastreamIds().size(); place++) {
                long id = what.datastreamIds().get(place);
                rows.beginDatastream(id, what.description().series().get(place));
                reader.read(id, period.from(), period.to(), row -> {
                    rows.row(row.observation());
                    count[0]++;
                });
                rows.endDatastream();
            }
            rows.end();
        } catch (UncheckedIOException broken) {
            throw broken.getCause();
        }
        return count[0];
    }

    /// The mapping that reads the CSV of this Thing or Datastream.
    public String mapping(DescribedPoint what) {
        return MappingWriter.yaml(what.description());
    }
}
