package de.stadtkern.sources;

import de.stadtkern.sources.Source.Kind;
import de.stadtkern.sources.Source.Settings;
import de.stadtkern.sources.Source.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Remembers sources.
@Repository
class SourceStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    SourceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Source> list() {
        return jdbc.sql("select * from source order by lower(name), id")
                .query(SourceStore::source)
                .list();
    }

    List<Source> active(Kind kind) {
        return jdbc.sql("select * from source where active and kind = ? order by id")
                .param(kind.key())
                .query(SourceStore::source)
                .list();
    }

    Optional<Source> find(String slug) {
        return jdbc.sql("select * from source where slug = ?")
                .param(slug)
                .query(SourceStore::source)
                .optional();
    }

    Optional<Source> find(long id) {
        return jdbc.sql("select * from source where id = ?")
                .param(id)
                .query(SourceStore::source)
                .optional();
    }

    /// The web-hook of this address whose key has this hash.
    Optional<Source> findByKey(String slug, byte[] hash) {
        return jdbc.sql("select * from source where slug = ? and kind = 'webhook' and key_hash = ?")
                .params(slug, hash)
                .query(SourceStore::source)
                .optional();
    }

    /// Waits for whoever changes it at this moment.
    void lock(long id) {
        jdbc.sql("select id from source where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
    }

    /// @param id null for a new one
    long insert(@Nullable Long id, Wish wish, boolean active) {
        long made = bind(jdbc.sql("""
            insert into source (%sslug, name, kind, mapping, settings, active)
            values (%s:slug, :name, :kind, :mapping, :settings::jsonb, :active) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, ")), wish)
                .param("id", id, Types.BIGINT)
                .param("active", active)
                .query(Long.class)
                .single();
        jdbc.sql("insert into source_run (source_id, next_at) values (?, now()) on conflict do nothing")
                .param(made)
                .update();
        return made;
    }

    /// What has changed is tried at once, whatever has failed before.
    void update(long id, Wish wish, boolean active) {
        bind(jdbc.sql("""
            update source set slug = :slug, name = :name, kind = :kind, mapping = :mapping, settings = :settings::jsonb,
              active = :active where id = :id
            """), wish).param("id", id).param("active", active).update();
        jdbc.sql("""
            update source_run set next_at = now(), failures = 0, failure = '', failed_at = null, etag = '', modified = ''
            where source_id = ?
            """).param(id).update();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Wish wish) {
        return statement
                .param("slug", wish.slug())
                .param("name", wish.name())
                .param("kind", wish.kind().key())
                .param("mapping", wish.mapping())
                .param("settings", JSON.writeValueAsString(wish.settings().tree()));
    }

    void setKey(long id, SourceKey key) {
        jdbc.sql("update source set key_hash = ?, key_start = ? where id = ?")
                .params(key.hash(), key.start(), id)
                .update();
    }

    void setSecret(long id, String secret) {
        jdbc.sql("update source set secret = ? where id = ?").params(secret, id).update();
    }

    /// For whoever shows it to the other side, and nobody else.
    String secret(long id) {
        return jdbc.sql("select secret from source where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .orElse("");
    }

    /// What it has brought stays, and its totals do for a while, so that an undo goes on where it was.
    void delete(long id) {
        jdbc.sql("delete from source where id = ?").param(id).update();
    }

    private static Source source(ResultSet row, int number) throws SQLException {
        return new Source(
                row.getLong("id"),
                new Wish(
                        row.getString("slug"),
                        row.getString("name"),
                        Kind.of(row.getString("kind")),
                        row.getString("mapping"),
                        settings(JSON.readTree(row.getString("settings")))),
                row.getString("key_start"),
                !row.getString("secret").isEmpty(),
                row.getBoolean("active"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static Settings settings(JsonNode tree) {
        String begin = tree.path("begin").asString("");
        return new Settings(
                tree.path("address").asString(""),
                duration(tree.path("every").asString(""), Settings.NONE.every()),
                tree.path("header").asString(""),
                duration(tree.path("window").asString(""), Settings.NONE.window()),
                duration(tree.path("again").asString(""), Settings.NONE.again()),
                begin.isEmpty() ? null : LocalDate.parse(begin),
                tree.path("user").asString(""),
                tree.path("topic").asString(""));
    }

    private static Duration duration(String text, Duration otherwise) {
        try {
            return text.isEmpty() ? otherwise : Duration.parse(text);
        } catch (DateTimeException unreadable) {
            return otherwise;
        }
    }
}
