package de.stadtkern.footfall;

import de.stadtkern.footfall.Directions.Counted;
import de.stadtkern.footfall.Directions.Unsaid;
import de.stadtkern.identity.Version;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rule by which directions, zones and classes of an hour are kept back: of a division everybody reads all parts or
/// none, and none where one of them is smaller than that.
///
/// Nobody is a small number too: "all twelve went out" says something of each of the twelve. Of a hidden hour the total
/// is known, so the other parts would tell the small one; and a hidden hour stays unknown because nothing that is
/// published depends on how it divides: sums of parts are those of shown hours, and what is calibrated takes the middle
/// of both factors, as [Factors] does where nobody knows. An hour in which nobody came hides nothing.
///
/// @param smallest number that is shown
record Suppression(int smallest) {

    /// As long as a town has said nothing else.
    static final Suppression USUAL = new Suppression(5);

    static final int LEAST = 3;
    static final int MOST = 100;

    private static final String SHOWN = "shown";

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

    /// What everybody may read of how an hour divides by zones or by classes: all of its parts or none.
    ///
    /// Who passed in none of them, or in two, can be reckoned from the total, which is public: such a rest is a
    /// part too. Nobody in it says something where there is one part only, whose rest is the other one.
    ///
    /// @param total  of the hour
    /// @param counts of its parts, null where one of them is not known
    Division of(HourState state, boolean isSettled, boolean isCorrected, double total, @Nullable List<Double> counts) {
        if (counts == null || !state.isCounted()) {
            return Unsaid.UNKNOWN;
        }
        if (state == HourState.CORRECTED || isCorrected) {
            return Unsaid.CORRECTED;
        }
        if (!isSettled) {
            return Unsaid.OPEN;
        }
        double rest = Math.abs(
                total - counts.stream().mapToDouble(Double::doubleValue).sum());
        boolean isNobody = total == 0 && counts.stream().allMatch(count -> count == 0);
        boolean isLarge = counts.stream().allMatch(count -> count >= smallest)
                && (rest >= smallest || rest == 0 && counts.size() > 1);
        return isNobody || isLarge ? new Division.Counted(counts) : Unsaid.SMALL;
    }

    CountedHour of(CountedHour hour) {
        return hour.dividing(of(hour.state(), hour.settledAt() != null, hour.directions()));
    }

    /// How files say it; null where nobody counted directions.
    @Nullable
    String word(Directions directions) {
        return switch (directions) {
            case Counted _ -> SHOWN;
            case Unsaid unsaid -> word(unsaid);
        };
    }

    /// How files say it; null where one of the parts is not known.
    @Nullable
    String word(Division division) {
        return switch (division) {
            case Division.Counted _ -> SHOWN;
            case Unsaid unsaid -> word(unsaid);
        };
    }

    private @Nullable String word(Unsaid unsaid) {
        return switch (unsaid) {
            case UNKNOWN -> null;
            case SMALL -> "suppressed_below_" + smallest;
            case CORRECTED -> "suppressed_corrected";
            case OPEN -> "not_settled";
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
