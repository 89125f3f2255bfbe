package de.stadtkern.footfall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The forecast trial of all places of a file, without weather and, if there is some, once more with the weather of the
/// day as if it had been forecast perfectly.
final class ForecastEvaluation {

    private final CountFile.Read read;
    private final Occasions occasions;
    private final ForecastTrial.Question question;
    private final Consumer<String> progress;

    ForecastEvaluation(
            CountFile.Read read, Occasions occasions, ForecastTrial.Question question, Consumer<String> progress) {
        this.read = read;
        this.occasions = occasions;
        this.question = question;
        this.progress = progress;
    }

    Map<String, Object> printed() {
        Map<String, Map<String, Object>> places = new LinkedHashMap<>();
        var all = new ForecastTrial.Result();
        var allWithWeather = new ForecastTrial.Result();
        for (HourlySeries series : read.places()) {
            Map<String, Object> place = new LinkedHashMap<>();
            place.put(
                    "method",
                    run(series, Weather.NONE, all, place, "forecast").name().toLowerCase(java.util.Locale.ROOT));
            Weather weather = read.weather().get(series.place());
            if (weather != null) {
                run(series, weather, allWithWeather, place, "forecastWithObservedWeather");
            }
            places.put(series.place(), place);
        }
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("horizonHours", question.days() * 24);
        printed.put("learnedEveryDays", question.learning());
        printed.put("places", places);
        printed.put("overall", overall(all, allWithWeather));
        return printed;
    }

    private Forecaster.Method run(
            HourlySeries series, Weather weather, ForecastTrial.Result all, Map<String, Object> place, String name) {
        progress.accept("%s: %s".formatted(series.place(), name));
        var result = new ForecastTrial.Result();
        Forecaster.Method method = new ForecastTrial(series, weather, occasions, question, List.of(result, all)).run();
        place.put(name, result.forecast().printed());
        place.put("baselines", baselines(result));
        return method;
    }

    private static Map<String, Object> overall(ForecastTrial.Result all, ForecastTrial.Result withWeather) {
        Map<String, Object> overall = new LinkedHashMap<>();
        overall.put("forecast", all.forecast().printed());
        if (withWeather.forecast().hours() > 0) {
            overall.put("forecastWithObservedWeather", withWeather.forecast().printed());
        }
        overall.put("baselines", baselines(all));
        return overall;
    }

    private static Map<String, Object> baselines(ForecastTrial.Result result) {
        Map<String, Object> baselines = new LinkedHashMap<>();
        baselines.put("sameHourLastWeek", result.lastWeek().printed());
        baselines.put("medianOfLast8SameHoursOfWeek", result.profile().printed());
        return baselines;
    }
}
