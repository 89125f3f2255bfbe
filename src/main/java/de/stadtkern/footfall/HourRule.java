package de.stadtkern.footfall;

import de.stadtkern.footfall.HourKeeper.Observed;
import de.stadtkern.sensorthings.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is to be published of an hour, from what came, what was published before and what is known of its time.
final class HourRule {

    private static final Duration AROUND = Duration.ofHours(12);

    private HourRule() {}

    /// Empty where nothing is to be said yet, or nothing else than before.
    static Optional<CountedHour> of(
            Instant hour, Observed observed, @Nullable CountedHour before, CounterTimes times, Instant now) {
        boolean settled =
                !hour.plus(Duration.ofHours(1)).plus(HourKeeper.PATIENCE).isAfter(now);
        CountedHour fresh = judged(hour, observed, before, times, now, settled);
        boolean waiting = !settled && before == null && fresh.state() == HourState.MISSING;
        return waiting || before != null && before.says(fresh) ? Optional.empty() : Optional.of(fresh);
    }

    private static CountedHour judged(
            Instant hour,
            Observed observed,
            @Nullable CountedHour before,
            CounterTimes times,
            Instant now,
            boolean settled) {
        Optional<HourState> known = times.state(hour);
        HourState state = known.orElseGet(() -> observed.share() >= 1 ? counted(observed, before) : HourState.MISSING);
        Double value = state.isCounted() || state.isExcused() ? observed.sum() : null;
        if (before != null && state == HourState.MISSING && isEstimateOf(before, observed)) {
            return before;
        }
        Instant settledAt = before != null && before.settledAt() != null ? before.settledAt() : settled ? now : null;
        return new CountedHour(
                hour,
                observed.sum(),
                observed.directions(),
                parts(observed, before),
                value,
                null,
                null,
                state,
                observed.share(),
                CountedHour.METHOD,
                now,
                settledAt);
    }

    private static Parts parts(Observed observed, @Nullable CountedHour before) {
        return before == null || before.settledAt() == null || before.parts() == null
                ? observed.parts()
                : observed.parts().after(before.parts());
    }

    /// Whether it was worked out from the same that came.
    private static boolean isEstimateOf(CountedHour before, Observed observed) {
        return before.state() == HourState.ESTIMATED
                && Objects.equals(before.counted(), observed.sum())
                && before.completeness() == observed.share();
    }

    private static HourState counted(Observed observed, @Nullable CountedHour before) {
        if (before == null || before.settledAt() == null) {
            return HourState.MEASURED;
        }
        boolean whole = before.counted() != null && before.completeness() >= 1;
        if (!whole) {
            return HourState.LATE;
        }
        if (!Objects.equals(before.counted(), observed.sum())
                || observed.directions().corrects(before.directions())) {
            return HourState.CORRECTED;
        }
        return before.state().isCounted() ? before.state() : HourState.MEASURED;
    }

    /// Share of each hour that was observed: how many values it has, by how many the hours around it usually have.
    ///
    /// @param hours of one Datastream, oldest first
    static Map<Bucket, Double> shares(List<Bucket> hours) {
        Map<Bucket, Double> shares = new LinkedHashMap<>();
        int from = 0;
        int to = 0;
        for (Bucket hour : hours) {
            while (hours.get(from).start().isBefore(hour.start().minus(AROUND))) {
                from++;
            }
            while (to < hours.size()
                    && !hours.get(to).start().isAfter(hour.start().plus(AROUND))) {
                to++;
            }
            shares.put(hour, Math.min(1, (double) hour.n() / usual(hours.subList(from, to))));
        }
        return shares;
    }

    private static long usual(List<Bucket> hours) {
        long[] numbers = hours.stream().mapToLong(Bucket::n).sorted().toArray();
        // Of an even number the larger one: a first hour that began late is not taken for what is usual.
        return Math.max(
                1, Arrays.stream(numbers).skip(numbers.length / 2).findFirst().orElse(1));
    }
}
