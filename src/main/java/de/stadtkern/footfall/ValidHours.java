package de.stadtkern.footfall;

import de.stadtkern.footfall.HourStore.Stretch;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// The hours of counters that can be compared: those that were counted and, where somebody wants them, those that were
/// estimated. A year of hours of six places is read at once, so each place comes as one row.
@Repository
class ValidHours {

    private final JdbcClient jdbc;
    private final SuppressionStore rules;
    private final OpeningStore openings;

    ValidHours(JdbcClient jdbc, SuppressionStore rules, OpeningStore openings) {
        this.jdbc = jdbc;
        this.rules = rules;
        this.openings = openings;
    }

    /// Figures by the number of their hour from the first one; NaN where there is none.
    ///
    /// @param opening of the place: of hours in which it is closed nobody asks
    record Hours(long first, double[] values, boolean[] estimated, OpeningHours opening) {

        static final Hours NONE = new Hours(0, new double[0], new boolean[0], OpeningHours.NONE);

        static Hours none(Stretch stretch, OpeningHours opening) {
            long first = LocalHours.epochHour(stretch.from());
            int size = Math.toIntExact(LocalHours.epochHour(stretch.to().minusSeconds(1)) + 1 - first);
            double[] values = new double[Math.max(0, size)];
            Arrays.fill(values, Double.NaN);
            return new Hours(first, values, new boolean[values.length], opening);
        }

        double value(Instant hour) {
            int at = at(hour);
            return at < 0 ? Double.NaN : values[at];
        }

        boolean isEstimated(Instant hour) {
            int at = at(hour);
            return at >= 0 && estimated[at];
        }

        private int at(Instant hour) {
            long at = LocalHours.epochHour(hour) - first;
            return at < 0 || at >= values.length ? -1 : (int) at;
        }

        private void put(long hour, double value, boolean isEstimated) {
            int at = (int) (hour - first);
            values[at] = value;
            estimated[at] = isEstimated;
        }
    }

    /// Of each of these counters, also of one that has none.
    ///
    /// @param factors by counter, for figures as they are published; none for those that came
    Map<Long, Hours> of(Collection<Long> counters, Stretch stretch, boolean estimates, Map<Long, Factors> factors) {
        return of(counters, List.of(stretch), estimates, factors);
    }

    /// The same of several stretches, oldest first; what lies between them is not read and counts as missing.
    Map<Long, Hours> of(
            Collection<Long> counters, List<Stretch> stretches, boolean estimates, Map<Long, Factors> factors) {
        Map<Long, Hours> hours = new HashMap<>();
        Map<Long, OpeningHours> opening = openings.all();
        Stretch whole = stretches.isEmpty()
                ? new Stretch(Instant.EPOCH, Instant.EPOCH)
                : new Stretch(stretches.getFirst().from(), stretches.getLast().to());
        counters.forEach(counter ->
                hours.put(counter, Hours.none(whole, opening.getOrDefault(counter, OpeningHours.NONE))));
        if (!stretches.isEmpty()) {
            read(hours, counters, stretches, estimates, factors);
        }
        return hours;
    }

    private void read(
            Map<Long, Hours> hours,
            Collection<Long> counters,
            List<Stretch> stretches,
            boolean estimates,
            Map<Long, Factors> factors) {
        Suppression rule = rules.find();
        boolean isDivided = factors.values().stream().anyMatch(Factors::isByDirection);
        jdbc.sql("""
            with w as materialized (select f, t from unnest(:from::timestamptz[], :to::timestamptz[]) as x(f, t))
            select counter_id, array_agg((date_part('epoch', hour) / 3600)::int) as hours, array_agg(value) as numbers,
              array_agg(case when state in ('measured', 'late') and settled_at is not null then inward end)
                filter (where :divided) as inward,
              array_agg(state = 'estimated') filter (where :estimates) as guessed
            from w join footfall_hour on hour >= w.f and hour < w.t
            where counter_id = any(:counters::bigint[]) and value is not null
              and (state in ('measured', 'late', 'corrected') or :estimates and state = 'estimated')
            group by counter_id
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("from", times(stretches, Stretch::from), Types.ARRAY)
                .param("to", times(stretches, Stretch::to), Types.ARRAY)
                .param("estimates", estimates)
                .param("divided", isDivided)
                .query(row -> {
                    Hours own = hours.get(row.getLong("counter_id"));
                    Integer[] numbers = (Integer[]) row.getArray("hours").getArray();
                    Double[] values = (Double[]) row.getArray("numbers").getArray();
                    Boolean[] guessed =
                            estimates ? (Boolean[]) row.getArray("guessed").getArray() : new Boolean[0];
                    Double[] inward =
                            isDivided ? (Double[]) row.getArray("inward").getArray() : new Double[0];
                    var factor = new Calibrated(factors.getOrDefault(row.getLong("counter_id"), Factors.NONE), rule);
                    for (int at = 0; own != null && at < numbers.length; at++) {
                        own.put(
                                numbers[at],
                                values[at] * factor.of(hour(numbers[at]), values[at], isDivided ? inward[at] : null),
                                estimates && guessed[at]);
                    }
                });
    }

    /// By what the hours of one counter are multiplied, one after the other.
    private static final class Calibrated {

        private final Factors factors;
        private final Suppression rule;
        private Factors.Held held;

        Calibrated(Factors factors, Suppression rule) {
            this.factors = factors;
            this.rule = rule;
            this.held = factors.held(Instant.EPOCH);
        }

        double of(Instant hour, double value, @Nullable Double inward) {
            if (!held.holds(hour)) {
                held = factors.held(hour);
            }
            if (!held.isDivided()) {
                return held.in().value();
            }
            Directions directions = rule.of(HourState.MEASURED, true, HourStore.directions(value, inward));
            return factors.of(hour, directions).value();
        }
    }

    private static String[] times(List<Stretch> stretches, Function<Stretch, Instant> part) {
        return stretches.stream().map(part).map(Instant::toString).toArray(String[]::new);
    }

    private static Instant hour(int number) {
        return Instant.ofEpochSecond(number * 3600L);
    }
}
