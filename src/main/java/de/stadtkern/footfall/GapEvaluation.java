package de.stadtkern.footfall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Cuts gaps where counts are known, fills them without having seen those counts anywhere, and compares; with the
/// neighbours and without them, beside the two plain ways of filling.
final class GapEvaluation {

    /// @param lengths in hours
    record Question(FootfallCommand.Period period, List<Integer> lengths, long seed) {

        Question {
            lengths = List.copyOf(lengths);
        }
    }

    private static final int ROUNDS = 4;
    /// Days between two gaps of a round, so that each has its surroundings: long ones touch the weeks of others.
    private static final int APART = 10;

    private static final int LONG_APART = 35;
    private static final int LONG = 48;
    private static final int WEEKS = 4;

    /// One way of filling: its hourly misses, and of each gap the miss of its sum.
    private static final class Way {
        private final Score score = new Score();
        private final List<Double> sums = new ArrayList<>();
        private int refused;

        Map<String, Object> printed() {
            Map<String, Object> printed = new LinkedHashMap<>(score.printed());
            if (!sums.isEmpty()) {
                double median = Usual.median(
                        sums.stream().mapToDouble(Double::doubleValue).toArray(), sums.size());
                printed.put("medianErrorOfSum", Math.round(median * 10_000) / 10_000.0);
            }
            printed.put("refused", refused);
            return printed;
        }
    }

    /// All ways of filling gaps of one length, at one place or over all.
    private static final class Ways {
        private final Map<String, Way> byName = new LinkedHashMap<>();
        private int gaps;

        Way named(String name) {
            return byName.computeIfAbsent(name, _ -> new Way());
        }

        Map<String, Object> printed() {
            Map<String, Object> printed = new LinkedHashMap<>();
            printed.put("gaps", gaps);
            byName.forEach((name, way) -> printed.put(name, way.printed()));
            return printed;
        }
    }

    private record Gap(int from, int to) {}

    private final List<HourlySeries> places;
    private final Map<String, Weather> weather;
    private final Question question;
    private final Consumer<String> progress;
    private final Occasions occasions;

    GapEvaluation(CountFile.Read read, Occasions occasions, Question question, Consumer<String> progress) {
        this.places = read.places();
        this.weather = read.weather();
        this.occasions = occasions;
        this.question = question;
        this.progress = progress;
    }

    Map<String, Object> printed() {
        List<Surroundings> whole =
                places.stream().map(place -> new Surroundings(place, occasions)).toList();
        Map<String, Object> byPlace = new LinkedHashMap<>();
        Map<Integer, Ways> overall = new LinkedHashMap<>();
        for (int place = 0; place < places.size(); place++) {
            Map<String, Object> byLength = new LinkedHashMap<>();
            List<Surroundings> others = new ArrayList<>(whole);
            others.remove(place);
            for (int length : question.lengths()) {
                progress.accept("%s: gaps of %d h".formatted(places.get(place).place(), length));
                var ways = new Ways();
                for (int round = 0; round < ROUNDS; round++) {
                    round(
                            places.get(place),
                            others,
                            length,
                            round,
                            List.of(ways, overall.computeIfAbsent(length, _ -> new Ways())));
                }
                byLength.put(String.valueOf(length), ways.printed());
            }
            byPlace.put(places.get(place).place(), byLength);
        }
        Map<String, Object> all = new LinkedHashMap<>();
        overall.forEach((length, ways) -> all.put(String.valueOf(length), ways.printed()));
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("seed", question.seed());
        printed.put("places", byPlace);
        printed.put("overall", all);
        return printed;
    }

    private void round(HourlySeries place, List<Surroundings> others, int length, int round, List<Ways> into) {
        List<Gap> gaps = gaps(place, length, new SplittableRandom(question.seed() * 31 + length * 7L + round));
        double[] counts = place.counts();
        gaps.forEach(gap -> Arrays.fill(counts, gap.from, gap.to, Double.NaN));
        HourlySeries cut = place.with(counts);
        var surroundings = new Surroundings(cut, occasions);
        Map<String, GapFilling> fillings = new LinkedHashMap<>();
        if (!others.isEmpty()) {
            fillings.put("filled", GapFilling.learn(surroundings, others, Weather.NONE, question.seed()));
        }
        fillings.put(
                others.isEmpty() ? "filled" : "filledWithoutNeighbours",
                GapFilling.learn(surroundings, List.of(), Weather.NONE, question.seed()));
        Weather known = weather.get(place.place());
        if (known != null) {
            fillings.put("filledWithObservedWeather", GapFilling.learn(surroundings, others, known, question.seed()));
        }
        for (Gap gap : gaps) {
            into.forEach(ways -> ways.gaps++);
            fillings.forEach((name, filling) -> compare(place, gap, name, filling.fill(gap.from, gap.to), into));
            plain(place, cut, gap, into);
        }
    }

    /// Some hours of a month each, all of which were counted.
    private List<Gap> gaps(HourlySeries place, int length, SplittableRandom random) {
        LocalHours hours = place.hours();
        int first = hours.dayStart(Math.max(0, hours.dayOf(question.period().from())));
        int last = hours.dayStart(
                        Math.min(hours.days(), hours.dayOf(question.period().to()) + 1))
                - length;
        List<Gap> gaps = new ArrayList<>();
        int slot = Math.max((length > LONG ? LONG_APART : APART) * 24, 2 * length);
        for (int start = first; start <= last; start += slot) {
            for (int attempt = 0; attempt < 20; attempt++) {
                int from = start + random.nextInt(Math.max(1, slot - length - WEEKS * 24));
                if (from <= last
                        && from > 0
                        && place.sum(from - 1, from + length + 1).there() == length + 2) {
                    gaps.add(new Gap(from, from + length));
                    break;
                }
            }
        }
        return gaps;
    }

    private static void compare(HourlySeries place, Gap gap, String name, Filling filling, List<Ways> into) {
        switch (filling) {
            case Filling.Refused _ -> into.forEach(ways -> ways.named(name).refused++);
            case Filling.Filled(var estimates) -> {
                double[] expected = new double[gap.to - gap.from];
                for (Filling.Estimate estimate : estimates) {
                    expected[estimate.at() - gap.from] = estimate.expected();
                    into.forEach(ways -> ways.named(name)
                            .score
                            .band(place.count(estimate.at()), estimate.likely(), estimate.wide()));
                }
                add(place, gap, name, expected, into);
            }
        }
    }

    private static void add(HourlySeries place, Gap gap, String name, double[] expected, List<Ways> into) {
        double sum = Arrays.stream(expected).sum();
        double counted = place.sum(gap.from, gap.to).counted();
        for (Ways ways : into) {
            Way way = ways.named(name);
            for (int at = gap.from; at < gap.to; at++) {
                way.score.add(
                        place.count(at),
                        expected[at - gap.from],
                        difference(place, at, 24),
                        difference(place, at, 168));
            }
            if (counted > 0) {
                way.sums.add(Math.abs(sum - counted) / counted);
            }
        }
    }

    private static double difference(HourlySeries place, int at, int apart) {
        double difference = Math.abs(place.count(at) - place.count(at - apart));
        return Double.isNaN(difference) ? 0 : difference;
    }

    private static void plain(HourlySeries place, HourlySeries cut, Gap gap, List<Ways> into) {
        int length = gap.to - gap.from;
        double[] line = new double[length];
        double[] profile = new double[length];
        double before = cut.count(gap.from - 1);
        double after = cut.count(gap.to);
        for (int each = 0; each < length; each++) {
            line[each] = before + (after - before) * (each + 1) / (length + 1);
            profile[each] = Profiles.around(cut, gap.from + each, WEEKS);
        }
        add(place, gap, "linearInterpolation", line, into);
        if (Arrays.stream(profile).noneMatch(Double::isNaN)) {
            add(place, gap, "medianProfileOf4WeeksAround", profile, into);
        }
    }
}
