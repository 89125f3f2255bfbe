package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.RequestRefused;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.SkipToken;
import de.stadtkern.sensorthings.query.Sql;
import de.stadtkern.sensorthings.query.Statements;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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

/// Answers what a [Request] asks for, straight from rows to JSON.
///
/// Rows are read in chunks that begin after the last row of the chunk before. Each chunk is held in memory, its
/// connection given back, and only then written to the caller: a slow reader holds some megabytes, never a
/// connection.
@Component
class EntityReader {

    static final int DEFAULT_PAGE = 100;
    static final int LARGEST_PAGE = 1_000_000;

    private static final int CHUNK_ROWS = 5_000;
    private static final int CHUNK_BYTES = 4 << 20;
    private static final int FETCH_ROWS = 500;
    private static final JsonFactory JSON = new JsonFactory();

    private final DataSource dataSource;

    EntityReader(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// One entity as JSON; throws if it does not exist.
    byte[] entity(Request request, String root) {
        Statements statements = Statements.of(request);
        EntityJson entity = new EntityJson(statements.selection(), root);
        return one(request.path(), statements, row -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                entity.write(row, json);
            }
            return bytes.toByteArray();
        });
    }

    /// A property with its name as JSON, or its bare value; null if the entity has none.
    byte @Nullable [] property(Request.PropertyOf request) {
        Statements statements = Statements.of(request);
        EntityJson entity = new EntityJson(statements.selection(), "");
        return one(request.path(), statements, row -> {
            if (request.raw()) {
                String value = entity.rawValue(row);
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
        try (Connection connection = dataSource.getConnection();
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

    /// The id of the one entity a path leads to; throws if it does not exist.
    long id(ResourcePath path) {
        try (Connection connection = dataSource.getConnection();
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

    /// A set that is read chunk by chunk while it is written.
    ///
    Answer set(ResourcePath path, Request request, Options options, Address address) {
        return new Answer(path, Statements.of(request), options, address);
    }

    final class Answer {

        private final ResourcePath path;
        private final Statements statements;
        private final Options options;
        private final Address address;
        private final EntityJson entity;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(32_768);
        private final JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), buffer);
        private int remaining;
        private @Nullable SkipToken after;
        private boolean hasMore;
        private boolean isFirst = true;

        private Answer(ResourcePath path, Statements statements, Options options, Address address) {
            this.path = path;
            this.statements = statements;
            this.options = options;
            this.address = address;
            this.entity = new EntityJson(statements.selection(), address.root());
            this.remaining = (int) Math.min(LARGEST_PAGE, options.top().orElse(DEFAULT_PAGE));
            this.after = options.after();
        }

        /// Reads the first chunk, so that what is wrong is known before anything is written; true if it is the whole
        /// answer.
        boolean begin() {
            json.writeStartObject();
            if (options.count()) {
                json.writeNumberProperty("@iot.count", count());
            }
            json.writeArrayPropertyStart("value");
            if (remaining == 0) {
                requireParent(0);
                return end();
            }
            return readChunk();
        }

        int size() {
            return buffer.size();
        }

        /// Writes what was read and goes on reading until all is written.
        void writeTo(OutputStream out, boolean isWhole) throws IOException {
            boolean whole = isWhole;
            buffer.writeTo(out);
            while (!whole) {
                buffer.reset();
                whole = readChunk();
                buffer.writeTo(out);
            }
        }

        private boolean readChunk() {
            int wanted = Math.min(remaining + 1, CHUNK_ROWS);
            Sql sql = statements.rows(after, isFirst ? options.skip() : 0, wanted);
            int read;
            try (Connection connection = dataSource.getConnection()) {
                // Only inside a transaction does the driver fetch in portions; otherwise it holds the whole result.
                boolean inPortions = wanted > FETCH_ROWS;
                if (inPortions) {
                    connection.setAutoCommit(false);
                    preferIndexOrder(connection);
                }
                try (PreparedStatement statement = prepare(connection, sql)) {
                    statement.setFetchSize(inPortions ? FETCH_ROWS : 0);
                    read = readRows(statement, wanted);
                } finally {
                    if (inPortions) {
                        connection.rollback();
                        connection.setAutoCommit(true);
                    }
                }
            } catch (SQLException failed) {
                throw unanswerable(failed);
            }
            requireParent(read);
            isFirst = false;
            boolean goesOn = !hasMore && (read == wanted || isFull());
            json.flush();
            return !goesOn && end();
        }

        /// Right after a large import the planner knows little of the table and would rather sort all that is left
        /// for every chunk (44 s for a million rows) than follow the index (8 s).
        private void preferIndexOrder(Connection connection) throws SQLException {
            if (statements.followsIndex()) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("set local enable_sort = off; set local enable_bitmapscan = off");
                }
            }
        }

        /// Until the chunk is full, or one row more than asked for tells that there is a next page.
        private int readRows(PreparedStatement statement, int wanted) throws SQLException {
            int read = 0;
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    read++;
                    if (remaining == 0) {
                        hasMore = true;
                        break;
                    }
                    remaining--;
                    entity.write(rows, json);
                    boolean isLast = read == wanted || isFull();
                    if (isLast || remaining == 0) {
                        after = token(rows);
                    }
                    if (isLast) {
                        break;
                    }
                }
            }
            return read;
        }

        private boolean isFull() {
            return buffer.size() >= CHUNK_BYTES;
        }

        /// An empty set of nothing is not the same as an empty set.
        private void requireParent(int read) {
            if (isFirst && read == 0 && path.hasParent()) {
                id(path.parent());
            }
        }

        private boolean end() {
            json.writeEndArray();
            if (hasMore && after != null) {
                json.writeStringProperty("@iot.nextLink", address.next(after));
            }
            json.writeEndObject();
            json.flush();
            return true;
        }

        private SkipToken token(ResultSet row) throws SQLException {
            List<@Nullable String> keys = new ArrayList<>();
            for (int i = 0; i < statements.keys(); i++) {
                int column = statements.firstKeyColumn() + i;
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

        private long count() {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement statement = prepare(connection, statements.count());
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            } catch (SQLException failed) {
                throw unanswerable(failed);
            }
        }
    }

    static PreparedStatement prepare(Connection connection, Sql sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.text());
        List<Object> values = sql.values();
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        return statement;
    }

    /// A value the database cannot take (class 22: a number or time out of its range, a zero character) is the
    /// caller's.
    static RuntimeException unanswerable(SQLException failed) {
        String state = failed.getSQLState();
        if (state != null && state.startsWith("22")) {
            return new Problem(
                    Problem.Kind.INVALID,
                    "value-out-of-range",
                    "A value of this request is out of the range the store knows.");
        }
        return new UncategorizedSQLException("SensorThings", null, failed);
    }
}
