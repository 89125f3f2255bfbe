package de.stadtkern.footfall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers what belongs to counters on paper.
@Repository
class DocumentStore {

    private static final String KNOWN =
            "select id, counter_id, title, alt, media_type, length(content) as bytes, width, height, shown, added_at"
                    + " from footfall_document ";

    private final JdbcClient jdbc;

    DocumentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest first.
    List<CounterDocument> of(long counter) {
        return jdbc.sql(KNOWN + "where counter_id = ? order by id desc")
                .param(counter)
                .query(DocumentStore::document)
                .list();
    }

    Optional<CounterDocument> find(long id) {
        return jdbc.sql(KNOWN + "where id = ?")
                .param(id)
                .query(DocumentStore::document)
                .optional();
    }

    byte[] content(long id) {
        return jdbc.sql("select content from footfall_document where id = ?")
                .param(id)
                .query((row, _) -> row.getBytes(1))
                .single();
    }

    long put(long counter, String title, String alt, boolean shown, DocumentFile file, Instant now) {
        return jdbc.sql("""
            insert into footfall_document (counter_id, title, alt, media_type, content, width, height, shown, added_at)
            values (:counter, :title, :alt, :type, :content, :width, :height, :shown, :now) returning id
            """)
                .param("counter", counter)
                .param("title", title)
                .param("alt", alt)
                .param("type", file.mediaType())
                .param("content", file.content())
                .param("width", file.width())
                .param("height", file.height())
                .param("shown", shown)
                .param("now", HourStore.utc(now))
                .query(Long.class)
                .single();
    }

    void show(long id, boolean shown) {
        jdbc.sql("update footfall_document set shown = ? where id = ?")
                .params(shown, id)
                .update();
    }

    void delete(long id) {
        jdbc.sql("delete from footfall_document where id = ?").param(id).update();
    }

    private static CounterDocument document(ResultSet row, int number) throws SQLException {
        return new CounterDocument(
                row.getLong("id"),
                row.getLong("counter_id"),
                row.getString("title"),
                row.getString("alt"),
                row.getString("media_type"),
                row.getInt("bytes"),
                row.getInt("width"),
                row.getInt("height"),
                row.getBoolean("shown"),
                Objects.requireNonNull(HourStore.instant(row, "added_at")));
    }
}
