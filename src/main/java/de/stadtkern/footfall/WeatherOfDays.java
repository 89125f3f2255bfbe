package de.stadtkern.footfall;

import de.stadtkern.page.Wording;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the weather of days was like as a whole, and how it differs from that of others; as observed.
final class WeatherOfDays {

    /// Of so many days it must be known.
    private static final double NEARLY_ALL = 0.9;
    /// A day with as much is a wet one, as weather services count them.
    private static final double WET_DAY = 1;

    private static final double OTHERWISE_WARM = 1;
    private static final double OTHERWISE_WET = 0.2;
    private static final double LEAST_WET = 5;

    private final Map<LocalDate, Sky> days;

    /// Of some days.
    ///
    /// @param temperature   mean; null where too many days are unknown
    /// @param precipitation sum, likewise
    /// @param wetDays       with a millimetre or more
    record Whole(@Nullable Double temperature, @Nullable Double precipitation, int wetDays) {

        boolean isKnown() {
            return temperature != null || precipitation != null;
        }
    }

    private WeatherOfDays(Map<LocalDate, Sky> days) {
        this.days = Map.copyOf(days);
    }

    /// @param wanted days, whose order does not matter
    static WeatherOfDays of(TownWeather weather, Collection<LocalDate> wanted) {
        Map<LocalDate, Sky> days = new HashMap<>();
        for (List<LocalDate> stretch : stretches(wanted)) {
            days.putAll(weather.days(stretch.getFirst(), stretch.getLast().plusDays(1)));
        }
        return new WeatherOfDays(days);
    }

    /// Days that follow each other closely are asked for at once.
    private static List<List<LocalDate>> stretches(Collection<LocalDate> wanted) {
        List<List<LocalDate>> stretches = new ArrayList<>();
        for (LocalDate day : new TreeSet<>(wanted)) {
            if (stretches.isEmpty()
                    || stretches.getLast().getLast().plusDays(60).isBefore(day)) {
                stretches.add(new ArrayList<>());
            }
            stretches.getLast().add(day);
        }
        return stretches;
    }

    Whole whole(Collection<LocalDate> wanted) {
        List<Sky> skies = new HashSet<>(wanted)
                .stream().map(days::get).filter(Objects::nonNull).toList();
        int asked = new HashSet<>(wanted).size();
        double[] temperatures = numbers(skies, Sky::temperature);
        double[] rains = numbers(skies, Sky::precipitation);
        return new Whole(
                isEnough(temperatures.length, asked)
                        ? Arrays.stream(temperatures).average().orElseThrow()
                        : null,
                isEnough(rains.length, asked) ? Arrays.stream(rains).sum() : null,
                (int) Arrays.stream(rains).filter(rain -> rain >= WET_DAY).count());
    }

    private static boolean isEnough(int known, int asked) {
        return known > 0 && known >= NEARLY_ALL * asked;
    }

    private static double[] numbers(List<Sky> skies, Function<Sky, @Nullable Double> part) {
        return skies.stream()
                .map(part)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// Of one day: mean temperature and sum of precipitation, as far as they are known.
    List<@Nullable Object> numbers(LocalDate date) {
        return WeatherBeside.numbers(days.get(date));
    }

    /// In one sentence; empty where too little is known.
    ///
    /// @param before empty where nothing is compared
    Optional<String> sentence(Wording wording, Collection<LocalDate> now, Collection<LocalDate> before, String source) {
        Whole one = whole(now);
        Whole other = whole(before);
        if (!one.isKnown()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        if (one.temperature() instanceof Double temperature) {
            parts.add(
                    other.temperature() instanceof Double earlier
                            ? wording.say(
                                    "footfall.weather.mean.both",
                                    number(wording, temperature),
                                    number(wording, earlier))
                            : wording.say("footfall.weather.mean", number(wording, temperature)));
        }
        if (one.precipitation() instanceof Double rain) {
            parts.add(
                    other.precipitation() instanceof Double earlier
                            ? wording.say(
                                    "footfall.weather.sum.both",
                                    wording.number(Math.rint(rain)),
                                    one.wetDays(),
                                    wording.number(Math.rint(earlier)),
                                    other.wetDays())
                            : wording.say("footfall.weather.sum", wording.number(Math.rint(rain)), one.wetDays()));
        }
        String said = wording.say("footfall.weather.days", String.join("; ", parts));
        String verdict = verdict(wording, one, other);
        return Optional.of(
                said + (verdict.isEmpty() ? "" : " " + verdict) + " " + wording.say("footfall.weather.source", source));
    }

    private static String number(Wording wording, double number) {
        return wording.number(Math.round(number * 10) / 10.0);
    }

    /// Whether it was warmer or wetter, where that can be said.
    private static String verdict(Wording wording, Whole one, Whole other) {
        List<String> words = new ArrayList<>();
        if (one.temperature() instanceof Double now
                && other.temperature() instanceof Double before
                && Math.abs(now - before) >= OTHERWISE_WARM) {
            words.add(wording.say("footfall.weather." + (now > before ? "warmer" : "colder")));
        }
        if (one.precipitation() instanceof Double now
                && other.precipitation() instanceof Double before
                && Math.abs(now - before) >= Math.max(LEAST_WET, OTHERWISE_WET * before)) {
            words.add(wording.say("footfall.weather." + (now > before ? "wetter" : "drier")));
        }
        return words.isEmpty()
                ? ""
                : wording.say("footfall.weather.verdict", String.join(wording.say("footfall.weather.and"), words));
    }
}
