package de.stadtkern.footfall;

import java.util.List;

/// What became of a gap.
sealed interface Filling {

    /// @param at       the hour's place in its series
    /// @param expected what probably was counted there
    record Estimate(int at, double expected, Band likely, Band wide) {}

    record Filled(List<Estimate> estimates) implements Filling {

        public Filled {
            estimates = List.copyOf(estimates);
        }
    }

    record Refused(Reason reason) implements Filling {}

    enum Reason {
        /// Longer than [GapFilling#LONGEST] hours.
        TOO_LONG,
        /// The weeks around it do not say what is usual there.
        NOTHING_AROUND
    }
}
