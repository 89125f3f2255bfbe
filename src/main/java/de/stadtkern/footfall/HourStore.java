package de.stadtkern.footfall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the hours of counters: as they are published, and as they were before.
@Repository
class HourStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;
    private final SuppressionStore rules;

    HourStore(JdbcClient jdbc, SuppressionStore rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /// Hours from `from` to `to`, the end not included.
    record Stretch(Instant from, Instant to) {

        boolean isEmpty() {
            return !from.isBefore(to);
        }
    }

    void markAll(long counter) {
        mark(counter, Instant.EPOCH, Instant.now());
    }

    /// The hours it touches are looked at again.
    void mark(long counter, Instant from, Instant to) {
        jdbc.sql("insert into footfall_mark (counter_id, hour_from, hour_to) values (?, ?, ?)")
                .params(counter, utc(from.truncatedTo(ChronoUnit.HOURS)), utc(to))
                .update();
    }

    /// Takes all marks that are due, joined for each counter from their first to their last where they meet.
    Map<Long, List<Stretch>> takeMarks() {
        Map<Long, List<Stretch>> marks = new HashMap<>();
        jdbc.sql("""
            with taken as (delete from footfall_mark where due_at <= now() returning counter_id, hour_from, hour_to)
            select counter_id, hour_from, hour_to from taken order by 1, 2, 3
            """).query(row -> {
            List<Stretch> own = marks.computeIfAbsent(row.getLong(1), _ -> new java.util.ArrayList<>());
            Stretch next = new Stretch(
                    Objects.requireNonNull(instant(row, "hour_from")), Objects.requireNonNull(instant(row, "hour_to")));
            Stretch last = own.isEmpty() ? null : own.getLast();
            if (last != null && !next.from().isAfter(last.to())) {
                own.set(own.size() - 1, new Stretch(last.from(), next.to().isAfter(last.to()) ? next.to() : last.to()));
            } else {
                own.add(next);
            }
        });
        return marks;
    }

    boolean hasMarks() {
        return jdbc.sql("select exists (select from footfall_mark where due_at <= now())")
                .query(Boolean.class)
                .single();
    }

    /// As they are published now, oldest first.
    List<CountedHour> list(long counter, Instant from, Instant to) {
        Suppression rule = rules.find();
        return list(counter, from, to, HourStore::hour).stream().map(rule::of).toList();
    }

    /// With all that was counted, also what the public does not read; for whoever makes hours of them.
    List<CountedHour> kept(long counter, Instant from, Instant to) {
        return list(counter, from, to, (row, _) -> hour(row, parts(row)));
    }

    private List<CountedHour> list(long counter, Instant from, Instant to, RowMapper<CountedHour> made) {
        return jdbc.sql("""
            select * from footfall_hour where counter_id = ? and hour >= ? and hour < ? order by hour
            """).params(counter, utc(from), utc(to)).query(made).list();
    }

    Map<Instant, CountedHour> keptByHour(long counter, Instant from, Instant to) {
        return kept(counter, from, to).stream().collect(Collectors.toMap(CountedHour::hour, Function.identity()));
    }

    /// As they were published at that moment, oldest first.
    List<CountedHour> listAsOf(long counter, Instant from, Instant to, Instant asOf) {
        Suppression rule = rules.asOf(asOf);
        return jdbc
                .sql("""
                    select hour, counted, inward, value, low, high, state, completeness, method, since,
                      case when settled_at <= :then then settled_at end as settled_at
                    from footfall_hour where counter_id = :counter and hour >= :from and hour < :to and since <= :then
                    union all
                    select hour, counted, inward, value, low, high, state, completeness, method, since,
                      case when settled_at <= :then then settled_at end
                    from footfall_hour_before
                    where counter_id = :counter and hour >= :from and hour < :to and since <= :then and until > :then
                    order by hour
                    """)
                .param("counter", counter)
                .param("from", utc(from))
                .param("to", utc(to))
                .param("then", utc(asOf))
                .query(HourStore::hour)
                .list()
                .stream()
                .map(rule::of)
                .toList();
    }

    Optional<Stretch> extent(long counter) {
        return jdbc.sql("select min(hour) as first, max(hour) as last from footfall_hour where counter_id = ?")
                .param(counter)
                .query((row, _) -> {
                    Instant first = instant(row, "first");
                    Instant last = instant(row, "last");
                    return Optional.ofNullable(
                            first == null || last == null ? null : new Stretch(first, last.plusSeconds(3600)));
                })
                .single();
    }

    /// The last hour that was counted, before or at a moment; empty if there is none.
    Optional<Instant> lastCounted(long counter) {
        return jdbc.sql("""
            select hour from footfall_hour where counter_id = ? and state in ('measured', 'late', 'corrected')
            order by hour desc limit 1
            """)
                .param(counter)
                .query((row, _) -> Objects.requireNonNull(instant(row, "hour")))
                .optional();
    }

    /// Publishes hours that say something else than before; what they said is kept.
    void put(long counter, List<CountedHour> hours) {
        String[] starts =
                hours.stream().map(hour -> utc(hour.hour()).toString()).toArray(String[]::new);
        jdbc.sql("""
            with x as materialized (select h from unnest(:hours::timestamptz[]) as y(h)), before as materialized (
              select o.counter_id, o.hour, o.since, greatest(:until, o.since + interval '1 microsecond') as until,
                o.counted, o.inward, o.parts, o.parts_corrected, o.value, o.low, o.high, o.state, o.completeness, o.method, o.settled_at
              from footfall_hour o join x on o.hour = x.h where o.counter_id = :counter
            )
            insert into footfall_hour_before (counter_id, hour, since, until, counted, inward, parts, parts_corrected, value, low, high, state,
              completeness, method, settled_at)
            select counter_id, hour, since, until, counted, inward, parts, parts_corrected, value, low, high, state, completeness, method, settled_at
            from before
            """)
                .param("hours", starts, Types.ARRAY)
                .param(
                        "until",
                        hours.isEmpty()
                                ? utc(Instant.EPOCH)
                                : utc(hours.getFirst().since()))
                .param("counter", counter)
                .update();
        jdbc.sql("""
            insert into footfall_hour (counter_id, hour, counted, inward, parts, parts_corrected, value, low, high, state, completeness, method,
              since, settled_at)
            select :counter, h, c, i, a, r, v, l, g, s, p, m, w, z
            from unnest(:hours::timestamptz[], :counted::float8[], :inward::float8[], :parts::jsonb[], :corrected::bool[], :values::float8[], :lows::float8[], :highs::float8[],
              :states::text[], :shares::float8[], :methods::int[], :since::timestamptz[], :settled::timestamptz[])
              as y(h, c, i, a, r, v, l, g, s, p, m, w, z)
            on conflict (counter_id, hour) do update set counted = excluded.counted, inward = excluded.inward,
              parts = excluded.parts, parts_corrected = excluded.parts_corrected, value = excluded.value, low = excluded.low, high = excluded.high, state = excluded.state,
              completeness = excluded.completeness, method = excluded.method, since = excluded.since, settled_at = excluded.settled_at
            """)
                .param("counter", counter)
                .param("hours", starts, Types.ARRAY)
                .param("counted", numbers(hours, CountedHour::counted), Types.ARRAY)
                .param("inward", numbers(hours, HourStore::inward), Types.ARRAY)
                .param("parts", texts(hours, HourStore::parts), Types.ARRAY)
                .param(
                        "corrected",
                        hours.stream().map(hour -> known(hour).isCorrected()).toArray(Boolean[]::new),
                        Types.ARRAY)
                .param("values", numbers(hours, CountedHour::value), Types.ARRAY)
                .param("lows", numbers(hours, CountedHour::low), Types.ARRAY)
                .param("highs", numbers(hours, CountedHour::high), Types.ARRAY)
                .param("states", texts(hours, hour -> hour.state().key()), Types.ARRAY)
                .param("shares", numbers(hours, CountedHour::completeness), Types.ARRAY)
                .param("methods", hours.stream().map(CountedHour::method).toArray(Integer[]::new), Types.ARRAY)
                .param("since", texts(hours, hour -> utc(hour.since()).toString()), Types.ARRAY)
                .param(
                        "settled",
                        texts(
                                hours,
                                hour -> hour.settledAt() == null
                                        ? null
                                        : utc(hour.settledAt()).toString()),
                        Types.ARRAY)
                .update();
    }

    /// Whatever is hidden was read for somebody and is not to be written.
    private static @Nullable Double inward(CountedHour hour) {
        return switch (hour.directions()) {
            case Directions.Counted counted -> counted.inward();
            case Directions.Unsaid unsaid when unsaid == Directions.Unsaid.UNKNOWN -> null;
            case Directions.Unsaid unsaid ->
                throw new IllegalArgumentException("%s is hidden: %s".formatted(hour.hour(), unsaid));
        };
    }

    private static Parts known(CountedHour hour) {
        return Objects.requireNonNull(hour.parts(), "the parts of an hour that was read for somebody");
    }

    private static @Nullable String parts(CountedHour hour) {
        Map<Long, Double> counts = known(hour).counts();
        return counts.isEmpty() ? null : JSON.writeValueAsString(counts);
    }

    /// As they came.
    static Parts parts(ResultSet row) throws SQLException {
        String text = row.getString("parts");
        boolean isCorrected = row.getBoolean("parts_corrected");
        if (text == null) {
            return isCorrected ? new Parts(Map.of(), true) : Parts.NONE;
        }
        Map<Long, Double> counts = new HashMap<>();
        JSON.readTree(text)
                .properties()
                .forEach(part ->
                        counts.put(Long.valueOf(part.getKey()), part.getValue().asDouble()));
        return new Parts(counts, isCorrected);
    }

    private static Double[] numbers(List<CountedHour> hours, Function<CountedHour, @Nullable Double> part) {
        return hours.stream().map(part).toArray(Double[]::new);
    }

    private static String[] texts(List<CountedHour> hours, Function<CountedHour, @Nullable String> part) {
        return hours.stream().map(part).toArray(String[]::new);
    }

    /// Hours of one counter that nobody waits for any more.
    record Settled(long counterId, Instant hour) {}

    List<Settled> settle(Instant before, Instant now) {
        return jdbc.sql("""
            update footfall_hour set settled_at = :now where settled_at is null and hour < :before
            returning counter_id, hour
            """)
                .param("now", utc(now))
                .param("before", utc(before))
                .query((row, _) -> new Settled(row.getLong(1), Objects.requireNonNull(instant(row, "hour"))))
                .list();
    }

    /// Makes the days from one to the other, both included, of their hours.
    void makeDays(long counter, LocalDate first, LocalDate last, ZoneId zone) {
        jdbc.sql("""
            with fresh as materialized (
              select (hour at time zone :zone)::date as day,
                coalesce(sum(value) filter (where state in ('measured', 'late', 'corrected')), 0) as counted,
                coalesce(sum(value) filter (where state = 'estimated'), 0) as estimated,
                count(*) filter (where state in ('measured', 'late', 'corrected')) as there,
                count(*) filter (where state = 'estimated') as guessed,
                count(*) filter (where state in ('blocked', 'closed')) as excused,
                count(*) filter (where state = 'missing') as missing
              from footfall_hour where counter_id = :counter and hour >= :from and hour < :to group by 1
            )
            insert into footfall_day (counter_id, day, counted, estimated, hours_counted, hours_estimated, hours_excused, hours_missing)
            select :counter, day, counted, estimated, there, guessed, excused, missing from fresh
            on conflict (counter_id, day) do update set counted = excluded.counted, estimated = excluded.estimated,
              hours_counted = excluded.hours_counted, hours_estimated = excluded.hours_estimated,
              hours_excused = excluded.hours_excused, hours_missing = excluded.hours_missing
            """)
                .param("zone", zone.getId())
                .param("counter", counter)
                .param("from", utc(first.atStartOfDay(zone).toInstant()))
                .param("to", utc(last.plusDays(1).atStartOfDay(zone).toInstant()))
                .update();
    }

    private static CountedHour hour(ResultSet row, int number) throws SQLException {
        return hour(row, null);
    }

    private static CountedHour hour(ResultSet row, @Nullable Parts parts) throws SQLException {
        return new CountedHour(
                Objects.requireNonNull(instant(row, "hour")),
                row.getObject("counted", Double.class),
                directions(row.getObject("counted", Double.class), row.getObject("inward", Double.class)),
                parts,
                row.getObject("value", Double.class),
                row.getObject("low", Double.class),
                row.getObject("high", Double.class),
                HourState.of(row.getString("state")),
                row.getDouble("completeness"),
                row.getInt("method"),
                Objects.requireNonNull(instant(row, "since")),
                instant(row, "settled_at"));
    }

    /// As they were counted.
    static Directions directions(@Nullable Double counted, @Nullable Double inward) {
        return counted == null || inward == null
                ? Directions.Unsaid.UNKNOWN
                : new Directions.Counted(inward, counted - inward);
    }
}
