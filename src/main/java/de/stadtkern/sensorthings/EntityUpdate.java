package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// PATCH of an entity that is no Observation: the properties named get new values, a link to one is exchanged, links
/// to many are added.
final class EntityUpdate {

    private EntityUpdate() {}

    static long run(Connection connection, long id, NewEntity change) throws SQLException {
        EntityRow row = EntityRow.of(change);
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
                && change.values().keySet().stream().anyMatch(p -> p.name().equals("location"))) {
            // What was observed so far was observed at the old place; the next Observation gets a feature of the new
            // one.
            Links.update(connection, "update location set feature_id = null where id = ?", id);
        }
        ChangeLog.changed(connection, change.type(), id, names(change));
        return id;
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
                if (!pairs.many()) {
                    Links.update(connection, "delete from datastream_observed_property where datastream_id = ?", id);
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
