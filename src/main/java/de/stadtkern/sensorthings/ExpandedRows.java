package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Branch;
import de.stadtkern.sensorthings.query.Selection;
import de.stadtkern.sensorthings.query.SkipToken;
import de.stadtkern.sensorthings.query.Statements;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/// Rows with what `$expand` hangs on them, at any depth, each level by one statement for a batch of rows.
///
/// A level is pulled from its cursor while the level above is written, so that no more than a batch of each level is
/// in memory. The place of a row in its batch leads the level below to it.
final class ExpandedRows implements AutoCloseable {

    private static final int BATCH = 500;

    private final Connection connection;
    private final String root;
    private final EntityJson entity;
    private final List<Branch> branches;
    private final ResultSet rows;
    private final Places places;
    private final List<Row> batch = new ArrayList<>();
    private final List<Hanging> hanging = new ArrayList<>();
    private int at;
    private boolean hasMoreRows;

    /// Which place above a row belongs to, and its place in the order.
    interface Places {
        long place(ResultSet row) throws SQLException;

        SkipToken token(ResultSet row) throws SQLException;

        /// Whether the row itself knows that there are more after it.
        boolean isFollowed(ResultSet row) throws SQLException;
    }

    private record Row(long place, long id, byte[] json, SkipToken token, boolean isFollowed, long[] keys) {}

    /// @param rows cursor inside a transaction; closed with this
    private ExpandedRows(
            Connection connection,
            String root,
            Selection selection,
            List<Branch> branches,
            ResultSet rows,
            Places places)
            throws SQLException {
        this.connection = connection;
        this.root = root;
        this.entity = new EntityJson(selection, root);
        this.branches = branches;
        this.rows = rows;
        this.places = places;
        this.hasMoreRows = rows.next();
    }

    /// The rows of the set or entity asked for; all of them have place 0.
    static ExpandedRows top(Connection connection, String root, Statements statements, PreparedStatement statement)
            throws SQLException {
        statement.setFetchSize(BATCH);
        return new ExpandedRows(
                connection,
                root,
                statements.selection(),
                statements.branches(),
                statement.executeQuery(),
                new Places() {
                    @Override
                    public long place(ResultSet row) {
                        return 0;
                    }

                    @Override
                    public SkipToken token(ResultSet row) throws SQLException {
                        return EntityReader.token(row, statements.keyColumns());
                    }

                    @Override
                    public boolean isFollowed(ResultSet row) {
                        return false;
                    }
                });
    }

    /// The next row of this place; false if there is none.
    boolean advance(long place) throws SQLException {
        at++;
        return isAt(place);
    }

    boolean isAt(long place) throws SQLException {
        if (at >= batch.size() && hasMoreRows) {
            refill();
        }
        return at < batch.size() && batch.get(at).place == place;
    }

    SkipToken token() {
        return batch.get(at).token;
    }

    long id() {
        return batch.get(at).id;
    }

    boolean isFollowed() {
        return batch.get(at).isFollowed;
    }

    /// The current row with all that hangs on it.
    void write(Spool out) throws SQLException {
        Row row = batch.get(at);
        boolean isEmpty = row.json.length == 2;
        out.put(row.json, row.json.length - 1);
        for (int i = 0; i < hanging.size(); i++) {
            if (i > 0 || !isEmpty) {
                out.write(",");
            }
            hanging.get(i).write(row, at, out);
        }
        out.write("}");
    }

    private void refill() throws SQLException {
        closeHanging();
        batch.clear();
        at = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        while (batch.size() < BATCH && hasMoreRows) {
            bytes.reset();
            try (JsonGenerator json = EntityReader.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
                entity.write(rows, json);
            }
            long[] keys = new long[branches.size()];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = rows.getLong(branches.get(i).keyColumn());
            }
            batch.add(new Row(
                    places.place(rows),
                    rows.getLong(1),
                    bytes.toByteArray(),
                    places.token(rows),
                    places.isFollowed(rows),
                    keys));
            hasMoreRows = rows.next();
        }
        for (int i = 0; i < branches.size(); i++) {
            hanging.add(Hanging.of(this, i));
        }
    }

    private void closeHanging() throws SQLException {
        for (Hanging branch : hanging) {
            branch.close();
        }
        hanging.clear();
    }

    @Override
    public void close() throws SQLException {
        closeHanging();
        rows.getStatement().close();
    }

    /// What one branch hangs on the rows of the batch.
    private sealed interface Hanging {

        static Hanging of(ExpandedRows above, int number) throws SQLException {
            return above.branches.get(number).relation().isToMany() ? Many.of(above, number) : One.of(above, number);
        }

        void write(Row above, int index, Spool out) throws SQLException;

        void close() throws SQLException;
    }

    private static ExpandedRows rowsOf(ExpandedRows above, Branch branch, long[] keys) throws SQLException {
        PreparedStatement statement = EntityReader.prepare(above.connection, branch.rows(keys));
        statement.setFetchSize(BATCH);
        return new ExpandedRows(
                above.connection,
                above.root,
                branch.selection(),
                branch.branches(),
                statement.executeQuery(),
                new Places() {
                    @Override
                    public long place(ResultSet row) throws SQLException {
                        return row.getLong(branch.placeColumn());
                    }

                    @Override
                    public SkipToken token(ResultSet row) throws SQLException {
                        return EntityReader.token(row, branch.keyColumns());
                    }

                    @Override
                    public boolean isFollowed(ResultSet row) throws SQLException {
                        return branch.isNewest() && row.getBoolean(branch.placeColumn() + 1);
                    }
                });
    }

    /// One related entity, shared by all rows that name it.
    private record One(Branch branch, int number, Map<Long, byte[]> entities) implements Hanging {

        static One of(ExpandedRows above, int number) throws SQLException {
            Branch branch = above.branches.get(number);
            long[] keys = above.batch.stream()
                    .mapToLong(row -> row.keys[number])
                    .distinct()
                    .toArray();
            Map<Long, byte[]> entities = new HashMap<>();
            try (ExpandedRows below = rowsOf(above, branch, keys)) {
                for (int i = 0; i < keys.length; i++) {
                    if (below.isAt(i + 1)) {
                        entities.put(keys[i], bytes(below));
                        while (below.advance(i + 1)) {
                            // A relation to one that finds several shows the first.
                        }
                    }
                }
            }
            return new One(branch, number, entities);
        }

        private static byte[] bytes(ExpandedRows below) throws SQLException {
            Spool one = new Spool();
            below.write(one);
            return one.toByteArray();
        }

        @Override
        public void write(Row above, int index, Spool out) {
            byte[] entity = entities.get(above.keys[number]);
            out.write("\"" + branch.relation().name() + "\":");
            if (entity == null) {
                out.write("null");
            } else {
                out.put(entity, entity.length);
            }
        }

        @Override
        public void close() {}
    }

    /// A set, pulled from its cursor row by row.
    private record Many(Branch branch, String root, ExpandedRows below, long @Nullable [] counts) implements Hanging {

        static Many of(ExpandedRows above, int number) throws SQLException {
            Branch branch = above.branches.get(number);
            long[] keys =
                    above.batch.stream().mapToLong(row -> row.keys[number]).toArray();
            long[] counts = branch.isCounted() ? counts(above.connection, branch, keys) : null;
            return new Many(branch, above.root, rowsOf(above, branch, keys), counts);
        }

        private static long[] counts(Connection connection, Branch branch, long[] keys) throws SQLException {
            long[] counts = new long[keys.length];
            try (PreparedStatement statement = EntityReader.prepare(connection, branch.counts(keys));
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts[(int) rows.getLong(1) - 1] = rows.getLong(2);
                }
            }
            return counts;
        }

        @Override
        public void write(Row above, int index, Spool out) throws SQLException {
            String name = branch.relation().name();
            if (counts != null) {
                out.write("\"%s@iot.count\":%d,".formatted(name, counts[index]));
            }
            out.write("\"" + name + "\":[");
            long place = index + 1L;
            int written = 0;
            SkipToken last = null;
            boolean hasMore = false;
            for (boolean isHere = below.isAt(place); isHere; isHere = below.advance(place)) {
                if (written == branch.page()) {
                    hasMore = true;
                    continue;
                }
                out.write(written == 0 ? "" : ",");
                below.write(out);
                last = below.token();
                hasMore = below.isFollowed();
                written++;
            }
            out.write("]");
            if (hasMore && last != null) {
                out.write(",\"%s@iot.nextLink\":\"%s\"".formatted(name, next(above, last)));
            }
        }

        private String next(Row above, SkipToken last) {
            String set = branch.relation().source().set();
            StringBuilder link = new StringBuilder("%s%s(%d)/%s?".formatted(root, set, above.id, name()));
            for (String option : branch.optionsText()) {
                int equals = option.indexOf('=');
                link.append(option, 0, equals + 1)
                        .append(URLEncoder.encode(option.substring(equals + 1), StandardCharsets.UTF_8)
                                .replace("+", "%20"))
                        .append('&');
            }
            return link.append("$skiptoken=").append(last.text()).toString();
        }

        private String name() {
            return branch.relation().name();
        }

        @Override
        public void close() throws SQLException {
            below.close();
        }
    }
}
