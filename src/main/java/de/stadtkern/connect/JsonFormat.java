package de.stadtkern.connect;

import de.stadtkern.sensorthings.DescribedPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import de.stadtkern.sensorthings.NewObservation;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// One object for the Thing with its Datastreams, each with its Observations in the words of SensorThings.
final class JsonFormat implements ObservationFormat {

    private static final JsonMapper JSON =
            JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final JsonGenerator json;

    JsonFormat(OutputStream out) {
        json = JSON.createGenerator(out);
    }

    @Override
    public void begin(DescribedPoint what) {
        NewMeasuringPoint point = what.description();
        json.writeStartObject();
        json.writeNumberProperty("thing", what.thingId());
        json.writeStringProperty("name", point.name());
        json.writeStringProperty("description", point.description());
        json.writePOJOProperty("properties", point.properties());
        json.writeName("datastreams");
        json.writeStartArray();
    }

    @Override
    public void beginDatastream(long id, NewMeasuringPoint.Series series) {
        json.writeStartObject();
        json.writeNumberProperty("id", id);
        json.writeStringProperty("key", series.key());
        json.writeStringProperty("name", series.name());
        if (series.isMulti()) {
            json.writePOJOProperty(
                    "units", series.observed().stream().map(Observed::unitName).toList());
            json.writePOJOProperty(
                    "observedProperties",
                    series.observed().stream().map(Observed::property).toList());
        } else {
            Observed observed = series.observed().getFirst();
            json.writeStringProperty("unit", observed.unitName());
            json.writeStringProperty("observedProperty", observed.property());
        }
        json.writePOJOProperty("properties", series.properties());
        json.writeName("observations");
        json.writeStartArray();
    }

    @Override
    public void row(NewObservation value, @Nullable String feature) {
        try {
            json.writeStartObject();
            json.writeStringProperty("phenomenonTime", time(value.start(), value.end()));
            if (value.resultTime() != null) {
                json.writeStringProperty("resultTime", value.resultTime().toString());
            }
            raw("result", value.json() == null ? Samples.number(value.number()) : value.json());
            if (value.details() != null) {
                raw("resultQuality", value.details().resultQuality());
                if (value.details().validStart() instanceof Instant start) {
                    json.writeStringProperty(
                            "validTime", time(start, value.details().validEnd()));
                }
                raw("parameters", value.details().parameters());
            }
            raw("FeatureOfInterest", feature);
            json.writeEndObject();
        } catch (JacksonException broken) {
            throw ioException(broken);
        }
    }

    private static String time(Instant start, @Nullable Instant end) {
        return end == null ? start.toString() : start + "/" + end;
    }

    private void raw(String name, @Nullable String value) {
        if (value != null) {
            json.writeName(name);
            json.writeRawValue(value);
        }
    }

    private static RuntimeException ioException(JacksonException broken) {
        return broken.getCause() instanceof IOException cause ? new UncheckedIOException(cause) : broken;
    }

    @Override
    public void endDatastream() {
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void end() {
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }
}
