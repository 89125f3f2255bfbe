package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Forecasts every local midnight of a past stretch of time with nothing but what was known then, and compares with
/// what was counted, beside the two plain ways of forecasting.
final class ForecastTrial {

    /// @param days     how many days ahead
    /// @param learning days between two times of learning anew
    record Question(LocalDate from, LocalDate to, int days, int learning) {}

    /// One way of forecasting by its name.
    record Result(Score forecast, Score lastWeek, Score profile, Forecaster.Method method) {

        Result() {
            this(new Score(), new Score(), new Score(), Forecaster.Method.USUAL);
        }
    }

    /// Before the first day that counts, the bands practise on this many.
    private static final int PRACTICE = 56;

    private final HourlySeries series;
    private final LocalHours hours;
    private final Question question;
    private final Forecaster forecaster;
    private final List<Result> into;

    private record Waiting(int day, List<Forecast> forecasts) {}

    /// @param into each of them gets every hour
    ForecastTrial(HourlySeries series, Weather weather, Occasions occasions, Question question, List<Result> into) {
        this.series = series;
        this.hours = series.hours();
        this.question = question;
        this.forecaster = new Forecaster(weather, occasions, question.days());
        this.into = into;
    }

    Forecaster.Method run() {
        int from = Math.max(0, hours.dayOf(question.from()));
        int to = Math.min(hours.days() - 1, hours.dayOf(question.to()));
        double scale24 = scale(from, 24);
        double scale168 = scale(from, 168);
        List<Waiting> waiting = new ArrayList<>();
        int start = Math.max(1, from - PRACTICE);
        for (int day = start; day <= to; day++) {
            HourlySeries known = series.knownAt(hours.dayStart(day));
            hearOfThoseThatCame(waiting, day);
            if ((day - from) % question.learning() == 0 || day == start) {
                forecaster.learn(known, day);
            }
            List<Forecast> forecasts = forecaster.forecast(known, day);
            waiting.add(new Waiting(day, forecasts));
            if (day >= from) {
                forecasts.forEach(forecast -> compare(forecast, scale24, scale168));
            }
        }
        return forecaster.method();
    }

    private void hearOfThoseThatCame(List<Waiting> waiting, int day) {
        while (!waiting.isEmpty() && waiting.getFirst().day() + question.days() <= day) {
            forecaster.hear(waiting.removeFirst().forecasts(), series);
        }
    }

    /// The mean difference between counts so many hours apart, before the trial begins.
    private double scale(int from, int apart) {
        double sum = 0;
        int there = 0;
        for (int at = apart; at < hours.dayStart(from); at++) {
            double difference = Math.abs(series.count(at) - series.count(at - apart));
            if (!Double.isNaN(difference)) {
                sum += difference;
                there++;
            }
        }
        return there == 0 ? Double.NaN : sum / there;
    }

    private void compare(Forecast forecast, double scale24, double scale168) {
        double count = series.count(forecast.at());
        double lastWeek = Profiles.weekBefore(series, forecast.at());
        double profile = Profiles.lastWeeks(series, forecast.at(), Usual.WEEKS);
        if (Double.isNaN(count) || Double.isNaN(lastWeek) || Double.isNaN(profile)) {
            return;
        }
        for (Result result : into) {
            result.forecast().add(count, forecast.expected(), scale24, scale168);
            result.forecast().band(count, forecast.likely(), forecast.wide());
            result.lastWeek().add(count, lastWeek, scale24, scale168);
            result.profile().add(count, profile, scale24, scale168);
        }
    }
}
