package de.stadtkern.footfall;

import de.stadtkern.footfall.FigureStore.DaySum;
import de.stadtkern.footfall.FigureStore.Figure;
import de.stadtkern.footfall.HourStore.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Prepared figures of many counters as they are to be read: multiplied by the factors of their calibrations.
///
/// Days were made of uncalibrated hours. A day through which one factor holds is multiplied as a whole, which gives the
/// sum of its calibrated hours; one with a factor's beginning or end in it is added up anew, and one whose directions
/// have factors of their own, because it depends on which of its hours show their directions.
@Component
class CalibratedFigures {

    private final FigureStore figures;
    private final CalibrationStore calibrations;

    CalibratedFigures(FigureStore figures, CalibrationStore calibrations) {
        this.figures = figures;
        this.calibrations = calibrations;
    }

    /// By counter; a counter without any is absent.
    ///
    /// @param calibrated false for none at all
    Map<Long, Factors> factors(boolean calibrated) {
        return calibrated ? calibrations.factors(null) : Map.of();
    }

    /// Hours by counter, oldest first.
    Map<Long, List<Figure>> hours(Map<Long, Stretch> stretches, Map<Long, Factors> factors) {
        Map<Long, List<Figure>> hours = figures.hours(stretches.entrySet());
        hours.replaceAll((counter, list) -> Optional.ofNullable(factors.get(counter))
                .map(own -> list.stream().map(own::of).toList())
                .orElse(list));
        return hours;
    }

    /// What is expected, by counter and hour.
    Map<Long, Map<Instant, ProfileStore.Expected>> expected(Map<Long, Stretch> stretches, Map<Long, Factors> factors) {
        Map<Long, Map<Instant, ProfileStore.Expected>> expected = figures.expected(stretches);
        expected.forEach((counter, hours) -> {
            Factors own = factors.get(counter);
            if (own != null) {
                hours.replaceAll((_, usual) -> own.of(usual));
            }
        });
        return expected;
    }

    /// Days of these counters from one to the other, both included, oldest first.
    List<DaySum> days(
            Collection<Long> counters, LocalDate first, LocalDate last, Map<Long, Factors> factors, ZoneId zone) {
        List<DaySum> days = new ArrayList<>(figures.days(counters, first, last));
        List<DaySum> mixed = new ArrayList<>();
        days.replaceAll(day -> whole(day, factors.getOrDefault(day.counterId(), Factors.NONE), zone)
                .orElseGet(() -> {
                    mixed.add(day);
                    return day;
                }));
        if (!mixed.isEmpty()) {
            Map<DaySum, DaySum> added = added(mixed, factors, zone);
            days.replaceAll(day -> added.getOrDefault(day, day));
        }
        return days;
    }

    /// Sums of those of the days of which each of 24 hours was counted at each of the counters, one for each counter;
    /// days whose hours have to be looked at are absent.
    Map<LocalDate, double[]> wholeDays(
            List<Long> counters, Collection<LocalDate> wanted, Map<Long, Factors> factors, ZoneId zone) {
        Map<LocalDate, double[]> sums = new HashMap<>();
        for (DaySum day : figures.wholeDays(counters, wanted)) {
            Factors own = factors.getOrDefault(day.counterId(), Factors.NONE);
            Optional<DaySum> calibrated = own.isEmpty() ? Optional.of(day) : whole(day, own, zone);
            calibrated.ifPresent(sum ->
                    sums.computeIfAbsent(sum.day(), _ -> unknown(counters.size()))[counters.indexOf(sum.counterId())] =
                            sum.counted());
        }
        sums.values().removeIf(ofDay -> Arrays.stream(ofDay).anyMatch(Double::isNaN));
        return sums;
    }

    private static double[] unknown(int places) {
        double[] sums = new double[places];
        Arrays.fill(sums, Double.NaN);
        return sums;
    }

    /// Empty where its hours must be looked at.
    private static Optional<DaySum> whole(DaySum day, Factors factors, ZoneId zone) {
        Stretch stretch = FootfallPage.stretch(day.day(), zone);
        if (!factors.isSteady(stretch.from(), stretch.to()) || factors.isDivided(stretch.from())) {
            return Optional.empty();
        }
        if (factors.at(stretch.from()).isEmpty()) {
            return Optional.of(day);
        }
        Factor whole = factors.whole(stretch.from());
        return Optional.of(day.saying(day.counted() * whole.value(), day.estimated() * whole.value()));
    }

    private Map<DaySum, DaySum> added(List<DaySum> days, Map<Long, Factors> factors, ZoneId zone) {
        Map<Long, List<Figure>> hours = figures.hours(days.stream()
                .map(day -> Map.entry(day.counterId(), FootfallPage.stretch(day.day(), zone)))
                .toList());
        Map<Long, Map<LocalDate, List<Figure>>> byDay = new HashMap<>();
        hours.forEach((counter, list) -> byDay.put(
                counter, list.stream().collect(Collectors.groupingBy(hour -> LocalDate.ofInstant(hour.hour(), zone)))));
        Map<DaySum, DaySum> added = new HashMap<>();
        for (DaySum day : days) {
            Factors own = factors.getOrDefault(day.counterId(), Factors.NONE);
            Map<HourState, Double> sums =
                    byDay.getOrDefault(day.counterId(), Map.of()).getOrDefault(day.day(), List.of()).stream()
                            .map(own::of)
                            .collect(Collectors.groupingBy(
                                    Figure::state,
                                    Collectors.summingDouble(
                                            hour -> hour.value() instanceof Double value ? value : 0)));
            double counted = sums.entrySet().stream()
                    .filter(sum -> sum.getKey().isCounted())
                    .mapToDouble(Map.Entry::getValue)
                    .sum();
            added.put(day, day.saying(counted, sums.getOrDefault(HourState.ESTIMATED, 0.0)));
        }
        return added;
    }
}
