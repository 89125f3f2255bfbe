package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.HourStore.Stretch;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Reads what the effect of an event is told from: the counted hours of a year on both sides, calibrated, and what
/// somebody knows of them.
@Component
class EffectSeries {

    /// What is usual looks so many weeks back.
    private static final int USUAL_WEEKS = Usual.WEEKS + 3;

    private final ValidHours hours;
    private final CalibratedFigures calibrated;
    private final PeriodStore periods;

    EffectSeries(ValidHours hours, CalibratedFigures calibrated, PeriodStore periods) {
        this.hours = hours;
        this.calibrated = calibrated;
        this.periods = periods;
    }

    /// @param today  nothing of it is read: it is not over
    EventEffect.Result result(EffectQuestion question, LocalDate today) {
        ZoneId zone = CityContext.current().zone();
        LocalDate first = question.days().first().minusWeeks(EventEffect.WEEKS + USUAL_WEEKS);
        LocalDate last = question.days().last().plusWeeks(EventEffect.WEEKS);
        LocalHours clock = LocalHours.ofDays(zone, first, last.isBefore(today) ? last : today.minusDays(1));
        var stretch = new Stretch(clock.start(0), clock.start(clock.size()));
        List<CounterPeriod> known = periods.list();
        Map<Long, ValidHours.Hours> valid =
                hours.of(question.all().stream().map(Counter::id).toList(), stretch, false, calibrated.factors(true));
        var event = new Stretch(
                question.days().first().atTime(question.open(), 0).atZone(zone).toInstant(),
                question.days().to(zone));
        List<CounterPeriod> touching = known.stream()
                .filter(period -> period.kind() != CounterPeriod.Kind.BREAK)
                .filter(period -> question.all().stream().anyMatch(counter -> period.concerns(counter.id())))
                .toList();
        var effect = new EventEffect(
                question.event(),
                series(question.places(), valid, clock, known, event),
                series(question.controls(), valid, clock, known, event),
                day -> touching.stream().anyMatch(period -> touches(period, day, zone)));
        return effect.result(question.controls().stream()
                .noneMatch(control -> touching.stream()
                        .anyMatch(
                                period -> period.concerns(control.id()) && period.touches(event.from(), event.to()))));
    }

    /// Of how many of the places and controls a figure was multiplied by a factor.
    long calibrated(EffectQuestion question) {
        ZoneId zone = CityContext.current().zone();
        Map<Long, Factors> factors = calibrated.factors(true);
        return question.all().stream()
                .filter(counter -> !factors.getOrDefault(counter.id(), Factors.NONE)
                        .within(
                                question.days()
                                        .first()
                                        .minusWeeks(EventEffect.WEEKS)
                                        .atStartOfDay(zone)
                                        .toInstant(),
                                question.days()
                                        .last()
                                        .plusWeeks(EventEffect.WEEKS)
                                        .atStartOfDay(zone)
                                        .toInstant())
                        .isEmpty())
                .count();
    }

    private static boolean touches(CounterPeriod period, LocalDate day, ZoneId zone) {
        return period.touches(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant());
    }

    private static List<HourlySeries> series(
            List<Counter> counters,
            Map<Long, ValidHours.Hours> valid,
            LocalHours clock,
            List<CounterPeriod> known,
            Stretch event) {
        return counters.stream()
                .map(counter -> series(
                        counter, Objects.requireNonNull(valid.get(counter.id())), clock, alike(counter, known, event)))
                .toList();
    }

    private static HourlySeries series(Counter counter, ValidHours.Hours own, LocalHours clock, Stretch alike) {
        double[] counts = new double[clock.size()];
        var closed = new BitSet(counts.length);
        for (int at = 0; at < counts.length; at++) {
            Instant hour = clock.start(at);
            boolean isAlike = !hour.isBefore(alike.from()) && hour.isBefore(alike.to());
            counts[at] = isAlike ? own.value(hour) : Double.NaN;
            closed.set(at, own.opening().isClosed(hour, clock.zone()));
        }
        return new HourlySeries(counter.wish().name(), clock, counts, closed);
    }

    /// The time around the event in which the counter measured in the same way.
    private static Stretch alike(Counter counter, List<CounterPeriod> known, Stretch event) {
        Instant from = Instant.MIN;
        Instant to = Instant.MAX;
        for (CounterPeriod period : known) {
            if (period.kind() == CounterPeriod.Kind.BREAK && period.concerns(counter.id())) {
                if (period.from().isBefore(event.to())) {
                    from = period.from().isAfter(from) ? period.from() : from;
                } else {
                    to = period.from().isBefore(to) ? period.from() : to;
                }
            }
        }
        return new Stretch(from, to);
    }
}
