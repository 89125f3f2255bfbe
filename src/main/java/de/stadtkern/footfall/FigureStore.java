package de.stadtkern.footfall;

import de.stadtkern.footfall.HourStore.Stretch;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads prepared figures of many counters at once, for pages: as many statements for a hundred as for one.
@Repository
class FigureStore {

    /// The stretches as rows; what joins them has an index that begins with the counter.
    private static final String STRETCHES = """
        with w as materialized (
          select c, f, t from unnest(:counters::bigint[], :from::timestamptz[], :to::timestamptz[]) as x(c, f, t)
        )
        """;

    private final JdbcClient jdbc;
    private final SuppressionStore rules;

    FigureStore(JdbcClient jdbc, SuppressionStore rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /// An hour in short.
    ///
    /// @param directions as everybody may read them
    record Figure(Instant hour, @Nullable Double value, Directions directions, HourState state) {}

    /// A day of the town, made of its hours.
    record DaySum(
            long counterId,
            LocalDate day,
            double counted,
            double estimated,
            int hoursCounted,
            int hoursEstimated,
            int hoursExcused,
            int hoursMissing) {

        DaySum saying(double otherCounted, double otherEstimated) {
            return new DaySum(
                    counterId,
                    day,
                    otherCounted,
                    otherEstimated,
                    hoursCounted,
                    hoursEstimated,
                    hoursExcused,
                    hoursMissing);
        }

        /// Share of the hours that were counted, of those in which somebody could pass; NaN if there is none.
        double completeness() {
            int all = hoursCounted + hoursEstimated + hoursMissing;
            return all == 0 ? Double.NaN : (double) hoursCounted / all;
        }
    }

    /// The last day on which something was counted; a counter without one is absent.
    Map<Long, LocalDate> lastDays(Collection<Long> counters) {
        Map<Long, LocalDate> days = new HashMap<>();
        jdbc.sql("""
            with w as materialized (select unnest(?::bigint[]) as c)
            select w.c, d.day from w cross join lateral (
              select day from footfall_day where counter_id = w.c and hours_counted > 0 order by day desc limit 1) d
            """)
                .param(counters.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    days.put(row.getLong(1), row.getObject(2, LocalDate.class));
                });
        return days;
    }

    /// Hours by counter, oldest first.
    Map<Long, List<Figure>> hours(Collection<Map.Entry<Long, Stretch>> stretches) {
        Map<Long, List<Figure>> hours = new HashMap<>();
        Suppression rule = rules.find();
        ask(stretches, """
            select h.counter_id, h.hour, h.value, h.counted, h.inward, h.state, h.settled_at is not null
            from w join footfall_hour h on h.counter_id = w.c and h.hour >= w.f and h.hour < w.t order by 1, 2
            """).query(row -> {
            hours.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Figure(
                            Objects.requireNonNull(HourStore.instant(row, "hour")),
                            row.getObject(3, Double.class),
                            rule.of(
                                    HourState.of(row.getString(6)),
                                    row.getBoolean(7),
                                    HourStore.directions(
                                            row.getObject(4, Double.class), row.getObject(5, Double.class))),
                            HourState.of(row.getString(6))));
        });
        return hours;
    }

    /// What is expected, by counter and hour.
    Map<Long, Map<Instant, ProfileStore.Expected>> expected(Map<Long, Stretch> stretches) {
        Map<Long, Map<Instant, ProfileStore.Expected>> expected = new HashMap<>();
        ask(stretches.entrySet(), """
            select p.counter_id, p.hour, p.expected, p.low, p.high, p.wide_low, p.wide_high
            from w join footfall_profile p on p.counter_id = w.c and p.hour >= w.f and p.hour < w.t
            """).query(row -> {
            Instant hour = Objects.requireNonNull(HourStore.instant(row, "hour"));
            expected.computeIfAbsent(row.getLong(1), _ -> new HashMap<>())
                    .put(
                            hour,
                            new ProfileStore.Expected(
                                    hour,
                                    row.getDouble(3),
                                    new Band(row.getDouble(4), row.getDouble(5)),
                                    new Band(row.getDouble(6), row.getDouble(7))));
        });
        return expected;
    }

    private JdbcClient.StatementSpec ask(Collection<Map.Entry<Long, Stretch>> rows, String sql) {
        return jdbc.sql(STRETCHES + sql)
                .param("counters", rows.stream().mapToLong(Map.Entry::getKey).toArray())
                .param(
                        "from",
                        rows.stream()
                                .map(row -> HourStore.utc(row.getValue().from()).toString())
                                .toArray(String[]::new),
                        Types.ARRAY)
                .param(
                        "to",
                        rows.stream()
                                .map(row -> HourStore.utc(row.getValue().to()).toString())
                                .toArray(String[]::new),
                        Types.ARRAY);
    }

    /// Those of the days of which each of 24 hours was counted, in no order.
    List<DaySum> wholeDays(Collection<Long> counters, Collection<LocalDate> days) {
        return jdbc.sql("""
            select counter_id, day - date '1970-01-01', counted from footfall_day
            where counter_id = any(:counters::bigint[]) and day = any(:days::date[])
              and hours_counted = 24 and hours_estimated = 0 and hours_excused = 0 and hours_missing = 0
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("days", days.stream().map(LocalDate::toString).toArray(String[]::new), Types.ARRAY)
                .query((row, _) -> new DaySum(
                        row.getLong(1), LocalDate.ofEpochDay(row.getInt(2)), row.getDouble(3), 0, 24, 0, 0, 0))
                .list();
    }

    /// Days of these counters from one to the other, both included, oldest first.
    List<DaySum> days(Collection<Long> counters, LocalDate first, LocalDate last) {
        return jdbc.sql("""
            select * from footfall_day where counter_id = any(:counters::bigint[]) and day >= :first and day <= :last
            order by counter_id, day
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("first", java.sql.Date.valueOf(first))
                .param("last", java.sql.Date.valueOf(last))
                .query((row, _) -> new DaySum(
                        row.getLong("counter_id"),
                        row.getObject("day", LocalDate.class),
                        row.getDouble("counted"),
                        row.getDouble("estimated"),
                        row.getInt("hours_counted"),
                        row.getInt("hours_estimated"),
                        row.getInt("hours_excused"),
                        row.getInt("hours_missing")))
                .list();
    }
}
