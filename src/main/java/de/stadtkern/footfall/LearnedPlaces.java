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
    private record Learned(long day, HourlySeries known, Occasions occasions, Forecaster forecaster) {

        boolean isOf(long wantedDay, HourlySeries series, Occasions special) {
            return day == wantedDay
                    && occasions.equals(special)
                    && series.hours().date(0).equals(known.hours().date(0))
                    && Arrays.equals(series.counts(), known.counts())
                    && series.isExcusedLike(
                            known, series.hours().dayStart(series.hours().dayOf(LocalDate.ofEpochDay(day))));
        }
    }

    /// The forecaster that learned what is known before a day of the series.
    synchronized Forecaster of(long town, long counter, HourlySeries known, int day, Occasions occasions) {
        var place = new Place(town, counter);
        long epochDay = known.hours().date(day).toEpochDay();
        @Nullable Learned before = places.get(place);
        if (before != null && before.isOf(epochDay, known, occasions)) {
            return before.forecaster();
        }
        var forecaster = new Forecaster(Weather.NONE, occasions, 1);
        forecaster.learn(known, day);
        places.put(place, new Learned(epochDay, known, occasions, forecaster));
        return forecaster;
    }
}
