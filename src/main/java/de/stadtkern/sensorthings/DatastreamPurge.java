package de.stadtkern.sensorthings;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Removes the Observations of deleted Datastreams, month by month: hiding answered the caller at once, this is what
/// takes its time. Deleting by time windows with constant bounds costs 0.5 µs a row, by lists of ids fifty times as
/// much.
@Component
class DatastreamPurge implements TownJob {

    private final JdbcClient jdbc;

    DatastreamPurge(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    private record Hidden(
            long id,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to) {}

    @Override
    public String name() {
        return "datastream-purge";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        for (Hidden hidden : findHidden()) {
            jdbc.sql("""
                delete from observation_moved m using observation o
                where o.id = m.id and o.phenomenon_start = m.phenomenon_start and o.datastream_id = ?
                """).param(hidden.id).update();
            deleteObservations(hidden);
            deleteRest(hidden.id);
        }
        jdbc.sql("delete from change_log where at < now() - interval '1 hour'").update();
    }

    /// The Observations say themselves how far they reach: a write that was under way while the Datastream was hidden
    /// counts too. One that ended only after the last was gone has begun totals of a Datastream that is no more.
    private List<Hidden> findHidden() {
        return jdbc.sql("""
            select d.id, (select min(phenomenon_start) from observation where datastream_id = d.id) as first,
              (select max(phenomenon_start) from observation where datastream_id = d.id) as last
            from (
              select id from datastream where hidden
              union all
              select s.datastream_id from datastream_state s where not exists (select from datastream d where d.id = s.datastream_id)
            ) d order by d.id
            """)
                .query((row, number) -> new Hidden(
                        row.getLong("id"),
                        row.getObject("first", OffsetDateTime.class),
                        row.getObject("last", OffsetDateTime.class)))
                .list();
    }

    private void deleteObservations(Hidden hidden) {
        if (hidden.from == null || hidden.to == null) {
            return;
        }
        OffsetDateTime from = hidden.from;
        while (!from.isAfter(hidden.to)) {
            // A Datastream with dates far apart is not walked through in months of nothing.
            OffsetDateTime next = jdbc.sql(
                            "select coalesce(min(phenomenon_start), ?) from observation where datastream_id = ? and"
                                    + " phenomenon_start >= ?")
                    .params(hidden.to, hidden.id, from)
                    .query(OffsetDateTime.class)
                    .single();
            OffsetDateTime to = next.plus(31, ChronoUnit.DAYS);
            jdbc.sql("delete from observation where datastream_id = ? and phenomenon_start >= ? and"
                            + " phenomenon_start < ?")
                    .params(hidden.id, next, to)
                    .update();
            from = to;
        }
    }

    private void deleteRest(long datastreamId) {
        for (String table : List.of("rollup_hour", "rollup_day", "dirty_log", "datastream_state")) {
            jdbc.sql("delete from " + table + " where datastream_id = ?")
                    .param(datastreamId)
                    .update();
        }
        jdbc.sql("delete from datastream where id = ?").param(datastreamId).update();
    }
}
