package de.stadtkern.knowledge;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers which foreign pages and calendars are read when, and what went wrong there.
@Repository
class DuePages {

    private static final int LONGEST_FAILURE = 300;

    private final JdbcClient jdbc;

    DuePages(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param failures of the last attempts in a row
    /// @param isNear   whether it was read as a whole in the last days
    record Due(long source, String url, String etag, String modified, int failures, boolean isNear) {}

    /// Takes the one that is due for the longest time, so that nobody else does for a while.
    Optional<Due> next(KnowledgeSource.Kind kind) {
        return jdbc.sql("""
            update knowledge_page set due_at = now() + interval '10 minutes'
            where (source_id, url) = (
              select p.source_id, p.url from knowledge_page p join knowledge_source s on s.id = p.source_id
              where s.active and s.kind = ? and p.due_at <= now() order by p.due_at, p.source_id, p.url limit 1
              for update of p skip locked)
            returning source_id, url, etag, modified, failures, coalesce(read_at > now() - interval '7 days', false) as near
            """)
                .param(kind.key())
                .query((row, _) -> new Due(
                        row.getLong("source_id"),
                        row.getString("url"),
                        row.getString("etag"),
                        row.getString("modified"),
                        row.getInt("failures"),
                        row.getBoolean("near")))
                .optional();
    }

    /// @param note what was not right with it all the same, may be empty
    void done(Due due, WebFetch.Answer answer, String note, Duration again) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        jdbc.sql("""
            update knowledge_page set etag = :etag, modified = :modified, failures = 0, failure = :note,
              failed_at = case when :note = '' then null else :now::timestamptz end,
              read_at = case when :whole then :now::timestamptz else read_at end, due_at = :due
            where source_id = :source and url = :url
            """)
                .param("etag", answer.etag())
                .param("modified", answer.modified())
                .param("whole", answer.text() != null)
                .param("note", cut(note))
                .param("now", now)
                .param("due", now.plus(again))
                .param("source", due.source())
                .param("url", due.url())
                .update();
    }

    /// It is tried again, later each time.
    void fail(Due due, Exception failure) {
        String why = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        jdbc.sql("""
            update knowledge_page set failures = failures + 1, failure = :why, failed_at = now(),
              due_at = now() + make_interval(mins => :pause) where source_id = :source and url = :url
            """)
                .param("why", cut(why))
                .param("pause", 10 << Math.min(7, due.failures()))
                .param("source", due.source())
                .param("url", due.url())
                .update();
    }

    private static String cut(String text) {
        return text.length() > LONGEST_FAILURE ? text.substring(0, LONGEST_FAILURE) : text;
    }

    void delete(Due due) {
        jdbc.sql("delete from knowledge_page where source_id = ? and url = ?")
                .params(due.source(), due.url())
                .update();
    }

    /// Pages that could not be read, with the reason.
    List<String> failures(long source, int most) {
        return jdbc.sql("""
            select url, failure from knowledge_page where source_id = ? and failure <> '' order by failed_at desc limit ?
            """)
                .params(source, most)
                .query((row, _) -> row.getString("url") + ": " + row.getString("failure"))
                .list();
    }

    /// Forgets what it knows of a source that has another address now.
    void end(long source) {
        jdbc.sql("delete from knowledge_page where source_id = ?").param(source).update();
    }

    /// Begins with the address of the source, or begins anew.
    void begin(long source, String address) {
        jdbc.sql("""
            insert into knowledge_page (source_id, url, due_at) values (?, ?, ?)
            on conflict (source_id, url) do update set due_at = excluded.due_at, etag = '', modified = '',
              read_at = null
            """)
                .params(source, address, OffsetDateTime.now(ZoneOffset.UTC))
                .update();
    }
}
