package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import de.stadtkern.footfall.WeatherChoice.Role;
import de.stadtkern.sensorthings.Bucket;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.DatastreamUnknown;
import de.stadtkern.sensorthings.MeasuringPoint;
import de.stadtkern.sensorthings.MeasuringPoints;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The weather of a town, read from the Datastreams its editors chose: what was observed, and what is forecast. Who may
/// not read a Datastream does not see its weather.
@Component
class TownWeather {

    /// So long after its end an observation of an hour may still be under way, and its forecast stands in.
    private static final Duration UNDER_WAY = Duration.ofHours(6);
    /// So long after midnight a forecast is still the one the day began with.
    private static final Duration BEGINNING = Duration.ofMinutes(30);
    /// That is how many days behind the beginning of one are kept.
    private static final int AHEAD = 7;

    private static final int YEARS = 5;
    private static final double WHOLE = 0.9;

    private final WeatherStore store;
    private final MeasuringPoints points;
    private final DataSets dataSets;

    TownWeather(WeatherStore store, MeasuringPoints points, DataSets dataSets) {
        this.store = store;
        this.points = points;
        this.dataSets = dataSets;
    }

    /// Hours about which something is known. What was observed comes first; a forecast is told of hours that are not
    /// over, or not for long.
    Map<Instant, Sky> hours(Instant from, Instant to, Instant now) {
        WeatherChoice choice = store.find();
        if (choice.isNone()) {
            return Map.of();
        }
        Map<Role, List<Bucket>> all = buckets(choice, from, to);
        Map<Instant, Sky> hours = skies(all, false);
        skies(all, true).forEach((hour, sky) -> {
            if (hour.isAfter(now.minus(UNDER_WAY))) {
                hours.putIfAbsent(hour, sky);
            }
        });
        return hours;
    }

    /// Of hours that are over, as observed.
    Map<Instant, Sky> observed(Instant from, Instant to) {
        WeatherChoice choice = store.find();
        return choice.isNone() ? Map.of() : skies(buckets(choice, from, to), false);
    }

    /// Days as observed: mean temperature, and what fell. A day with fewer values than days usually have is not whole
    /// and left out.
    ///
    /// @param to not included
    Map<LocalDate, Sky> days(LocalDate from, LocalDate to) {
        ZoneId zone = CityContext.current().zone();
        WeatherChoice choice = store.find();
        Map<Role, List<Bucket>> buckets = new EnumMap<>(Role.class);
        for (Role role : List.of(Role.TEMPERATURE, Role.PRECIPITATION)) {
            choice.of(role)
                    .filter(dataSets::mayRead)
                    .ifPresent(datastream -> buckets.put(role, whole(points.days(datastream, from, to))));
        }
        Map<LocalDate, Sky> days = new TreeMap<>();
        skies(buckets, false).forEach((start, sky) -> days.put(LocalDate.ofInstant(start, zone), sky));
        return days;
    }

    private static List<Bucket> whole(List<Bucket> days) {
        long[] numbers = days.stream().mapToLong(Bucket::n).sorted().toArray();
        return days.stream()
                .filter(day -> day.n() >= WHOLE * numbers[numbers.length / 2])
                .toList();
    }

    /// Whether whoever reads may see any.
    boolean isShown() {
        return store.find().datastreams().values().stream().anyMatch(dataSets::mayRead);
    }

    private Map<Role, List<Bucket>> buckets(WeatherChoice choice, Instant from, Instant to) {
        Map<Long, MeasuringPoints.Window> windows = new HashMap<>();
        choice.datastreams().values().stream()
                .filter(dataSets::mayRead)
                .forEach(datastream -> windows.put(datastream, new MeasuringPoints.Window(from, to)));
        Map<Long, List<Bucket>> found = points.hours(windows);
        Map<Role, List<Bucket>> buckets = new EnumMap<>(Role.class);
        choice.datastreams()
                .forEach((role, datastream) -> buckets.put(role, found.getOrDefault(datastream, List.of())));
        return buckets;
    }

    private static Map<Instant, Sky> skies(Map<Role, List<Bucket>> buckets, boolean isForecast) {
        Map<Instant, Sky> skies = new TreeMap<>();
        buckets.forEach((role, hours) -> {
            if (role.isForecast() == isForecast && role.isTemperature()) {
                hours.forEach(
                        hour -> skies.merge(hour.start(), new Sky(hour.mean(), null, isForecast), joined(isForecast)));
            } else if (role.isForecast() == isForecast) {
                hours.forEach(
                        hour -> skies.merge(hour.start(), new Sky(null, hour.sum(), isForecast), joined(isForecast)));
            }
        });
        return skies;
    }

    private static BinaryOperator<Sky> joined(boolean isForecast) {
        return (one, other) -> new Sky(
                one.temperature() == null ? other.temperature() : one.temperature(),
                one.precipitation() == null ? other.precipitation() : one.precipitation(),
                isForecast);
    }

    /// Keeps the forecast a day begins with, once, in its first half an hour. Who starts later that day has none: what
    /// was known at midnight nobody can say any more.
    void keep(Instant now) {
        ZoneId zone = CityContext.current().zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        Instant midnight = today.atStartOfDay(zone).toInstant();
        if (now.isAfter(midnight.plus(BEGINNING))) {
            return;
        }
        WeatherChoice choice = store.find();
        boolean isForecast = choice.datastreams().keySet().stream().anyMatch(Role::isForecast);
        if (!isForecast || store.hasForecast(today)) {
            return;
        }
        var clock = LocalHours.ofDays(zone, today, today.plusDays(AHEAD - 1L));
        Map<Instant, Sky> ahead =
                skies(buckets(choice, midnight, clock.start(clock.size() - 1).plusSeconds(3_600)), true);
        if (!ahead.isEmpty()) {
            store.putForecast(today, ahead, clock);
        }
    }

    /// Whether the forecast was kept with which the day of that moment began.
    boolean isKept(Instant now) {
        return store.hasForecast(LocalDate.ofInstant(now, CityContext.current().zone()));
    }

    /// What there is to learn from.
    WeatherHistory history(Instant now) {
        return history(now, YEARS * 366);
    }

    WeatherHistory history(Instant now, int days) {
        WeatherChoice choice = store.find();
        if (choice.isNone()) {
            return WeatherHistory.NONE;
        }
        ZoneId zone = CityContext.current().zone();
        LocalDate today = LocalDate.ofInstant(now, zone);
        var hours = LocalHours.ofDays(zone, today.minusDays(days), today);
        Instant from = hours.start(0);
        return new WeatherHistory(
                hours,
                skies(buckets(choice, from, now), false),
                store.forecastOfTheDay(from, hours.start(hours.size() - 1).plusSeconds(3_600)),
                store::forecast);
    }

    /// Who is to be named where the weather is shown; empty where nothing is shown.
    String source() {
        Map<Long, MeasuringPoint> things = new TreeMap<>();
        for (long datastream : new TreeSet<>(store.find().datastreams().values())) {
            boolean isKnown = things.values().stream()
                    .flatMap(thing -> thing.series().stream())
                    .anyMatch(series -> series.datastreamId() == datastream);
            if (!isKnown && dataSets.mayRead(datastream)) {
                try {
                    MeasuringPoint thing = points.ofDatastream(datastream);
                    things.put(thing.thingId(), thing);
                } catch (DatastreamUnknown gone) {
                    // It says nothing, so nobody is to be named.
                }
            }
        }
        return things.values().stream().map(TownWeather::source).distinct().collect(Collectors.joining("; "));
    }

    private static String source(MeasuringPoint point) {
        @Nullable Object attribution = point.properties().get("attribution");
        @Nullable Object licence = point.properties().get("licence");
        String who = attribution == null ? point.name() : attribution.toString();
        return licence == null ? who : who + ", " + licence;
    }
}
