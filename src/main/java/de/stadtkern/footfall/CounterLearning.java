package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Learns a counter anew: what is usual there and what comes in the next seven days, and what was in its gaps. Reckoned
/// outside of any transaction; what is written then is checked against what came meanwhile.
@Component
class CounterLearning {

    private static final int DAYS = 7;
    private static final int NEIGHBOURS = 6;
    /// A counter that has said nothing for longer is shown as of its last day.
    private static final int CURRENT_DAYS = 2;

    private final CounterStore counters;
    private final HourStore hours;
    private final ProfileStore profiles;
    private final CounterSeries series;
    private final OpeningStore openings;
    private final TownCalendar calendar;
    private final HourKeeper keeper;
    private final TransactionTemplate transaction;

    CounterLearning(
            CounterStore counters,
            HourStore hours,
            ProfileStore profiles,
            CounterSeries series,
            OpeningStore openings,
            TownCalendar calendar,
            HourKeeper keeper,
            TransactionTemplate transaction) {
        this.counters = counters;
        this.hours = hours;
        this.profiles = profiles;
        this.series = series;
        this.openings = openings;
        this.calendar = calendar;
        this.keeper = keeper;
        this.transaction = transaction;
    }

    void learn(Counter counter, WeatherHistory weather, Instant now) {
        Optional<HourlySeries> known = series.of(counter);
        if (known.isEmpty()) {
            return;
        }
        List<ProfileStore.Expected> expected =
                expect(known.get(), openings.times(counter.id()), calendar.of(counter.id()), weather, now);
        List<CountedHour> gaps = fill(counter, known.get(), weather, now);
        transaction.executeWithoutResult(status -> {
            counters.lock();
            if (!expected.isEmpty()) {
                profiles.put(counter.id(), expected, now);
            }
            publish(counter.id(), gaps);
        });
    }

    /// The day whose hours a page shows first: today, or the last one that was counted.
    static LocalDate shownDay(LocalDate last, LocalDate today) {
        return last.isBefore(today.minusDays(CURRENT_DAYS)) ? last : today;
    }

    private static List<ProfileStore.Expected> expect(
            HourlySeries series, CounterTimes times, Occasions occasions, WeatherHistory weather, Instant now) {
        ZoneId zone = series.hours().zone();
        LocalDate day = shownDay(CounterSeries.lastDay(series), LocalDate.ofInstant(now, zone));
        HourlySeries reaching = series.reaching(series.hours().date(0), day.plusDays(DAYS - 1L));
        LocalHours clock = reaching.hours();
        int origin = clock.dayOf(day);
        HourlySeries known = reaching.knownAt(clock.dayStart(origin));
        var forecaster = new Forecaster(weather.ahead(clock, origin), occasions, DAYS);
        forecaster.learn(known, origin);
        return forecaster.forecast(known, origin).stream()
                .filter(forecast -> !Double.isNaN(forecast.expected()) && !times.isExcused(clock.start(forecast.at())))
                .map(forecast -> new ProfileStore.Expected(
                        clock.start(forecast.at()), forecast.expected(), forecast.likely(), forecast.wide()))
                .toList();
    }

    private List<CountedHour> fill(Counter counter, HourlySeries place, WeatherHistory weather, Instant now) {
        Instant begin = place.hours().start(0);
        List<CountedHour> missing = hours.kept(counter.id(), begin, now).stream()
                .filter(hour -> hour.state() == HourState.MISSING && hour.settledAt() != null)
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        List<int[]> gaps = gaps(place, missing);
        if (gaps.isEmpty()) {
            return List.of();
        }
        GapFilling filling = learnGaps(counter, place, place, weather);
        Map<Instant, CountedHour> byHour =
                missing.stream().collect(java.util.stream.Collectors.toMap(CountedHour::hour, hour -> hour));
        List<CountedHour> filled = new ArrayList<>();
        for (int[] gap : gaps) {
            if (filling.fill(gap[0], gap[1]) instanceof Filling.Filled(List<Filling.Estimate> estimates)) {
                for (Filling.Estimate estimate : estimates) {
                    CountedHour hour = byHour.get(place.hours().start(estimate.at()));
                    if (hour != null) {
                        filled.add(estimated(hour, estimate, now));
                    }
                }
            }
        }
        return filled;
    }

    /// Stretches without a count that hold a missing hour, are not too long to be filled, and are over: as long as a
    /// counter is silent nobody knows whether there was anything to count.
    private static List<int[]> gaps(HourlySeries place, List<CountedHour> missing) {
        List<int[]> gaps = new ArrayList<>();
        int reached = 0;
        for (CountedHour hour : missing) {
            int at = place.hours().at(hour.hour());
            if (at < reached || at >= place.size() || !place.isMissing(at)) {
                continue;
            }
            int from = at;
            while (from > 0 && place.isMissing(from - 1)) {
                from--;
            }
            int to = at;
            while (to < place.size() && place.isMissing(to)) {
                to++;
            }
            reached = to;
            if (to < place.size() && from > 0) {
                // The night a place is closed is no part of the gap before or behind it.
                while (place.isExcused(from)) {
                    from++;
                }
                while (place.isExcused(to - 1)) {
                    to--;
                }
                if (to - from <= GapFilling.LONGEST) {
                    gaps.add(new int[] {from, to});
                }
            }
        }
        return gaps;
    }

    /// @param known what is known of the place: gaps are missing
    GapFilling learnGaps(Counter counter, HourlySeries place, HourlySeries known, WeatherHistory weather) {
        return GapFilling.learn(
                known,
                neighbours(counter, place),
                weather.observed(place.hours(), place.hours().days()),
                calendar.of(counter.id()),
                1);
    }

    /// Other counters on the days of this one.
    private List<HourlySeries> neighbours(Counter counter, HourlySeries place) {
        return counters.list().stream()
                .filter(other -> other.id() != counter.id()
                        && other.wish().simulated() == counter.wish().simulated())
                .limit(NEIGHBOURS)
                .flatMap(other -> series.of(other).stream())
                .map(other -> other.reaching(
                        place.hours().date(0), place.hours().date(place.hours().days() - 1)))
                .toList();
    }

    /// Of an hour that was observed in part, the rest is worked out.
    private static CountedHour estimated(CountedHour hour, Filling.Estimate estimate, Instant now) {
        double counted = hour.counted() == null ? 0 : hour.counted();
        double rest = hour.counted() == null || hour.completeness() >= 1 ? 1 : 1 - hour.completeness();
        double base = rest == 1 ? 0 : counted;
        return new CountedHour(
                hour.hour(),
                hour.counted(),
                hour.directions(),
                hour.parts(),
                Math.rint(base + rest * estimate.expected()),
                Math.floor(base + rest * estimate.wide().low()),
                Math.ceil(base + rest * estimate.wide().high()),
                HourState.ESTIMATED,
                hour.completeness(),
                CountedHour.METHOD,
                now,
                hour.settledAt());
    }

    private void publish(long counter, List<CountedHour> estimates) {
        if (estimates.isEmpty()) {
            return;
        }
        Map<Instant, CountedHour> stored = hours.keptByHour(
                counter, estimates.getFirst().hour(), estimates.getLast().hour().plus(Duration.ofHours(1)));
        keeper.put(
                counter,
                estimates.stream()
                        .filter(estimate -> {
                            CountedHour now = stored.get(estimate.hour());
                            return now != null
                                    && now.state() == HourState.MISSING
                                    && java.util.Objects.equals(now.counted(), estimate.counted());
                        })
                        .toList());
    }

    /// When a counter is to be learned the next time: after the next midnight, not all at once.
    static Instant nextTime(Counter counter, Instant now) {
        ZoneId zone = CityContext.current().zone();
        return LocalDate.ofInstant(now, zone)
                .plusDays(1)
                .atStartOfDay(zone)
                .plusMinutes(10)
                .plusSeconds(counter.id() % 600)
                .toInstant();
    }
}
