package de.stadtkern.footfall;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers how far off the methods were.
@Repository
class ScoreStore {

    private final JdbcClient jdbc;

    ScoreStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Measures what was said of these days, both included, by what was counted: of hours that are settled, and for
    /// which the week before can be asked as well.
    void measureForecasts(long counter, LocalDate first, LocalDate last, ZoneId zone) {
        jdbc.sql("""
            with fresh as materialized (
              select (h.hour at time zone :zone)::date as day, count(*) as hours, sum(h.value) as counted,
                sum(abs(h.value - p.expected)) as off, sum(abs(h.value - b.value)) as plain_off,
                count(*) filter (where h.value between p.low and p.high) as likely,
                count(*) filter (where h.value between p.wide_low and p.wide_high) as wide
              from footfall_hour h
                join footfall_profile p on p.counter_id = h.counter_id and p.hour = h.hour
                join footfall_hour b on b.counter_id = h.counter_id
                  and b.hour = (h.hour at time zone :zone - interval '7 days') at time zone :zone
              where h.counter_id = :counter and h.hour >= :from and h.hour < :to and h.settled_at is not null
                and h.state in ('measured', 'late', 'corrected') and b.state in ('measured', 'late', 'corrected')
              group by 1
            )
            insert into footfall_score (counter_id, day, kind, hours, counted, off, plain_off, likely, wide)
            select :counter, day, 'forecast', hours, counted, off, plain_off, likely, wide from fresh
            on conflict (counter_id, day, kind) do update set hours = excluded.hours, counted = excluded.counted,
              off = excluded.off, plain_off = excluded.plain_off, likely = excluded.likely, wide = excluded.wide
            """)
                .param("counter", counter)
                .param("zone", zone.getId())
                .param("from", HourStore.utc(first.atStartOfDay(zone).toInstant()))
                .param("to", HourStore.utc(last.plusDays(1).atStartOfDay(zone).toInstant()))
                .update();
    }

    void put(DayScore score) {
        jdbc.sql("""
            insert into footfall_score (counter_id, day, kind, hours, counted, off, plain_off, likely, wide)
            values (:counter, :day, :kind, :hours, :counted, :off, :plain, :likely, :wide)
            on conflict (counter_id, day, kind) do update set hours = excluded.hours, counted = excluded.counted,
              off = excluded.off, plain_off = excluded.plain_off, likely = excluded.likely, wide = excluded.wide
            """)
                .param("counter", score.counterId())
                .param("day", Date.valueOf(score.day()))
                .param("kind", score.kind().key())
                .param("hours", score.hours())
                .param("counted", score.counted())
                .param("off", score.off())
                .param("plain", score.plainOff())
                .param("likely", score.likely())
                .param("wide", score.wide())
                .update();
    }

    boolean has(long counter, LocalDate day, DayScore.Kind kind) {
        return jdbc.sql("select exists (select from footfall_score where counter_id = ? and day = ? and kind = ?)")
                .params(counter, Date.valueOf(day), kind.key())
                .query(Boolean.class)
                .single();
    }

    /// Of each counter and kind its last measured days together; those without one are absent.
    List<DayScore> together(Collection<Long> counters, int days) {
        return jdbc.sql("""
            with w as materialized (
              select c, k from unnest(:counters::bigint[]) as x(c) cross join (values ('forecast'), ('gap')) as y(k)
            )
            select w.c as counter_id, w.k as kind, max(s.day) as day, count(*) as days, sum(s.hours) as hours,
              sum(s.counted) as counted, sum(s.off) as off, sum(s.plain_off) as plain_off, sum(s.likely) as likely,
              sum(s.wide) as wide
            from w cross join lateral (
              select * from footfall_score where counter_id = w.c and kind = w.k order by day desc limit :days) s
            group by 1, 2
            """)
                .param("counters", counters.stream().mapToLong(Long::longValue).toArray())
                .param("days", days)
                .query(ScoreStore::score)
                .list();
    }

    /// Each day of its own, the newest first.
    List<DayScore> list(long counter, int most) {
        return jdbc.sql("""
            select *, 1 as days from footfall_score where counter_id = ? order by day desc, kind limit ?
            """).params(counter, most).query(ScoreStore::score).list();
    }

    private static DayScore score(ResultSet row, int number) throws SQLException {
        return new DayScore(
                row.getLong("counter_id"),
                row.getObject("day", LocalDate.class),
                DayScore.Kind.of(row.getString("kind")),
                row.getInt("days"),
                row.getInt("hours"),
                row.getDouble("counted"),
                row.getDouble("off"),
                row.getDouble("plain_off"),
                row.getInt("likely"),
                row.getInt("wide"));
    }
}
