package de.stadtkern.connect;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewObservation;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One line for each Observation. The result is written as JSON, so that the text `12` and the number 12 stay
/// different; so is what was observed, so that nothing at all (`null`) and the place of the Thing (empty) do.
final class CsvFormat implements ObservationFormat {

    static final List<String> COLUMNS = List.of(
            "datastream",
            "phenomenonTime",
            "phenomenonTimeEnd",
            "resultTime",
            "result",
            "resultQuality",
            "validTime",
            "validTimeEnd",
            "parameters",
            "featureOfInterest");

    private final CsvWriter csv;
    private final BufferedWriter buffer;
    private String datastream = "";

    CsvFormat(OutputStream out) {
        buffer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 32 * 1024);
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(buffer);
    }

    @Override
    public void begin(DescribedPoint what) {
        csv.writeRecord(COLUMNS);
    }

    @Override
    public void beginDatastream(long id, NewMeasuringPoint.Series series) {
        datastream = series.key();
    }

    @Override
    public void row(NewObservation value, @Nullable String feature) {
        NewObservation.Details details = value.details();
        csv.writeRecord(
                datastream,
                value.start().toString(),
                text(value.end()),
                text(value.resultTime()),
                value.json() == null ? Samples.number(value.number()) : value.json(),
                details == null ? "" : text(details.resultQuality()),
                details == null ? "" : text(details.validStart()),
                details == null ? "" : text(details.validEnd()),
                details == null ? "" : text(details.parameters()),
                text(feature));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    @Override
    public void endDatastream() {}

    @Override
    public void end() throws IOException {
        csv.flush();
        buffer.flush();
    }
}
