package de.stadtkern.sensorthings;

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
    private final Map<Long, Integer> widths = new HashMap<>();
    private final Set<Observed> observed = new HashSet<>();

    InlineObservations(Connection connection) {
        this.connection = connection;
    }

    void add(NewEntity entity, long datastreamId, @Nullable Long featureId) throws SQLException {
        NewObservation row = fields(entity).observation(datastreamId, featureId);
        MultiDatastreams.requireFit(datastreamId, width(datastreamId), row.json());
        rows.add(row);
        long feature = featureId == null ? derivedFeature(datastreamId) : featureId;
        if (feature != 0) {
            observed.add(new Observed(datastreamId, feature));
        }
    }

    private int width(long datastreamId) throws SQLException {
        Integer known = widths.get(datastreamId);
        if (known == null) {
            known = MultiDatastreams.width(connection, datastreamId);
            widths.put(datastreamId, known);
        }
        return known;
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
            where d.id = ? order by l.id limit 1
            """, datastreamId);
        return locations.isEmpty() ? 0 : DerivedFeature.of(connection, locations.getFirst());
    }
}
