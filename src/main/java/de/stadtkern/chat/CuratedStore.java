package de.stadtkern.chat;

import de.stadtkern.chat.CuratedAnswer.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers answers people wrote.
@Repository
class CuratedStore {

    private static final String ALL = """
        select id, question, wordings, answer_de, answer_en, answer_easy, source_title, source_url, valid_from, valid_until, active,
          changed_at
        from chat_answer
        """;

    private final JdbcClient jdbc;

    CuratedStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<CuratedAnswer> list() {
        return jdbc.sql(ALL + "order by lower(question), id")
                .query(CuratedStore::answer)
                .list();
    }

    /// Those given at all, whatever the day.
    List<CuratedAnswer> active() {
        return jdbc.sql(ALL + "where active order by id")
                .query(CuratedStore::answer)
                .list();
    }

    Optional<CuratedAnswer> find(long id) {
        return jdbc.sql(ALL + "where id = ?")
                .param(id)
                .query(CuratedStore::answer)
                .optional();
    }

    /// Waits for whoever changes answers at this moment.
    void lock() {
        jdbc.sql("lock table chat_answer in share row exclusive mode").update();
    }

    /// @param id null for the next one
    long write(@Nullable Long id, Wish wish, boolean active) {
        return jdbc.sql("""
            insert into chat_answer (id, question, wordings, answer_de, answer_en, answer_easy, source_title, source_url, valid_from,
              valid_until, active, changed_at)
            values (coalesce(:id, nextval(pg_get_serial_sequence('chat_answer', 'id'))), :question, :wordings, :german, :english,
              :easy, :title, :url, :from, :until, :active, :now)
            on conflict (id) do update set question = excluded.question, wordings = excluded.wordings,
              answer_de = excluded.answer_de, answer_en = excluded.answer_en, answer_easy = excluded.answer_easy,
              source_title = excluded.source_title, source_url = excluded.source_url, valid_from = excluded.valid_from,
              valid_until = excluded.valid_until, active = excluded.active, changed_at = excluded.changed_at
            returning id
            """)
                .param("id", id, Types.BIGINT)
                .param("question", wish.question())
                .param("wordings", wish.wordings().toArray(String[]::new), Types.ARRAY)
                .param("german", wish.german())
                .param("english", wish.english())
                .param("easy", wish.easy())
                .param("title", wish.sourceTitle())
                .param("url", wish.sourceUrl())
                .param("from", wish.from(), Types.DATE)
                .param("until", wish.until(), Types.DATE)
                .param("active", active)
                .param("now", OffsetDateTime.now(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    void delete(long id) {
        jdbc.sql("delete from chat_answer where id = ?").param(id).update();
    }

    private static CuratedAnswer answer(ResultSet row, int number) throws SQLException {
        return new CuratedAnswer(
                row.getLong("id"),
                new Wish(
                        row.getString("question"),
                        Arrays.asList((String[]) row.getArray("wordings").getArray()),
                        row.getString("answer_de"),
                        row.getString("answer_en"),
                        row.getString("answer_easy"),
                        row.getString("source_title"),
                        row.getString("source_url"),
                        row.getObject("valid_from", LocalDate.class),
                        row.getObject("valid_until", LocalDate.class)),
                row.getBoolean("active"),
                row.getObject("changed_at", OffsetDateTime.class).toInstant());
    }
}
