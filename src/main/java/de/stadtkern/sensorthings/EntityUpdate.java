package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// PATCH of an entity that is no Observation: the properties named get new values, a link to one is exchanged, links
/// to many are added.
final class EntityUpdate {

    private EntityUpdate() {}

    static long run(Connection connection, long id, NewEntity change) throws SQLException {
        EntityRow row = EntityRow.of(withEncoding(connection, id, change));
        for (Map.Entry<Relation, List<Link>> links : change.links().entrySet()) {
            List<Long> targets = targets(connection, links.getKey(), links.getValue());
            if (links.getKey().join() instanceof Join.Names(var column)) {
                row.add(column, targets.getFirst());
            } else {
                link(connection, links.getKey(), id, targets);
            }
        }
        if (!row.isEmpty() && !row.update(connection, id)) {
            throw EntityWriter.gone(change.type(), id);
        }
        if (change.type() == EntityType.LOCATION
                && change.values().keySet().stream()
                        .anyMatch(p -> p.name().equals("location") || p.name().equals("encodingType"))) {
            // What was observed so far was observed at the old place; the next Observation gets a feature of the new
            // one.
            Links.update(connection, "update location set feature_id = null where id = ?", id);
        }
        if (change.type().isSeries()) {
            Links.joinDataSet(connection, id);
        }
        if (change.type() == EntityType.MULTI_DATASTREAM) {
            MultiDatastreams.requireWhole(connection, id);
        }
        ChangeLog.changed(connection, change.type(), id, names(change));
        return id;
    }

    /// What is encoded is read by its `encodingType`: where a change names one of the two, the other is the stored one.
    private static NewEntity withEncoding(Connection connection, long id, NewEntity change) throws SQLException {
        Property.Json encoded = change.type().findEncoded().orElse(null);
        Property encoding = change.type().findProperty("encodingType").orElse(null);
        if (encoded == null
                || encoding == null
                || change.values().containsKey(encoded) == change.values().containsKey(encoding)) {
            return change;
        }
        String sql = "select to_jsonb(encoding_type)::text, %s::text from %s where id = ? for update"
                .formatted(Property.bare(encoded.column()), change.type().tableName());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw EntityWriter.gone(change.type(), id);
                }
                Map<Property, JsonNode> values = new LinkedHashMap<>(change.values());
                values.putIfAbsent(encoding, EntityBody.MAPPER.readTree(row.getString(1)));
                values.putIfAbsent(encoded, EntityBody.MAPPER.readTree(row.getString(2)));
                EntityBody.requireEncoded(change.type(), values, "");
                return new NewEntity(change.type(), values, change.links());
            }
        }
    }

    private static List<String> names(NewEntity change) {
        List<String> names = new ArrayList<>();
        change.values().keySet().forEach(property -> names.add(property.name()));
        change.links().keySet().forEach(relation -> names.add(relation.name()));
        return names;
    }

    private static List<Long> targets(Connection connection, Relation relation, List<Link> links) throws SQLException {
        List<Long> targets = new ArrayList<>();
        for (Link link : links) {
            if (link instanceof Link.Existing(var target)) {
                targets.add(Links.requireTarget(connection, relation.target(), target));
            }
        }
        return targets;
    }

    private static void link(Connection connection, Relation relation, long id, List<Long> targets)
            throws SQLException {
        switch (relation.join()) {
            case Join.Names _ -> {}
            case Join.Observed _, Join.Newest _ -> throw immovable(relation);
            case Join.NamedBy(var column) -> {
                if (relation.target() == EntityType.OBSERVATION) {
                    throw immovable(relation);
                }
                for (long target : targets) {
                    Links.rename(connection, relation, column, id, target);
                }
            }
            case Join.Pairs pairs -> {
                // One ObservedProperty takes the place of another; several are a list in an order.
                if (relation.source().isSeries()) {
                    Links.update(connection, "delete from datastream_observed_property where datastream_id = ?", id);
                }
                if (relation.target() == EntityType.MULTI_DATASTREAM) {
                    throw EntityBody.wrong(
                            relation.name(),
                            "link-not-possible",
                            "ObservedProperties of a MultiDatastream are linked from its own side, all of them in their"
                                    + " order.");
                }
                if (relation.source() == EntityType.OBSERVED_PROPERTY) {
                    for (long target : targets) {
                        Links.update(
                                connection, "delete from datastream_observed_property where datastream_id = ?", target);
                    }
                }
                place(connection, relation, pairs, id, targets);
            }
        }
    }

    /// A Thing is where its newest Locations say; everything else is only added to.
    private static void place(Connection connection, Relation relation, Join.Pairs pairs, long id, List<Long> targets)
            throws SQLException {
        boolean isThing = relation.source() == EntityType.THING && relation.target() == EntityType.LOCATION;
        boolean isPlace = relation.source() == EntityType.LOCATION && relation.target() == EntityType.THING;
        if (isThing && !targets.isEmpty()) {
            Links.moveTo(connection, id, targets);
        }
        for (long target : targets) {
            if (isPlace) {
                Links.moveTo(connection, target, List.of(id));
            } else if (!isThing) {
                Links.pair(connection, pairs, id, target);
            }
        }
    }

    private static RuntimeException immovable(Relation relation) {
        return EntityBody.wrong(
                relation.name(),
                "link-not-possible",
                "Observations are linked from their own side: PATCH the Observation.");
    }
}
