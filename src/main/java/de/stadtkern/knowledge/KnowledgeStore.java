package de.stadtkern.knowledge;

import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers texts and their sections.
@Repository
class KnowledgeStore {

    /// A document with what it has from its source where it says nothing itself.
    private static final String WHOLE = """
        select d.id, d.key, d.url, d.title, d.tags, d.version, d.withdrawn, d.updated_at, s.id as source_id, s.name as source,
          s.slug, s.active, coalesce(nullif(d.language, ''), s.language) as language,
          coalesce(nullif(d.audience, ''), s.audience) as audience, coalesce(nullif(d.owner, ''), s.owner) as owner,
          coalesce(d.review_on, s.review_on) as review_on, d.details
        from knowledge_document d join knowledge_source s on s.id = d.source_id
        """;

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    KnowledgeStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// A version for what is written in this transaction. Waits for whoever writes at this moment, so that versions
    /// are committed in their order.
    long nextVersion() {
        return jdbc.sql("update knowledge_state set version = version + 1 returning version")
                .query(Long.class)
                .single();
    }

    long version() {
        return jdbc.sql("select version from knowledge_state").query(Long.class).single();
    }

    /// Writes documents; those that are stored like this already are left alone. What an editor withdrew stays so,
    /// however often it is brought again.
    ///
    /// @return by their keys, the ids of those that are new or changed
    Map<String, Long> upsert(long source, List<NewDocument> documents, long version) {
        Map<String, Long> ids = new HashMap<>();
        jdbc.sql("""
            with given as materialized (
              select * from unnest(:keys::text[], :urls::text[], :titles::text[], :htmls::text[], :bodies::text[],
                :languages::text[], :updated::timestamptz[], :audiences::text[], :owners::text[], :tags::text[],
                :reviews::date[], :details::text[])
                as x(key, url, title, html, body, language, updated_at, audience, owner, tags, review_on, details))
            insert into knowledge_document as d (source_id, key, url, title, html, body, language, updated_at, audience, owner,
              tags, review_on, details, version)
            select :source, key, url, title, html, body, language, updated_at, audience, owner,
              coalesce(string_to_array(nullif(tags, ''), E'\\n'), '{}'), review_on, coalesce(details::jsonb, '{}'),
              :version from given
            on conflict (source_id, key) do update set url = excluded.url, title = excluded.title, html = excluded.html,
              body = excluded.body, language = excluded.language, updated_at = excluded.updated_at,
              audience = excluded.audience, owner = excluded.owner, tags = excluded.tags, review_on = excluded.review_on,
              details = coalesce((select g.details::jsonb from given g where g.key = excluded.key), d.details),
              version = excluded.version
            where (d.url, d.title, d.html, d.body, d.language, d.updated_at, d.audience, d.owner, d.tags, d.review_on, d.details)
              is distinct from (excluded.url, excluded.title, excluded.html, excluded.body, excluded.language,
              excluded.updated_at, excluded.audience, excluded.owner, excluded.tags, excluded.review_on,
              coalesce((select g.details::jsonb from given g where g.key = excluded.key), d.details))
            returning id, key
            """)
                .param("source", source)
                .param("version", version)
                .param("keys", texts(documents, NewDocument::key), Types.ARRAY)
                .param("urls", texts(documents, NewDocument::url), Types.ARRAY)
                .param("titles", texts(documents, NewDocument::title), Types.ARRAY)
                .param("htmls", texts(documents, NewDocument::html), Types.ARRAY)
                .param("bodies", texts(documents, NewDocument::text), Types.ARRAY)
                .param("languages", texts(documents, NewDocument::language), Types.ARRAY)
                .param("updated", texts(documents, one -> text(one.updated())), Types.ARRAY)
                .param("audiences", texts(documents, NewDocument::audience), Types.ARRAY)
                .param("owners", texts(documents, NewDocument::owner), Types.ARRAY)
                .param("tags", texts(documents, one -> String.join("\n", one.tags())), Types.ARRAY)
                .param("reviews", texts(documents, one -> text(one.reviewOn())), Types.ARRAY)
                .param("details", texts(documents, one -> json(one.details())), Types.ARRAY)
                .query((row, _) -> ids.put(row.getString("key"), row.getLong("id")))
                .list();
        return ids;
    }

    private static @Nullable String json(@Nullable Details details) {
        return details == null ? null : JSON.writeValueAsString(details.tree());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String[] texts(
            List<NewDocument> documents, Function<NewDocument, @Nullable String> field) {
        @Nullable String[] texts = new @Nullable String[documents.size()];
        for (int at = 0; at < texts.length; at++) {
            texts[at] = field.apply(documents.get(at));
        }
        return texts;
    }

    /// Exchanges the sections of documents.
    void setSections(Map<Long, List<Section>> sections) {
        jdbc.sql("delete from knowledge_passage where document_id = any(:ids::bigint[])")
                .param("ids", sections.keySet().toArray(Long[]::new))
                .update();
        List<Long> ids = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Section> all = new ArrayList<>();
        sections.forEach((id, ofOne) -> {
            for (int place = 0; place < ofOne.size(); place++) {
                ids.add(id);
                places.add(place);
                all.add(ofOne.get(place));
            }
        });
        jdbc.sql("""
            insert into knowledge_passage (document_id, place, anchor, heading, body, likeness)
            select * from unnest(:ids::bigint[], :places::integer[], :anchors::text[], :headings::text[], :bodies::text[],
              :likeness::bigint[])
            """)
                .param("ids", ids.toArray(Long[]::new))
                .param("places", places.toArray(Integer[]::new))
                .param("anchors", all.stream().map(Section::anchor).toArray(String[]::new), Types.ARRAY)
                .param("headings", all.stream().map(Section::heading).toArray(String[]::new), Types.ARRAY)
                .param("bodies", all.stream().map(Section::body).toArray(String[]::new), Types.ARRAY)
                .param("likeness", all.stream().map(Section::likeness).toArray(Long[]::new))
                .update();
    }

    /// All texts of a source are to be looked at again by indexes.
    void touch(long source, long version) {
        jdbc.sql("update knowledge_document set version = ? where source_id = ?")
                .params(version, source)
                .update();
    }

    /// @return whether it was otherwise
    boolean withdraw(long id, boolean withdrawn, long version) {
        return jdbc.sql("update knowledge_document set withdrawn = ?, version = ? where id = ? and withdrawn <> ?")
                        .params(withdrawn, version, id, withdrawn)
                        .update()
                > 0;
    }

    /// What staff say of a text that cannot say it itself.
    void setDetails(long id, Details details, long version) {
        jdbc.sql("update knowledge_document set details = :details::jsonb, version = :version where id = :id")
                .param("details", json(details))
                .param("version", version)
                .param("id", id)
                .update();
    }

    /// Whether any text says something that can be worked with.
    boolean hasDetails() {
        return jdbc.sql("select exists (select from knowledge_document where details <> '{}')")
                .query(Boolean.class)
                .single();
    }

    /// Removes the documents of a source whose keys are not among these.
    ///
    /// @return how many
    int deleteOthers(long source, Collection<String> keys, long version) {
        List<Long> gone = jdbc.sql("""
            delete from knowledge_document where source_id = :source and not key = any(:keys::text[]) returning id
            """)
                .param("source", source)
                .param("keys", keys.toArray(String[]::new), Types.ARRAY)
                .query((row, _) -> row.getLong(1))
                .list();
        forget(gone, version);
        return gone.size();
    }

    /// @return whether it was there
    boolean delete(long source, String key, long version) {
        List<Long> gone = jdbc.sql("delete from knowledge_document where source_id = ? and key = ? returning id")
                .params(source, key)
                .query((row, _) -> row.getLong(1))
                .list();
        forget(gone, version);
        return !gone.isEmpty();
    }

    private void forget(List<Long> gone, long version) {
        Long[] ids = gone.toArray(Long[]::new);
        jdbc.sql("delete from knowledge_passage where document_id = any(:ids::bigint[])")
                .param("ids", ids)
                .update();
        jdbc.sql("""
            insert into knowledge_gone (document_id, version) select id, :version from unnest(:ids::bigint[]) as x(id)
            on conflict do nothing
            """).param("ids", ids).param("version", version).update();
    }

    /// Documents an index of version `from` has to look at again, and those that are gone.
    List<Long> changed(long from, long to) {
        return jdbc.sql("""
            select id from knowledge_document where version > :from and version <= :to
            union all select document_id from knowledge_gone where version > :from and version <= :to
            """)
                .param("from", from)
                .param("to", to)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    /// A document with what it has from its source, and its sections.
    record Whole(Head head, List<Section> sections) {}

    /// @param audience of it or its source
    record Head(
            long id,
            String key,
            String url,
            String title,
            List<String> tags,
            String language,
            @Nullable Instant updated,
            String audience,
            String owner,
            @Nullable LocalDate reviewOn,
            long sourceId,
            String source,
            String sourceSlug,
            boolean shown,
            boolean withdrawn,
            Details details) {

        /// Where readers find it.
        String address() {
            return url.isEmpty() ? "/texts/" + de.stadtkern.page.Slug.of(id, title) : url;
        }
    }

    /// The next documents that can be found, by their ids.
    ///
    /// @param after id of the last one known
    List<Whole> next(long from, long to, long after, int most) {
        List<Head> heads = jdbc.sql(WHOLE + """
            where d.version > :from and d.version <= :to and d.id > :after and s.active and not d.withdrawn
            order by d.id limit :most
            """)
                .param("from", from)
                .param("to", to)
                .param("after", after)
                .param("most", most)
                .query(KnowledgeStore::head)
                .list();
        Map<Long, List<Section>> sections =
                sections(heads.stream().map(Head::id).toList());
        return heads.stream()
                .map(head -> new Whole(head, sections.getOrDefault(head.id(), List.of())))
                .toList();
    }

    /// In their order.
    Map<Long, List<Section>> sections(Collection<Long> documents) {
        Map<Long, List<Section>> sections = new HashMap<>();
        jdbc.sql("""
            select document_id, anchor, heading, body from knowledge_passage where document_id = any(:ids::bigint[])
            order by document_id, place
            """)
                .param("ids", documents.toArray(Long[]::new))
                .query((row, _) -> sections.computeIfAbsent(row.getLong("document_id"), _ -> new ArrayList<>())
                        .add(new Section(row.getString("anchor"), row.getString("heading"), row.getString("body"))))
                .list();
        return sections;
    }

    /// Those that can be found, whatever an index says.
    Map<Long, Head> shown(Collection<Long> ids) {
        Map<Long, Head> heads = new HashMap<>();
        jdbc.sql(WHOLE + "where d.id = any(:ids::bigint[]) and s.active and not d.withdrawn")
                .param("ids", ids.toArray(Long[]::new))
                .query(KnowledgeStore::head)
                .list()
                .forEach(head -> heads.put(head.id(), head));
        return heads;
    }

    Optional<Head> find(long id) {
        return jdbc.sql(WHOLE + "where d.id = ?")
                .param(id)
                .query(KnowledgeStore::head)
                .optional();
    }

    int count(long source) {
        return jdbc.sql("select count(*) from knowledge_document where source_id = ?")
                .param(source)
                .query(Integer.class)
                .single();
    }

    /// The documents of a source by their titles, from one on.
    List<Head> list(long source, int from, int most) {
        return jdbc.sql(WHOLE + "where d.source_id = ? order by lower(d.title), d.id limit ? offset ?")
                .params(source, most, from)
                .query(KnowledgeStore::head)
                .list();
    }

    private static Head head(java.sql.ResultSet row, int number) throws java.sql.SQLException {
        OffsetDateTime updated = row.getObject("updated_at", OffsetDateTime.class);
        return new Head(
                row.getLong("id"),
                row.getString("key"),
                row.getString("url"),
                row.getString("title"),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                row.getString("language"),
                updated == null
                        ? null
                        : updated.withOffsetSameInstant(ZoneOffset.UTC).toInstant(),
                row.getString("audience"),
                row.getString("owner"),
                row.getObject("review_on", LocalDate.class),
                row.getLong("source_id"),
                row.getString("source"),
                row.getString("slug"),
                row.getBoolean("active") && !row.getBoolean("withdrawn"),
                row.getBoolean("withdrawn"),
                Details.of(JSON.readTree(row.getString("details"))));
    }
}
