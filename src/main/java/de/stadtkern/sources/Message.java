package de.stadtkern.sources;

import de.stadtkern.connect.MessageReading;
import de.stadtkern.connect.MessageRefusal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// A message that has come, and what became of it.
///
/// @param body     without what could tell people apart; empty if it was not kept
/// @param rows     values understood
/// @param written  of these, new ones
/// @param repeated records or totals that were known already
/// @param left     records the mapping leaves out
/// @param begun    totals seen for the first time
record Message(
        long id,
        long source,
        Instant received,
        String body,
        Outcome outcome,
        int rows,
        int written,
        int repeated,
        int left,
        int begun,
        List<MessageRefusal> refusals) {

    enum Outcome {
        STORED,
        /// Some of it was refused.
        PARTLY,
        /// Totals were seen for the first time, so counting begins.
        BEGUN,
        /// All of it was known.
        REPEATED,
        /// It is none the mapping is about.
        LEFT,
        REFUSED;

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Outcome of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }

        static Outcome of(MessageReading reading) {
            boolean something = !reading.rows().isEmpty() || reading.beginnings() > 0;
            if (!reading.refusals().isEmpty()) {
                return something ? PARTLY : REFUSED;
            }
            return !reading.rows().isEmpty()
                    ? STORED
                    : reading.beginnings() > 0 ? BEGUN : reading.repeated() > 0 ? REPEATED : LEFT;
        }
    }

    Message {
        refusals = List.copyOf(refusals);
    }

    /// Whether it may help to take it once more, when the mapping was changed.
    boolean canBeRetried() {
        return !body.isEmpty()
                && (outcome == Outcome.REFUSED || outcome == Outcome.PARTLY)
                && refusals.stream().noneMatch(MessageRefusal::isPersonal);
    }
}
