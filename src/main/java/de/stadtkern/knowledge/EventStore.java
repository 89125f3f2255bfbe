package de.stadtkern.knowledge;

import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers what is on.
@Repository
class EventStore {

    private final JdbcClient jdbc;

    EventStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// All that a source has.
    void replace(long source, List<Event> events) {
        delete(source);
        jdbc.sql("""
            insert into knowledge_event (source_id, uid, start_at, end_at, all_day, title, body, place, categories, url)
            select :source, uid, start_at, end_at, all_day, title, body, place,
              coalesce(string_to_array(nullif(categories, ''), E'\\n'), '{}'), url
            from unnest(:uids::text[], :starts::timestamptz[], :ends::timestamptz[], :days::boolean[], :titles::text[],
              :bodies::text[], :places::text[], :categories::text[], :urls::text[])
              as x(uid, start_at, end_at, all_day, title, body, place, categories, url)
            """)
                .param("source", source)
                .param("uids", texts(events, Event::uid), Types.ARRAY)
                .param("starts", texts(events, event -> event.start().toString()), Types.ARRAY)
                .param("ends", texts(events, event -> event.end().toString()), Types.ARRAY)
                .param("days", events.stream().map(Event::isAllDay).toArray(Boolean[]::new))
                .param("titles", texts(events, Event::title), Types.ARRAY)
                .param("bodies", texts(events, Event::text), Types.ARRAY)
                .param("places", texts(events, Event::place), Types.ARRAY)
                .param("categories", texts(events, event -> String.join("\n", event.categories())), Types.ARRAY)
                .param("urls", texts(events, Event::url), Types.ARRAY)
                .update();
    }

    private static String[] texts(List<Event> events, Function<Event, String> field) {
        return events.stream().map(field).toArray(String[]::new);
    }

    void delete(long source) {
        jdbc.sql("delete from knowledge_event where source_id = ?")
                .param(source)
                .update();
    }

    /// @param document of it, for its page
    record Listed(Event event, long document, String source) {}

    /// What is on in a stretch of time and may be read, the earliest first.
    List<Listed> between(Instant from, Instant to, List<String> audiences, int most) {
        return jdbc.sql("""
            select e.*, d.id as document, s.name as source from knowledge_event e
            join knowledge_source s on s.id = e.source_id
            join knowledge_document d on d.source_id = e.source_id and d.key = e.uid
            where e.start_at < :to and (e.end_at > :from or e.start_at >= :from) and s.active and not d.withdrawn
              and coalesce(nullif(d.audience, ''), s.audience) = any(:audiences::text[])
            order by e.start_at, lower(e.title), d.id limit :most
            """)
                .param("from", from.atOffset(ZoneOffset.UTC))
                .param("to", to.atOffset(ZoneOffset.UTC))
                .param("audiences", audiences.toArray(String[]::new), Types.ARRAY)
                .param("most", most)
                .query((row, _) -> new Listed(
                        new Event(
                                row.getString("uid"),
                                row.getString("title"),
                                row.getString("body"),
                                row.getString("place"),
                                Arrays.asList(
                                        (String[]) row.getArray("categories").getArray()),
                                row.getString("url"),
                                row.getObject("start_at", OffsetDateTime.class).toInstant(),
                                row.getObject("end_at", OffsetDateTime.class).toInstant(),
                                row.getBoolean("all_day")),
                        row.getLong("document"),
                        row.getString("source")))
                .list();
    }

    /// Whether any calendar has been read.
    boolean isAny() {
        return jdbc.sql("""
            select exists (select from knowledge_event e join knowledge_source s on s.id = e.source_id where s.active)
            """).query(Boolean.class).single();
    }
}
