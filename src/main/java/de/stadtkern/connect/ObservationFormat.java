package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.NewFeature;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewObservation;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How an export is written. Calls come in the order of the methods; a broken stream is an `UncheckedIOException`.
interface ObservationFormat {

    void begin(DescribedPoint what) throws IOException;

    void beginDatastream(long id, NewMeasuringPoint.Series series);

    /// @param feature what was observed, where it is not the place of the Thing
    void row(NewObservation observation, @Nullable NewFeature feature);

    void endDatastream();

    void end() throws IOException;
}
