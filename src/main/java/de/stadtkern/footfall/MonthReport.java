package de.stadtkern.footfall;

import de.stadtkern.footfall.MonthOfPlace.Against;
import de.stadtkern.page.Wording;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/// What can be said of a month at some places, as calibrated.
@Component
class MonthReport {

    private final CalibratedFigures calibrated;
    private final ValidHours hours;
    private final PeriodStore periods;

    MonthReport(CalibratedFigures calibrated, ValidHours hours, PeriodStore periods) {
        this.calibrated = calibrated;
        this.hours = hours;
        this.periods = periods;
    }

    /// @param previous of the places together, in hours common to them
    /// @param year     likewise
    /// @param notes    what is known of the month, oldest first
    record Month(
            YearMonth month, List<MonthOfPlace> places, Against previous, Against year, List<CounterPeriod> notes) {}

    Month of(Wording wording, YearMonth month, List<Counter> places) {
        ZoneId zone = wording.zone();
        List<Long> ids = places.stream().map(Counter::id).toList();
        Map<Long, Factors> factors = calibrated.factors(true);
        Map<Long, ValidHours.Hours> valid = hours.of(ids, MonthOfPlace.stretches(month, zone), false, factors);
        LocalDate last = month.atEndOfMonth();
        List<FigureStore.DaySum> days = calibrated.days(ids, month.atDay(1), last, factors, zone);
        List<CounterPeriod> known = periods.list();
        List<MonthOfPlace> months = new ArrayList<>();
        for (Counter place : places) {
            List<ValidHours.Hours> own = List.of(valid.getOrDefault(place.id(), ValidHours.Hours.NONE));
            List<FigureStore.DaySum> ownDays =
                    days.stream().filter(day -> day.counterId() == place.id()).toList();
            months.add(new MonthOfPlace(
                    place,
                    ownDays,
                    MonthOfPlace.busiest(ownDays, own.getFirst().opening(), zone),
                    MonthOfPlace.fullest(month, own.getFirst(), zone),
                    against(wording, MonthOfPlace.previous(month), List.of(place.id()), own, known),
                    against(wording, MonthOfPlace.year(month), List.of(place.id()), own, known)));
        }
        List<ValidHours.Hours> all = ids.stream()
                .map(id -> valid.getOrDefault(id, ValidHours.Hours.NONE))
                .toList();
        var stretch = new HourStore.Stretch(
                month.atDay(1).atStartOfDay(zone).toInstant(),
                last.plusDays(1).atStartOfDay(zone).toInstant());
        return new Month(
                month,
                months,
                against(wording, MonthOfPlace.previous(month), ids, all, known),
                against(wording, MonthOfPlace.year(month), ids, all, known),
                known.stream()
                        .filter(period ->
                                ids.stream().anyMatch(period::concerns) && period.touches(stretch.from(), stretch.to()))
                        .sorted(Comparator.comparing(CounterPeriod::from))
                        .toList());
    }

    private static Against against(
            Wording wording,
            Comparison.Wanted wanted,
            List<Long> ids,
            List<ValidHours.Hours> hours,
            List<CounterPeriod> known) {
        HourStore.Stretch stretch = wanted.stretch(wording.zone());
        boolean isBroken = known.stream()
                .anyMatch(period -> period.kind() == CounterPeriod.Kind.BREAK
                        && ids.stream().anyMatch(period::concerns)
                        && period.from().isAfter(stretch.from())
                        && period.from().isBefore(stretch.to()));
        return new Against(Comparison.of(wanted, hours, wording.zone(), wording.now()), isBroken);
    }
}
