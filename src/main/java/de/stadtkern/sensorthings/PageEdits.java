package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.EntityTag.Condition;
import de.stadtkern.sensorthings.EntityWriter.Manner;
import de.stadtkern.sensorthings.query.Closed;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a person changes by page goes the way of the API, [EntityWriter], under the same rules, in the transaction in
/// which the change is recorded.
@Component
class PageEdits {

    private final DataSource dataSource;
    private final EntityReader reader;
    private final EntityWriter writer;
    private final DatastreamDirectory directory;
    private final WriteAccess access;
    private final DataSets dataSets;
    private final Rights rights;
    private final Changes changes;

    PageEdits(
            DataSource dataSource,
            EntityReader reader,
            EntityWriter writer,
            DatastreamDirectory directory,
            WriteAccess access,
            DataSets dataSets,
            Rights rights,
            Changes changes) {
        this.dataSource = dataSource;
        this.reader = reader;
        this.writer = writer;
        this.directory = directory;
        this.access = access;
        this.dataSets = dataSets;
        this.rights = rights;
        this.changes = changes;
    }

    static void requireName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw Problem.field("name", "name-invalid", "A name has 1 to 200 characters.");
        }
    }

    static void requireText(String field, String text, int longest) {
        if (text.length() > longest) {
            String name = field.equals("description") ? "description-invalid" : "text-too-long";
            throw Problem.field(
                    field, name, "This has at most %d characters.".formatted(longest), Map.of("longest", longest));
        }
    }

    /// Whether the caller may change this entity, which they can see.
    boolean allow(EntityType type, long id) {
        if (!rights.allow(Role.EDITOR, Area.PLATFORM)) {
            return false;
        }
        Closed unwritable = dataSets.unwritable();
        if (unwritable.isNone()) {
            return true;
        }
        try (Connection connection = ChangeSet.connection(dataSource)) {
            return !DataSetGuard.reaches(connection, unwritable, type, id);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Reads for somebody who may change it; who may not is refused, and who may not even see it learns nothing.
    <T> T reading(EntityType type, long id, ScopedValue.CallableOp<T, RuntimeException> work) {
        rights.require(Role.EDITOR, Area.PLATFORM);
        access.require();
        return dataSets.closed().call(() -> {
            reader.id(ResourcePath.of(type, id));
            if (!allow(type, id)) {
                throw DataSets.refused();
            }
            return work.call();
        });
    }

    /// Does the work in the transaction that is open, with the entity locked.
    <T> T changing(EntityType type, long id, ScopedValue.CallableOp<T, RuntimeException> work) {
        return ChangeSet.join(
                dataSource,
                () -> reading(type, id, () -> {
                    lock(type, id);
                    // Others may have read the old state into it up to the commit.
                    ChangeSet.later(connection -> directory.forget(CityContext.current()));
                    return work.call();
                }));
    }

    void lock(EntityType type, long id) {
        try (Connection connection = ChangeSet.connection(dataSource)) {
            Links.ids(connection, "select 1 from " + type.tableName() + " where id = ? for update", id);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Whatever the caller may see; for comparing a state with another.
    <T> Optional<T> find(EntityType type, long id, ScopedValue.CallableOp<T, RuntimeException> work) {
        return dataSets.seeingAll(() -> {
            try {
                reader.id(ResourcePath.of(type, id));
            } catch (RequestRefused gone) {
                return Optional.empty();
            }
            return Optional.of(work.call());
        });
    }

    /// The whole entity, as the API shows it.
    JsonNode entity(EntityType type, long id) {
        Request.Entity whole = new Request.Entity(ResourcePath.of(type, id), Request.Options.of(Request.Metadata.NONE));
        return EntityBody.MAPPER.readTree(reader.entity(whole, "").toByteArray());
    }

    void patch(EntityType type, long id, ObjectNode body) {
        if (!body.isEmpty()) {
            writer.update(
                    ResourcePath.of(type, id),
                    EntityBody.MAPPER.writeValueAsBytes(body),
                    Manner.PATCH,
                    Condition.NONE,
                    "");
        }
    }

    /// @return number of the change, 0 if nothing changed
    long record(String kind, long id, String name, Map<String, String> before, Map<String, String> after) {
        return changes.record(new Changes.Subject(Area.PLATFORM, kind, String.valueOf(id), name), before, after, "")
                .orElse(0L);
    }

    static String text(JsonNode node) {
        return node.isString() ? node.asString() : node.isMissingNode() || node.isNull() ? "" : node.toString();
    }
}
