package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Finds or creates what an importer or a simulator describes: Thing, Location, Sensor, ObservedProperty,
/// Datastreams.
@Repository
class MeasuringPointRegistry {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String NUMBER = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DataSets dataSets;

    MeasuringPointRegistry(DataSource dataSource, TransactionTemplate transaction, DataSets dataSets) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transaction = transaction;
        this.dataSets = dataSets;
    }

    Map<String, Long> ensure(NewMeasuringPoint wish) {
        return transaction.execute(status -> {
            lock();
            return ensureAll(findThing(wish.key()).orElseGet(() -> createThing(wish)), wish.series());
        });
    }

    Map<String, Long> ensure(long thing, List<NewMeasuringPoint.Series> series) {
        return transaction.execute(status -> {
            lock();
            boolean there = jdbc.sql("select exists (select from thing where id = ? and not hidden)")
                    .param(thing)
                    .query(Boolean.class)
                    .single();
            if (!there) {
                throw new Problem(Problem.Kind.MISSING, "thing-unknown", "Thing %d does not exist.".formatted(thing));
            }
            return ensureAll(thing, series);
        });
    }

    private Map<String, Long> ensureAll(long thing, List<NewMeasuringPoint.Series> wishes) {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (NewMeasuringPoint.Series series : wishes) {
            ids.put(series.key(), findDatastream(thing, series.key()).orElseGet(() -> createDatastream(thing, series)));
        }
        dataSets.requireKept(ids.values());
        return ids;
    }

    /// One caller at a time for each town: Sensors and ObservedProperties are shared between Things, and two callers
    /// who both miss one would both create it. No unique index does this, because the standard allows two of one
    /// name.
    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(current_schema() || ' measuring points', 0))")
                .query(row -> {});
    }

    private Optional<Long> findThing(String key) {
        return jdbc.sql("select id from thing where properties ->> 'key' = ? and not hidden order by id limit 1")
                .param(key)
                .query(Long.class)
                .optional();
    }

    private long createThing(NewMeasuringPoint wish) {
        long thing = jdbc.sql("insert into thing (name, description, properties) values (?, ?, ?::jsonb) returning id")
                .params(wish.name(), wish.description(), withKey(wish.properties(), wish.key()))
                .query(Long.class)
                .single();
        created(EntityType.THING, thing);
        if (wish.longitude() instanceof Double longitude && wish.latitude() instanceof Double latitude) {
            createLocation(thing, wish.name(), longitude, latitude);
        }
        return thing;
    }

    private void createLocation(long thing, String name, double longitude, double latitude) {
        long location = jdbc.sql("""
            insert into location (name, description, encoding_type, location, point, bbox)
            values (:name, :name, 'application/geo+json',
              jsonb_build_object('type', 'Point', 'coordinates', jsonb_build_array(:lon::float8, :lat::float8)),
              point(:lon, :lat), box(point(:lon, :lat), point(:lon, :lat)))
            returning id
            """)
                .param("name", name)
                .param("lon", longitude)
                .param("lat", latitude)
                .query(Long.class)
                .single();
        created(EntityType.LOCATION, location);
        jdbc.sql("insert into thing_location (thing_id, location_id) values (?, ?)")
                .params(thing, location)
                .update();
        long historical = jdbc.sql("insert into historical_location (thing_id, time) values (?, now()) returning id")
                .param(thing)
                .query(Long.class)
                .single();
        jdbc.sql("insert into historical_location_location (historical_location_id, location_id) values (?, ?)")
                .params(historical, location)
                .update();
        created(EntityType.HISTORICAL_LOCATION, historical);
    }

    private Optional<Long> findDatastream(long thing, String key) {
        return jdbc.sql("""
            select id from datastream where thing_id = ? and properties ->> 'key' = ? and not hidden order by id limit 1
            """).params(thing, key).query(Long.class).optional();
    }

    private long createDatastream(long thing, NewMeasuringPoint.Series series) {
        var unit = new LinkedHashMap<String, Object>();
        unit.put("name", series.unitName());
        unit.put("symbol", series.unitSymbol());
        unit.put("definition", series.unitDefinition());
        long datastream = jdbc.sql("""
            insert into datastream (name, description, observation_type, units, properties, thing_id, sensor_id, data_set_id)
            select ?, ?, ?, jsonb_build_array(?::jsonb), ?::jsonb, t.id, ?, t.data_set_id from thing t where t.id = ? returning id
            """)
                .params(
                        series.name(),
                        series.description(),
                        NUMBER,
                        JSON.writeValueAsString(unit),
                        withKey(series.properties(), series.key()),
                        sensor(series),
                        thing)
                .query(Long.class)
                .single();
        jdbc.sql("""
            insert into datastream_observed_property (datastream_id, position, observed_property_id) values (?, 0, ?)
            """).params(datastream, observedProperty(series)).update();
        jdbc.sql("insert into datastream_state (datastream_id) values (?)")
                .param(datastream)
                .update();
        return created(EntityType.DATASTREAM, datastream);
    }

    private long sensor(NewMeasuringPoint.Series series) {
        return jdbc.sql("select id from sensor where name = ? order by id limit 1")
                .param(series.sensorName())
                .query(Long.class)
                .optional()
                .orElseGet(() -> created(
                        EntityType.SENSOR,
                        jdbc.sql("""
                            insert into sensor (name, description, encoding_type, metadata)
                            values (?, ?, 'text/plain', to_jsonb(?::text)) returning id
                            """)
                                .params(series.sensorName(), series.sensorDescription(), series.sensorDescription())
                                .query(Long.class)
                                .single()));
    }

    private long observedProperty(NewMeasuringPoint.Series series) {
        return jdbc.sql("select id from observed_property where name = ? and definition = ? order by id limit 1")
                .params(series.property(), series.definition())
                .query(Long.class)
                .optional()
                .orElseGet(() -> created(
                        EntityType.OBSERVED_PROPERTY,
                        jdbc.sql("""
                            insert into observed_property (name, definition, description, properties)
                            values (?, ?, ?, ?::jsonb) returning id
                            """)
                                .params(
                                        series.property(),
                                        series.definition(),
                                        series.property(),
                                        JSON.writeValueAsString(aggregation(series.aggregation())))
                                .query(Long.class)
                                .single()));
    }

    private long created(EntityType type, long id) {
        jdbc.sql("insert into change_log (what, entity_ids) values (?, array[?::bigint])")
                .params(type.set(), id)
                .update();
        return id;
    }

    private static Map<String, String> aggregation(@Nullable Aggregation aggregation) {
        return switch (aggregation) {
            case null -> Map.of();
            case SUM -> Map.of("aggregation", "sum");
            case MEAN -> Map.of("aggregation", "mean");
        };
    }

    private static String withKey(Map<String, Object> properties, String key) {
        Map<String, Object> all = new HashMap<>(properties);
        all.put("key", key);
        return JSON.writeValueAsString(all);
    }
}
