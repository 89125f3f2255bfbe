package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Looks at the last days of all counters of a town that are in use, side by side, and raises flags.
@Component
class FaultRound {

    /// As many days as a sensor's habits are seen from.
    private static final int KNOWN_DAYS = 200;
    private static final int LEAST_DAYS = 30;
    private static final int WATCHED_DAYS = 3;

    private final CounterStore counters;
    private final CounterSeries series;
    private final FlagStore flags;
    private final TownCalendar calendar;
    private final TownWeather weather;
    private final TransactionTemplate transaction;
    private final LearnedPlaces learned = new LearnedPlaces();

    FaultRound(
            CounterStore counters,
            CounterSeries series,
            FlagStore flags,
            TownCalendar calendar,
            TownWeather weather,
            TransactionTemplate transaction) {
        this.counters = counters;
        this.series = series;
        this.flags = flags;
        this.calendar = calendar;
        this.weather = weather;
        this.transaction = transaction;
    }

    private record Place(Counter counter, HourlySeries series) {}

    void watch(Instant now) {
        ZoneId zone = CityContext.current().zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        List<Place> places = new ArrayList<>();
        for (Counter counter : counters.list()) {
            series.of(counter, today.minusDays(KNOWN_DAYS).atStartOfDay(zone).toInstant())
                    .filter(known -> !CounterSeries.lastDay(known).isBefore(today.minusDays(14))
                            && known.hours().date(0).isBefore(today.minusDays(LEAST_DAYS)))
                    .ifPresent(known -> places.add(new Place(counter, recent(known, today))));
        }
        if (places.isEmpty()) {
            return;
        }
        List<Occasions> occasions =
                places.stream().map(place -> calendar.of(place.counter().id())).toList();
        // All places lie on the same hours.
        LocalHours clock = places.getFirst().series().hours();
        LocalDate first = today.minusDays(WATCHED_DAYS);
        Weather known = weather.history(now, KNOWN_DAYS + 1).watched(clock, clock.dayOf(first));
        long town = CityContext.current().id();
        var watch = new FaultWatch(
                places.stream().map(Place::series).toList(),
                occasions,
                (place, before, day) ->
                        learned.of(town, places.get(place).counter().id(), before, known, day, occasions.get(place)));
        List<List<Flag>> found = watch.watch(first, today);
        Instant settled = now.minus(HourKeeper.PATIENCE);
        transaction.executeWithoutResult(status -> {
            for (int at = 0; at < places.size(); at++) {
                Place place = places.get(at);
                joined(place, found.get(at), settled).forEach(flags::raise);
            }
        });
    }

    private static HourlySeries recent(HourlySeries known, LocalDate today) {
        return known.reaching(today.minusDays(KNOWN_DAYS), today);
    }

    /// Hours one after the other with the same fault are one flag; what is not over yet is no news.
    private static List<RaisedFlag> joined(Place place, List<Flag> found, Instant known) {
        List<RaisedFlag> joined = new ArrayList<>();
        for (Flag flag : found) {
            Instant from = place.series().hours().start(flag.at());
            Instant to = from.plus(Duration.ofHours(1));
            RaisedFlag last = joined.isEmpty() ? null : joined.getLast();
            if (to.isAfter(known)) {
                continue;
            }
            if (last != null
                    && last.fault() == flag.fault()
                    && last.explanation() == flag.explanation()
                    && isNext(place, last.to(), flag.at())) {
                joined.set(joined.size() - 1, flag(place, flag, last.from(), to));
            } else {
                joined.add(flag(place, flag, from, to));
            }
        }
        return joined;
    }

    /// Whether nothing but hours in which nobody was to come lies between.
    private static boolean isNext(Place place, Instant end, int at) {
        int next = Math.min(at, place.series().hours().at(end));
        while (next < at && place.series().isExcused(next)) {
            next++;
        }
        return next == at;
    }

    private static RaisedFlag flag(Place place, Flag flag, Instant from, Instant to) {
        return new RaisedFlag(
                0,
                place.counter().id(),
                flag.fault(),
                from,
                to,
                flag.low(),
                flag.high(),
                Double.isNaN(flag.counted()) ? null : flag.counted(),
                flag.explanation(),
                RaisedFlag.Verdict.OPEN,
                "");
    }
}
