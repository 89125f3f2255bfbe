package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Channel;
import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.Counter.Wish;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/// Remembers the counters.
@Repository
class CounterStore {

    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient jdbc;

    CounterStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Waits for whoever keeps hours or changes counters at this moment.
    void lock() {
        jdbc.sql("select one from footfall_lock for update")
                .query(Boolean.class)
                .single();
    }

    /// True for one caller at a time, until the end of its transaction.
    boolean tryLock() {
        return jdbc.sql("select one from footfall_lock for update skip locked")
                .query(Boolean.class)
                .optional()
                .isPresent();
    }

    List<Counter> list() {
        return list("", List.of());
    }

    /// Those of them that are there.
    List<Counter> list(Set<Long> ids) {
        return list(
                "where c.id = any(?)",
                List.of(ids.stream().mapToLong(Long::longValue).toArray()));
    }

    Optional<Counter> find(long id) {
        return list("where c.id = ?", List.of(id)).stream().findFirst();
    }

    Optional<Counter> find(String slug) {
        return list("where c.slug = ?", List.of(slug)).stream().findFirst();
    }

    private List<Counter> list(String where, List<Object> parameters) {
        Map<Long, List<Channel>> channels = new HashMap<>();
        jdbc.sql("""
            select h.counter_id, h.datastream_id, h.role, h.name from footfall_channel h join footfall_counter c on c.id = h.counter_id
            %s order by h.counter_id, h.position
            """.formatted(where)).params(parameters).query(row -> {
            channels.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                    .add(new Channel(row.getLong(2), Role.of(row.getString(3)), row.getString(4)));
        });
        return jdbc.sql("select * from footfall_counter c %s order by lower(name), id".formatted(where))
                .params(parameters)
                .query((row, _) -> counter(row, channels))
                .list();
    }

    /// @param id null for a new one
    long insert(@Nullable Long id, Wish wish) {
        String columns = """
            (%sslug, thing_id, name, place, section, technique, mounting, since, responsible, contact, texts, simulated, shown,
              sum_for_all)
            values (%s:slug, :thing, :name, :place, :section, :technique, :mounting, :since, :responsible, :contact,
              cast(:texts as jsonb), :simulated, :shown, :sum) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, ");
        long made = bind(jdbc.sql("insert into footfall_counter " + columns), wish)
                .param("id", id, Types.BIGINT)
                .query(Long.class)
                .single();
        insertChannels(made, wish);
        return made;
    }

    void update(long id, Wish wish) {
        bind(jdbc.sql("""
            update footfall_counter set slug = :slug, thing_id = :thing, name = :name, place = :place, section = :section,
              technique = :technique, mounting = :mounting, since = :since, responsible = :responsible, contact = :contact,
              texts = cast(:texts as jsonb), simulated = :simulated, shown = :shown, sum_for_all = :sum where id = :id
            """), wish).param("id", id).update();
        jdbc.sql("delete from footfall_channel where counter_id = ?").param(id).update();
        insertChannels(id, wish);
    }

    private void insertChannels(long id, Wish wish) {
        int position = 0;
        for (Channel channel : wish.channels()) {
            jdbc.sql("insert into footfall_channel (counter_id, position, datastream_id, role, name) values (?,"
                            + " ?, ?, ?, ?)")
                    .params(
                            id,
                            position++,
                            channel.datastreamId(),
                            channel.role().key(),
                            channel.name())
                    .update();
        }
    }

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Wish wish) {
        return statement
                .param("slug", wish.slug())
                .param("thing", wish.thingId())
                .param("name", wish.name())
                .param("place", wish.place())
                .param("section", wish.section())
                .param("technique", wish.technique())
                .param("mounting", wish.mounting())
                .param("since", wish.since() == null ? null : Date.valueOf(wish.since()), Types.DATE)
                .param("responsible", wish.responsible())
                .param("contact", wish.contact())
                .param("texts", JSON.writeValueAsString(wish.texts()))
                .param("simulated", wish.simulated())
                .param("shown", wish.shown())
                .param("sum", wish.sumForAll());
    }

    void keptUntil(long id, Instant until) {
        jdbc.sql("update footfall_counter set hours_until = ? where id = ?")
                .params(HourStore.utc(until), id)
                .update();
    }

    /// What was usual is to be learned anew, now or by then.
    void learnAt(long id, Instant time) {
        jdbc.sql("update footfall_counter set learn_at = ? where id = ?")
                .params(HourStore.utc(time), id)
                .update();
    }

    List<Long> toLearn(Instant now) {
        return jdbc.sql("select id from footfall_counter where learn_at <= ? order by learn_at, id")
                .param(HourStore.utc(now))
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private static Counter counter(ResultSet row, Map<Long, List<Channel>> channels) throws SQLException {
        Map<String, String> texts = new TreeMap<>();
        JSON.readTree(row.getString("texts"))
                .properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString("")));
        Date since = row.getDate("since");
        long id = row.getLong("id");
        OffsetDateTime until = row.getObject("hours_until", OffsetDateTime.class);
        return new Counter(
                id,
                new Wish(
                        row.getString("slug"),
                        row.getLong("thing_id"),
                        row.getString("name"),
                        row.getString("place"),
                        row.getString("section"),
                        row.getString("technique"),
                        row.getString("mounting"),
                        since == null ? null : since.toLocalDate(),
                        row.getString("responsible"),
                        row.getString("contact"),
                        texts,
                        row.getBoolean("simulated"),
                        row.getBoolean("shown"),
                        row.getBoolean("sum_for_all"),
                        channels.getOrDefault(id, List.of())),
                until == null ? null : until.toInstant());
    }
}
