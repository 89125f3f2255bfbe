package de.stadtkern.footfall;

import de.stadtkern.sensorthings.HoursRolledUp;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Hears which hours of Datastreams were put together anew, in the transaction that does so: whatever was, is marked
/// here, and nothing else. The running hour is looked at when it is over.
@Component
class HourMarks {

    private final JdbcClient jdbc;

    HourMarks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Seconds since 1970 and not texts, which a year before the first cannot be written as.
    @EventListener
    void on(HoursRolledUp event) {
        jdbc.sql("""
            with x as materialized (
              select d, timestamptz 'epoch' + f * interval '1 second' as f, timestamptz 'epoch' + t * interval '1 second' as t
              from unnest(:datastreams::bigint[], :from::bigint[], :to::bigint[]) as y(d, f, t)
            )
            insert into footfall_mark (counter_id, hour_from, hour_to)
            select c.counter_id, x.f, least(x.t, date_trunc('hour', now()))
            from x join footfall_channel c on c.datastream_id = x.d where x.f < date_trunc('hour', now())
            """)
                .param(
                        "datastreams",
                        event.stretches().stream()
                                .mapToLong(HoursRolledUp.Stretch::datastreamId)
                                .toArray())
                .param(
                        "from",
                        event.stretches().stream()
                                .mapToLong(stretch -> stretch.from().getEpochSecond())
                                .toArray())
                .param(
                        "to",
                        event.stretches().stream()
                                .mapToLong(stretch -> stretch.to().getEpochSecond())
                                .toArray())
                .update();
    }
}
