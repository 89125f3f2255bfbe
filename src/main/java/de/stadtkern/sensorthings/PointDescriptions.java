package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The way back of [MeasuringPointRegistry]: from rows to the description that would make them.
@Repository
class PointDescriptions {

    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final DataSets dataSets;

    PointDescriptions(DataSource dataSource, DataSets dataSets) {
        this.jdbc = JdbcClient.create(dataSource);
        this.dataSets = dataSets;
    }

    DescribedPoint ofThing(long thing) {
        return describe(thing, null)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.MISSING,
                        "thing-unknown",
                        "Thing %d does not exist.".formatted(thing),
                        Map.of("thing", thing)));
    }

    DescribedPoint ofDatastream(long datastream) {
        return jdbc.sql("select thing_id from datastream where id = ? and not hidden"
                        + dataSets.closed().andNot("data_set_id"))
                .param(datastream)
                .query(Long.class)
                .optional()
                .flatMap(thing -> describe(thing, datastream))
                .orElseThrow(() -> new DatastreamUnknown(datastream));
    }

    private Optional<DescribedPoint> describe(long thing, @Nullable Long onlyDatastream) {
        List<Long> ids = new ArrayList<>();
        List<NewMeasuringPoint.Series> series = new ArrayList<>();
        readSeries(thing, onlyDatastream, ids, series);
        return jdbc.sql("""
            select t.name, t.description, t.properties, l.json as location,
              exists (select from thing o where o.properties ->> 'key' = t.properties ->> 'key' and o.id < t.id and not o.hidden) as taken
            from thing t
            left join lateral (
              select (jsonb_build_object('name', l.name, 'description', l.description, 'encodingType', l.encoding_type, 'location', l.location)
                || case when l.properties is null then '{}' else jsonb_build_object('properties', l.properties) end)::text as json
              from thing_location tl join location l on l.id = tl.location_id
              where tl.thing_id = t.id order by l.id limit 1) l on true
            where t.id = ? and not t.hidden%s
            """.formatted(dataSets.closed().andNot("t.data_set_id")))
                .param(thing)
                .query((row, number) -> {
                    Map<String, Object> properties = object(row.getString("properties"));
                    String location = row.getString("location");
                    return new DescribedPoint(
                            thing,
                            new NewMeasuringPoint(
                                    key(properties, row.getBoolean("taken"), OwnKey.of("thing", thing)),
                                    row.getString("name"),
                                    row.getString("description"),
                                    location == null ? null : new NewLocation(location),
                                    properties,
                                    series),
                            ids);
                })
                .optional();
    }

    private void readSeries(
            long thing, @Nullable Long onlyDatastream, List<Long> ids, List<NewMeasuringPoint.Series> series) {
        Set<String> keys = new HashSet<>();
        List<Observed> observed = new ArrayList<>();
        jdbc.sql("""
            select d.id, d.name, d.description, d.properties, u.unit ->> 'name' as unit, u.unit ->> 'symbol' as symbol,
              u.unit ->> 'definition' as unit_definition, coalesce(d.multi_types ->> dp.position, d.observation_type) as type,
              p.name as property, p.definition, p.properties ->> 'aggregation' as aggregation,
              s.name as sensor, s.description as sensor_description, d.multi_types is not null as multi, dp.position = jsonb_array_length(d.units) - 1 as last
            from datastream d
            join datastream_observed_property dp on dp.datastream_id = d.id
            cross join lateral (select d.units -> dp.position as unit) u
            join observed_property p on p.id = dp.observed_property_id
            join sensor s on s.id = d.sensor_id
            where d.thing_id = :thing and not d.hidden%s order by d.id, dp.position
            """.formatted(dataSets.closed().andNot("d.data_set_id")))
                .param("thing", thing)
                .query(row -> {
                    observed.add(observed(row));
                    if (row.getBoolean("last")) {
                        NewMeasuringPoint.Series found = series(row, observed, keys);
                        observed.clear();
                        if (onlyDatastream == null || onlyDatastream == row.getLong("id")) {
                            ids.add(row.getLong("id"));
                            series.add(found);
                        }
                    }
                });
    }

    private static NewMeasuringPoint.Series series(ResultSet row, List<Observed> observed, Set<String> keys)
            throws SQLException {
        Map<String, Object> properties = object(row.getString("properties"));
        String own = OwnKey.of("datastream", row.getLong("id"));
        // Through the API two Datastreams of a Thing may have been given the same key.
        String key = key(properties, false, own);
        return new NewMeasuringPoint.Series(
                keys.add(key) ? key : own,
                row.getString("name"),
                row.getString("description"),
                row.getBoolean("multi"),
                observed,
                row.getString("sensor"),
                row.getString("sensor_description"),
                properties);
    }

    private static Observed observed(ResultSet row) throws SQLException {
        return new Observed(
                orEmpty(row.getString("unit")),
                orEmpty(row.getString("symbol")),
                orEmpty(row.getString("unit_definition")),
                row.getString("type"),
                row.getString("property"),
                row.getString("definition"),
                MeasuringPointStore.aggregation(row.getString("aggregation")));
    }

    /// Takes the key out of the properties, where it is kept.
    private static String key(Map<String, Object> properties, boolean taken, String otherwise) {
        return properties.remove("key") instanceof String key && !key.isBlank() && !taken ? key : otherwise;
    }

    /// Without fields that are null, which say nothing.
    private static Map<String, Object> object(@Nullable String json) {
        Map<String, Object> fields = json == null ? new HashMap<>() : new HashMap<>(JSON.readValue(json, OBJECT));
        fields.values().removeIf(value -> value == null);
        return fields;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
