package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Measures how good forecasts and filled gaps are: forecasts each night by what was counted since; gaps at each
/// counter once a week, by taking days away that were counted and working them out without having seen them.
@Component
class Scoreboard {

    /// Late values change days that were measured before.
    private static final int AGAIN = 14;
    /// Days back from the last one that was counted; each has a week behind it, or nearly so.
    private static final List<Integer> CUT = List.of(8, 11, 14);
    private static final int WEEK = 7;
    private static final int WEEKS_AROUND = 4;

    private final CounterSeries series;
    private final CounterLearning learning;
    private final ScoreStore scores;

    Scoreboard(CounterSeries series, CounterLearning learning, ScoreStore scores) {
        this.series = series;
        this.learning = learning;
        this.scores = scores;
    }

    void measure(Counter counter, WeatherHistory weather, Instant now) {
        ZoneId zone = CityContext.current().zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        Optional<HourlySeries> known = series.of(counter);
        if (known.isEmpty()) {
            return;
        }
        LocalDate last = CounterSeries.lastDay(known.get());
        LocalDate over = last.isBefore(today) ? last : today.minusDays(1);
        scores.measureForecasts(counter.id(), over.minusDays(AGAIN), over, zone);
        if (counter.id() % WEEK == today.getDayOfWeek().getValue() - 1) {
            measureGaps(counter, known.get(), weather, over);
        }
    }

    /// Takes the days away all at once, because learning what surrounds them is what costs time.
    private void measureGaps(Counter counter, HourlySeries place, WeatherHistory weather, LocalDate last) {
        List<LocalDate> days = CUT.stream()
                .map(back -> last.minusDays(back))
                .filter(day -> isWhole(place, day) && !scores.has(counter.id(), day, DayScore.Kind.GAP))
                .toList();
        if (days.isEmpty()) {
            return;
        }
        LocalHours hours = place.hours();
        double[] counts = place.counts();
        for (LocalDate day : days) {
            Arrays.fill(counts, hours.dayStart(hours.dayOf(day)), hours.dayStart(hours.dayOf(day) + 1), Double.NaN);
        }
        HourlySeries cut = place.with(counts);
        GapFilling filling = learning.learnGaps(counter, place, cut, weather);
        for (LocalDate day : days) {
            int from = hours.dayStart(hours.dayOf(day));
            int to = hours.dayStart(hours.dayOf(day) + 1);
            if (filling.fill(from, to) instanceof Filling.Filled(List<Filling.Estimate> estimates)) {
                score(counter.id(), day, place, cut, estimates).ifPresent(scores::put);
            }
        }
    }

    /// Whether each of its hours was counted, and those before and behind it.
    private static boolean isWhole(HourlySeries place, LocalDate day) {
        int number = place.hours().dayOf(day);
        if (number < 1 || number >= place.hours().days() - 1) {
            return false;
        }
        int from = place.hours().dayStart(number) - 1;
        int to = place.hours().dayStart(number + 1) + 1;
        return place.sum(from, to).there() == to - from;
    }

    /// Empty where the plain way has nothing to say of an hour.
    private static Optional<DayScore> score(
            long counter, LocalDate day, HourlySeries place, HourlySeries cut, List<Filling.Estimate> estimates) {
        double counted = 0;
        double off = 0;
        double plainOff = 0;
        int likely = 0;
        int wide = 0;
        for (Filling.Estimate estimate : estimates) {
            double count = place.count(estimate.at());
            counted += count;
            off += Math.abs(count - estimate.expected());
            plainOff += Math.abs(count - Profiles.around(cut, estimate.at(), WEEKS_AROUND));
            likely += estimate.likely().holds(count) ? 1 : 0;
            wide += estimate.wide().holds(count) ? 1 : 0;
        }
        return Double.isNaN(plainOff)
                ? Optional.empty()
                : Optional.of(new DayScore(
                        counter, day, DayScore.Kind.GAP, 1, estimates.size(), counted, off, plainOff, likely, wide));
    }
}
