package de.stadtkern.sensorthings;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Caller;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Who changed which entity through the API, in the transaction of the change itself: all that people do, and what
/// programs with a key delete. What programs create and change is not kept: gateways that report their battery every
/// minute would fill it. Observations are not kept either, and what a page records itself is not kept twice.
@Component
class EntityTrail {

    private final Rights rights;
    private final Changes changes;

    EntityTrail(Rights rights, Changes changes) {
        this.rights = rights;
        this.changes = changes;
    }

    /// The entity before it is changed; null where nothing will be kept.
    @Nullable
    JsonNode before(Connection connection, EntityType type, long id) throws SQLException {
        return isKept(type, false) ? read(connection, type, id) : null;
    }

    /// The same before it is deleted.
    @Nullable
    JsonNode beforeDeletion(Connection connection, EntityType type, long id) throws SQLException {
        return isKept(type, true) ? read(connection, type, id) : null;
    }

    void created(Connection connection, EntityType type, long id) throws SQLException {
        if (isKept(type, false)) {
            record(connection, type, id, null, read(connection, type, id));
        }
    }

    void changed(Connection connection, EntityType type, long id, @Nullable JsonNode before) throws SQLException {
        if (before != null) {
            record(connection, type, id, before, read(connection, type, id));
        }
    }

    void deleted(Connection connection, EntityType type, long id, @Nullable JsonNode before) {
        if (before != null) {
            record(connection, type, id, before, null);
        }
    }

    private boolean isKept(EntityType type, boolean deletion) {
        boolean known = switch (rights.caller()) {
            case Caller.Person _ -> true;
            case Caller.Machine _ -> deletion;
            case Caller.Anonymous _, Caller.Monitoring _, Caller.Operator _ -> false;
        };
        return known && type != EntityType.OBSERVATION && !ChangeSet.isOfPage();
    }

    private static JsonNode read(Connection connection, EntityType type, long id) throws SQLException {
        return EntityBody.MAPPER.readTree(EntityReader.whole(connection, type, id, Request.Metadata.NONE, ""));
    }

    private void record(
            Connection connection, EntityType type, long id, @Nullable JsonNode before, @Nullable JsonNode after) {
        JsonNode named = after == null ? before : after;
        String name = named == null ? "" : named.path("name").asString("");
        String title = name.isEmpty() ? "%s(%d)".formatted(type.set(), id) : name;
        changes.record(
                connection,
                new Changes.Subject(Area.PLATFORM, type.entity(), String.valueOf(id), title),
                before,
                after,
                "");
    }
}
