package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Closed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Things with Datastreams and latest values, from their rows and totals; never from a scan of Observations.
@Repository
class MeasuringPointStore {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final DataSets dataSets;

    MeasuringPointStore(DataSource dataSource, DataSets dataSets) {
        jdbc = JdbcClient.create(dataSource);
        this.dataSets = dataSets;
    }

    List<MeasuringPoint> list() {
        return read(null);
    }

    Optional<MeasuringPoint> find(long thingId) {
        return read(thingId).stream().findFirst();
    }

    /// @param only null: all of them
    private List<MeasuringPoint> read(@Nullable Long only) {
        Map<Long, List<MeasuringPoint.Series>> series = new HashMap<>();
        Closed closed = dataSets.closed();
        jdbc.sql("""
            select d.thing_id, d.id, d.name, d.description, d.units -> 0 ->> 'name' as unit, d.units -> 0 ->> 'symbol' as symbol, p.name as property,
              p.properties ->> 'aggregation' as aggregation, d.properties, s.n, s.phenomenon_min, s.last_start, s.last_result, o.phenomenon_end
            from datastream d
            join datastream_observed_property dp on dp.datastream_id = d.id and dp.position = 0
            join observed_property p on p.id = dp.observed_property_id
            left join datastream_state s on s.datastream_id = d.id
            left join observation o on o.id = s.last_id and o.phenomenon_start = s.last_start
            where not d.hidden and d.multi_types is null and (:only::bigint is null or d.thing_id = :only)%s order by d.thing_id, d.id
            """.formatted(closed.andNot("d.data_set_id")))
                .param("only", only, Types.BIGINT)
                .query(row -> {
                    series.computeIfAbsent(row.getLong("thing_id"), id -> new ArrayList<>())
                            .add(series(row));
                });
        return jdbc.sql("""
            select t.id, t.name, t.description, t.properties, l.point[0] as longitude, l.point[1] as latitude
            from thing t
            left join lateral (
              select l.point from thing_location tl join location l on l.id = tl.location_id where tl.thing_id = t.id order by l.id limit 1) l on true
            where not t.hidden and (:only::bigint is null or t.id = :only)%s order by t.name, t.id
            """.formatted(closed.andNot("t.data_set_id")))
                .param("only", only, Types.BIGINT)
                .query((row, number) -> new MeasuringPoint(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("description"),
                        row.getObject("longitude", Double.class),
                        row.getObject("latitude", Double.class),
                        object(row.getString("properties")),
                        series.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    Optional<Long> thingOf(long datastreamId) {
        return jdbc.sql("select thing_id from datastream where id = ? and not hidden and multi_types is null"
                        + dataSets.closed().andNot("data_set_id"))
                .param(datastreamId)
                .query(Long.class)
                .optional();
    }

    List<MultiSeries> multiSeries(long thingId) {
        return multiSeriesOf(thingId).getOrDefault(thingId, List.of());
    }

    /// By the id of their Thing.
    ///
    /// @param only null: of all Things
    Map<Long, List<MultiSeries>> multiSeriesOf(@Nullable Long only) {
        Map<Long, Map<Long, MultiSeries>> series = new LinkedHashMap<>();
        jdbc.sql("""
            select d.thing_id, d.id, d.name, s.last_start, p.name as property, d.units -> dp.position ->> 'symbol' as symbol,
              coalesce(s.last_json -> dp.position, 'null')::text as result
            from datastream d
            join datastream_observed_property dp on dp.datastream_id = d.id
            join observed_property p on p.id = dp.observed_property_id
            left join datastream_state s on s.datastream_id = d.id
            where (:only::bigint is null or d.thing_id = :only) and not d.hidden and d.multi_types is not null%s order by d.id, dp.position
            """.formatted(dataSets.closed().andNot("d.data_set_id")))
                .param("only", only, Types.BIGINT)
                .query(row -> {
                    MultiSeries.Value value = new MultiSeries.Value(
                            row.getString("property"), orEmpty(row.getString("symbol")), row.getString("result"));
                    MultiSeries own = new MultiSeries(
                            row.getLong("id"), row.getString("name"), instant(row, "last_start"), List.of(value));
                    series.computeIfAbsent(row.getLong("thing_id"), id -> new LinkedHashMap<>())
                            .merge(own.id(), own, MeasuringPointStore::joined);
                });
        Map<Long, List<MultiSeries>> byThing = new HashMap<>();
        series.forEach((thing, own) -> byThing.put(thing, List.copyOf(own.values())));
        return byThing;
    }

    private static MultiSeries joined(MultiSeries one, MultiSeries more) {
        List<MultiSeries.Value> values = new ArrayList<>(one.values());
        values.addAll(more.values());
        return new MultiSeries(one.id(), one.name(), one.latest(), values);
    }

    List<MeasuringPoints.Place> places(long thingId) {
        return jdbc.sql("""
            select h.time, l.name, l.point[0] as longitude, l.point[1] as latitude
            from historical_location h
            join historical_location_location hl on hl.historical_location_id = h.id
            join location l on l.id = hl.location_id
            where h.thing_id = ? order by h.time desc, l.id
            """)
                .param(thingId)
                .query((row, number) -> new MeasuringPoints.Place(
                        instant(row, "time"),
                        row.getString("name"),
                        row.getObject("longitude", Double.class),
                        row.getObject("latitude", Double.class)))
                .list();
    }

    /// From the last dozen values, in one statement. The period keeps partitions out that cannot hold them.
    Map<Long, Duration> usualIntervals(Collection<Long> datastreamIds) {
        Map<Long, Duration> intervals = new HashMap<>();
        jdbc.sql("""
            with w as materialized (select unnest(?::bigint[]) as d)
            select w.d, percentile_cont(0.5) within group (order by g.gap)
            from w join datastream_state s on s.datastream_id = w.d
            cross join lateral (
              select extract(epoch from o.phenomenon_start - lag(o.phenomenon_start) over (order by o.phenomenon_start))::float8 as gap
              from (
                select phenomenon_start from observation
                where datastream_id = w.d and phenomenon_start <= s.last_start and phenomenon_start > s.last_start - interval '400 days'
                order by phenomenon_start desc limit 13) o) g
            where g.gap > 0 group by w.d having count(*) >= 3
            """)
                .param(datastreamIds.stream().mapToLong(Long::longValue).toArray())
                .query(row -> {
                    intervals.put(row.getLong(1), Duration.ofMillis(Math.round(row.getDouble(2) * 1000)));
                });
        return intervals;
    }

    List<MeasuringPoints.Value> values(long datastreamId, Instant from, Instant to, int limit) {
        return jdbc.sql("""
            select phenomenon_start, phenomenon_end, result from observation
            where datastream_id = ? and phenomenon_start >= ? and phenomenon_start < ? and result is not null
            order by phenomenon_start, id limit ?
            """)
                .params(datastreamId, RollupStore.utc(from), RollupStore.utc(to), limit)
                .query((row, number) -> new MeasuringPoints.Value(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        instant(row, "phenomenon_end"),
                        row.getDouble(3)))
                .list();
    }

    Optional<Aggregation> aggregation(long datastreamId) {
        return jdbc.sql("""
            select coalesce(p.properties ->> 'aggregation', '')
            from datastream d
            join datastream_observed_property dp on dp.datastream_id = d.id and dp.position = 0
            join observed_property p on p.id = dp.observed_property_id
            where d.id = ? and not d.hidden and d.multi_types is null%s
            """.formatted(dataSets.closed().andNot("d.data_set_id")))
                .param(datastreamId)
                .query(String.class)
                .optional()
                .map(name -> aggregation(name) instanceof Aggregation said ? said : Aggregation.MEAN);
    }

    private static MeasuringPoint.Series series(ResultSet row) throws SQLException {
        String aggregation = row.getString("aggregation");
        return new MeasuringPoint.Series(
                row.getLong("id"),
                row.getString("name"),
                row.getString("description"),
                orEmpty(row.getString("unit")),
                orEmpty(row.getString("symbol")),
                row.getString("property"),
                aggregation(aggregation),
                object(row.getString("properties")),
                row.getLong("n"),
                instant(row, "phenomenon_min"),
                latest(row));
    }

    static @Nullable Aggregation aggregation(@Nullable String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "sum" -> Aggregation.SUM;
            case "mean" -> Aggregation.MEAN;
            default -> null;
        };
    }

    private static MeasuringPoint.@Nullable Latest latest(ResultSet row) throws SQLException {
        Instant start = instant(row, "last_start");
        return start == null
                ? null
                : new MeasuringPoint.Latest(
                        start, instant(row, "phenomenon_end"), row.getObject("last_result", Double.class));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static Map<String, Object> object(@Nullable String json) {
        return json == null ? Map.of() : JSON.readValue(json, OBJECT);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
