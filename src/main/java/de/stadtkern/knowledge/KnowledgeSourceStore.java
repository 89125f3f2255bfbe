package de.stadtkern.knowledge;

import de.stadtkern.knowledge.KnowledgeSource.Kind;
import de.stadtkern.knowledge.KnowledgeSource.Wish;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers where texts come from.
@Repository
class KnowledgeSourceStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    KnowledgeSourceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<KnowledgeSource> list() {
        return jdbc.sql("select * from knowledge_source order by lower(name), id")
                .query(KnowledgeSourceStore::source)
                .list();
    }

    Optional<KnowledgeSource> find(String slug) {
        return jdbc.sql("select * from knowledge_source where slug = ?")
                .param(slug)
                .query(KnowledgeSourceStore::source)
                .optional();
    }

    Optional<KnowledgeSource> find(long id) {
        return jdbc.sql("select * from knowledge_source where id = ?")
                .param(id)
                .query(KnowledgeSourceStore::source)
                .optional();
    }

    /// Waits for whoever changes it at this moment.
    void lock(long id) {
        jdbc.sql("select id from knowledge_source where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
    }

    /// @param id null for a new one
    long insert(@Nullable Long id, Wish wish, boolean active) {
        return bind(jdbc.sql("""
            insert into knowledge_source (%sslug, name, kind, settings, language, audience, owner, review_on, active)
            values (%s:slug, :name, :kind, :settings::jsonb, :language, :audience, :owner, :review, :active) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, ")), wish)
                .param("id", id, Types.BIGINT)
                .param("active", active)
                .query(Long.class)
                .single();
    }

    void update(long id, Wish wish, boolean active) {
        bind(jdbc.sql("""
            update knowledge_source set slug = :slug, name = :name, kind = :kind, settings = :settings::jsonb,
              language = :language, audience = :audience, owner = :owner, review_on = :review, active = :active
            where id = :id
            """), wish).param("id", id).param("active", active).update();
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Wish wish) {
        return statement
                .param("slug", wish.slug())
                .param("name", wish.name())
                .param("kind", wish.kind().key())
                .param("settings", JSON.writeValueAsString(Map.of("address", wish.address())))
                .param("language", wish.language())
                .param("audience", wish.audience())
                .param("owner", wish.owner())
                .param("review", wish.reviewOn(), Types.DATE);
    }

    void delete(long id) {
        jdbc.sql("delete from knowledge_source where id = ?").param(id).update();
    }

    private static KnowledgeSource source(ResultSet row, int number) throws SQLException {
        return new KnowledgeSource(
                row.getLong("id"),
                new Wish(
                        row.getString("slug"),
                        row.getString("name"),
                        Kind.find(row.getString("kind")).orElseThrow(),
                        JSON.readTree(row.getString("settings")).path("address").asString(""),
                        row.getString("language"),
                        row.getString("audience"),
                        row.getString("owner"),
                        row.getObject("review_on", LocalDate.class)),
                row.getBoolean("active"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
