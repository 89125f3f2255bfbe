package de.stadtkern.footfall;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Puts faults into counts that are as they were measured, watches as if it were happening, and tells which faults were
/// found and how soon; and on the counts without any fault put in, how many hours are flagged.
final class FaultEvaluation {

    record Question(FootfallCommand.Period period, long seed) {}

    /// What is put in.
    private enum Injected {
        ZEROS {
            @Override
            double of(double count, double before) {
                return 0;
            }
        },
        HALVED {
            @Override
            double of(double count, double before) {
                return Math.rint(count / 2);
            }
        },
        TRIPLED {
            @Override
            double of(double count, double before) {
                return 3 * count;
            }
        },
        STUCK {
            @Override
            double of(double count, double before) {
                return before;
            }
        };

        abstract double of(double count, double before);
    }

    /// Faults begin by day and last two days.
    private static final int LASTING = 48;

    /// Days before the trial that are known; more would only cost time.
    private static final int HISTORY = 3 * 364 + 60;

    private static final int EARLIEST = 8;
    private static final int LATEST = 17;
    private static final int APART = 14;
    private static final int ROUNDS = 4;
    /// Nobody sees a fault in an hour in which hardly anybody comes.
    private static final double LEAST = 20;

    private record Episode(Injected what, int from) {}

    /// What became of the faults of one kind.
    private static final class Found {
        private int all;
        private final List<Integer> delays = new ArrayList<>();

        Map<String, Object> printed() {
            Map<String, Object> printed = new LinkedHashMap<>();
            printed.put("injected", all);
            printed.put("recall", rounded((double) delays.size() / Math.max(1, all)));
            if (!delays.isEmpty()) {
                printed.put(
                        "medianDelayHours",
                        Usual.median(
                                delays.stream()
                                        .mapToDouble(Integer::doubleValue)
                                        .toArray(),
                                delays.size()));
            }
            return printed;
        }
    }

    /// Of one place, or of all.
    private static final class Outcome {
        private final Map<Injected, Found> found = new TreeMap<>();
        private final Map<Fault, Integer> open = new TreeMap<>();
        private int explained;
        /// Hours from which nothing came: that is no suspicion.
        private int silent;
        /// Hours of an outage that was told before.
        private int outage;
        private double weeks;

        Map<String, Object> printed() {
            Map<String, Object> printed = new LinkedHashMap<>();
            found.forEach((what, each) -> printed.put(what.name().toLowerCase(java.util.Locale.ROOT), each.printed()));
            int flagged = open.values().stream().mapToInt(Integer::intValue).sum();
            printed.put("sensorWeeks", rounded(weeks));
            printed.put("flaggedHoursPerSensorWeek", rounded(flagged / weeks));
            printed.put("flaggedHoursPerSensorWeekBeforeExplanation", rounded((flagged + explained) / weeks));
            Map<String, Object> kinds = new LinkedHashMap<>();
            open.forEach((fault, hours) -> kinds.put(fault.name().toLowerCase(java.util.Locale.ROOT), hours));
            printed.put("flaggedHours", kinds);
            printed.put("silentHours", silent);
            printed.put("outageHours", outage);
            return printed;
        }
    }

    private final List<HourlySeries> places;
    private final List<Weather> weather;
    private final Question question;
    private final Consumer<String> progress;
    private final Occasions occasions;

    FaultEvaluation(CountFile.Read read, Occasions occasions, Question question, Consumer<String> progress) {
        LocalDate start = question.period().from().minusDays(HISTORY);
        LocalHours hours = read.places().getFirst().hours();
        LocalDate from = start.isBefore(hours.date(0)) ? hours.date(0) : start;
        LocalDate to = hours.date(hours.days() - 1);
        this.places =
                read.places().stream().map(place -> place.reaching(from, to)).toList();
        this.weather = read.places().stream()
                .map(place ->
                        read.weather().getOrDefault(place.place(), Weather.NONE).reaching(hours, from, to))
                .toList();
        this.occasions = occasions;
        this.question = question;
        this.progress = progress;
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    Map<String, Object> printed() {
        var overall = new Outcome();
        List<Outcome> outcomes = places.stream().map(_ -> new Outcome()).toList();
        progress.accept("the counts as they are");
        List<List<Flag>> flags = watch(places);
        for (int place = 0; place < places.size(); place++) {
            count(places.get(place), flags.get(place), List.of(outcomes.get(place), overall));
        }
        for (int round = 0; round < ROUNDS; round++) {
            progress.accept("faults, round %d of %d".formatted(round + 1, ROUNDS));
            inject(round, flags, outcomes, overall);
        }
        Map<String, Object> byPlace = new LinkedHashMap<>();
        for (int place = 0; place < places.size(); place++) {
            byPlace.put(places.get(place).place(), outcomes.get(place).printed());
        }
        Map<String, Object> printed = new LinkedHashMap<>();
        printed.put("seed", question.seed());
        printed.put("faultsLastHours", LASTING);
        printed.put("places", byPlace);
        printed.put("overall", overall.printed());
        return printed;
    }

    private List<List<Flag>> watch(List<HourlySeries> series) {
        return new FaultWatch(series, weather, occasions)
                .watch(question.period().from(), question.period().to());
    }

    private void count(HourlySeries place, List<Flag> flags, List<Outcome> into) {
        LocalHours hours = place.hours();
        int from = hours.dayStart(Math.max(0, hours.dayOf(question.period().from())));
        int to = hours.dayStart(
                Math.min(hours.days(), hours.dayOf(question.period().to()) + 1));
        for (Outcome outcome : into) {
            outcome.weeks += (to - from) / 168.0;
            for (Flag flag : flags) {
                if (Double.isNaN(flag.counted())) {
                    outcome.silent++;
                } else if (flag.isOpen()) {
                    outcome.open.merge(flag.fault(), 1, Integer::sum);
                } else if (flag.explanation() == Flag.Explanation.OUTAGE) {
                    outcome.outage++;
                } else {
                    outcome.explained++;
                }
            }
        }
    }

    /// Into all places, each in its own days.
    private void inject(int round, List<List<Flag>> before, List<Outcome> outcomes, Outcome overall) {
        List<List<Episode>> episodes = new ArrayList<>();
        List<HourlySeries> injected = new ArrayList<>();
        for (int place = 0; place < places.size(); place++) {
            HourlySeries series = places.get(place);
            var random = new SplittableRandom(question.seed() * 131 + place * 17L + round);
            episodes.add(episodes(series, random, round, place * APART / places.size()));
            double[] counts = series.counts();
            for (Episode episode : episodes.getLast()) {
                for (int at = episode.from; at < episode.from + LASTING; at++) {
                    counts[at] = episode.what.of(counts[at], counts[at - 1]);
                }
            }
            injected.add(series.with(counts));
        }
        List<List<Flag>> flags = watch(injected);
        for (int place = 0; place < places.size(); place++) {
            look(episodes.get(place), before.get(place), flags.get(place), List.of(outcomes.get(place), overall));
        }
    }

    /// An hour that is flagged without the fault does not count as found.
    private static void look(List<Episode> episodes, List<Flag> before, List<Flag> flags, List<Outcome> into) {
        Set<Integer> anyway = before.stream().filter(Flag::isOpen).map(Flag::at).collect(Collectors.toSet());
        int[] flagged = flags.stream()
                .filter(Flag::isOpen)
                .mapToInt(Flag::at)
                .filter(at -> !anyway.contains(at))
                .toArray();
        for (Episode episode : episodes) {
            int found = Arrays.stream(flagged)
                    .filter(at -> at >= episode.from && at < episode.from + LASTING)
                    .findFirst()
                    .orElse(-1);
            for (Outcome outcome : into) {
                Found each = outcome.found.computeIfAbsent(episode.what, _ -> new Found());
                each.all++;
                if (found >= 0) {
                    each.delays.add(found - episode.from + 1);
                }
            }
        }
    }

    private List<Episode> episodes(HourlySeries series, SplittableRandom random, int round, int shift) {
        LocalHours hours = series.hours();
        int first = Math.max(1, hours.dayOf(question.period().from())) + shift;
        int last = Math.min(hours.days() - 1, hours.dayOf(question.period().to())) - LASTING / 24;
        List<Episode> episodes = new ArrayList<>();
        int next = round;
        for (int day = first; day + APART <= last; day += APART) {
            int at = hours.at(day + random.nextInt(4), EARLIEST + random.nextInt(LATEST - EARLIEST + 1));
            if (at > 0
                    && series.sum(at - 1, at + LASTING).there() == LASTING + 1
                    && series.count(at - 1) > 0
                    && Profiles.lastWeeks(series, at, 4) >= LEAST) {
                episodes.add(new Episode(Injected.values()[next++ % Injected.values().length], at));
            }
        }
        return episodes;
    }
}
