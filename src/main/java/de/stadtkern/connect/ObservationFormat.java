package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewObservation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How an export is written. Calls come in the order of the methods; a broken stream is an `UncheckedIOException`.
interface ObservationFormat {

    void begin(DescribedPoint what) throws IOException;

    void beginDatastream(long id, NewMeasuringPoint.Series series);

    /// @param feature what was observed, as JSON, `null` if that is nothing; absent where it is the place of the Thing,
    ///                or where neither has one
    void row(NewObservation observation, @Nullable String feature);

    void endDatastream();

    void end() throws IOException;
}
