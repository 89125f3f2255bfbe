package de.stadtkern.footfall;

import de.stadtkern.footfall.Directions.Counted;
import de.stadtkern.footfall.Directions.Unsaid;
import de.stadtkern.identity.Version;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rule by which directions of an hour are kept back: everybody reads both or neither, and neither where fewer than
/// so many went one way.
///
/// Nobody is a small number too: "all twelve went out" says something of each of the twelve. Of a hidden hour the total
/// is known, so one direction would tell the other; and a hidden hour stays unknown because nothing that is published
/// depends on how it divides: sums of directions are those of shown hours, and what is calibrated takes the middle of
/// both factors, as [Factors] does where nobody knows. An hour in which nobody came hides nothing.
///
/// @param smallest number that is shown
record Suppression(int smallest) {

    /// As long as a town has said nothing else.
    static final Suppression USUAL = new Suppression(5);

    static final int LEAST = 3;
    static final int MOST = 100;

    /// What everybody may read of an hour.
    ///
    /// @param counted as they were counted
    Directions of(HourState state, boolean isSettled, Directions counted) {
        if (!(counted instanceof Counted(double inward, double outward)) || !state.isCounted()) {
            return Unsaid.UNKNOWN;
        }
        if (state == HourState.CORRECTED) {
            return Unsaid.CORRECTED;
        }
        if (!isSettled) {
            return Unsaid.OPEN;
        }
        boolean isNobody = inward == 0 && outward == 0;
        return isNobody || Math.min(inward, outward) >= smallest ? counted : Unsaid.SMALL;
    }

    CountedHour of(CountedHour hour) {
        return hour.dividing(of(hour.state(), hour.settledAt() != null, hour.directions()));
    }

    /// How files say it; null where nobody counted directions.
    @Nullable
    String word(Directions directions) {
        return switch (directions) {
            case Counted _ -> "shown";
            case Unsaid unsaid ->
                switch (unsaid) {
                    case UNKNOWN -> null;
                    case SMALL -> "suppressed_below_" + smallest;
                    case CORRECTED -> "suppressed_corrected";
                    case OPEN -> "not_settled";
                };
        };
    }

    /// The one that hides more.
    Suppression or(Suppression other) {
        return smallest >= other.smallest ? this : other;
    }

    Map<String, String> tree() {
        return Map.of("smallest", String.valueOf(smallest));
    }

    String version() {
        return Version.of(tree());
    }
}
