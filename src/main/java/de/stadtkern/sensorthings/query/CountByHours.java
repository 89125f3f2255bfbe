package de.stadtkern.sensorthings.query;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import org.jspecify.annotations.Nullable;

/// How many Observations of some Datastreams lie in a [TimeRange], exact at this moment: whole days and hours from the
/// roll-ups, what these do not know from the Observations themselves, all of one snapshot.
///
/// A Datastream is counted in one of four ways. All it has lies in the range: by its total. Its hours tell too little
/// (a result that was no number, an Observation of more than a day, hours that outlived their Observations): by
/// looking at each. Its Observations are moments: by hours. They last up to a day: by hours that end a day before the
/// range does, because what begins later may end outside.
final class CountByHours {

    private static final Duration LONGEST = Duration.ofDays(1);

    private static final String ALL = "0";
    private static final String EACH = "1";
    private static final String MOMENTS = "2";
    private static final String LASTING = "3";

    private final TimeRange range;
    private final Sql filter;
    private final ZoneId zone;
    private final Sql sql = new Sql();

    private CountByHours(TimeRange range, Sql filter, ZoneId zone) {
        this.range = range;
        this.filter = filter;
        this.zone = zone;
    }

    /// @param datastreams what holds for the ids of those that are counted
    /// @param filter      the range as a condition of each Observation `o`
    /// @param zone        of the days
    static Sql of(Sql datastreams, TimeRange range, Sql filter, ZoneId zone) {
        CountByHours count = new CountByHours(range, filter, zone);
        count.ways(datastreams);
        count.add("select coalesce((select sum(n) from st where way = " + ALL + "), 0)");
        count.each("way = " + EACH, null, null);
        if (range.lastHour() == null) {
            count.byHours("way in (%s, %s)".formatted(MOMENTS, LASTING), null);
        } else {
            count.byHours("way = " + MOMENTS, range.lastHour());
            count.byHours("way = " + LASTING, range.lastHour().minus(LONGEST));
        }
        return count.sql;
    }

    private void add(String text) {
        sql.add(text);
    }

    /// Which way each Datastream is counted, and the stretches of hours whose roll-ups are behind.
    private void ways(Sql datastreams) {
        add("with st as materialized (select st.datastream_id as d, st.n, case when true");
        when(" and st.phenomenon_min > ", range.from());
        when(" and st.phenomenon_max < ", range.to());
        add(" then " + ALL + " when st.has_other or st.raw_from is not null");
        when(" and st.raw_from > ", range.from());
        if (range.to() != null) {
            add(" or st.longest > interval '1 day'");
        }
        add(" then %s when st.longest = interval '0' then %s else %s end as way".formatted(EACH, MOMENTS, LASTING));
        add(" from datastream_state st where st.n > 0");
        when(" and st.last_start >= ", range.from());
        when(" and st.phenomenon_min <= ", range.to());
        add(" and st.datastream_id ");
        sql.add(datastreams);
        add("""
            ), m as materialized (
              select l.datastream_id as d, unnest(range_agg(tstzrange(date_trunc('hour', l.hour_from, 'UTC'),
                date_trunc('hour', l.hour_to + interval '3599.999999 seconds', 'UTC')))) as r
              from dirty_log l where l.datastream_id in (select d from st where way in (%s, %s))
              group by l.datastream_id)
            """.formatted(MOMENTS, LASTING));
    }

    private void when(String condition, @Nullable Instant moment) {
        if (moment != null) {
            add(condition);
            bind(moment);
        }
    }

    private void bind(Instant moment) {
        sql.bind(OffsetDateTime.ofInstant(moment, ZoneOffset.UTC));
    }

    /// Looks at each of them, those that begin before or from a moment on only.
    private void each(String ways, @Nullable Instant before, @Nullable Instant from) {
        add(" + (select count(*) from st join observation o on o.datastream_id = st.d where " + ways + " and ");
        sql.add(filter);
        when(" and o.phenomenon_start < ", before);
        when(" and o.phenomenon_start >= ", from);
        add(")");
    }

    /// @param end of the whole hours; null if the range has no end
    private void byHours(String ways, @Nullable Instant end) {
        Instant start = range.firstHour();
        if (start != null && end != null && !start.isBefore(end)) {
            each(ways, null, null);
            return;
        }
        whole(ways, start, end);
        stretchesBehind(ways, start, end);
        if (start != null && !start.equals(range.from())) {
            each(ways, start, null);
        }
        if (end != null) {
            each(ways, null, end);
        }
    }

    /// Days, and hours before the first and after the last of them.
    private void whole(String ways, @Nullable Instant start, @Nullable Instant end) {
        LocalDate first = start == null ? evenSince() : firstDay(later(start, evenSince()));
        LocalDate last = end == null ? null : LocalDate.ofInstant(end, zone);
        if (!isEven() || last != null && !first.isBefore(last)) {
            hours(ways, start, end);
            return;
        }
        add(" + coalesce((select sum(b.n) from st join rollup_day b on b.datastream_id = st.d where " + ways
                + " and b.day >= ");
        sql.bind(first);
        if (last != null) {
            add(" and b.day < ");
            sql.bind(last);
        }
        add("), 0)");
        hours(ways, start, startOf(first));
        if (last != null) {
            hours(ways, startOf(last), end);
        }
    }

    private void hours(String ways, @Nullable Instant from, @Nullable Instant to) {
        if (from != null && from.equals(to)) {
            return;
        }
        add(" + coalesce((select sum(h.n) from st join rollup_hour h on h.datastream_id = st.d where " + ways);
        when(" and h.hour >= ", from);
        when(" and h.hour < ", to);
        add("), 0)");
    }

    /// What the roll-ups say there is wrong: it is taken away again, and the Observations are
    /// looked at. A day is the sum of its hours, so that it is mended with them. Each stretch is
    /// looked up by itself: the planner does not know how few they are, and would read the tables.
    private void stretchesBehind(String ways, @Nullable Instant start, @Nullable Instant end) {
        add(" - coalesce((select sum(x.n) from st join m using (d) cross join lateral (select sum(h.n) as n"
                + " from rollup_hour h where h.datastream_id = m.d");
        within("h.hour", start, end);
        add(") x where " + ways + "), 0)");
        add(" + coalesce((select sum(x.n) from st join m using (d) cross join lateral (select count(*) as n"
                + " from observation o where o.datastream_id = m.d");
        within("o.phenomenon_start", start, end);
        add(") x where " + ways + "), 0)");
    }

    private void within(String time, @Nullable Instant start, @Nullable Instant end) {
        add(" and " + time + " >= lower(m.r) and " + time + " < upper(m.r)");
        when(" and " + time + " >= ", start);
        when(" and " + time + " < ", end);
    }

    /// Whether the days of today begin at whole hours of UTC; those of others are not sums of hours.
    private boolean isEven() {
        return zone.getRules().getTransitionRules().stream()
                        .allMatch(rule -> isEven(rule.getOffsetBefore()) && isEven(rule.getOffsetAfter()))
                && isEven(zone.getRules().getOffset(Instant.now()));
    }

    private static boolean isEven(ZoneOffset offset) {
        return offset.getTotalSeconds() % 3_600 == 0;
    }

    /// Since when all of them do: before there were time zones each town had the sun's time.
    private LocalDate evenSince() {
        LocalDate since = LocalDate.of(1900, 1, 1);
        for (ZoneOffsetTransition transition : zone.getRules().getTransitions()) {
            if (!isEven(transition.getOffsetBefore())) {
                LocalDate after = transition.getDateTimeAfter().toLocalDate().plusDays(2);
                since = after.isAfter(since) ? after : since;
            }
        }
        return since;
    }

    private Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    private LocalDate firstDay(Instant from) {
        LocalDate day = LocalDate.ofInstant(from, zone);
        return startOf(day).isBefore(from) ? day.plusDays(1) : day;
    }

    private Instant later(Instant start, LocalDate day) {
        Instant other = startOf(day);
        return other.isAfter(start) ? other : start;
    }
}
