package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the watch for faults learned of counters, for as long as nothing it was learned from changes: learning is
/// nearly
/// all that a look at a counter costs, and the hours before the days that are watched change once a day, or when
/// somebody changes the past.
final class LearnedPlaces {

    /// So many are kept, each of a third of a megabyte; what was not asked for longest is learned anew.
    private static final int MOST = 250;

    private final Map<Place, Learned> places = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Learned> eldest) {
            return size() > MOST;
        }
    };

    private record Place(long town, long counter) {}

    /// @param day since 1970, the one that was to be forecast
    private record Learned(long day, HourlySeries known, Weather weather, Occasions occasions, Forecaster forecaster) {

        boolean isOf(long wantedDay, HourlySeries series, Weather sky, Occasions special) {
            return day == wantedDay
                    && occasions.equals(special)
                    && series.hours().date(0).equals(known.hours().date(0))
                    && Arrays.equals(series.counts(), known.counts())
                    && sky.isLike(
                            weather, series.hours().dayStart(series.hours().dayOf(LocalDate.ofEpochDay(day))))
                    && series.isExcusedLike(
                            known, series.hours().dayStart(series.hours().dayOf(LocalDate.ofEpochDay(day))));
        }
    }

    /// The forecaster that learned what is known before a day of the series.
    ///
    /// @param weather on the hours of the series; what it was from the day on is taken from here
    synchronized Forecaster of(
            long town, long counter, HourlySeries known, Weather weather, int day, Occasions occasions) {
        var place = new Place(town, counter);
        long epochDay = known.hours().date(day).toEpochDay();
        @Nullable Learned before = places.get(place);
        if (before != null && before.isOf(epochDay, known, weather, occasions)) {
            before.forecaster().sees(weather);
            return before.forecaster();
        }
        var forecaster = new Forecaster(weather, occasions, 1);
        forecaster.learn(known, day);
        places.put(place, new Learned(epochDay, known, weather, occasions, forecaster));
        return forecaster;
    }
}
