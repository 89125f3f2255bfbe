package de.stadtkern.footfall;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weather of a town as far back as anybody learns from it, and forecasts of it as they were when a day began.
///
/// Whoever forecasts learns from what was forecast at the midnights of the past where that was kept, so that it learns
/// how far forecasts can be trusted; older hours are as observed. Whoever looks back (gaps, faults) takes what was
/// observed. A column is used if nearly all hours of the last half year have it, else nothing of it: the methods are
/// then the same as without weather.
final class WeatherHistory {

    static final WeatherHistory NONE = new WeatherHistory();

    private static final List<String> NAMES = List.of("temperature", "precipitation");
    static final int LEAST_DAYS = 180;
    static final double NEARLY_ALL = 0.9;

    private final @Nullable LocalHours hours;
    private final List<float[]> observed;
    private final List<float[]> foreseen;
    private final Function<LocalDate, Map<Instant, Sky>> ahead;
    private final Map<LocalDate, Map<Instant, Sky>> asked = new HashMap<>();

    private WeatherHistory() {
        this.hours = null;
        this.observed = List.of();
        this.foreseen = List.of();
        this.ahead = _ -> Map.of();
    }

    /// @param hours    what follows lies in them
    /// @param observed at its hours
    /// @param foreseen of each hour what was forecast when its day began
    /// @param ahead    what was forecast when a day began, of it and those behind it
    WeatherHistory(
            LocalHours hours,
            Map<Instant, Sky> observed,
            Map<Instant, Sky> foreseen,
            Function<LocalDate, Map<Instant, Sky>> ahead) {
        this.hours = hours;
        this.observed = columns(hours, observed);
        this.foreseen = columns(hours, foreseen);
        this.ahead = ahead;
    }

    private static List<float[]> columns(LocalHours hours, Map<Instant, Sky> skies) {
        float[] temperature = missing(hours.size());
        float[] precipitation = missing(hours.size());
        skies.forEach((hour, sky) -> {
            int at = hours.at(hour);
            if (at >= 0 && at < hours.size()) {
                temperature[at] = number(sky.temperature());
                precipitation[at] = number(sky.precipitation());
            }
        });
        return List.of(temperature, precipitation);
    }

    private static float[] missing(int size) {
        float[] values = new float[size];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    private static float number(@Nullable Double number) {
        return number == null ? Float.NaN : number.floatValue();
    }

    /// As observed, for whoever looks back on the hours of a place.
    ///
    /// @param end the day up to which it must be known
    Weather observed(LocalHours wanted, int end) {
        return hours == null ? Weather.NONE : enough(on(wanted, hours, observed), wanted, end);
    }

    /// As observed, and where the last hours are still under way as forecast that day: for whoever watches.
    Weather watched(LocalHours wanted, int end) {
        return hours == null ? Weather.NONE : enough(on(wanted, hours, filled(observed, foreseen)), wanted, end);
    }

    /// As whoever forecasts at the midnight before `origin` may know it.
    Weather ahead(LocalHours wanted, int origin) {
        if (hours == null) {
            return Weather.NONE;
        }
        List<float[]> known = on(wanted, hours, filled(foreseen, observed));
        List<float[]> coming = columns(wanted, asked.computeIfAbsent(wanted.date(origin), ahead));
        List<float[]> joined = new ArrayList<>();
        List<String> names = new ArrayList<>();
        int midnight = wanted.dayStart(origin);
        for (int column = 0; column < known.size(); column++) {
            float[] values = known.get(column);
            boolean isKnown = isEnough(values, wanted, origin);
            System.arraycopy(coming.get(column), midnight, values, midnight, values.length - midnight);
            if (isKnown && share(values, midnight, wanted.dayStart(origin + 1)) >= NEARLY_ALL) {
                joined.add(values);
                names.add(NAMES.get(column));
            }
        }
        return joined.isEmpty() ? Weather.NONE : new Weather(names, joined);
    }

    /// The share of the hours of the last half year about which something was observed; of the column that has most.
    double known() {
        if (hours == null) {
            return 0;
        }
        int end = hours.days() - 1;
        int from = hours.dayStart(Math.max(0, end - LEAST_DAYS));
        return observed.stream()
                .mapToDouble(column -> share(column, from, hours.dayStart(end)))
                .max()
                .orElse(0);
    }

    /// The second column where the first has nothing.
    private static List<float[]> filled(List<float[]> first, List<float[]> second) {
        List<float[]> filled = new ArrayList<>();
        for (int column = 0; column < first.size(); column++) {
            float[] values = first.get(column).clone();
            for (int at = 0; at < values.length; at++) {
                values[at] = Float.isNaN(values[at]) ? second.get(column)[at] : values[at];
            }
            filled.add(values);
        }
        return filled;
    }

    private static List<float[]> on(LocalHours wanted, LocalHours hours, List<float[]> columns) {
        return new Weather(NAMES, columns)
                .reaching(hours, wanted.date(0), wanted.date(wanted.days() - 1))
                .columns();
    }

    private static Weather enough(List<float[]> columns, LocalHours wanted, int end) {
        List<float[]> kept = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int column = 0; column < columns.size(); column++) {
            if (isEnough(columns.get(column), wanted, end)) {
                kept.add(columns.get(column));
                names.add(NAMES.get(column));
            }
        }
        return kept.isEmpty() ? Weather.NONE : new Weather(names, kept);
    }

    private static boolean isEnough(float[] values, LocalHours hours, int end) {
        int from = Math.max(0, end - LEAST_DAYS);
        return share(values, hours.dayStart(from), hours.dayStart(end)) >= NEARLY_ALL;
    }

    private static double share(float[] values, int from, int to) {
        int there = 0;
        for (int at = from; at < to; at++) {
            there += Float.isNaN(values[at]) ? 0 : 1;
        }
        return to <= from ? 0 : (double) there / (to - from);
    }
}
