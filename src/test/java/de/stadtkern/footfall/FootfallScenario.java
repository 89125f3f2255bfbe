package de.stadtkern.footfall;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/// A street that is made up: hours of the week, a level that wanders, noise, feasts on which it is like a Sunday.
final class FootfallScenario {

    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final double[] DAY = {
        6, 3, 2, 1, 2, 8, 30, 70, 110, 150, 190, 230, 260, 250, 240, 250, 270, 260, 200, 130, 80, 50, 30, 14
    };
    private static final double[] WEEK = {1, 1.02, 1.05, 1.1, 1.2, 1.5, 0.4};

    private final LocalHours hours;
    private final double[] counts;

    FootfallScenario(String from, String to, long seed) {
        this(from, to, seed, 1000 + seed);
    }

    /// @param town streets of one town have the same good and bad days
    FootfallScenario(String from, String to, long seed, long town) {
        hours = LocalHours.ofDays(BERLIN, LocalDate.parse(from), LocalDate.parse(to));
        counts = new double[hours.size()];
        var days = new SplittableRandom(town);
        var noise = new SplittableRandom(seed);
        double mood = 0;
        for (int day = 0; day < hours.days(); day++) {
            mood = 0.6 * mood + 0.2 * (days.nextDouble() + days.nextDouble() - 1);
            var occasion = new Occasions().on(hours.date(day));
            int weekday = occasion.filter(Occasions.Occasion::isKept).isPresent() ? 6 : hours.weekday(day);
            for (int at = hours.dayStart(day); at < hours.dayStart(day + 1); at++) {
                double mean = DAY[hours.hour(at)] * WEEK[weekday] * Math.exp(mood);
                double off = noise.nextDouble() + noise.nextDouble() + noise.nextDouble() - 1.5;
                counts[at] = Math.max(0, Math.rint(mean * (1 + 0.15 * off) + Math.sqrt(mean) * off));
            }
        }
    }

    /// Changes the hours from `hour` o'clock of a day on.
    FootfallScenario change(String date, int hour, int length, DoubleUnaryOperator count) {
        int from = hour(date, hour);
        for (int at = from; at < from + length; at++) {
            counts[at] = count.applyAsDouble(counts[at]);
        }
        return this;
    }

    FootfallScenario missing(String date, int hour, int length) {
        return change(date, hour, length, _ -> Double.NaN);
    }

    FootfallScenario missingFrom(String date) {
        Arrays.fill(counts, hour(date, 0), counts.length, Double.NaN);
        return this;
    }

    int hour(String date, int hour) {
        return hours.at(hours.dayOf(LocalDate.parse(date)), hour);
    }

    /// 23, 24 or 25.
    int hours(String date) {
        int day = day(date);
        return hours.dayStart(day + 1) - hours.dayStart(day);
    }

    int day(String date) {
        return hours.dayOf(LocalDate.parse(date));
    }

    HourlySeries series() {
        return new HourlySeries("street", hours, counts);
    }
}
