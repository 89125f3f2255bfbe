package de.stadtkern.footfall;

import java.time.LocalDate;

/// What the learned model looks at for one hour: the calendar, how the last days and weeks and the same days of
/// former years went against what was usual, and the weather of the day if it is known.
///
/// The features of an hour depend only on counts before the midnight its forecast is made at.
final class Features {

    private static final int YEAR = 364;
    private static final int OWN = 37;
    private static final int PER_WEATHER = 4;
    private static final int OF_SCHOOL = 2;
    private static final int WINDOW = 28;

    private final Usual usual;
    private final HourlySeries series;
    private final LocalHours hours;
    private final Weather weather;
    private final float[][] weatherOfDay;
    private final float[][] weatherBefore;

    Features(Usual usual, Weather weather) {
        this.usual = usual;
        this.series = usual.series();
        this.hours = series.hours();
        this.weather = weather;
        this.weatherOfDay = new float[weather.columns().size()][];
        this.weatherBefore = new float[weather.columns().size()][];
        for (int column = 0; column < weatherOfDay.length; column++) {
            weatherOfDay[column] = daily(weather.columns().get(column));
            weatherBefore[column] = before(weatherOfDay[column]);
        }
    }

    int count() {
        return OWN + ofSchool() + ofWeather();
    }

    /// None in a town that has not said when schools are closed.
    private int ofSchool() {
        return usual.occasions().knowsSchool() ? OF_SCHOOL : 0;
    }

    /// How many of the features say how the weather is.
    int ofWeather() {
        return PER_WEATHER * weatherOfDay.length;
    }

    /// Means of the hours in which people are out.
    private float[] daily(float[] values) {
        float[] means = new float[hours.days()];
        for (int day = 0; day < means.length; day++) {
            double sum = 0;
            int there = 0;
            for (int at = hours.dayStart(day); at < hours.dayStart(day + 1); at++) {
                if (hours.hour(at) >= 8 && hours.hour(at) < 21 && !Float.isNaN(values[at])) {
                    sum += values[at];
                    there++;
                }
            }
            means[day] = there == 0 ? Float.NaN : (float) (sum / there);
        }
        return means;
    }

    private static float[] before(float[] daily) {
        float[] means = new float[daily.length];
        for (int day = 0; day < means.length; day++) {
            double sum = 0;
            int there = 0;
            for (int back = Math.max(0, day - WINDOW); back < day; back++) {
                if (!Float.isNaN(daily[back])) {
                    sum += daily[back];
                    there++;
                }
            }
            means[day] = there == 0 ? Float.NaN : (float) (sum / there);
        }
        return means;
    }

    /// @param lead days from the midnight of the forecast to the day of the hour; 0 is the day that begins there
    float[] of(int at, int lead) {
        float[] row = new float[count()];
        int next = calendar(row, at, lead);
        next = weeks(row, next, at);
        next = level(row, next, at, lead);
        next = years(row, next, at);
        school(row, Math.max(next, OWN), at);
        weather(row, OWN + ofSchool(), at);
        return row;
    }

    /// Whether schools are closed, and on how many of the days were closed from which the usual is made.
    private void school(float[] row, int start, int at) {
        if (ofSchool() == 0) {
            return;
        }
        LocalDate date = hours.date(hours.day(at));
        float closed = 0;
        for (int week = 1; week <= Usual.WEEKS; week++) {
            closed += usual.occasions().school(date.minusWeeks(week));
        }
        row[start] = usual.occasions().school(date);
        row[start + 1] = closed / Usual.WEEKS;
    }

    private int calendar(float[] row, int at, int lead) {
        int day = hours.day(at);
        LocalDate date = hours.date(day);
        int next = 0;
        row[next++] = hours.hour(at);
        row[next++] = hours.weekday(day);
        row[next++] = date.getDayOfYear();
        row[next++] = date.getDayOfMonth();
        row[next++] = lead;
        row[next++] = (float) usual.share(day);
        row[next++] = (float) usual.share(day - 1);
        row[next++] = (float) usual.share(day + 1);
        row[next++] = near(date, LocalDate.of(date.getYear(), 12, 25), 40);
        row[next++] = near(date, Occasions.easter(date.getYear()), 60);
        row[next++] = date.getDayOfWeek().getValue() * 24 + hours.hour(at);
        return next;
    }

    static float near(LocalDate date, LocalDate feast, int days) {
        long distance = date.toEpochDay() - feast.toEpochDay();
        return Math.abs(distance) > days ? Float.NaN : distance;
    }

    private int weeks(float[] row, int start, int at) {
        int next = start;
        double expected = usual.expected(at);
        int day = hours.day(at);
        int hour = hours.hour(at);
        row[next++] = (float) Math.log(expected);
        row[next++] = (float) Math.log((usual.other(at) + 1) / (usual.own(at) + 1));
        double[] recent = new double[4];
        int found = 0;
        double sum = 0;
        for (int week = 1; week <= 4; week++) {
            double ratio = hourRatio(day - 7 * week, hour);
            if (week <= 3) {
                row[next++] = (float) ratio;
            }
            if (!Double.isNaN(ratio) && !usual.isSpecial(day - 7 * week)) {
                recent[found++] = ratio;
                sum += ratio;
            }
        }
        row[next++] = (float) Usual.median(recent, found);
        row[next++] = found == 0 ? Float.NaN : (float) (sum / found);
        row[next++] = (float) usual.dayRatio(day - 7);
        row[next++] = (float) usual.dayRatio(day - 14);
        return next;
    }

    private int level(float[] row, int start, int at, int lead) {
        int next = start;
        int origin = hours.day(at) - lead;
        int hour = hours.hour(at);
        row[next++] = (float) usual.dayRatio(origin - 1);
        row[next++] = level(origin, 3);
        row[next++] = level(origin, 7);
        row[next++] = level(origin, 14);
        row[next++] = level(origin, 28);
        int midnight = hours.dayStart(origin);
        row[next++] = (float) usual.ratio(midnight - 5, midnight);
        row[next++] = (float) smooth(origin - 1, hour);
        row[next++] = (float) smooth(origin - 2, hour);
        double own = 0;
        int there = 0;
        for (int back = 1; back <= 7; back++) {
            double ratio = smooth(origin - back, hour);
            if (!Double.isNaN(ratio) && !usual.isSpecial(origin - back)) {
                own += ratio;
                there++;
            }
        }
        row[next++] = there == 0 ? Float.NaN : (float) (own / there);
        return next;
    }

    private int years(float[] row, int start, int at) {
        int next = start;
        int day = hours.day(at);
        int hour = hours.hour(at);
        row[next++] = (float) usual.dayRatio(day - YEAR);
        row[next++] = (float) smooth(day - YEAR, hour);
        row[next++] = level(day - YEAR + 4, 7);
        LocalDate date = hours.date(day);
        row[next++] = (float) usual.dayRatio(hours.dayOf(date.minusYears(1)));
        row[next++] = (float) usual.dayRatio(day - 2 * YEAR);
        row[next++] = level(day - YEAR, 7);
        row[next++] = level(day - 2 * YEAR + 4, 7);
        row[next++] = (float) smooth(day - 2 * YEAR, hour);
        return next;
    }

    /// Puts what the weather says of an hour into a row, from `start` on.
    void weather(float[] row, int start, int at) {
        int next = start;
        int day = hours.day(at);
        for (int column = 0; column < weatherOfDay.length; column++) {
            float now = weather.columns().get(column)[at];
            row[next++] = now;
            row[next++] = weatherOfDay[column][day];
            row[next++] = weatherOfDay[column][day] - weatherBefore[column][day];
            row[next++] = day == 0 ? Float.NaN : weatherOfDay[column][day] - weatherOfDay[column][day - 1];
        }
    }

    /// The mean of the days before `end`, without special ones.
    float level(int end, int days) {
        double sum = 0;
        int there = 0;
        for (int day = end - days; day < end; day++) {
            double ratio = usual.dayRatio(day);
            if (!Double.isNaN(ratio) && !usual.isSpecial(day)) {
                sum += ratio;
                there++;
            }
        }
        return there == 0 ? Float.NaN : (float) (sum / there);
    }

    private double hourRatio(int day, int hour) {
        int at = hours.at(day, hour);
        if (at < 0 || series.isMissing(at) || Double.isNaN(usual.expected(at))) {
            return Double.NaN;
        }
        return Math.log((series.count(at) + 2) / (usual.expected(at) + 2));
    }

    /// Over the hour and its neighbours.
    private double smooth(int day, int hour) {
        int at = hours.at(day, hour);
        if (at < 0) {
            return Double.NaN;
        }
        return usual.ratio(Math.max(hours.dayStart(day), at - 1), Math.min(hours.dayStart(day + 1), at + 2));
    }

    /// The columns of a table of hours.
    float[][] columns(int[] rows, int[] leads) {
        float[][] columns = new float[count()][rows.length];
        for (int row = 0; row < rows.length; row++) {
            float[] features = of(rows[row], leads[row]);
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = features[column];
            }
        }
        return columns;
    }
}
