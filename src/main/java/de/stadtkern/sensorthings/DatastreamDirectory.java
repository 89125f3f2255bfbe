package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.city.Transaction;
import de.stadtkern.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What the writer must know of a Datastream before it may write: that it is there, which FeatureOfInterest an
/// Observation without one gets (derived once from the Thing's Location, OGC 18-088 table 21), and what it says about
/// duplicates. Remembered until entities change.
@Component
class DatastreamDirectory {

    private static final long ASK_EVERY = Duration.ofSeconds(1).toNanos();

    private final Map<Long, Town> towns = new ConcurrentHashMap<>();

    private static final class Town {
        final Map<Long, Long> derivedFeature = new ConcurrentHashMap<>();
        /// Of MultiDatastreams: how many values a result has.
        final Map<Long, Integer> widths = new ConcurrentHashMap<>();
        /// Of those that do not just insert.
        final Map<Long, Duplicates> duplicates = new ConcurrentHashMap<>();
        final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
        final long sequence;
        volatile long asked;

        Town(long sequence) {
            this.sequence = sequence;
        }
    }

    private record Pair(long datastreamId, long featureId) {}

    /// What Datastreams say of their Observations.
    ///
    /// @param derivedFeatures their FeatureOfInterest, 0 where the Thing has no Location
    /// @param duplicates      the rule of those that do not just insert
    record Known(Map<Long, Long> derivedFeatures, Map<Long, Duplicates> duplicates) {}

    /// Throws [DatastreamUnknown] for the first that does not exist, and a [Problem] for a result that does not fit.
    /// The connection must be in auto-commit.
    Known known(City city, Connection connection, List<NewObservation> rows) throws SQLException {
        Set<Long> datastreamIds = datastreams(rows);
        Town town = town(city, connection);
        if (!town.derivedFeature.keySet().containsAll(datastreamIds)) {
            load(town, connection, datastreamIds);
        }
        for (long id : datastreamIds) {
            if (!town.derivedFeature.containsKey(id)) {
                throw new DatastreamUnknown(id);
            }
        }
        if (!town.widths.isEmpty()) {
            for (NewObservation row : rows) {
                int width = town.widths.getOrDefault(row.datastreamId(), 0);
                MultiDatastreams.requireFit(row.datastreamId(), width, row.json());
            }
        }
        return new Known(town.derivedFeature, town.duplicates);
    }

    /// Remembers that a Datastream has observed a feature it was given explicitly, and refuses a feature that does
    /// not exist.
    void requireFeature(City city, Connection connection, long datastreamId, long featureId) throws SQLException {
        Town town = town(city, connection);
        if (!town.pairs.contains(new Pair(datastreamId, featureId))) {
            if (!exists(connection, featureId)) {
                throw unknownFeature(featureId);
            }
            observe(town, connection, datastreamId, featureId);
        }
    }

    static Problem unknownFeature(long featureId) {
        return new Problem(
                Problem.Kind.INVALID,
                "feature-unknown",
                "FeatureOfInterest %d does not exist.".formatted(featureId),
                Map.of("field", "FeatureOfInterest"));
    }

    /// Called after every change of Datastreams, Things and Locations in this process.
    void forget(City city) {
        towns.remove(city.id());
    }

    @EventListener
    void forget(CityRemoved event) {
        forget(event.city());
    }

    /// What is remembered stays good until somebody, here or in another process, says in the change log that entities
    /// changed; that is asked once a second.
    private Town town(City city, Connection connection) throws SQLException {
        Town town = towns.get(city.id());
        if (town != null && System.nanoTime() - town.asked < ASK_EVERY) {
            return town;
        }
        long sequence = lastEntityChange(connection);
        if (town == null || town.sequence != sequence) {
            town = new Town(sequence);
            towns.put(city.id(), town);
        }
        town.asked = System.nanoTime();
        return town;
    }

    /// A sum and not the maximum, because a change may commit after one that came later.
    private static long lastEntityChange(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "select coalesce(sum(sequence), 0) from change_log where what <> 'observations'");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void load(Town town, Connection connection, Set<Long> datastreamIds) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select d.id, l.id, l.feature_id, df.feature_id is not null,
              case when d.multi_types is not null then jsonb_array_length(d.units) else 0 end,
              d.properties ->> 'duplicates'
            from datastream d
            left join lateral (
              select l.id, l.feature_id from thing_location tl join location l on l.id = tl.location_id
              where tl.thing_id = d.thing_id order by l.id limit 1) l on true
            left join datastream_feature df on df.datastream_id = d.id and df.feature_id = l.feature_id
            where d.id = any(?) and not d.hidden
            """)) {
            statement.setObject(
                    1, datastreamIds.stream().mapToLong(Long::longValue).toArray());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long datastreamId = rows.getLong(1);
                    long locationId = rows.getLong(2);
                    long featureId = rows.getLong(3);
                    if (locationId != 0 && featureId == 0) {
                        featureId = deriveFeature(connection, locationId);
                    }
                    if (featureId != 0 && !rows.getBoolean(4)) {
                        observe(town, connection, datastreamId, featureId);
                    }
                    if (rows.getInt(5) > 0) {
                        town.widths.put(datastreamId, rows.getInt(5));
                    }
                    Duplicates rule = Duplicates.ofDatastream(rows.getString(6));
                    if (rule != Duplicates.INSERT) {
                        town.duplicates.put(datastreamId, rule);
                    }
                    town.derivedFeature.put(datastreamId, featureId);
                }
            }
        }
    }

    private static long deriveFeature(Connection connection, long locationId) throws SQLException {
        try (Transaction transaction = Transaction.begin(connection)) {
            long featureId = DerivedFeature.of(connection, locationId);
            transaction.commit();
            return featureId;
        }
    }

    private static boolean exists(Connection connection, long featureId) throws SQLException {
        return single(connection, "select count(*) from feature_of_interest where id = ? and not hidden", featureId)
                == 1;
    }

    /// A new pair of Datastream and feature widens the observedArea: the feature's own geometry while there is one,
    /// the envelope of all when there are more.
    private static void observe(Town town, Connection connection, long datastreamId, long featureId)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into datastream_feature (datastream_id, feature_id)
            select d.id, f.id from datastream d, feature_of_interest f where d.id = ? and f.id = ?
            on conflict do nothing
            """)) {
            statement.setLong(1, datastreamId);
            statement.setLong(2, featureId);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
            with area as (
              select count(*) as n, min(f.feature::text) as single,
                min((bbox[1])[0]) as west, min((bbox[1])[1]) as south, max((bbox[0])[0]) as east, max((bbox[0])[1]) as north
              from datastream_feature df join feature_of_interest f on f.id = df.feature_id
              where df.datastream_id = ? and f.bbox is not null
            ), shape as (
              select case n when 0 then null when 1 then single::jsonb else jsonb_build_object('type', 'Polygon', 'coordinates',
                jsonb_build_array(jsonb_build_array(jsonb_build_array(west, south), jsonb_build_array(east, south),
                  jsonb_build_array(east, north), jsonb_build_array(west, north), jsonb_build_array(west, south)))) end as area
              from area
            ), changed as (
              update datastream d set observed_area = shape.area from shape
              where d.id = ? and d.observed_area is distinct from shape.area returning d.id
            )
            insert into change_log (what, entity_ids, properties)
            select 'Datastreams', array[id], array['observedArea'] from changed
            """)) {
            statement.setLong(1, datastreamId);
            statement.setLong(2, datastreamId);
            statement.executeUpdate();
        }
        town.pairs.add(new Pair(datastreamId, featureId));
    }

    private static long single(Connection connection, String sql, long parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, parameter);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private static Set<Long> datastreams(Collection<NewObservation> observations) {
        return observations.stream().map(NewObservation::datastreamId).collect(Collectors.toSet());
    }
}
