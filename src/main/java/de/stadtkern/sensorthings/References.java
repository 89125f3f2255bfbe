package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Links made and cut by themselves: POST, PUT and DELETE of `…/$ref`.
final class References {

    private static final Pattern ID = Pattern.compile("(?:.*\\()?(\\d{1,18})\\)?");

    private References() {}

    /// The target in a body: `{"@iot.id": 5}` or `{"@id": "…/Locations(5)"}`.
    static long target(byte[] body) {
        JsonNode json;
        try {
            json = EntityBody.MAPPER.readTree(body);
        } catch (JacksonException malformed) {
            throw RequestBody.malformed(malformed);
        }
        for (String member : new String[] {"@iot.id", "@iot.selfLink", "@id", "@odata.id", "url"}) {
            JsonNode id = json.path(member);
            if (id.isIntegralNumber() && id.canConvertToLong()) {
                return id.asLong();
            }
            if (id.isString()) {
                return id(id.asString());
            }
        }
        throw EntityBody.wrong("@iot.id", "property-missing", "A reference is {\"@iot.id\": …} with a whole number.");
    }

    /// `5`, `Locations(5)` or a whole address.
    static long id(String text) {
        Matcher matcher = ID.matcher(text);
        if (!matcher.matches()) {
            throw EntityBody.wrong("@iot.id", "type-wrong", "A reference names an entity, as in Locations(5).");
        }
        return Long.parseLong(matcher.group(1));
    }

    /// Links to many are added to; a Thing that is at one more place has moved there from where it was.
    static void add(Connection connection, Relation relation, Join.Pairs pairs, long source, long target)
            throws SQLException {
        Links.requireTarget(connection, relation.target(), target);
        Links.pair(connection, pairs, source, target);
        recordPlace(connection, relation, source, target);
    }

    static void remove(Connection connection, Relation relation, long source, long target) throws SQLException {
        boolean isPlaced = relation.join() instanceof Join.Pairs(var table, var _, var _, var _)
                && (table.equals("thing_location") || table.equals("historical_location_location"));
        if (!isPlaced || !(relation.join() instanceof Join.Pairs pairs)) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "link-mandatory",
                    "A %s is nothing without its %s; link it to another one instead."
                            .formatted(
                                    owner(relation),
                                    relation.isToMany() ? relation.source().entity() : relation.name()),
                    Map.of("relation", relation.name()));
        }
        int gone = Links.update(
                connection,
                "delete from %s where %s = ? and %s = ?"
                        .formatted(pairs.table(), pairs.sourceColumn(), pairs.targetColumn()),
                source,
                target);
        if (gone == 0) {
            throw EntityWriter.gone(relation.target(), target);
        }
        requirePlaceOfHistory(connection, relation, source, target);
        recordPlace(connection, relation, source, target);
    }

    private static String owner(Relation relation) {
        return relation.isToMany()
                ? relation.target().entity()
                : relation.source().entity();
    }

    private static void requirePlaceOfHistory(Connection connection, Relation relation, long source, long target)
            throws SQLException {
        long history = relation.source() == EntityType.HISTORICAL_LOCATION
                ? source
                : relation.target() == EntityType.HISTORICAL_LOCATION ? target : 0;
        if (history != 0
                && Links.ids(
                                connection,
                                "select location_id from historical_location_location where historical_location_id = ?",
                                history)
                        .isEmpty()) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "link-mandatory",
                    "A HistoricalLocation has at least one Location; add another one first, or delete it.",
                    Map.of("relation", relation.name()));
        }
    }

    private static void recordPlace(Connection connection, Relation relation, long source, long target)
            throws SQLException {
        if (relation.source() == EntityType.THING && relation.target() == EntityType.LOCATION) {
            Links.recordMove(connection, source);
        } else if (relation.source() == EntityType.LOCATION && relation.target() == EntityType.THING) {
            Links.recordMove(connection, target);
        }
    }
}
