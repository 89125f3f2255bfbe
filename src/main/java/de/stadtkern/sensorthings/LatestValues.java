package de.stadtkern.sensorthings;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The front door for whoever follows many Datastreams of the bound town at once: what is new since they last looked,
/// and when each was last heard of. One statement for all of them, and none that reads what has been seen.
@Component
public class LatestValues {

    /// Most values of one Datastream that are given at once; the others come when it is asked again.
    public static final int AT_ONCE = 1_000;

    private final JdbcClient jdbc;

    LatestValues(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /// @param key   of the asker's own
    /// @param after beginning of the last value seen
    public record Seen(long key, long datastreamId, Instant after) {}

    /// @param number null if the result is no number
    public record Value(long key, Instant start, @Nullable Double number) {}

    /// The values that begin later than what was seen, by key and time.
    public void after(List<Seen> seen, Consumer<Value> consumer) {
        jdbc.sql("""
            with w as materialized (
              select k, d, s from unnest(:keys::bigint[], :datastreams::bigint[], :after::timestamptz[]) as x(k, d, s)
            )
            select w.k, o.phenomenon_start, o.result from w
            join datastream_state t on t.datastream_id = w.d and t.last_start > w.s
            cross join lateral (
              select phenomenon_start, result from observation
              where datastream_id = w.d and phenomenon_start > w.s and phenomenon_start <= t.last_start
              order by phenomenon_start, id limit :most) o
            order by w.k, o.phenomenon_start
            """)
                .param("keys", seen.stream().mapToLong(Seen::key).toArray())
                .param(
                        "datastreams",
                        seen.stream().mapToLong(Seen::datastreamId).toArray())
                .param(
                        "after",
                        seen.stream()
                                .map(one -> one.after().atOffset(ZoneOffset.UTC).toString())
                                .toArray(String[]::new),
                        Types.ARRAY)
                .param("most", AT_ONCE)
                .query(row -> {
                    consumer.accept(new Value(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant(),
                            row.getObject(3, Double.class)));
                });
    }

    /// Beginning of the newest value of each; one without any is absent.
    public Map<Long, Instant> newest(Collection<Long> datastreamIds) {
        Map<Long, Instant> newest = new HashMap<>();
        jdbc.sql("""
            with w as materialized (select unnest(?::bigint[]) as d)
            select t.datastream_id, t.last_start from w join datastream_state t on t.datastream_id = w.d
            where t.last_start is not null
            """)
                .param(datastreamIds.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    newest.put(
                            row.getLong(1),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                });
        return newest;
    }
}
