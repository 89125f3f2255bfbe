package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.Shapes;
import de.stadtkern.sensorthings.query.SkipToken;
import de.stadtkern.sensorthings.query.Sql;
import de.stadtkern.sensorthings.query.Statements;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Answers what a [Request] asks for, straight from rows to JSON: one entity and its properties here, sets in
/// [SetAnswer].
@Component
class EntityReader {

    static final JsonFactory JSON = new JsonFactory();

    private final DataSource dataSource;
    private final SensorThingsProperties limits;

    EntityReader(DataSource dataSource, SensorThingsProperties limits) {
        this.dataSource = dataSource;
        this.limits = limits;
    }

    /// One entity as JSON; throws if it does not exist.
    Spool entity(Request.Entity request, String root) {
        Statements statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        if (!statements.branches().isEmpty()) {
            return expanded(request.path(), statements, root);
        }
        EntityJson entity = new EntityJson(statements.selection(), root);
        return one(request.path(), statements, row -> {
            Spool out = new Spool();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                entity.write(row, json);
            }
            return out;
        });
    }

    /// Null for what an entity could lead to and does not, as an Observation of a Thing without a Location.
    @Nullable
    Spool find(Request.Entity request, String root) {
        try {
            return entity(request, root);
        } catch (RequestRefused refused) {
            if (refused.kind() == Problem.Kind.MISSING && leadsNowhere(request.path())) {
                return null;
            }
            throw refused;
        }
    }

    private Spool expanded(ResourcePath path, Statements statements, String root) {
        Spool out = new Spool(limits.largestAnswer().toBytes());
        try (Connection connection = ChangeSet.connection(dataSource)) {
            Snapshot.of(connection, () -> {
                PreparedStatement statement = prepare(connection, statements.rows(null, 0, 1));
                try (ExpandedRows rows = ExpandedRows.top(connection, root, statements, statement)) {
                    if (!rows.isAt(0)) {
                        throw RequestRefused.noSuchEntity(path);
                    }
                    rows.write(out);
                }
            });
            return out;
        } catch (SQLException | RuntimeException failed) {
            out.clear();
            throw failed instanceof SQLException refused ? unanswerable(refused) : (RuntimeException) failed;
        }
    }

    /// A property with its name as JSON, or its bare value; null if the entity has none.
    byte @Nullable [] property(Request.PropertyOf request) {
        Statements statements = Statements.of(request, Shapes.NONE);
        EntityJson entity = new EntityJson(statements.selection(), "");
        return one(request.path(), statements, row -> {
            if (request.raw()) {
                String value = entity.bareValue(row);
                return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                return entity.writeValue(row, json) ? flushed(json, bytes) : null;
            }
        });
    }

    private static byte[] flushed(JsonGenerator json, ByteArrayOutputStream bytes) {
        json.flush();
        return bytes.toByteArray();
    }

    private interface RowReader<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    private <T extends @Nullable Object> T one(ResourcePath path, Statements statements, RowReader<T> reader) {
        try (Connection connection = ChangeSet.connection(dataSource);
                PreparedStatement statement = prepare(connection, statements.rows(null, 0, 1));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw RequestRefused.noSuchEntity(path);
            }
            return reader.read(row);
        } catch (SQLException failed) {
            throw unanswerable(failed);
        }
    }

    /// The whole of an entity, read on a connection that may have changed it.
    static byte[] whole(Connection connection, EntityType type, long id, Request.Metadata metadata, String root)
            throws SQLException {
        Request.Entity request = new Request.Entity(ResourcePath.of(type, id), Options.of(metadata));
        Statements statements = Statements.of(request, Shapes.NONE);
        EntityJson entity = new EntityJson(statements.selection(), root);
        try (PreparedStatement statement = prepare(connection, statements.rows(null, 0, 1));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw RequestRefused.noSuchEntity(request.path());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                entity.write(row, json);
            }
            return bytes.toByteArray();
        }
    }

    /// The ids of a set, at most so many.
    List<Long> ids(Request.EntitySet request, int most) {
        Statements statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        List<Long> ids = new ArrayList<>();
        try (Connection connection = ChangeSet.connection(dataSource);
                PreparedStatement statement = prepare(
                        connection, statements.rows(null, request.options().skip(), most));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException failed) {
            throw unanswerable(failed);
        }
    }

    /// How many entities a set has.
    long count(Request.Count request) {
        Statements statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        try (Connection connection = ChangeSet.connection(dataSource);
                PreparedStatement statement = prepare(connection, statements.count());
                ResultSet row = statement.executeQuery()) {
            row.next();
            long count = row.getLong(1);
            if (request.path().hasParent()) {
                id(request.path().parent());
            }
            return count;
        } catch (SQLException failed) {
            throw unanswerable(failed);
        }
    }

    /// Some of the numbers of a Datastream, for a chart.
    byte[] downsampled(Request.Downsampled request) {
        id(request.path().parent());
        Statements statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        Downsampling numbers = new Downsampling();
        try (Connection connection = ChangeSet.connection(dataSource)) {
            Snapshot.of(connection, () -> {
                try (PreparedStatement statement =
                        prepare(connection, statements.rows(null, 0, Downsampling.MOST + 1))) {
                    statement.setFetchSize(Downsampling.FETCH);
                    try (ResultSet rows = statement.executeQuery()) {
                        numbers.read(rows, statements.keyColumns()[0]);
                    }
                }
            });
        } catch (SQLException failed) {
            throw unanswerable(failed);
        }
        return numbers.json(request.points());
    }

    /// Whether the path leads over a relation to one that has nothing at its other end, from an entity there is.
    /// What an entity cannot be without is there; the caller may not see it.
    private boolean leadsNowhere(ResourcePath path) {
        boolean isOptional = path.last().relation() instanceof Relation relation
                && !relation.isToMany()
                && path.last().key().isEmpty()
                && !relation.isMandatory();
        if (!isOptional) {
            return false;
        }
        try {
            id(path.parent());
            return true;
        } catch (RequestRefused unknown) {
            return false;
        }
    }

    /// The id of the one entity a path leads to; throws if it does not exist.
    long id(ResourcePath path) {
        try (Connection connection = ChangeSet.connection(dataSource);
                PreparedStatement statement = prepare(connection, Statements.id(path));
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw RequestRefused.noSuchEntity(path);
            }
            return row.getLong(1);
        } catch (SQLException failed) {
            throw unanswerable(failed);
        }
    }

    /// A set, to be read while it is written.
    SetAnswer set(Request request, Options options, Address address) {
        return new SetAnswer(dataSource, this, limits, request, options, address);
    }

    /// Where a row stands in its order.
    static SkipToken token(ResultSet row, int[] keyColumns) throws SQLException {
        List<@Nullable String> keys = new ArrayList<>();
        for (int column : keyColumns) {
            Object value = row.getObject(column);
            keys.add(
                    switch (value) {
                        case null -> null;
                        case Timestamp _ ->
                            row.getObject(column, OffsetDateTime.class)
                                    .toInstant()
                                    .toString();
                        default -> row.getString(column);
                    });
        }
        return new SkipToken(keys);
    }

    static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        List<Object> values = sql.values();
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        QueryGuard.limit(statement, sql);
        return statement;
    }

    /// A value the database cannot take (class 22: a number or time out of its range, a zero character) is the
    /// caller's.
    static RuntimeException unanswerable(SQLException failed) {
        String state = failed.getSQLState();
        if ("57014".equals(state)) {
            return QueryGuard.ended();
        }
        if (state != null && state.startsWith("22")) {
            return new Problem(
                    Problem.Kind.INVALID,
                    "value-out-of-range",
                    "A value of this request is out of the range the store knows.");
        }
        return new UncategorizedSQLException("SensorThings", null, failed);
    }
}
