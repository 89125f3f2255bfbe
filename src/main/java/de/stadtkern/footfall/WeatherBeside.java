package de.stadtkern.footfall;

import de.stadtkern.footfall.HourStore.Stretch;
import de.stadtkern.page.BandChart;
import de.stadtkern.page.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The weather beside the hours of a day: in words, as rows below the drawing, and as columns of its table. Nothing of
/// all that where nobody knows it.
record WeatherBeside(Wording wording, Map<Instant, Sky> hours, String source) {

    /// Of files.
    static final List<String> COLUMNS = List.of("temperature", "precipitation");

    private static final Duration HOUR = Duration.ofHours(1);
    /// So many values stand below a drawing, however long it is.
    private static final int LABELS = 8;
    /// Less is dew.
    private static final double WET = 0.1;

    static WeatherBeside of(Wording wording, TownWeather weather, Stretch stretch) {
        Map<Instant, Sky> hours = weather.hours(stretch.from(), stretch.to(), wording.now());
        return new WeatherBeside(wording, hours, hours.isEmpty() ? "" : weather.source());
    }

    static List<@Nullable Object> numbers(@Nullable Sky sky) {
        return sky == null
                ? Arrays.asList(null, null)
                : Arrays.asList(tenths(sky.temperature()), tenths(sky.precipitation()));
    }

    private static @Nullable Double tenths(@Nullable Double number) {
        return number == null ? null : Math.round(number * 10) / 10.0;
    }

    List<String> heads() {
        return hours.isEmpty()
                ? List.of()
                : COLUMNS.stream()
                        .map(column -> wording.say("footfall.file.%s".formatted(column)))
                        .toList();
    }

    List<String> cells(Instant hour) {
        if (hours.isEmpty()) {
            return List.of();
        }
        Sky sky = hours.getOrDefault(hour, Sky.UNKNOWN);
        return List.of(cell(sky, sky.temperature(), "°C"), cell(sky, sky.precipitation(), "mm"));
    }

    private String cell(Sky sky, @Nullable Double number, String unit) {
        if (number == null) {
            return "–";
        }
        String said = said(number) + "\u00a0" + unit;
        return sky.isForecast() ? wording.say("footfall.weather.cell.forecast", said) : said;
    }

    private String said(double number) {
        return wording.number(Math.round(number * 10) / 10.0);
    }

    /// Temperature and precipitation of eight parts of the stretch, one below the other.
    List<BandChart.Beside> rows(Stretch stretch) {
        if (hours.isEmpty()) {
            return List.of();
        }
        long part = Math.max(1, Duration.between(stretch.from(), stretch.to()).toHours() / LABELS);
        List<String> warm = new ArrayList<>();
        List<String> wet = new ArrayList<>();
        for (Instant from = stretch.from(); from.isBefore(stretch.to()); from = from.plus(HOUR.multipliedBy(part))) {
            List<Sky> skies = within(new Stretch(from, from.plus(HOUR.multipliedBy(part))));
            double[] temperatures = numbers(skies, Sky::temperature);
            double[] rains = numbers(skies, Sky::precipitation);
            warm.add(
                    temperatures.length == 0
                            ? ""
                            : wording.number(Math.rint(
                                    Arrays.stream(temperatures).average().orElseThrow())));
            wet.add(rains.length == 0 ? "" : said(Arrays.stream(rains).sum()));
        }
        List<BandChart.Beside> rows = new ArrayList<>();
        for (var row : List.of(
                new BandChart.Beside("°C", wording.say("footfall.weather.legend.temperature"), warm),
                new BandChart.Beside("mm", wording.say("footfall.weather.legend.precipitation"), wet))) {
            if (row.labels().stream().anyMatch(label -> !label.isEmpty())) {
                rows.add(row);
            }
        }
        return rows;
    }

    private List<Sky> within(Stretch stretch) {
        List<Sky> skies = new ArrayList<>();
        for (Instant hour = stretch.from(); hour.isBefore(stretch.to()); hour = hour.plus(HOUR)) {
            Sky sky = hours.get(hour);
            if (sky != null) {
                skies.add(sky);
            }
        }
        return skies;
    }

    private static double[] numbers(List<Sky> skies, Function<Sky, @Nullable Double> part) {
        return skies.stream()
                .map(part)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /// What it was on the day, what is forecast for its rest, and whose word that is.
    List<String> sentences(Stretch day) {
        List<Sky> all = within(day);
        List<String> sentences = new ArrayList<>();
        for (boolean isForecast : List.of(false, true)) {
            List<Sky> skies =
                    all.stream().filter(sky -> sky.isForecast() == isForecast).toList();
            String said = summary(skies);
            if (!said.isEmpty()) {
                sentences.add(wording.say("footfall.weather." + (isForecast ? "forecast" : "observed"), said));
            }
        }
        return sentences.isEmpty()
                ? List.of()
                : List.of(String.join(" ", sentences) + " " + wording.say("footfall.weather.source", source));
    }

    private String summary(List<Sky> skies) {
        double[] temperatures = numbers(skies, Sky::temperature);
        double[] rains = numbers(skies, Sky::precipitation);
        List<String> parts = new ArrayList<>();
        if (temperatures.length > 0) {
            double least = Math.rint(Arrays.stream(temperatures).min().orElseThrow());
            double most = Math.rint(Arrays.stream(temperatures).max().orElseThrow());
            parts.add(
                    least == most
                            ? wording.say("footfall.weather.temperature.one", wording.number(most))
                            : wording.say("footfall.weather.temperature", wording.number(least), wording.number(most)));
        }
        if (rains.length > 0) {
            double sum = Arrays.stream(rains).sum();
            parts.add(
                    sum < WET
                            ? wording.say("footfall.weather.dry")
                            : wording.say(
                                    "footfall.weather.wet",
                                    said(sum),
                                    Arrays.stream(rains)
                                            .filter(rain -> rain >= WET)
                                            .count(),
                                    rains.length));
        }
        return String.join(", ", parts);
    }
}
