package de.stadtkern.sensorthings;

import de.stadtkern.city.Transaction;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Request;
import de.stadtkern.sensorthings.query.Request.Options;
import de.stadtkern.sensorthings.query.ResourcePath;
import de.stadtkern.sensorthings.query.SkipToken;
import de.stadtkern.sensorthings.query.Sql;
import de.stadtkern.sensorthings.query.Statements;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// A set that is read while it is written.
///
/// Where an index holds the rows in the order asked for, they are read in chunks that begin after the last row of the
/// chunk before; in any other order all at once. What was read lies in a [Spool], its connection is given back, and
/// only then it is written to the caller: a slow reader holds some megabytes, never a connection.
final class SetAnswer implements AutoCloseable {

    private static final int CHUNK_ROWS = 5_000;
    private static final int FETCH_ROWS = 2_000;
    /// What finding the place in the index of a Datastream costs, in rows.
    private static final int LOOK = 10;
    /// So many rows take some tens of milliseconds at worst.
    private static final int MANY = 20_000;
    private static final int GUESS = 10;

    private final DataSource dataSource;
    private final EntityReader reader;
    private final ResourcePath path;
    private final Statements statements;
    private final Options options;
    private final Address address;
    private final SensorThingsProperties limits;
    private final Spool out = new Spool();
    private final AnswerFormat format;
    private int remaining;
    private @Nullable SkipToken after;
    private boolean hasMore;
    private boolean isFirst = true;
    private boolean bySeries;
    private long written;
    private long sent;

    SetAnswer(
            DataSource dataSource,
            EntityReader reader,
            SensorThingsProperties limits,
            Request request,
            Options options,
            Address address) {
        this.limits = limits;
        this.dataSource = dataSource;
        this.reader = reader;
        this.path = request.path();
        this.statements = Statements.of(request, GeoSearch.shapes(dataSource, request));
        this.options = options;
        this.address = address;
        this.format = AnswerFormat.of(options.format(), statements, address, out);
        // CSV cannot say that there is more, so without $top it is as much as there may be.
        int usual = options.format() == Request.Format.CSV ? limits.largestPage() : limits.defaultPage();
        this.remaining = (int) Math.min(limits.largestPage(), options.top().orElse(usual));
        this.after = options.after();
    }

    /// Reads the first chunk, so that what is wrong is known before anything is written; true if it is the whole
    /// answer.
    boolean begin() {
        format.begin(options.count() ? (Long) count() : null);
        if (remaining == 0) {
            requireParent(0);
            return end();
        }
        return readChunk();
    }

    long size() {
        return out.size();
    }

    String contentType() {
        return format.contentType();
    }

    /// Writes what was read and goes on reading until all is written.
    void writeTo(OutputStream target, boolean isWhole) throws IOException {
        boolean whole = isWhole;
        drain(target);
        while (!whole) {
            whole = readChunk();
            drain(target);
        }
    }

    /// Writes what was read.
    void drain(OutputStream target) throws IOException {
        sent += out.size();
        out.drainTo(target);
    }

    /// Reads the next chunk; true if it is the last one.
    boolean readChunk() {
        boolean inChunks = statements.followsIndex();
        int wanted = inChunks ? Math.min(remaining + 1, CHUNK_ROWS) : remaining + 1;
        long skip = isFirst ? options.skip() : 0;
        int read;
        try (Connection connection = dataSource.getConnection()) {
            if (isFirst) {
                bySeries = fewFit(connection, wanted + skip);
            }
            Sql sql = bySeries ? statements.rowsBySeries(after, skip, wanted) : statements.rows(after, skip, wanted);
            read = statements.branches().isEmpty()
                    ? readPlain(connection, sql, wanted, inChunks)
                    : readExpanded(connection, sql, inChunks);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
        requireParent(read);
        isFirst = false;
        boolean goesOn = inChunks && !hasMore && (read == wanted || isLarge());
        format.flush();
        return !goesOn && end();
    }

    /// Whether it takes fewer steps to look at each Datastream that fits the filter than to follow the time through
    /// all of them. The latter is a guess, and far too low where the Datastreams that fit have nothing in the time
    /// asked for; so it has to be much lower than the former, which is a bound.
    private boolean fewFit(Connection connection, long wanted) throws SQLException {
        Sql share = statements.share();
        if (share == null) {
            return false;
        }
        try (PreparedStatement statement = EntityReader.prepare(connection, share);
                ResultSet row = statement.executeQuery()) {
            row.next();
            long fitting = row.getLong(2);
            long bySeries = row.getLong(1) * LOOK + Math.min(row.getLong(1) * wanted, fitting);
            double byTime = (double) wanted * row.getLong(3) / Math.max(1, fitting);
            return bySeries < MANY || bySeries < GUESS * byTime;
        }
    }

    private int readPlain(Connection connection, Sql sql, int wanted, boolean inChunks) throws SQLException {
        // Only inside a transaction does the driver fetch in portions; otherwise it holds the whole result.
        boolean inPortions = wanted > FETCH_ROWS;
        if (!inPortions) {
            return readRows(connection, sql, 0, wanted, inChunks);
        }
        try (Transaction _ = Transaction.begin(connection)) {
            preferIndexOrder(connection);
            return readRows(connection, sql, FETCH_ROWS, wanted, inChunks);
        }
    }

    /// Right after a large import the planner knows little of the table and would rather sort all that is left
    /// for every chunk (44 s for a million rows) than follow the index (8 s).
    private void preferIndexOrder(Connection connection) throws SQLException {
        if (path.type() == EntityType.OBSERVATION && statements.followsIndex()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("set local enable_sort = off; set local enable_bitmapscan = off");
            }
        }
    }

    /// Until the chunk is full, or one row more than the page takes tells that there is a next one.
    private int readRows(Connection connection, Sql sql, int portion, int wanted, boolean inChunks)
            throws SQLException {
        int read = 0;
        try (PreparedStatement statement = EntityReader.prepare(connection, sql)) {
            statement.setFetchSize(portion);
            // Past the pool's wrapper, which would look at each of ten thousand values.
            ResultSet rows = statement.executeQuery().unwrap(ResultSet.class);
            while (rows.next()) {
                read++;
                if (isFull()) {
                    hasMore = true;
                    break;
                }
                remaining--;
                format.row(rows);
                boolean isLast = inChunks && (read == wanted || isLarge());
                if (isLast || isFull()) {
                    after = EntityReader.token(rows, statements.keyColumns());
                }
                if (isLast) {
                    break;
                }
            }
        }
        return read;
    }

    private int readExpanded(Connection connection, Sql sql, boolean inChunks) throws SQLException {
        int[] read = {0};
        Snapshot.of(connection, () -> {
            PreparedStatement statement = EntityReader.prepare(connection, sql);
            try (ExpandedRows rows = ExpandedRows.top(connection, address.root(), statements, statement)) {
                for (boolean isHere = rows.isAt(0); isHere; isHere = rows.advance(0)) {
                    read[0]++;
                    if (isFull()) {
                        hasMore = true;
                        break;
                    }
                    remaining--;
                    out.write(written++ == 0 ? "" : ",");
                    rows.write(out);
                    after = rows.token();
                    if (inChunks && isLarge()) {
                        break;
                    }
                }
            }
        });
        return read[0];
    }

    /// Whether the page takes no further row; if there is one it is on the next page.
    private boolean isFull() {
        return remaining == 0
                || sent + out.size() + format.waiting()
                        >= limits.largestAnswer().toBytes();
    }

    /// Whether what was read is to be sent before more is read.
    private boolean isLarge() {
        return out.size() + format.waiting() >= Spool.LARGE;
    }

    /// An empty set of nothing is not the same as an empty set.
    private void requireParent(int read) {
        if (isFirst && read == 0 && path.hasParent()) {
            reader.id(path.parent());
        }
    }

    private boolean end() {
        requireWholeTable();
        format.end(hasMore && after != null ? address.next(after) : null);
        return true;
    }

    /// CSV has no nextLink, and a table that ends early looks like a whole one.
    private void requireWholeTable() {
        boolean isAsked = remaining == 0 && options.top().orElse(Long.MAX_VALUE) <= limits.largestPage();
        if (options.format() == Request.Format.CSV && hasMore && !isAsked) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "answer-too-large",
                    "This table would have more than %d rows or %d bytes; ask for less by $top, $select or $filter."
                            .formatted(
                                    limits.largestPage(), limits.largestAnswer().toBytes()),
                    Map.of("option", "$top"));
        }
    }

    private long count() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = EntityReader.prepare(connection, statements.count());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    @Override
    public void close() {
        out.clear();
    }
}
