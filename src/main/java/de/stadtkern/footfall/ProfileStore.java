package de.stadtkern.footfall;

import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers what is usual at the hours around today, and what was said of those that are past.
@Repository
class ProfileStore {

    private final JdbcClient jdbc;

    ProfileStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is to be expected of an hour.
    record Expected(Instant hour, double expected, Band likely, Band wide) {}

    /// Hours that are over keep what was said of them first.
    void put(long counter, List<Expected> hours, Instant now) {
        jdbc.sql("""
            insert into footfall_profile (counter_id, hour, expected, low, high, wide_low, wide_high, made_at)
            select :counter, h, e, l, g, wl, wg, :now
            from unnest(:hours::timestamptz[], :expected::float8[], :low::float8[], :high::float8[], :widelow::float8[], :widehigh::float8[])
              as y(h, e, l, g, wl, wg)
            on conflict (counter_id, hour) do update set expected = excluded.expected, low = excluded.low, high = excluded.high,
              wide_low = excluded.wide_low, wide_high = excluded.wide_high, made_at = excluded.made_at
            """)
                .param("counter", counter)
                .param("now", HourStore.utc(now))
                .param(
                        "hours",
                        hours.stream()
                                .map(hour -> HourStore.utc(hour.hour()).toString())
                                .toArray(String[]::new),
                        Types.ARRAY)
                .param("expected", numbers(hours, Expected::expected))
                .param("low", numbers(hours, hour -> hour.likely().low()))
                .param("high", numbers(hours, hour -> hour.likely().high()))
                .param("widelow", numbers(hours, hour -> hour.wide().low()))
                .param("widehigh", numbers(hours, hour -> hour.wide().high()))
                .update();
    }

    private static double[] numbers(List<Expected> hours, ToDoubleFunction<Expected> part) {
        return hours.stream().mapToDouble(part).toArray();
    }

    Map<Instant, Expected> of(long counter, Instant from, Instant to) {
        return jdbc
                .sql("select * from footfall_profile where counter_id = ? and hour >= ? and hour < ?")
                .params(counter, HourStore.utc(from), HourStore.utc(to))
                .query((row, _) -> new Expected(
                        Objects.requireNonNull(HourStore.instant(row, "hour")),
                        row.getDouble("expected"),
                        new Band(row.getDouble("low"), row.getDouble("high")),
                        new Band(row.getDouble("wide_low"), row.getDouble("wide_high"))))
                .list()
                .stream()
                .collect(Collectors.toMap(Expected::hour, Function.identity()));
    }

    /// What was said of hours that are not over holds no more.
    void forget(long counter, Instant from) {
        jdbc.sql("delete from footfall_profile where counter_id = ? and hour >= ?")
                .params(counter, HourStore.utc(from))
                .update();
    }

    void deleteBefore(Instant time) {
        jdbc.sql("delete from footfall_profile where hour < ?")
                .param(HourStore.utc(time))
                .update();
    }
}
