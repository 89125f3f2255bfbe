package de.stadtkern.chat;

import de.stadtkern.chat.Chat.Answered;
import de.stadtkern.seams.Fact;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Remembers talks, until their end.
@Repository
class TalkStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    TalkStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param messages how many it has
    record Head(long id, Before before, int messages) {}

    Optional<Head> find(TalkKey key) {
        return jdbc.sql("""
            select t.id, (select count(*) from chat_message where talk_id = t.id) as messages, b.alone, b.title
            from chat_talk t
            left join lateral (
              select alone, sources -> 0 ->> 'title' as title from chat_message
              where talk_id = t.id and kind = 'ANSWER' and sources <> '[]' order by id desc limit 1) b on true
            where t.key_hash = ?
            """).param(key.hash()).query((row, _) -> head(row)).optional();
    }

    private static Head head(ResultSet row) throws SQLException {
        String title = row.getString("title");
        return new Head(
                row.getLong("id"),
                title == null ? Before.NOTHING : new Before(row.getString("alone"), title),
                row.getInt("messages"));
    }

    long begin(TalkKey key) {
        return jdbc.sql("insert into chat_talk (key_hash, word_hash) values (?, ?) returning id")
                .params(key.hash(), TalkKey.hashOfWord(key.word()))
                .query(Long.class)
                .single();
    }

    /// The oldest first.
    List<Message> messages(long talk) {
        return jdbc.sql("select * from chat_message where talk_id = ? order by id")
                .param(talk)
                .query(TalkStore::message)
                .list();
    }

    /// Nothing where the talk was deleted meanwhile.
    void add(long talk, Answered answered) {
        Reply reply = answered.reply();
        jdbc.sql("""
            with talk as (update chat_talk set last_at = now() where id = ? returning id)
            insert into chat_message (talk_id, question, alone, kind, label, answer, confidence, sources, facts, suggestions, topic)
            select id, ?, ?, ?, ?, ?, ?, cast(? as jsonb), cast(? as jsonb), cast(? as jsonb), ? from talk
            """)
                .params(
                        talk,
                        answered.masked(),
                        answered.alone(),
                        reply.kind().name(),
                        reply.label().name(),
                        reply.text(),
                        reply.confidence(),
                        JSON.writeValueAsString(reply.sources()),
                        JSON.writeValueAsString(reply.facts()),
                        JSON.writeValueAsString(reply.suggestions()),
                        reply.topic())
                .update();
    }

    void rate(long talk, boolean helpful) {
        jdbc.sql("""
            update chat_message set helpful = ? where id = (select max(id) from chat_message where talk_id = ?)
            """).params(helpful, talk).update();
    }

    boolean delete(TalkKey key) {
        return jdbc.sql("delete from chat_talk where key_hash = ?")
                        .param(key.hash())
                        .update()
                > 0;
    }

    boolean deleteByWord(String word) {
        return jdbc.sql("delete from chat_talk where word_hash = ?")
                        .param(TalkKey.hashOfWord(word))
                        .update()
                > 0;
    }

    /// Messages beyond their days, also where their talk still goes on, and talks in which nobody wrote since.
    void deleteOlder(int days) {
        jdbc.sql("delete from chat_message where at < now() - make_interval(days => ?)")
                .param(days)
                .update();
        jdbc.sql("delete from chat_talk where last_at < now() - make_interval(days => ?)")
                .param(days)
                .update();
    }

    private static Message message(ResultSet row, int number) throws SQLException {
        Reply reply = new Reply(
                Reply.Kind.valueOf(row.getString("kind")),
                Reply.Label.valueOf(row.getString("label")),
                row.getString("answer"),
                row.getDouble("confidence"),
                JSON.readValue(row.getString("sources"), new TypeReference<List<Reply.Source>>() {}),
                JSON.readValue(row.getString("facts"), new TypeReference<List<Fact>>() {}),
                JSON.readValue(row.getString("suggestions"), new TypeReference<List<String>>() {}),
                row.getString("topic"));
        return new Message(
                row.getLong("id"),
                row.getTimestamp("at").toInstant(),
                row.getString("question"),
                reply,
                row.getObject("helpful", Boolean.class));
    }
}
