package de.stadtkern.sources;

import de.stadtkern.connect.MessageReading;
import de.stadtkern.connect.MessageReading.Channel;
import de.stadtkern.connect.MessageRefusal;
import de.stadtkern.connect.RunningTotal;
import de.stadtkern.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Remembers what has come: messages, their keys, and the running totals.
@Repository
class MessageStore {

    private static final JsonMapper JSON = new JsonMapper();
    /// Longer ones are understood, and not kept.
    private static final int LONGEST_KEPT = 250_000;

    private final JdbcClient jdbc;

    MessageStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Another message of the same source was taken in the meantime: what was understood is not true any more.
    static final class Overtaken extends Problem {
        Overtaken() {
            super(
                    Problem.Kind.UNAVAILABLE,
                    "source-busy",
                    "Too many messages of this source come at once; please send it again.");
        }
    }

    long version(long source) {
        return jdbc.sql("select version from source_run where source_id = ?")
                .param(source)
                .query(Long.class)
                .single();
    }

    Optional<RunningTotal> total(long source, Channel channel) {
        return jdbc.sql("select * from source_state where source_id = ? and device = ? and channel = ?")
                .params(source, channel.device(), channel.key())
                .query((row, _) -> total(row))
                .optional();
    }

    private static RunningTotal total(ResultSet row) throws SQLException {
        long reset = row.getLong("reset_total");
        boolean none = row.wasNull();
        return new RunningTotal(
                row.getLong("total"),
                instant(row, "at"),
                row.getLong("frame"),
                row.getString("session"),
                none ? null : new RunningTotal.Reset(reset, instant(row, "reset_from"), instant(row, "reset_until")));
    }

    /// @param but a message that is taken once more, 0 for none: it does not stand in its own way
    boolean hasSeen(long source, String key, long but) {
        return jdbc.sql("""
            select exists (select from source_seen where source_id = ? and key_hash = ? and message_id <> ?)
            """)
                .params(source, SourceKey.sha256(key), but)
                .query(Boolean.class)
                .single();
    }

    /// In the transaction that is open on this connection.
    ///
    /// @param version that was true when the message was understood
    /// @param again   the message that is taken once more, 0 for a new one
    /// @return number of the message
    static long write(
            Connection connection, long source, long version, long again, Message message, MessageReading reading)
            throws SQLException {
        try (PreparedStatement turn = connection.prepareStatement(
                "update source_run set version = version + 1 where source_id = ? and version = ?")) {
            turn.setLong(1, source);
            turn.setLong(2, version);
            if (turn.executeUpdate() == 0) {
                throw new Overtaken();
            }
        }
        long id = again == 0 ? insert(connection, source, message) : update(connection, again, message);
        totals(connection, source, reading.totals());
        keys(connection, source, id, reading);
        return id;
    }

    private static long insert(Connection connection, long source, Message message) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into source_message (outcome, row_count, written, repeated, left_out, begun, refusals, source_id, received_at, body)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) returning id
            """)) {
            bind(insert, message);
            insert.setLong(8, source);
            insert.setObject(9, message.received().atOffset(ZoneOffset.UTC));
            insert.setString(10, message.body().length() > LONGEST_KEPT ? "" : message.body());
            try (ResultSet made = insert.executeQuery()) {
                made.next();
                return made.getLong(1);
            }
        }
    }

    private static long update(Connection connection, long id, Message message) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
            update source_message set outcome = ?, row_count = ?, written = ?, repeated = ?, left_out = ?, begun = ?,
              refusals = ?::jsonb where id = ?
            """)) {
            bind(update, message);
            update.setLong(8, id);
            update.executeUpdate();
            return id;
        }
    }

    private static void bind(PreparedStatement statement, Message message) throws SQLException {
        statement.setString(1, message.outcome().key());
        statement.setInt(2, message.rows());
        statement.setInt(3, message.written());
        statement.setInt(4, message.repeated());
        statement.setInt(5, message.left());
        statement.setInt(6, message.begun());
        statement.setString(7, JSON.writeValueAsString(message.refusals()));
    }

    private static void totals(Connection connection, long source, Map<Channel, RunningTotal> totals)
            throws SQLException {
        if (totals.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
            insert into source_state (source_id, device, channel, total, at, frame, session, reset_total, reset_from, reset_until)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (source_id, device, channel) do update set total = excluded.total, at = excluded.at,
              frame = excluded.frame, session = excluded.session, reset_total = excluded.reset_total,
              reset_from = excluded.reset_from, reset_until = excluded.reset_until
            """)) {
            for (Map.Entry<Channel, RunningTotal> entry : totals.entrySet()) {
                RunningTotal total = entry.getValue();
                RunningTotal.Reset reset = total.reset();
                upsert.setLong(1, source);
                upsert.setString(2, entry.getKey().device());
                upsert.setString(3, entry.getKey().key());
                upsert.setLong(4, total.total());
                upsert.setObject(5, total.at().atOffset(ZoneOffset.UTC));
                upsert.setLong(6, total.frame());
                upsert.setString(7, total.session());
                upsert.setObject(8, reset == null ? null : reset.total(), Types.BIGINT);
                upsert.setObject(9, reset == null ? null : reset.from().atOffset(ZoneOffset.UTC));
                upsert.setObject(10, reset == null ? null : reset.until().atOffset(ZoneOffset.UTC));
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private static void keys(Connection connection, long source, long message, MessageReading reading)
            throws SQLException {
        if (reading.keys().isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
            insert into source_seen (source_id, key_hash, message_id) values (?, ?, ?) on conflict do nothing
            """)) {
            for (String key : reading.keys()) {
                insert.setLong(1, source);
                insert.setBytes(2, SourceKey.sha256(key));
                insert.setLong(3, message);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// The newest first, without their texts where these are long.
    List<Message> list(long source, int from, int most) {
        return jdbc.sql("select * from source_message where source_id = ? order by id desc limit ? offset ?")
                .params(source, most, from)
                .query(MessageStore::message)
                .list();
    }

    int count(long source) {
        return jdbc.sql("select count(*) from source_message where source_id = ?")
                .param(source)
                .query(Integer.class)
                .single();
    }

    Optional<Message> find(long source, long id) {
        return jdbc.sql("select * from source_message where source_id = ? and id = ?")
                .params(source, id)
                .query(MessageStore::message)
                .optional();
    }

    /// The newest message of each source.
    List<Message> newest() {
        return jdbc.sql("""
            select m.* from source s
            cross join lateral (select * from source_message where source_id = s.id order by id desc limit 1) m
            """).query(MessageStore::message).list();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getLong("id"),
                row.getLong("source_id"),
                instant(row, "received_at"),
                row.getString("body"),
                Message.Outcome.of(row.getString("outcome")),
                row.getInt("row_count"),
                row.getInt("written"),
                row.getInt("repeated"),
                row.getInt("left_out"),
                row.getInt("begun"),
                refusals(row.getString("refusals")));
    }

    private static List<MessageRefusal> refusals(String json) {
        List<MessageRefusal> refusals = new ArrayList<>();
        if (JSON.readTree(json) instanceof ArrayNode list) {
            for (JsonNode one : list) {
                List<String> arguments = new ArrayList<>();
                one.path("arguments").forEach(argument -> arguments.add(argument.asString("")));
                refusals.add(new MessageRefusal(
                        one.path("where").asString(""),
                        MessageRefusal.Kind.valueOf(one.path("kind").asString()),
                        arguments));
            }
        }
        return refusals;
    }

    /// Nothing is kept for ever: of each source so many messages, none of them longer than this, and what is known of
    /// sources that are gone for a month.
    void clean(int most, Duration keep) {
        jdbc.sql("delete from source_message where received_at < now() - make_interval(secs => ?)")
                .param(keep.toSeconds())
                .update();
        jdbc.sql("""
            with x as materialized (
              select s.id, (select m.id from source_message m where m.source_id = s.id order by m.id desc offset ? limit 1) as last
              from source s)
            delete from source_message m using x where m.source_id = x.id and m.id <= x.last
            """).param(most).update();
        jdbc.sql("delete from source_seen where seen_at < now() - make_interval(secs => ?)")
                .param(keep.toSeconds())
                .update();
        jdbc.sql("""
            delete from source_state t where at < now() - interval '30 days'
              and not exists (select from source s where s.id = t.source_id)
            """).update();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? Instant.EPOCH : time.toInstant();
    }
}
