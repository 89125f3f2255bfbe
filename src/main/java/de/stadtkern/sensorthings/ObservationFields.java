package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewObservation.Details;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;

/// The properties of one Observation as they come out of a JSON parser, one after the other: from a body, from a row
/// of a data array, from a deep insert.
final class ObservationFields {

    /// Integers up to here are doubles without loss.
    private static final long EXACT = 1L << 53;

    /// So many characters of a number are always read back the same from a double.
    private static final int EXACT_DIGITS = 15;

    @Nullable
    TimePeriod phenomenonTime;

    @Nullable
    Instant resultTime;

    boolean hasResultTime;
    boolean hasResult;
    double number;

    @Nullable
    String json;

    @Nullable
    TimePeriod validTime;

    boolean hasValidTime;

    @Nullable
    String resultQuality;

    boolean hasResultQuality;

    @Nullable
    String parameters;

    boolean hasParameters;

    /// Takes the value the parser stands on; false if an Observation has no property of this name.
    boolean accept(String name, JsonParser parser) {
        switch (name) {
            case "phenomenonTime" -> phenomenonTime = period(name, parser);
            case "result" -> readResult(parser);
            case "resultTime" -> {
                resultTime = moment(name, parser);
                hasResultTime = true;
            }
            case "validTime" -> {
                validTime = period(name, parser);
                hasValidTime = true;
            }
            case "resultQuality" -> {
                resultQuality = jsonOrNull(parser);
                hasResultQuality = true;
            }
            case "parameters" -> {
                JsonToken token = parser.currentToken();
                if (token != JsonToken.START_OBJECT && token != JsonToken.VALUE_NULL) {
                    throw EntityBody.wrong(name, "type-wrong", "'parameters' is a JSON object.");
                }
                parameters = jsonOrNull(parser);
                hasParameters = true;
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /// Without a phenomenonTime it is now, as the standard wants for sensors without a clock.
    NewObservation observation(long datastreamId, @Nullable Long featureId) {
        if (!hasResult) {
            throw EntityBody.wrong("result", "property-missing", "An Observation needs 'result'.");
        }
        if (featureId != null && featureId <= 0) {
            // 0 would say that it has none in spite of its Thing's Location, which only a copy may.
            throw DatastreamDirectory.unknownFeature(featureId);
        }
        TimePeriod time = phenomenonTime == null ? new TimePeriod(Instant.now(), null) : phenomenonTime;
        boolean isPlain = featureId == null && validTime == null && resultQuality == null && parameters == null;
        Details details = isPlain
                ? null
                : new Details(
                        featureId,
                        validTime == null ? null : validTime.start(),
                        validTime == null ? null : validTime.end(),
                        resultQuality,
                        parameters);
        return new NewObservation(datastreamId, time.start(), time.end(), resultTime, number, json, details);
    }

    private void readResult(JsonParser parser) {
        hasResult = true;
        json = null;
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> readNumber(parser);
            case null, default -> json = json(parser);
        }
    }

    private void readNumber(JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER
                && Math.abs(parser.getLongValue()) <= EXACT) {
            number = parser.getLongValue();
            return;
        }
        String text = parser.getString();
        number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw EntityBody.wrong("result", "number-too-large", "The result is a number beyond 1.8e308.");
        }
        boolean isExact = text.length() <= EXACT_DIGITS
                || new BigDecimal(Double.toString(number)).compareTo(new BigDecimal(text)) == 0;
        if (!isExact) {
            json = text;
        }
    }

    private static @Nullable String jsonOrNull(JsonParser parser) {
        return parser.currentToken() == JsonToken.VALUE_NULL ? null : json(parser);
    }

    private static String json(JsonParser parser) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = RequestBody.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            generator.copyCurrentStructureExact(parser);
        }
        return text.toString();
    }

    private static @Nullable TimePeriod period(String name, JsonParser parser) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw EntityBody.wrong(name, "type-wrong", "'%s' is a time as text.".formatted(name));
        }
        try {
            return TimePeriod.parse(parser.getString());
        } catch (DateTimeException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    private static @Nullable Instant moment(String name, JsonParser parser) {
        TimePeriod period = period(name, parser);
        if (period != null && period.end() != null) {
            throw EntityBody.wrong(name, "type-wrong", "'%s' is a moment, not an interval.".formatted(name));
        }
        return period == null ? null : period.start();
    }

    private static Problem unreadable(String name, DateTimeException unreadable) {
        return EntityBody.wrong(name, "time-unreadable", "'%s': %s.".formatted(name, unreadable.getMessage()));
    }
}
