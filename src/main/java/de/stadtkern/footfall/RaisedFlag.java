package de.stadtkern.footfall;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Hours of a counter that do not look right, and what somebody said of them.
///
/// @param low     the usual goes from here at the first of them
/// @param high    to here
/// @param counted at the first of them; null if nothing came
/// @param cause   in an editor's words, empty until somebody said
record RaisedFlag(
        long id,
        long counterId,
        Fault fault,
        Instant from,
        Instant to,
        double low,
        double high,
        @Nullable Double counted,
        Flag.Explanation explanation,
        Verdict verdict,
        String cause) {

    enum Verdict {
        OPEN,
        /// The sensor was at fault: its counts are not to be trusted.
        CONFIRMED,
        /// It was so, and somebody knows why.
        EXPLAINED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
