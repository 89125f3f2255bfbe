package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The calibrations of one counter, as they are or were in the books, and what they make of its figures.
///
/// Where both directions have factors of their own, an hour is the sum of its calibrated directions. Of an estimate,
/// and of an hour whose directions are not known or not to be read, the middle of both factors is taken, and the
/// interval reaches from the smaller to the larger.
record Factors(List<Calibration> calibrations) {

    static final Factors NONE = new Factors(List.of());

    Factors {
        calibrations = List.copyOf(calibrations);
    }

    boolean isEmpty() {
        return calibrations.isEmpty();
    }

    /// Whether a direction has, or had, a factor of its own.
    boolean isByDirection() {
        return calibrations.stream().anyMatch(one -> one.role() != Role.TOTAL);
    }

    private Optional<Calibration> find(Instant hour, Role direction) {
        return calibrations.stream()
                .filter(one -> one.holds(hour) && (one.role() == direction || one.role() == Role.TOTAL))
                .findFirst();
    }

    /// What is in force at that hour, in the order of the directions.
    List<Calibration> at(Instant hour) {
        return Stream.of(Role.IN, Role.OUT)
                .flatMap(direction -> find(hour, direction).stream())
                .distinct()
                .toList();
    }

    /// What is in force at some hour from one to the other, the end not included.
    List<Calibration> within(Instant from, Instant to) {
        return calibrations.stream()
                .filter(one ->
                        one.from().isBefore(to) && (one.to() == null || one.to().isAfter(from)))
                .toList();
    }

    /// Whether the same is in force at all hours from one to the other, the end not included.
    boolean isSteady(Instant from, Instant to) {
        return calibrations.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.from()), Stream.ofNullable(one.to())))
                .noneMatch(edge -> edge.isAfter(from) && edge.isBefore(to));
    }

    /// What is in force at some hour, and from when to when nothing of it changes. Who reads years of hours asks once
    /// for each such stretch.
    ///
    /// @param from null for always
    /// @param to   null for always
    record Held(@Nullable Instant from, @Nullable Instant to, Factor in, Factor out) {

        boolean holds(Instant hour) {
            return (from == null || !hour.isBefore(from)) && (to == null || hour.isBefore(to));
        }

        /// By what a figure is multiplied of which nobody knows how it divides.
        Factor whole() {
            return in.equals(out) ? in : Factor.middle(in, out);
        }

        boolean isDivided() {
            return !in.equals(out);
        }
    }

    Held held(Instant hour) {
        List<Instant> edges = calibrations.stream()
                .flatMap(one -> Stream.concat(Stream.of(one.from()), Stream.ofNullable(one.to())))
                .sorted()
                .toList();
        return new Held(
                edges.stream()
                        .filter(edge -> !edge.isAfter(hour))
                        .reduce((_, later) -> later)
                        .orElse(null),
                edges.stream().filter(edge -> edge.isAfter(hour)).findFirst().orElse(null),
                factor(hour, Role.IN),
                factor(hour, Role.OUT));
    }

    private Factor factor(Instant hour, Role direction) {
        return find(hour, direction).map(Calibration::factor).orElse(Factor.ONE);
    }

    /// Whether the directions have factors that differ.
    boolean isDivided(Instant hour) {
        return !factor(hour, Role.IN).equals(factor(hour, Role.OUT));
    }

    /// By what a figure is multiplied of which nobody knows how it divides.
    Factor whole(Instant hour) {
        return held(hour).whole();
    }

    /// @param directions of it, as everybody may read them
    Factor of(Instant hour, Directions directions) {
        Factor in = factor(hour, Role.IN);
        Factor out = factor(hour, Role.OUT);
        if (in.equals(out)) {
            return in;
        }
        if (!(directions instanceof Directions.Counted counted) || counted.sum() == 0) {
            return Factor.middle(in, out);
        }
        double share = counted.inward() / counted.sum();
        return new Factor(
                share * in.value() + (1 - share) * out.value(),
                share * in.low() + (1 - share) * out.low(),
                share * in.high() + (1 - share) * out.high());
    }

    /// By what an uncalibrated hour that has a value is multiplied.
    Factor applied(CountedHour hour) {
        return of(hour.hour(), hour.directions());
    }

    Directions calibrated(Instant hour, Directions directions) {
        return directions instanceof Directions.Counted(double inward, double outward)
                ? new Directions.Counted(
                        inward * factor(hour, Role.IN).value(),
                        outward * factor(hour, Role.OUT).value())
                : directions;
    }

    /// The hour as it is to be read. Its interval is as wide as that of its estimate and that of the factor together,
    /// which say nothing about each other.
    CountedHour of(CountedHour hour) {
        Double value = hour.value();
        if (value == null || at(hour.hour()).isEmpty()) {
            return hour;
        }
        Factor factor = applied(hour);
        double centre = value * factor.value();
        double below = hour.low() == null ? 0 : (value - hour.low()) * factor.value();
        double above = hour.high() == null ? 0 : (hour.high() - value) * factor.value();
        return hour.saying(
                centre,
                Math.max(0, centre - Math.hypot(below, value * (factor.value() - factor.low()))),
                centre + Math.hypot(above, value * (factor.high() - factor.value())));
    }

    ProfileStore.Expected of(ProfileStore.Expected usual) {
        double factor = whole(usual.hour()).value();
        return new ProfileStore.Expected(
                usual.hour(),
                usual.expected() * factor,
                new Band(usual.likely().low() * factor, usual.likely().high() * factor),
                new Band(usual.wide().low() * factor, usual.wide().high() * factor));
    }

    FigureStore.Figure of(FigureStore.Figure figure) {
        Double value = figure.value();
        return value == null
                ? figure
                : new FigureStore.Figure(
                        figure.hour(),
                        value * of(figure.hour(), figure.directions()).value(),
                        figure.directions(),
                        figure.state());
    }
}
