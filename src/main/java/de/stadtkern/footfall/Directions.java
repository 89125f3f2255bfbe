package de.stadtkern.footfall;

/// How the passages of an hour divide by where people went.
sealed interface Directions {

    /// @param inward  as people call the one direction
    /// @param outward the other one
    record Counted(double inward, double outward) implements Directions {

        double sum() {
            return inward + outward;
        }
    }

    /// Why nothing is said of them.
    enum Unsaid implements Directions, Division {
        /// Nobody counted them, or they do not add up to all that was counted; a zone or a class did not say all of the
        /// hour.
        UNKNOWN,
        /// So few went one way that somebody could be meant.
        SMALL,
        /// The hour was corrected after it was settled: what both versions say would tell which way those went who were
        /// added.
        CORRECTED,
        /// Values are still waited for.
        OPEN
    }

    /// Whether the same hour was counted otherwise before. Where somebody took one direction for the other, it was not.
    default boolean corrects(Directions before) {
        return before instanceof Counted then
                && this instanceof Counted now
                && !now.equals(then)
                && !(now.inward() == then.outward() && now.outward() == then.inward());
    }
}
