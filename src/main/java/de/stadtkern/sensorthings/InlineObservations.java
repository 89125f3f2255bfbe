package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.JsonNode;

/// Observations that come with the entities around them, and therefore in their transaction and not with the batches
/// of [ObservationWriter]; the same statement writes them.
final class InlineObservations {

    private static final int ROWS_AT_ONCE = 5_000;

    /// That a Datastream has observed a feature.
    record Observed(long datastreamId, long featureId) {}

    private final Connection connection;
    private final List<NewObservation> rows = new ArrayList<>();
    private final Map<Long, Long> derivedFeatures = new HashMap<>();
    private final Set<Observed> observed = new HashSet<>();

    InlineObservations(Connection connection) {
        this.connection = connection;
    }

    void add(NewEntity entity, long datastreamId, @Nullable Long featureId) throws SQLException {
        ObservationFields fields = fields(entity);
        rows.add(fields.observation(datastreamId, featureId));
        long feature = featureId == null ? derivedFeature(datastreamId) : featureId;
        if (feature != 0) {
            observed.add(new Observed(datastreamId, feature));
        }
    }

    static ObservationFields fields(NewEntity entity) {
        ObservationFields fields = new ObservationFields();
        for (Map.Entry<Property, JsonNode> value : entity.values().entrySet()) {
            try (JsonParser parser = value.getValue().traverse(ObjectReadContext.empty())) {
                parser.nextToken();
                fields.accept(value.getKey().name(), parser);
            }
        }
        return fields;
    }

    Set<Observed> observed() {
        return observed;
    }

    long[] write() throws SQLException {
        long[] ids = new long[rows.size()];
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<NewObservation> part = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
            Batch batch = new Batch(part, derivedFeatures, nextNumbers());
            if (!BatchWriter.allCarryTheirHour(part)) {
                BatchWriter.writeMoved(connection, batch);
            }
            BatchInsert.run(connection, batch);
            System.arraycopy(batch.ids, 0, ids, from, part.size());
        }
        return ids;
    }

    private long nextNumbers() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select nextval('observation_id')")) {
            row.next();
            return row.getLong(1);
        }
    }

    /// The FeatureOfInterest made of the Thing's Location; 0 if it has none.
    private long derivedFeature(long datastreamId) throws SQLException {
        Long known = derivedFeatures.get(datastreamId);
        if (known == null) {
            known = derive(datastreamId);
            derivedFeatures.put(datastreamId, known);
        }
        return known;
    }

    private long derive(long datastreamId) throws SQLException {
        List<Long> locations = Links.ids(connection, """
            select l.id from datastream d join thing_location tl on tl.thing_id = d.thing_id join location l on l.id = tl.location_id
            where d.id = ? order by l.id limit 1 for update of l
            """, datastreamId);
        if (locations.isEmpty()) {
            return 0;
        }
        long location = locations.getFirst();
        List<Long> features = Links.ids(
                connection, "select feature_id from location where id = ? and feature_id is not null", location);
        if (!features.isEmpty()) {
            return features.getFirst();
        }
        long feature = Links.ids(
                        connection,
                        """
                        with new as (
                          insert into feature_of_interest (name, description, encoding_type, feature, properties, point, bbox)
                          select name, description, encoding_type, location, properties, point, bbox from location where id = ? returning id
                        )%s select id from new
                        """.formatted(ChangeLog.CREATED.formatted(EntityType.FEATURE_OF_INTEREST.set())),
                        location)
                .getFirst();
        Links.update(connection, "update location set feature_id = ? where id = ?", feature, location);
        return feature;
    }
}
