package de.stadtkern.sensorthings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One value on its way into the store.
///
/// @param datastreamId  where it belongs
/// @param start         phenomenonTime, or its beginning
/// @param end           end of the phenomenonTime if that is an interval, not included
/// @param resultTime    when the result became available; null if unknown
/// @param number        the result if it is a number; of `json`, if that is there, what a double holds of it, and NaN
///                      where that is no number, whatever was given
/// @param json          any other result as JSON text, `null` included; of a number that a double cannot hold exactly
///                      all its digits
/// @param details       what few Observations have; null if none
public record NewObservation(
        long datastreamId,
        Instant start,
        @Nullable Instant end,
        @Nullable Instant resultTime,
        double number,
        @Nullable String json,
        @Nullable Details details) {

    /// @param featureId     the FeatureOfInterest; null to derive it from the Thing's Location, [#NO_FEATURE] for none
    ///                      in spite of that
    /// @param validStart    beginning of validTime
    /// @param validEnd      end of validTime
    /// @param resultQuality JSON text
    /// @param parameters    JSON text of an object
    public record Details(
            @Nullable Long featureId,
            @Nullable Instant validStart,
            @Nullable Instant validEnd,
            @Nullable String resultQuality,
            @Nullable String parameters) {

        /// Of an Observation that was made before its Thing had a Location, and is now copied.
        public static final long NO_FEATURE = 0;
    }

    public NewObservation {
        if (json != null) {
            number = isNumber(json) ? finite(Double.parseDouble(json)) : Double.NaN;
        } else if (!Double.isFinite(number)) {
            throw new IllegalArgumentException("A numeric result is finite");
        }
        if (end != null && end.isBefore(start)) {
            throw new IllegalArgumentException("The end of phenomenonTime is not before its start");
        }
    }

    /// Whether it enters sums and is sorted among numbers.
    public boolean hasNumber() {
        return Double.isFinite(number);
    }

    static boolean isNumber(String json) {
        return !json.isEmpty() && (json.charAt(0) == '-' || Character.isDigit(json.charAt(0)));
    }

    private static double finite(double number) {
        return Double.isFinite(number) ? number : Double.NaN;
    }

    /// How many letters it holds besides its numbers and times; most have none.
    public long letters() {
        return letters(json) + (details == null ? 0 : letters(details.resultQuality()) + letters(details.parameters()));
    }

    private static long letters(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    /// A number at a moment.
    public static NewObservation of(long datastreamId, Instant time, double number) {
        return new NewObservation(datastreamId, time, null, null, number, null, null);
    }

    /// A number for a stretch of time, such as a count of an hour.
    public static NewObservation of(long datastreamId, Instant start, Instant end, double number) {
        return new NewObservation(datastreamId, start, end, null, number, null, null);
    }
}
