package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DeepInsert.Given;
import de.stadtkern.sensorthings.EntityTag.Condition;
import de.stadtkern.sensorthings.query.Closed;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Relation.Join;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Creates, changes and deletes entities, each request in one transaction.
@Component
class EntityWriter {

    private static final int TRIES = 4;
    private static final int MOST_DELETED = 10_000;

    /// Deadlock, serialisation failure, and a lock somebody held too long.
    private static final Set<String> PASSING = Set.of("40P01", "40001", "55P03");

    private final DataSource dataSource;
    private final WriteAccess access;
    private final EntityReader reader;
    private final NewObservations observations;
    private final DatastreamDirectory directory;
    private final Partitions partitions;
    private final DataSets dataSets;
    private final EntityTrail trail;

    EntityWriter(
            DataSource dataSource,
            WriteAccess access,
            EntityReader reader,
            NewObservations observations,
            DatastreamDirectory directory,
            Partitions partitions,
            DataSets dataSets,
            EntityTrail trail) {
        this.dataSource = dataSource;
        this.access = access;
        this.reader = reader;
        this.observations = observations;
        this.directory = directory;
        this.partitions = partitions;
        this.dataSets = dataSets;
        this.trail = trail;
    }

    /// @param withBody false for a plain Observation: a sensor does not read what it has just sent
    record Created(long id, boolean withBody) {}

    Created create(ResourcePath path, byte[] body, Duplicates rule) {
        return create(path, body, rule, Entry.API);
    }

    /// @param entry by which door a plain Observation comes
    Created create(ResourcePath path, byte[] body, Duplicates rule, Entry entry) {
        if (path.type() == EntityType.OBSERVATION && isPlainObservationTarget(path) && !ChangeSet.isOpen()) {
            Long datastream =
                    path.hasParent() ? Long.valueOf(path.parent().last().key().orElseThrow()) : null;
            EntityType owner = path.hasParent() ? path.parent().type() : EntityType.DATASTREAM;
            NewObservations.Parsed parsed = NewObservations.parse(body, datastream, owner);
            if (parsed != null) {
                return createObservation(parsed, rule, entry);
            }
        }
        // A key for one Datastream writes plain Observations of it and nothing around them.
        access.require();
        if (rule.looksForOthers() && path.type() != EntityType.OBSERVATION) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "duplicates-not-possible",
                    "'duplicates' is for Observations; this request creates something else.",
                    Map.of("option", "duplicates"));
        }
        Given given = path.hasParent() ? given(path) : null;
        NewEntity entity = EntityBody.create(path.type(), body);
        DeepInsert insert = new DeepInsert(entity, given, rule, directory, partitions);
        long id = inTransaction(
                connection -> {
                    if (given != null) {
                        requireWrite(connection, given.relation().source(), given.parentId());
                    }
                    requireLinks(connection, entity);
                    long created = insert.run(connection);
                    trail.created(connection, path.type(), created);
                    return created;
                },
                insert::before,
                insert::after);
        return new Created(id, true);
    }

    private Created createObservation(NewObservations.Parsed parsed, Duplicates rule, Entry entry) {
        if (parsed.isDoubtful()) {
            observations.requireKind(parsed.owner(), parsed.observation().datastreamId());
        }
        long id = observations.create(parsed.observation(), rule, entry);
        if (id == 0) {
            throw observationExists();
        }
        return new Created(id, false);
    }

    static Problem observationExists() {
        return new Problem(
                Problem.Kind.CONFLICTING,
                "observation-exists",
                "An Observation of this Datastream and phenomenonTime is there already and is kept"
                        + " ('duplicates=ignore').");
    }

    private static boolean isPlainObservationTarget(ResourcePath path) {
        return !path.hasParent()
                || path.steps().size() == 2
                        && path.parent().type().isSeries()
                        && path.parent().last().key().isPresent();
    }

    private Given given(ResourcePath path) {
        var relation = path.last().relation();
        if (relation == null) {
            throw new IllegalArgumentException("Only a path with a parent gives one");
        }
        return new Given(relation, reader.id(path.parent()));
    }

    /// How a body says what is to change.
    enum Manner {
        /// It names what is to be different.
        PATCH,
        /// It is the whole entity.
        PUT,
        /// It lists operations on the JSON of the entity (RFC 6902).
        JSON_PATCH
    }

    /// Changes what the body says and returns the id.
    ///
    /// @param root of the service, for the version the caller may know
    long update(ResourcePath path, byte[] body, Manner manner, Condition condition, String root) {
        long id = reader.id(path);
        NewEntity given = switch (manner) {
            case PATCH -> EntityBody.patch(path.type(), body);
            case PUT -> EntityBody.replace(path.type(), body);
            case JSON_PATCH -> EntityBody.patch(path.type(), patched(path.type(), id, body));
        };
        ObservationEdit edit = new ObservationEdit(id, partitions);
        boolean isObservation = path.type() == EntityType.OBSERVATION;
        inTransaction(
                connection -> {
                    requireWrite(connection, path.type(), id);
                    requireLinks(connection, given);
                    lock(connection, path.type(), id, edit);
                    require(connection, path.type(), id, condition, root);
                    NewEntity change = manner == Manner.JSON_PATCH
                            ? EntityBody.patch(path.type(), patched(connection, path.type(), id, body))
                            : given;
                    if (isObservation) {
                        return edit.change(connection, change);
                    }
                    JsonNode before = trail.before(connection, path.type(), id);
                    EntityUpdate.run(connection, id, change);
                    trail.changed(connection, path.type(), id, before);
                    return id;
                },
                isObservation ? edit.before(given) : connection -> {},
                connection -> {});
        directory.forget(CityContext.current());
        return id;
    }

    /// A look before the row is locked: what is wrong with the operations is said before anything is done.
    private byte[] patched(EntityType type, long id, byte[] operations) {
        try (Connection connection = ChangeSet.connection(dataSource)) {
            return patched(connection, type, id, operations);
        } catch (SQLException failed) {
            throw refused(failed);
        }
    }

    private static byte[] patched(Connection connection, EntityType type, long id, byte[] operations)
            throws SQLException {
        return JsonPatch.changes(EntityReader.whole(connection, type, id, Request.Metadata.NONE, ""), operations);
    }

    private static void lock(Connection connection, EntityType type, long id, ObservationEdit edit)
            throws SQLException {
        if (type == EntityType.OBSERVATION) {
            edit.lockTotals(connection);
        } else {
            Links.ids(connection, "select 1 from " + type.tableName() + " where id = ? for update", id);
        }
    }

    private static void require(Connection connection, EntityType type, long id, Condition condition, String root)
            throws SQLException {
        if (!condition.isNone()) {
            condition.require(EntityReader.whole(connection, type, id, Request.Metadata.FULL, root));
        }
    }

    void delete(ResourcePath path, Condition condition, String root) {
        long id = reader.id(path);
        inTransaction(
                connection -> {
                    if (!condition.isNone()) {
                        lock(connection, path.type(), id, new ObservationEdit(id, partitions));
                        require(connection, path.type(), id, condition, root);
                    }
                    remove(connection, path.type(), id);
                    return id;
                },
                connection -> {},
                connection -> {});
        directory.forget(CityContext.current());
    }

    private void requireWrite(Connection connection, EntityType type, long id) throws SQLException {
        requireWrite(connection, dataSets.unwritable(), type, id);
    }

    private void requireWrite(Connection connection, Closed unwritable, EntityType type, long id) throws SQLException {
        if (unwritable.isNone()) {
            return;
        }
        boolean isObservation = type == EntityType.OBSERVATION;
        DataSetGuard.require(
                connection,
                unwritable,
                isObservation ? EntityType.DATASTREAM : type,
                isObservation ? new ObservationEdit(id, partitions).datastream(connection) : id);
    }

    /// What a body links to becomes larger by it: a Thing by its Datastream, a Datastream by its Observation.
    private void requireLinks(Connection connection, NewEntity entity) throws SQLException {
        for (Map.Entry<Relation, List<NewEntity.Link>> links : entity.links().entrySet()) {
            EntityType type = links.getKey().target();
            for (NewEntity.Link link : links.getValue()) {
                switch (link) {
                    case NewEntity.Link.Existing(var target) -> {
                        if (type == EntityType.THING || type.isSeries()) {
                            // What the caller may not even read is not there, which is said when the link is made.
                            Closed readable = dataSets.unwritable().without(Closed.current());
                            requireWrite(connection, readable, type, target);
                        }
                    }
                    case NewEntity.Link.Inline(var inner) -> requireLinks(connection, inner);
                }
            }
        }
    }

    private void remove(Connection connection, EntityType type, long id) throws SQLException {
        requireWrite(connection, type, id);
        if (type == EntityType.OBSERVATION) {
            new ObservationEdit(id, partitions).delete(connection);
        } else {
            JsonNode before = trail.beforeDeletion(connection, type, id);
            EntityRemoval.run(connection, type, List.of(id));
            trail.deleted(connection, type, id, before);
        }
    }

    /// Deletes all entities of a filtered set, or none if they are too many or one of them is not for the caller to
    /// write. Returns how many there were.
    int deleteAll(Request.EntitySet set) {
        List<Long> ids = reader.ids(set, MOST_DELETED + 1);
        if (ids.size() > MOST_DELETED) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "set-too-large",
                    "More than %d entities match; delete them in parts, or the Datastream as a whole."
                            .formatted(MOST_DELETED));
        }
        EntityType type = set.path().type();
        int gone = inTransaction(
                connection -> {
                    Closed unwritable = dataSets.unwritable();
                    if (type == EntityType.OBSERVATION) {
                        return ObservationRemoval.run(connection, ids, unwritable);
                    }
                    return deleteAll(connection, type, ids, unwritable);
                },
                connection -> {},
                connection -> {});
        directory.forget(CityContext.current());
        return gone;
    }

    private int deleteAll(Connection connection, EntityType type, List<Long> ids, Closed unwritable)
            throws SQLException {
        List<@Nullable JsonNode> before = new ArrayList<>();
        for (long id : ids) {
            requireWrite(connection, unwritable, type, id);
            before.add(trail.beforeDeletion(connection, type, id));
        }
        EntityRemoval.run(connection, type, ids);
        for (int i = 0; i < ids.size(); i++) {
            trail.deleted(connection, type, ids.get(i), before.get(i));
        }
        return ids.size();
    }

    /// POST or PUT of `…/$ref`.
    void link(ResourcePath path, long target) {
        Relation relation = relation(path);
        long source = reader.id(path.parent());
        if (relation.join() instanceof Join.Pairs pairs
                && pairs.many()
                && !pairs.table().equals("datastream_observed_property")) {
            inTransaction(
                    connection -> {
                        requireWrite(connection, relation.source(), source);
                        requireWrite(connection, relation.target(), target);
                        References.add(connection, relation, pairs, source, target);
                        return source;
                    },
                    connection -> {},
                    connection -> {});
        } else {
            String body = relation.isToMany()
                    ? "{\"%s\":[{\"@iot.id\":%d}]}".formatted(relation.name(), target)
                    : "{\"%s\":{\"@iot.id\":%d}}".formatted(relation.name(), target);
            update(path.parent(), body.getBytes(StandardCharsets.UTF_8), Manner.PATCH, Condition.NONE, "");
        }
        directory.forget(CityContext.current());
    }

    /// DELETE of `…/$ref`.
    void unlink(ResourcePath path, long target) {
        long source = reader.id(path.parent());
        inTransaction(
                connection -> {
                    requireWrite(connection, path.parent().type(), source);
                    requireWrite(connection, path.type(), target);
                    References.remove(connection, relation(path), source, target);
                    return source;
                },
                connection -> {},
                connection -> {});
        directory.forget(CityContext.current());
    }

    private static Relation relation(ResourcePath path) {
        Relation relation = path.last().relation();
        if (relation == null) {
            throw new IllegalArgumentException("A link leads from one entity to another");
        }
        return relation;
    }

    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    interface Step {
        void on(Connection connection) throws SQLException;
    }

    /// @param before on the same connection, before the transaction; `after` after its commit
    private <T> T inTransaction(Work<T> work, Step before, Step after) {
        if (ChangeSet.isOpen()) {
            return inChangeSet(work, before, after);
        }
        for (int attempt = 1; ; attempt++) {
            try (Connection connection = dataSource.getConnection()) {
                before.on(connection);
                T result = BatchWriter.inTransaction(connection, () -> work.on(connection));
                after.on(connection);
                return result;
            } catch (SQLException failed) {
                if (attempt == TRIES || !PASSING.contains(String.valueOf(failed.getSQLState()))) {
                    throw refused(failed);
                }
            }
        }
    }

    /// Partitions are made outside; the transaction is the change set's, and so is what follows its commit.
    private <T> T inChangeSet(Work<T> work, Step before, Step after) {
        try (Connection outside = dataSource.getConnection()) {
            before.on(outside);
        } catch (SQLException failed) {
            throw refused(failed);
        }
        try (Connection connection = ChangeSet.connection(dataSource)) {
            T result = work.on(connection);
            ChangeSet.later(after);
            return result;
        } catch (SQLException failed) {
            throw refused(failed);
        }
    }

    private static RuntimeException refused(SQLException failed) {
        if ("23503".equals(failed.getSQLState())) {
            return new Problem(
                    Problem.Kind.CONFLICTING,
                    "link-target-gone",
                    "An entity this request links to has just been deleted, or others still link to this one; look"
                            + " again.");
        }
        return EntityReader.unanswerable(failed);
    }

    static Problem unknownTarget(EntityType type, long id) {
        return new Problem(
                Problem.Kind.INVALID,
                "link-target-unknown",
                "%s(%d) does not exist.".formatted(type.set(), id),
                Map.of("field", type.entity(), "id", id));
    }

    static RequestRefused gone(EntityType type, long id) {
        return RequestRefused.noSuchEntity(ResourcePath.of(type, id));
    }
}
