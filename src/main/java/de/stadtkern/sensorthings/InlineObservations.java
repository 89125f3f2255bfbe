package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Property;
import java.sql.Connection;
import java.sql.PreparedStatement;
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
/// of [ObservationWriter]; the same statements write them.
final class InlineObservations {

    private static final int ROWS_AT_ONCE = 5_000;

    /// That a Datastream has observed a feature.
    record Observed(long datastreamId, long featureId) {}

    private final Connection connection;
    private final Duplicates rule;
    private final List<NewObservation> rows = new ArrayList<>();
    private final Map<Long, Long> derivedFeatures = new HashMap<>();
    private final Map<Long, Integer> widths = new HashMap<>();
    private final Set<Observed> observed = new HashSet<>();

    InlineObservations(Connection connection, Duplicates rule) {
        this.connection = connection;
        this.rule = rule;
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

    /// Their ids, 0 for those that are left out.
    long[] write() throws SQLException {
        long[] ids = new long[rows.size()];
        DuplicateRules rules = new DuplicateRules(rule, duplicates());
        for (int from = 0; from < rows.size(); from += ROWS_AT_ONCE) {
            List<NewObservation> part = rows.subList(from, Math.min(rows.size(), from + ROWS_AT_ONCE));
            long[] written = rules.onlyInsert(part)
                    ? insert(part)
                    : new KeyedWrite(connection, count -> nextNumbers(), derivedFeatures)
                            .write(part, rules)
                            .ids();
            System.arraycopy(written, 0, ids, from, part.size());
        }
        return ids;
    }

    private long[] insert(List<NewObservation> part) throws SQLException {
        Batch batch = new Batch(part, derivedFeatures, nextNumbers());
        if (!BatchWriter.allCarryTheirHour(part)) {
            BatchWriter.writeMoved(connection, batch);
        }
        BatchInsert.run(connection, batch);
        return batch.ids;
    }

    /// What their Datastreams say, some of which may have come with them.
    private Map<Long, Duplicates> duplicates() throws SQLException {
        Map<Long, Duplicates> duplicates = new HashMap<>();
        if (rule != Duplicates.BY_DATASTREAM) {
            return duplicates;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "select id, properties ->> 'duplicates' from datastream where id = any(?) and properties ->>"
                        + " 'duplicates' is not null")) {
            statement.setObject(
                    1,
                    rows.stream()
                            .mapToLong(NewObservation::datastreamId)
                            .distinct()
                            .toArray());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    duplicates.put(found.getLong(1), Duplicates.ofDatastream(found.getString(2)));
                }
            }
        }
        duplicates.values().removeIf(Duplicates.INSERT::equals);
        return duplicates;
    }

    /// A block of its own for each statement.
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
