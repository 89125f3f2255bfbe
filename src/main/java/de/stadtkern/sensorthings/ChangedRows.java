package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Updates.Subject;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Property;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.Shapes;
import de.stadtkern.sensorthings.query.Sql;
import de.stadtkern.sensorthings.query.Statements;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// The entities some lines of the change log are about, as messages for subjects. What several subjects show alike is
/// read once, however many they are; what no subject is about is not read at all.
final class ChangedRows {

    private static final Logger log = LoggerFactory.getLogger(ChangedRows.class);
    private static final Set<String> FROM_OBSERVATIONS = Set.of("phenomenonTime", "resultTime");

    private final DataSource dataSource;
    private final String root;
    private final List<Change> changes;
    private final Map<EntityType, Map<Long, Named>> entities = new EnumMap<>(EntityType.class);
    private Map<Long, Place> observations = Map.of();

    /// Which properties of an entity changed.
    ///
    /// @param all it is new, or nobody said
    private record Named(boolean all, Set<String> properties) {

        Named with(Named other) {
            Set<String> both = new HashSet<>(properties);
            both.addAll(other.properties);
            return new Named(all || other.all, both);
        }

        boolean isOnly(Set<String> some) {
            return !all && some.containsAll(properties);
        }

        boolean has(String property) {
            return all || properties.contains(property);
        }
    }

    /// Where an Observation is.
    private record Place(long datastream, long startMicros, long feature) {}

    /// What subjects show alike.
    private record Look(
            EntityType type,
            @Nullable Options options,
            @Nullable Property property,
            List<String> inner,
            boolean raw) {}

    /// @param body an entity, what was selected of it, or a property with its name
    record Told(Subject subject, byte[] body) {

        @SuppressWarnings("ArrayRecordComponent")
        Told {}
    }

    ChangedRows(DataSource dataSource, String root, List<Change> changes) {
        this.dataSource = dataSource;
        this.root = root;
        this.changes = changes;
    }

    /// To be called once, by whoever has bound what may not be seen.
    List<Told> told(Collection<Subject> subjects) {
        Map<Look, List<Subject>> looks = subjects.stream()
                .collect(Collectors.groupingBy(ChangedRows::look, LinkedHashMap::new, Collectors.toList()));
        try (Connection connection = dataSource.getConnection()) {
            boolean wantsObservations = looks.keySet().stream().anyMatch(look -> look.type == EntityType.OBSERVATION);
            if (wantsObservations) {
                observations = places(connection, subjects);
            }
            collect();
            List<Told> told = new ArrayList<>();
            for (Map.Entry<Look, List<Subject>> look : looks.entrySet()) {
                told.addAll(answerable(connection, look.getKey(), look.getValue()));
            }
            return told;
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    private static Look look(Subject subject) {
        Request request = subject.request();
        EntityType type = request.path().type();
        return switch (request) {
            case Request.EntitySet(var _, var options) -> new Look(type, options, null, List.of(), false);
            case Request.Entity(var _, var options) -> new Look(type, options, null, List.of(), false);
            case Request.PropertyOf(var _, var property, var inner, var raw) ->
                new Look(type, null, property, inner, raw);
            case Request.References _, Request.Applied _, Request.Count _, Request.Downsampled _ ->
                throw new IllegalArgumentException("No subject is one");
        };
    }

    /// Observations change the times of their Datastream too.
    private void collect() {
        for (Change change : changes) {
            if (change.isAboutObservations()) {
                change.datastreams().forEach(id -> {
                    add(EntityType.DATASTREAM, id, new Named(false, FROM_OBSERVATIONS));
                    add(EntityType.MULTI_DATASTREAM, id, new Named(false, FROM_OBSERVATIONS));
                });
            } else {
                Named named =
                        change.properties() == null ? new Named(true, Set.of()) : new Named(false, change.properties());
                EntityType.findBySet(change.what())
                        .ifPresent(type -> change.entities().forEach(id -> add(type, id, named)));
            }
        }
    }

    private void add(EntityType type, long id, Named named) {
        entities.computeIfAbsent(type, _ -> new TreeMap<>()).merge(id, named, Named::with);
    }

    /// The Observations the lines are about, if they are there still; of all Datastreams, or of those that anybody
    /// wants to hear of. Without `offset 0` the planner reads each Datastream whole and looks at the times
    /// afterwards.
    private Map<Long, Place> places(Connection connection, Collection<Subject> subjects) throws SQLException {
        long[] lines = changes.stream()
                .filter(Change::isAboutObservations)
                .mapToLong(Change::sequence)
                .toArray();
        if (lines.length == 0) {
            return Map.of();
        }
        long[] wanted = wantedDatastreams(subjects);
        Map<Long, Place> places = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
            select o.id, o.datastream_id, o.phenomenon_start, o.feature_id
            from change_log c cross join lateral unnest(c.datastream_ids) as d cross join lateral (
              select id, datastream_id, phenomenon_start, feature_id from observation
              where datastream_id = d and phenomenon_start >= c.time_from and phenomenon_start <= c.time_to
                and (id & %1$d) between (c.number_from & %1$d) and (c.number_to & %1$d)
              offset 0
            ) o
            where c.sequence = any(?) and (? or d = any(?))
            """.formatted(ObservationId.NUMBER_MASK))) {
            statement.setObject(1, lines);
            statement.setBoolean(2, wanted.length == 0);
            statement.setObject(3, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long start =
                            Batch.micros(rows.getObject(3, OffsetDateTime.class).toInstant());
                    places.put(rows.getLong(1), new Place(rows.getLong(2), start, rows.getLong(4)));
                }
            }
        }
        return places;
    }

    /// Empty: of all.
    private static long[] wantedDatastreams(Collection<Subject> subjects) {
        Set<Long> wanted = new HashSet<>();
        for (Subject subject : subjects) {
            ResourcePath path = subject.request().path();
            if (path.type() == EntityType.OBSERVATION) {
                if (!isOfOneDatastream(path)) {
                    return new long[0];
                }
                wanted.add(path.parent().last().key().orElseThrow());
            }
        }
        return wanted.stream().mapToLong(Long::longValue).toArray();
    }

    /// `Datastreams(5)/Observations`, which nobody need look up.
    private static boolean isOfOneDatastream(ResourcePath path) {
        Relation relation = path.last().relation();
        return path.steps().size() == 2
                && relation != null
                && relation.source() == EntityType.DATASTREAM
                && relation.name().equals("Observations")
                && path.last().key().isEmpty();
    }

    /// Whoever asks what cannot be answered, such as a number out of all range, is told nothing of these changes, and
    /// keeps nobody else from being told. Only what may be better the next time is thrown.
    private List<Told> answerable(Connection connection, Look look, List<Subject> subjects) {
        try {
            return told(connection, look, subjects);
        } catch (SQLException failed) {
            RuntimeException reason = EntityReader.unanswerable(failed);
            if (!(reason instanceof Problem) && !isOfTheStatement(failed)) {
                throw reason;
            }
            note(reason);
        } catch (DataAccessException away) {
            throw away;
        } catch (RuntimeException failed) {
            note(failed);
        }
        List<Told> told = new ArrayList<>();
        if (subjects.size() > 1) {
            subjects.forEach(subject -> told.addAll(answerable(connection, look, List.of(subject))));
        }
        return told;
    }

    /// Classes of SQLSTATE: 42 for a statement that is wrong, 54 for one that is too much.
    private static boolean isOfTheStatement(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && (state.startsWith("42") || state.startsWith("54"));
    }

    private static void note(RuntimeException reason) {
        if (!(reason instanceof Problem)) {
            log.warn("What a subscriber asks for could not be told", reason);
        }
    }

    private List<Told> told(Connection connection, Look look, List<Subject> subjects) throws SQLException {
        List<Long> ids = ids(look);
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<Subject, Set<Long>> matching = new LinkedHashMap<>();
        Set<Long> wanted = new HashSet<>();
        for (Subject subject : subjects) {
            Set<Long> own = matching(connection, subject.request().path(), ids);
            if (!own.isEmpty()) {
                matching.put(subject, own);
                wanted.addAll(own);
            }
        }
        if (wanted.isEmpty()) {
            return List.of();
        }
        Map<Long, byte[]> bodies =
                bodies(connection, look, ids.stream().filter(wanted::contains).toList());
        List<Told> told = new ArrayList<>();
        matching.forEach((subject, own) -> ids.stream()
                .filter(own::contains)
                .map(bodies::get)
                .filter(body -> body != null)
                .forEach(body -> told.add(new Told(subject, body))));
        return told;
    }

    /// Of the entities that changed, those of which the look shows something new.
    private List<Long> ids(Look look) {
        if (look.type == EntityType.OBSERVATION) {
            return List.copyOf(observations.keySet());
        }
        return entities.getOrDefault(look.type, Map.of()).entrySet().stream()
                .filter(entry -> look.property == null
                        ? !entry.getValue().isOnly(FROM_OBSERVATIONS)
                        : entry.getValue().has(look.property.name()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Which of these the path leads to.
    private Set<Long> matching(Connection connection, ResourcePath path, List<Long> ids) throws SQLException {
        if (path.steps().size() == 1) {
            return path.last().key().isEmpty()
                    ? new HashSet<>(ids)
                    : only(ids, id -> id == path.last().key().getAsLong());
        }
        if (isOfOneDatastream(path)) {
            long datastream = path.parent().last().key().orElseThrow();
            return only(ids, id -> place(id).datastream == datastream);
        }
        Set<Long> found = new HashSet<>();
        Statements statements =
                Statements.of(new Request.EntitySet(path, Options.of(Request.Metadata.NONE)), Shapes.NONE);
        try (PreparedStatement statement = EntityReader.prepare(connection, among(statements, path.type(), ids));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(rows.getLong(1));
            }
        }
        return found;
    }

    private static Set<Long> only(List<Long> ids, LongPredicate condition) {
        return ids.stream().filter(id -> condition.test(id)).collect(Collectors.toSet());
    }

    private Place place(long id) {
        return Objects.requireNonNull(observations.get(id));
    }

    private Sql among(Statements statements, EntityType type, List<Long> ids) {
        long[] all = ids.stream().mapToLong(Long::longValue).toArray();
        if (type != EntityType.OBSERVATION) {
            return statements.among(all);
        }
        return statements.among(
                all,
                ids.stream().mapToLong(id -> place(id).datastream).toArray(),
                ids.stream().mapToLong(id -> place(id).startMicros).toArray());
    }

    private Map<Long, byte[]> bodies(Connection connection, Look look, List<Long> ids) throws SQLException {
        ResourcePath set = ResourcePath.of(look.type);
        Request request = look.property != null
                ? new Request.PropertyOf(set, look.property, look.inner, look.raw)
                : new Request.EntitySet(set, Objects.requireNonNull(look.options));
        Statements statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        Sql sql = among(statements, look.type, ids);
        Map<Long, byte[]> bodies = new LinkedHashMap<>();
        if (!statements.branches().isEmpty()) {
            Snapshot.of(connection, () -> expanded(connection, statements, sql, bodies));
            return bodies;
        }
        EntityJson entity = new EntityJson(statements.selection(), root);
        try (PreparedStatement statement = EntityReader.prepare(connection, sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                byte[] body = look.property == null ? whole(entity, row) : value(entity, row, look.raw);
                if (body != null) {
                    bodies.put(row.getLong(1), body);
                }
            }
        }
        return bodies;
    }

    private void expanded(Connection connection, Statements statements, Sql sql, Map<Long, byte[]> bodies)
            throws SQLException {
        PreparedStatement statement = EntityReader.prepare(connection, sql);
        try (ExpandedRows rows = ExpandedRows.top(connection, root, statements, statement)) {
            for (boolean isHere = rows.isAt(0); isHere; isHere = rows.advance(0)) {
                Spool out = new Spool();
                rows.write(out);
                bodies.put(rows.id(), out.toByteArray());
            }
        }
    }

    private static byte[] whole(EntityJson entity, ResultSet row) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            entity.write(row, json);
        }
        return bytes.toByteArray();
    }

    /// Null where the entity has no such property.
    private static byte @Nullable [] value(EntityJson entity, ResultSet row, boolean raw) throws SQLException {
        if (raw) {
            String value = entity.bareValue(row);
            return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
            if (!entity.writeValue(row, json)) {
                return null;
            }
        }
        return bytes.toByteArray();
    }
}
