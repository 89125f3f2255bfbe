package de.stadtkern.footfall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Learns one counter and forecasts its next days.
///
/// [#learn] looks back over the last months as if they were still to come, once for each [Method], and takes the method
/// that would have been best at this very place; a young counter has nothing to learn trees from and gets its
/// usual profile. From the same look back come the first misses for the bands. The same object then forecasts every
/// midnight until it is time to learn anew, and hears what was counted.
final class Forecaster {

    enum Method {
        /// The median of the same hours of the week, special days as they were before.
        USUAL,
        /// The same, times what the last week was like.
        LEVEL,
        /// Trees that learned from years.
        LEARNED
    }

    /// Choices that hold for every place; how they were found stands in `docs/footfall.md`.
    static final Boosting.Settings TREES = new Boosting.Settings(150, 15, 40, 0.06, 500, 0.6, 0.4, 0.15, 1);

    /// Older counts say little about a street of today, and cost time.
    private static final int MOST_DAYS = 5 * 365;

    private static final int LEAST_DAYS = 60;
    private static final int FIRST_DAYS = 28;
    private static final int LOOK_BACK = 120;
    static final int WEEK = 7;

    private Weather weather;
    private final Occasions occasions;
    private final int days;
    private final Bands nextDay = new Bands();
    private final Bands laterDays = new Bands();
    private Method method = Method.USUAL;
    private @Nullable Boosting dayTrees;
    private @Nullable Boosting weekTrees;
    private @Nullable Spread daySpread;
    private @Nullable Spread weekSpread;
    private LookBack lookBack = new LookBack(new int[0], new double[0]);
    private boolean isNew = true;

    /// Hours of the last months and what would have been forecast for them, had they still been to come.
    @SuppressWarnings("ArrayRecordComponent") // read by this package alone, and never changed
    record LookBack(int[] hours, double[] expected) {}

    /// @param days how many days ahead it is to forecast, 1 to 7
    Forecaster(Weather weather, Occasions occasions, int days) {
        this.weather = weather;
        this.occasions = occasions;
        this.days = days;
    }

    /// The weather of later hours is known by now. The columns are those it learned with.
    void sees(Weather newer) {
        weather = newer;
    }

    Method method() {
        return method;
    }

    LookBack lookBack() {
        return lookBack;
    }

    /// @param known  the series as it is known at the midnight before `origin`
    /// @param origin the day that begins there
    void learn(HourlySeries known, int origin) {
        var usual = new Usual(known, occasions);
        var features = new Features(usual, weather);
        int first = firstDay(known, origin);
        int lookBack = Math.min(LOOK_BACK, (origin - first) / 4);
        boolean isOld = origin - first >= LEAST_DAYS + lookBack;
        Lessons ofNextDay = isOld ? lessons(usual, features, first, origin, false) : null;
        dayTrees = ofNextDay == null ? null : ofNextDay.trees(dayStart(usual, origin - lookBack));
        method = best(usual, features, origin - lookBack, origin, isOld);
        boolean needsWeek = method == Method.LEARNED && days > 1;
        Lessons ofLaterDays = needsWeek ? lessons(usual, features, first, origin, true) : null;
        weekTrees = ofLaterDays == null ? null : ofLaterDays.trees(dayStart(usual, origin - lookBack));
        daySpread = lookBack(usual, features, origin - lookBack, origin, false);
        weekSpread = days > 1 ? lookBack(usual, features, origin - lookBack, origin, true) : null;
        isNew = false;
        if (method == Method.LEARNED) {
            dayTrees = ofNextDay == null ? null : ofNextDay.trees(dayStart(usual, origin));
            weekTrees = ofLaterDays == null ? null : ofLaterDays.trees(dayStart(usual, origin));
        }
    }

    private static int dayStart(Usual usual, int day) {
        return usual.series().hours().dayStart(day);
    }

    private static int firstDay(HourlySeries known, int origin) {
        int at = 0;
        while (at < known.size() && known.isMissing(at)) {
            at++;
        }
        return at == known.size()
                ? origin
                : Math.min(origin, Math.max(known.hours().day(at), origin - MOST_DAYS - FIRST_DAYS));
    }

    /// Hours in the order of time with what they teach.
    @SuppressWarnings("ArrayRecordComponent") // read here alone, and never changed
    private record Lessons(int[] rows, float[][] columns, double[] counts, double[] expected) {

        /// From the hours before `end`.
        Boosting trees(int end) {
            int place = Arrays.binarySearch(rows, end);
            int size = place < 0 ? -place - 1 : place;
            float[][] known = new float[columns.length][];
            for (int column = 0; column < known.length; column++) {
                known[column] = Arrays.copyOf(columns[column], size);
            }
            return Boosting.fit(known, Arrays.copyOf(counts, size), Arrays.copyOf(expected, size), TREES);
        }
    }

    private static Lessons lessons(Usual usual, Features features, int first, int end, boolean later) {
        int[] rows = rows(usual, first + FIRST_DAYS, end);
        rows = Arrays.stream(rows)
                .filter(at -> !usual.isSpecial(usual.series().hours().day(at)))
                .toArray();
        int[] leads = leads(usual, rows, later);
        double[] counts = Arrays.stream(rows).mapToDouble(usual.series()::count).toArray();
        double[] expected = Arrays.stream(rows).mapToDouble(usual::expected).toArray();
        return new Lessons(rows, features.columns(rows, leads), counts, expected);
    }

    /// Hours of these days that were counted and for which something was usual.
    private static int[] rows(Usual usual, int from, int to) {
        LocalHours hours = usual.series().hours();
        int[] rows = new int[Math.max(0, hours.dayStart(to) - hours.dayStart(from))];
        int found = 0;
        for (int at = hours.dayStart(from); at < hours.dayStart(to); at++) {
            if (!usual.series().isMissing(at) && !Double.isNaN(usual.expected(at))) {
                rows[found++] = at;
            }
        }
        return Arrays.copyOf(rows, found);
    }

    /// Later days take turns, so that each hour is learned with one distance only.
    private static int[] leads(Usual usual, int[] rows, boolean later) {
        return Arrays.stream(rows)
                .map(at -> later ? 1 + usual.series().hours().day(at) % (WEEK - 1) : 0)
                .toArray();
    }

    private Method best(Usual usual, Features features, int from, int to, boolean isOld) {
        Method best = Method.USUAL;
        double least = Double.POSITIVE_INFINITY;
        int[] rows = rows(usual, from, to);
        for (Method each : Method.values()) {
            if (each == Method.LEARNED && !isOld) {
                continue;
            }
            double off = 0;
            for (int at : rows) {
                off += Math.abs(usual.series().count(at) - expected(each, usual, features, at, 0));
            }
            if (off < least) {
                least = off;
                best = each;
            }
        }
        return best;
    }

    private double expected(Method how, Usual usual, Features features, int at, int lead) {
        double expected = usual.expected(at);
        return switch (how) {
            case USUAL -> expected;
            case LEVEL -> {
                int origin = usual.series().hours().day(at) - lead;
                double level = features.level(origin, WEEK);
                yield Double.isNaN(level) ? expected : expected * Math.exp(0.7 * level);
            }
            case LEARNED -> {
                Boosting trees = lead == 0 ? dayTrees : weekTrees;
                yield trees == null ? expected : expected * Math.exp(trees.factor(features.of(at, lead)));
            }
        };
    }

    private Spread lookBack(Usual usual, Features features, int from, int to, boolean later) {
        int[] rows = rows(usual, from, to);
        int[] leads = leads(usual, rows, later);
        double[] expected = new double[rows.length];
        for (int row = 0; row < rows.length; row++) {
            expected[row] = expected(method, usual, features, rows[row], leads[row]);
        }
        lookBack = later ? lookBack : new LookBack(rows, expected);
        Spread spread = Spread.of(usual, rows, expected);
        for (int row = 0; isNew && row < rows.length; row++) {
            (later ? laterDays : nextDay)
                    .learn(
                            expected[row],
                            spread.of(usual, rows[row], expected[row]),
                            usual.series().count(rows[row]));
        }
        return spread;
    }

    /// The hours of the days from `origin` on. An hour for which nothing is usual yet has no forecast.
    List<Forecast> forecast(HourlySeries known, int origin) {
        return forecast(new Usual(known, occasions), origin);
    }

    /// With what is usual worked out already, on counts before `origin` and, for this forecast unseen, later ones.
    List<Forecast> forecast(Usual usual, int origin) {
        var features = new Features(usual, weather);
        LocalHours hours = usual.series().hours();
        List<Forecast> forecasts = new ArrayList<>();
        for (int at = hours.dayStart(origin); at < hours.dayStart(origin + days); at++) {
            int lead = hours.day(at) - origin;
            double expected = expected(method, usual, features, at, lead);
            Spread spread = lead == 0 ? daySpread : weekSpread;
            if (!Double.isNaN(expected) && spread != null) {
                Bands bands = lead == 0 ? nextDay : laterDays;
                double width = spread.of(usual, at, expected);
                forecasts.add(new Forecast(
                        at, lead, expected, width, bands.likely(expected, width), bands.wide(expected, width)));
            }
        }
        return forecasts;
    }

    /// What was counted after a forecast; for the bands of the next ones.
    void hear(List<Forecast> forecasts, HourlySeries counted) {
        hear(
                nextDay,
                forecasts.stream().filter(forecast -> forecast.lead() == 0).toList(),
                counted);
        hear(
                laterDays,
                forecasts.stream().filter(forecast -> forecast.lead() > 0).toList(),
                counted);
    }

    private static void hear(Bands bands, List<Forecast> forecasts, HourlySeries counted) {
        int there = 0;
        int likely = 0;
        int wide = 0;
        for (Forecast forecast : forecasts) {
            double count = counted.count(forecast.at());
            if (!Double.isNaN(count)) {
                there++;
                likely += forecast.likely().holds(count) ? 1 : 0;
                wide += forecast.wide().holds(count) ? 1 : 0;
                bands.learn(forecast.expected(), forecast.spread(), count);
            }
        }
        if (there > 0) {
            bands.adapt((double) likely / there, (double) wide / there);
        }
    }
}
