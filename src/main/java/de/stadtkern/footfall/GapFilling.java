package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Fills gaps of one place from its own weekly profile, its level before and after the gap, and its neighbours.
///
/// How much each of these says is learned at the place itself: gaps of many lengths are cut where counts are known,
/// and trees learn to tell them. Of every fifth week none is learned; there the misses are measured that make the
/// intervals.
final class GapFilling {

    /// Two weeks. Beyond that the level of a street is anybody's guess.
    static final int LONGEST = 14 * 24;

    /// Choices that hold for every place.
    private static final Boosting.Settings TREES = new Boosting.Settings(120, 15, 40, 0.08, 300, 0.6, 0.5, 0.15, 2);

    private static final int[] LENGTHS = {1, 2, 4, 8, 16, 24, 36, 72, 168, 336};
    /// Up to these lengths misses are alike.
    private static final int[] KINDS = {2, 9, 48, LONGEST};
    /// In longer gaps the level is one sign among others; in shorter ones it is nearly all.
    private static final int LEVEL = 9;

    private static final int CUT = 24_000;
    private static final int LEAST_CUT = 1_500;
    private static final int FEATURES = 29;
    private static final int SIGNS = 6;
    private static final int FIFTH = 5;

    private final Surroundings place;
    private final Features sky;
    private final Neighbours neighbours;
    private final LocalHours hours;
    private final Boosting trees;
    private final boolean isLearned;
    private final LevelFit[] levels = new LevelFit[KINDS.length];
    private final Spread[] spreads = new Spread[KINDS.length];
    private final Bands[] bands = new Bands[KINDS.length];

    /// An hour inside a gap from `from` to `to`.
    private record Cut(int at, int from, int to) {}

    private GapFilling(Surroundings place, Neighbours neighbours, Weather weather, long seed) {
        this.place = place;
        this.sky = new Features(place.usual(), weather);
        this.neighbours = neighbours;
        this.hours = place.series().hours();
        List<Cut> cuts = cuts(seed);
        List<Cut> learned = cuts.stream().filter(cut -> !isKeptForMisses(cut)).toList();
        Arrays.setAll(levels, _ -> new LevelFit(SIGNS));
        learned.forEach(this::learnLevel);
        Arrays.stream(levels).forEach(LevelFit::settle);
        this.isLearned = learned.size() >= LEAST_CUT;
        List<Cut> rows = isLearned ? learned : List.of();
        this.trees = Boosting.fit(
                columns(rows),
                rows.stream().mapToDouble(cut -> place.series().count(cut.at)).toArray(),
                rows.stream().mapToDouble(this::byLevel).toArray(),
                TREES);
        measure(isLearned ? cuts.stream().filter(this::isKeptForMisses).toList() : cuts);
    }

    private void learnLevel(Cut cut) {
        double usual = place.expected(cut.at);
        double ratio = Math.log((place.series().count(cut.at) + 1) / (usual + 1));
        levels[kind(cut.to - cut.from)].learn(signs(cut), ratio, usual);
    }

    /// What the surroundings of the gap say, each as a logarithm of counted by usual.
    private double[] signs(Cut cut) {
        int day = hours.day(cut.at);
        double before = sameHour(cut, -1);
        double after = sameHour(cut, 1);
        return new double[] {
            between(cut, 1),
            between(cut, 3),
            between(cut, 24),
            Double.isNaN(before) ? after : Double.isNaN(after) ? before : (before + after) / 2,
            neighbours.ratio(cut.at - 1, cut.at + 2),
            neighbours.ratio(hours.dayStart(day), hours.dayStart(day + 1))
        };
    }

    private double byLevel(Cut cut) {
        int length = cut.to - cut.from;
        double level = length > LEVEL ? 0 : levels[kind(length)].ratio(signs(cut));
        return place.expected(cut.at) * Math.exp(level);
    }

    /// @param place      the counts that are known; gaps are missing
    /// @param neighbours other places on the same hours
    static GapFilling learn(HourlySeries place, List<HourlySeries> neighbours, Occasions occasions, long seed) {
        return learn(place, neighbours, Weather.NONE, occasions, seed);
    }

    static GapFilling learn(
            HourlySeries place, List<HourlySeries> neighbours, Weather weather, Occasions occasions, long seed) {
        var own = new Surroundings(place, occasions);
        List<Surroundings> others = neighbours.stream()
                .map(other -> new Surroundings(other, occasions))
                .toList();
        return learn(own, others, weather, seed);
    }

    /// @param weather on the hours of the place, those of gaps included
    static GapFilling learn(Surroundings place, List<Surroundings> others, Weather weather, long seed) {
        return new GapFilling(place, others.isEmpty() ? Neighbours.NONE : Neighbours.of(place, others), weather, seed);
    }

    private boolean isKeptForMisses(Cut cut) {
        return hours.day(cut.at) / 7 % FIFTH == 0;
    }

    /// Hours that are known, each inside a gap that is thought.
    private List<Cut> cuts(long seed) {
        int[] known = java.util.stream.IntStream.range(0, place.series().size())
                .filter(at -> !place.series().isMissing(at) && !Double.isNaN(place.expected(at)))
                .toArray();
        var random = new SplittableRandom(seed);
        List<Cut> cuts = new ArrayList<>();
        for (int each = 0; each < CUT && known.length > 0; each++) {
            int at = known[random.nextInt(known.length)];
            int length = LENGTHS[random.nextInt(LENGTHS.length)];
            int from = at - random.nextInt(length);
            cuts.add(new Cut(at, from, from + length));
        }
        return cuts;
    }

    private float[][] columns(List<Cut> cuts) {
        float[][] columns = new float[FEATURES + sky.ofWeather()][cuts.size()];
        for (int row = 0; row < cuts.size(); row++) {
            float[] features = features(cuts.get(row));
            for (int column = 0; column < columns.length; column++) {
                columns[column][row] = features[column];
            }
        }
        return columns;
    }

    private float[] features(Cut cut) {
        int day = hours.day(cut.at);
        double[] row = {
            hours.hour(cut.at),
            hours.weekday(day),
            place.usual().share(day),
            Math.log(place.expected(cut.at)),
            cut.to - cut.from,
            cut.at - cut.from,
            cut.to - cut.at,
            place.ratio(cut.from - 1, cut.from),
            place.ratio(cut.from - 3, cut.from),
            place.ratio(cut.from - 24, cut.from),
            place.ratio(cut.from - 96, cut.from),
            place.ratio(cut.to, cut.to + 1),
            place.ratio(cut.to, cut.to + 3),
            place.ratio(cut.to, cut.to + 24),
            place.ratio(cut.to, cut.to + 96),
            sameHour(cut, -1),
            sameHour(cut, 1),
            between(cut, 24),
            between(cut, 3),
            neighbours.ratio(cut.at, cut.at + 1),
            neighbours.ratio(cut.at - 2, cut.at + 3),
            neighbours.ratio(hours.dayStart(day), hours.dayStart(day + 1)),
            levels[kind(cut.to - cut.from)].ratio(signs(cut)),
            hours.date(day).getDayOfYear(),
            Features.near(hours.date(day), LocalDate.of(hours.date(day).getYear(), 12, 25), 40),
            place.usual().share(day - 1),
            place.usual().share(day + 1),
            place.dayRatio(day - 7),
            place.dayRatio(day + 7)
        };
        float[] features = new float[FEATURES + sky.ofWeather()];
        for (int each = 0; each < FEATURES; each++) {
            features[each] = (float) row[each];
        }
        sky.weather(features, FEATURES, cut.at);
        return features;
    }

    /// The nearest day outside the gap at the same time of day, before it or behind it.
    private double sameHour(Cut cut, int direction) {
        int days = direction < 0 ? Math.ceilDiv(cut.at + 2 - cut.from, 24) : Math.ceilDiv(cut.to + 1 - cut.at, 24);
        int there = cut.at + direction * 24 * Math.max(1, days);
        return place.ratio(there - 1, there + 2);
    }

    /// Levels of both sides, the nearer one weighing more.
    private double between(Cut cut, int width) {
        double before = place.ratio(cut.from - width, cut.from);
        double after = place.ratio(cut.to, cut.to + width);
        if (Double.isNaN(before) || Double.isNaN(after)) {
            return Double.isNaN(before) ? after : before;
        }
        double way = (cut.at - cut.from + 1.0) / (cut.to - cut.from + 1.0);
        return before + way * (after - before);
    }

    private double expected(Cut cut) {
        double level = byLevel(cut);
        return isLearned ? level * Math.exp(trees.factor(features(cut))) : level;
    }

    private static int kind(int length) {
        int kind = 0;
        while (kind < KINDS.length - 1 && length > KINDS[kind]) {
            kind++;
        }
        return kind;
    }

    private void measure(List<Cut> kept) {
        for (int kind = 0; kind < KINDS.length; kind++) {
            int wanted = kind;
            List<Cut> alike = kept.stream()
                    .filter(cut -> kind(cut.to - cut.from) == wanted)
                    .toList();
            int[] at = alike.stream().mapToInt(Cut::at).toArray();
            double[] expected = alike.stream().mapToDouble(this::expected).toArray();
            spreads[kind] = Spread.of(place.usual(), at, expected);
            bands[kind] = new Bands();
            for (int row = 0; row < at.length; row++) {
                double spread = spreads[kind].of(place.usual(), at[row], expected[row]);
                bands[kind].learn(expected[row], spread, place.series().count(at[row]));
            }
        }
    }

    /// Estimates for the missing hours from `from` to `to`, which must be a whole gap.
    Filling fill(int from, int to) {
        if (to - from > LONGEST) {
            return new Filling.Refused(Filling.Reason.TOO_LONG);
        }
        int kind = kind(to - from);
        List<Filling.Estimate> estimates = new ArrayList<>();
        for (int at = from; at < to; at++) {
            if (place.series().isExcused(at)) {
                continue;
            }
            double expected = expected(new Cut(at, from, to));
            if (Double.isNaN(expected)) {
                return new Filling.Refused(Filling.Reason.NOTHING_AROUND);
            }
            double spread = spreads[kind].of(place.usual(), at, expected);
            estimates.add(new Filling.Estimate(
                    at, expected, bands[kind].likely(expected, spread), bands[kind].wide(expected, spread)));
        }
        return new Filling.Filled(estimates);
    }
}
