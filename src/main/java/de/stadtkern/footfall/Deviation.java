package de.stadtkern.footfall;

import de.stadtkern.sensorthings.MeasuringPoints.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What a counter said in the time in which somebody counted by hand.
///
/// @param counted of a value that only partly lies in that time, its share
/// @param byHand  what somebody counted
/// @param cut     share of the time that lies in such values
record Deviation(double counted, int byHand, double cut) {

    /// Where more of the time lies in values that reach beyond it, the two cannot be compared.
    static final double MOST_CUT = 0.34;

    /// How far the counter lies off, in percent of what was counted by hand; empty where nobody was.
    Optional<Double> percent() {
        return byHand == 0 ? Optional.empty() : Optional.of(100 * (counted - byHand) / byHand);
    }

    Factor.Pair pair() {
        return new Factor.Pair(counted, byHand);
    }

    /// What one Datastream said in that time.
    ///
    /// @param sum     of its values, those at the edges by their share
    /// @param covered seconds for which there is a value
    /// @param cut     of them, seconds in values that reach beyond the time
    record Part(double sum, double covered, double cut) {

        /// @param usual how long a value holds that does not say so itself
        static Part of(List<Value> values, Duration usual, Instant from, Instant to) {
            double sum = 0;
            double covered = 0;
            double cut = 0;
            for (Value value : values) {
                Instant end = value.end() != null && value.end().isAfter(value.start())
                        ? value.end()
                        : value.start().plus(usual);
                double length = seconds(value.start(), end);
                double within =
                        seconds(value.start().isBefore(from) ? from : value.start(), end.isAfter(to) ? to : end);
                if (within > 0 && length > 0) {
                    sum += value.number() * within / length;
                    covered += within;
                    cut += within < length ? within : 0;
                }
            }
            return new Part(sum, covered, cut);
        }

        private static double seconds(Instant from, Instant to) {
            return Duration.between(from, to).toMillis() / 1e3;
        }
    }

    /// Empty where a part of the time has no value, or too much of it lies in values that reach beyond it.
    static Optional<Deviation> of(List<Part> parts, int byHand, Instant from, Instant to) {
        double length = Duration.between(from, to).toMillis() / 1e3;
        boolean whole = !parts.isEmpty() && parts.stream().allMatch(part -> part.covered() >= length * 0.99);
        double cut = parts.stream().mapToDouble(Part::cut).max().orElse(length) / length;
        return whole && cut <= MOST_CUT
                ? Optional.of(
                        new Deviation(parts.stream().mapToDouble(Part::sum).sum(), byHand, cut))
                : Optional.empty();
    }
}
