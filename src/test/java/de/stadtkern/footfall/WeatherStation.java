package de.stadtkern.footfall;

import de.stadtkern.sensorthings.Aggregation;
import de.stadtkern.sensorthings.Duplicates;
import de.stadtkern.sensorthings.MeasuringPoints;
import de.stadtkern.sensorthings.NewMeasuringPoint;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import de.stadtkern.sensorthings.NewMeasuringPoint.Series;
import de.stadtkern.sensorthings.NewObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/// The weather of a counting town: a Thing with what was observed and what is forecast, and the page it is chosen on.
final class WeatherStation {

    static final String PAGE = "/counters/weather";

    private static final Duration HOUR = Duration.ofHours(1);

    private final CountingTown town;
    final long temperature;
    final long precipitation;
    final long forecastTemperature;
    final long forecastPrecipitation;

    WeatherStation(CountingTown town) {
        this.town = town;
        Map<String, Long> ids = town.town.in(() -> town.context
                .getBean(MeasuringPoints.class)
                .ensure(new NewMeasuringPoint(
                        "wetter",
                        "Wetter",
                        "",
                        null,
                        Map.of("attribution", "Quelle: Deutscher Wetterdienst", "licence", "CC BY 4.0"),
                        List.of(
                                series("temperature", "Lufttemperatur", "°C", Aggregation.MEAN),
                                series("precipitation", "Niederschlag", "mm", Aggregation.SUM),
                                series("forecast-temperature", "Vorhersage der Lufttemperatur", "°C", Aggregation.MEAN),
                                series(
                                        "forecast-precipitation",
                                        "Vorhersage des Niederschlags",
                                        "mm",
                                        Aggregation.SUM)))));
        temperature = Objects.requireNonNull(ids.get("temperature"));
        precipitation = Objects.requireNonNull(ids.get("precipitation"));
        forecastTemperature = Objects.requireNonNull(ids.get("forecast-temperature"));
        forecastPrecipitation = Objects.requireNonNull(ids.get("forecast-precipitation"));
    }

    private static Series series(String key, String name, String unit, Aggregation aggregation) {
        return new Series(
                key,
                name,
                "",
                false,
                List.of(new Observed(unit, unit, "", Observed.NUMBER, name, "", aggregation)),
                "Station",
                "",
                Map.of());
    }

    /// Chooses all four; says where that leads.
    String choose() {
        return choose(temperature, precipitation, forecastTemperature, forecastPrecipitation);
    }

    /// 0 is none.
    String choose(long warm, long wet, long warmAhead, long wetAhead) {
        return town.editor.where(town.editor.fill(
                PAGE,
                PAGE,
                "temperature",
                id(warm),
                "precipitation",
                id(wet),
                "forecast-temperature",
                id(warmAhead),
                "forecast-precipitation",
                id(wetAhead)));
    }

    private static String id(long id) {
        return id == 0 ? "" : String.valueOf(id);
    }

    WeatherStation observes(Instant from, Instant to, ToDoubleFunction<Instant> warm, ToDoubleFunction<Instant> wet) {
        write(temperature, precipitation, from, to, warm, wet);
        return this;
    }

    /// What was forecast of the same hours before is replaced, as the delivered mapping does it.
    WeatherStation forecasts(Instant from, Instant to, double warm, double wet) {
        write(forecastTemperature, forecastPrecipitation, from, to, _ -> warm, _ -> wet);
        return this;
    }

    private void write(
            long warmSeries,
            long wetSeries,
            Instant from,
            Instant to,
            ToDoubleFunction<Instant> warm,
            ToDoubleFunction<Instant> wet) {
        List<NewObservation> rows = new ArrayList<>();
        for (Instant hour = from; hour.isBefore(to); hour = hour.plus(HOUR)) {
            rows.add(NewObservation.of(warmSeries, hour, warm.applyAsDouble(hour)));
            rows.add(NewObservation.of(wetSeries, hour, hour.plus(HOUR), wet.applyAsDouble(hour)));
        }
        for (int at = 0; at < rows.size(); at += 5_000) {
            town.store.writeAll(Duplicates.REPLACE, rows.subList(at, Math.min(rows.size(), at + 5_000)));
        }
    }

    /// One round of the job that learns, as if it were then.
    WeatherStation round(Instant now) {
        town.people.execute("update footfall_counter set learn_at = '2000-01-01'");
        town.town.in(() -> {
            town.context.getBean(LearnJob.class).learn(now);
            return true;
        });
        return this;
    }
}
