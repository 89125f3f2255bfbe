package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.DeepInsert.Given;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Creates, changes and deletes entities, each request in one transaction.
@Component
class EntityWriter {

    private static final int TRIES = 4;

    /// Deadlock, serialisation failure, and a lock somebody held too long.
    private static final Set<String> PASSING = Set.of("40P01", "40001", "55P03");

    private final DataSource dataSource;
    private final EntityReader reader;
    private final NewObservations observations;
    private final DatastreamDirectory directory;
    private final Partitions partitions;

    EntityWriter(
            DataSource dataSource,
            EntityReader reader,
            NewObservations observations,
            DatastreamDirectory directory,
            Partitions partitions) {
        this.dataSource = dataSource;
        this.reader = reader;
        this.observations = observations;
        this.directory = directory;
        this.partitions = partitions;
    }

    /// @param withBody false for a plain Observation: a sensor does not read what it has just sent
    record Created(long id, boolean withBody) {}

    Created create(ResourcePath path, byte[] body, Duplicates rule) {
        if (path.type() == EntityType.OBSERVATION && isPlainObservationTarget(path)) {
            Long datastream =
                    path.hasParent() ? Long.valueOf(path.parent().last().key().orElseThrow()) : null;
            NewObservation observation = NewObservations.parse(body, datastream);
            if (observation != null) {
                return createObservation(observation, rule);
            }
        }
        if (rule != Duplicates.INSERT) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "duplicates-not-possible",
                    "'duplicates' is for Observations that link to existing entities; this request creates others too.",
                    Map.of("option", "duplicates"));
        }
        Given given = path.hasParent() ? given(path) : null;
        NewEntity entity = EntityBody.create(path.type(), body);
        DeepInsert insert = new DeepInsert(entity, given, directory, partitions);
        long id = inTransaction(insert::run, insert::before, insert::after);
        return new Created(id, true);
    }

    private Created createObservation(NewObservation observation, Duplicates rule) {
        long id = observations.create(observation, rule);
        if (id == 0) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "observation-exists",
                    "An Observation of this Datastream and phenomenonTime is there already and is kept"
                            + " ('duplicates=ignore').");
        }
        return new Created(id, false);
    }

    private static boolean isPlainObservationTarget(ResourcePath path) {
        return !path.hasParent()
                || path.steps().size() == 2
                        && path.parent().type() == EntityType.DATASTREAM
                        && path.parent().last().key().isPresent();
    }

    private Given given(ResourcePath path) {
        var relation = path.last().relation();
        if (relation == null) {
            throw new IllegalArgumentException("Only a path with a parent gives one");
        }
        return new Given(relation, reader.id(path.parent()));
    }

    /// Changes what the body names and returns the id.
    long update(ResourcePath path, byte[] body) {
        long id = reader.id(path);
        NewEntity change = EntityBody.patch(path.type(), body);
        if (path.type() == EntityType.OBSERVATION) {
            ObservationEdit edit = new ObservationEdit(id, partitions);
            inTransaction(connection -> edit.change(connection, change), edit.before(change), connection -> {});
        } else {
            inTransaction(connection -> EntityUpdate.run(connection, id, change), connection -> {}, connection -> {});
        }
        directory.forget(CityContext.current());
        return id;
    }

    void delete(ResourcePath path) {
        long id = reader.id(path);
        inTransaction(
                connection -> {
                    if (path.type() == EntityType.OBSERVATION) {
                        new ObservationEdit(id, partitions).delete(connection);
                    } else {
                        EntityRemoval.run(connection, path.type(), id);
                    }
                    return id;
                },
                connection -> {},
                connection -> {});
        directory.forget(CityContext.current());
    }

    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    interface Step {
        void on(Connection connection) throws SQLException;
    }

    /// @param before on the same connection, before the transaction; `after` after its commit
    private <T> T inTransaction(Work<T> work, Step before, Step after) {
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
