package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewObservation;
import java.io.IOException;

/// How an export is written. Calls come in the order of the methods; a broken stream is an `UncheckedIOException`.
interface ObservationFormat {

    void begin(DescribedPoint what) throws IOException;

    void beginDatastream(long id, NewMeasuringPoint.Series series);

    void row(NewObservation observation);

    void endDatastream();

    void end() throws IOException;
}
