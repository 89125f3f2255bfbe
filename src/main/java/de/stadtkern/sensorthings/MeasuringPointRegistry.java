package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.NewMeasuringPoint.Observed;
import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/// Finds or creates what an importer or a simulator describes: Thing, Location, Sensor, ObservedProperty,
/// Datastreams.
@Repository
class MeasuringPointRegistry {

    private static final JsonMapper JSON = new JsonMapper();

    private final DataSource dataSource;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final DataSets dataSets;

    MeasuringPointRegistry(DataSource dataSource, TransactionTemplate transaction, DataSets dataSets) {
        this.dataSource = dataSource;
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
            ids.put(series.key(), findDatastream(thing, series).orElseGet(() -> createDatastream(thing, series)));
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
        return jdbc.sql("""
            select id from thing where (properties ->> 'key' = :key or id = :own) and not hidden order by id = :own desc, id limit 1
            """)
                .param("key", key)
                .param("own", OwnKey.id("thing", key).orElse(0))
                .query(Long.class)
                .optional();
    }

    private long createThing(NewMeasuringPoint wish) {
        long thing = jdbc.sql("insert into thing (name, description, properties) values (?, ?, ?::jsonb) returning id")
                .params(wish.name(), wish.description(), withKey(wish.properties(), wish.key()))
                .query(Long.class)
                .single();
        created(EntityType.THING, thing);
        if (wish.location() instanceof NewLocation location) {
            createLocation(thing, location);
        }
        return thing;
    }

    private void createLocation(long thing, NewLocation wish) {
        long location = insert(wish);
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

    private long insert(NewLocation wish) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            return EntityRow.of(wish.entity()).insert(connection);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    private Optional<Long> findDatastream(long thing, NewMeasuringPoint.Series series) {
        return jdbc.sql("""
            select id from datastream
            where thing_id = :thing and (properties ->> 'key' = :key or id = :own) and not hidden
              and jsonb_array_length(units) = :width and (multi_types is not null) = :multi
            order by id = :own desc, id limit 1
            """)
                .param("thing", thing)
                .param("key", series.key())
                .param("own", OwnKey.id("datastream", series.key()).orElse(0))
                .param("width", series.observed().size())
                .param("multi", series.isMulti())
                .query(Long.class)
                .optional();
    }

    private long createDatastream(long thing, NewMeasuringPoint.Series series) {
        List<Observed> observed = series.observed();
        List<String> types = observed.stream().map(Observed::type).toList();
        long datastream = jdbc.sql("""
            insert into datastream (name, description, observation_type, multi_types, units, properties, thing_id, sensor_id, data_set_id)
            select :name, :description, :type, case when :multi then :types::jsonb end, :units::jsonb, :properties::jsonb,
              t.id, :sensor, t.data_set_id
            from thing t where t.id = :thing returning id
            """)
                .param("name", series.name())
                .param("description", series.description())
                .param("type", series.isMulti() ? MultiDatastreams.COMPLEX : types.getFirst())
                .param("multi", series.isMulti())
                .param("types", JSON.writeValueAsString(types))
                .param(
                        "units",
                        JSON.writeValueAsString(observed.stream()
                                .map(MeasuringPointRegistry::unit)
                                .toList()))
                .param("properties", withKey(series.properties(), series.key()))
                .param("sensor", sensor(series))
                .param("thing", thing)
                .query(Long.class)
                .single();
        List<Long> properties = new ArrayList<>();
        for (Observed each : observed) {
            properties.add(observedProperty(each, properties));
            jdbc.sql("""
                insert into datastream_observed_property (datastream_id, position, observed_property_id) values (?, ?, ?)
                """)
                    .params(datastream, properties.size() - 1, properties.getLast())
                    .update();
        }
        jdbc.sql("insert into datastream_state (datastream_id) values (?)")
                .param(datastream)
                .update();
        return created(series.isMulti() ? EntityType.MULTI_DATASTREAM : EntityType.DATASTREAM, datastream);
    }

    private static Map<String, String> unit(Observed observed) {
        Map<String, String> unit = new LinkedHashMap<>();
        unit.put("name", observed.unitName());
        unit.put("symbol", observed.unitSymbol());
        unit.put("definition", observed.unitDefinition());
        return unit;
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

    /// @param taken by other values of the same Datastream: each has one of its own
    private long observedProperty(Observed observed, List<Long> taken) {
        return jdbc.sql("""
            select id from observed_property where name = :name and definition = :definition and id <> all(:taken::bigint[])
            order by id limit 1
            """)
                .param("name", observed.property())
                .param("definition", observed.definition())
                .param("taken", taken.toArray(Long[]::new))
                .query(Long.class)
                .optional()
                .orElseGet(() -> created(
                        EntityType.OBSERVED_PROPERTY,
                        jdbc.sql("""
                            insert into observed_property (name, definition, description, properties)
                            values (?, ?, ?, ?::jsonb) returning id
                            """)
                                .params(
                                        observed.property(),
                                        observed.definition(),
                                        observed.property(),
                                        JSON.writeValueAsString(aggregation(observed.aggregation())))
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
