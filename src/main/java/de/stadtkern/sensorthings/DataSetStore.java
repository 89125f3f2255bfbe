package de.stadtkern.sensorthings;

import de.stadtkern.identity.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class DataSetStore {

    private final JdbcClient jdbc;

    DataSetStore(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    List<DataSet> list() {
        Map<Long, Set<Long>> things =
                members("select data_set_id, id from thing where data_set_id is not null and not hidden");
        Map<Long, Set<Long>> others = members("""
            select d.data_set_id, d.id from datastream d join thing t on t.id = d.thing_id
            where d.data_set_id is not null and not d.hidden and t.data_set_id is distinct from d.data_set_id
            """);
        return jdbc.sql("select * from data_set order by name, id")
                .query((row, number) -> {
                    long id = row.getLong("id");
                    return row(row, things.getOrDefault(id, Set.of()), others.getOrDefault(id, Set.of()));
                })
                .list();
    }

    Optional<DataSet> find(long id) {
        return list().stream().filter(set -> set.id() == id).findFirst();
    }

    private Map<Long, Set<Long>> members(String sql) {
        Map<Long, Set<Long>> members = new HashMap<>();
        jdbc.sql(sql).query(row -> {
            members.computeIfAbsent(row.getLong(1), id -> new HashSet<>()).add(row.getLong(2));
        });
        return members;
    }

    /// Those not everybody may read, without what is in them.
    List<DataSet> closable() {
        return jdbc.sql("select * from data_set where openness <> 'public'")
                .query((row, number) -> row(row, Set.of(), Set.of()))
                .list();
    }

    /// The data set of each Datastream that is in one not everybody may read.
    Map<Long, Long> restricted() {
        Map<Long, Long> restricted = new HashMap<>();
        jdbc.sql("""
            select d.id, s.id from data_set s join datastream d on d.data_set_id = s.id where s.openness <> 'public'
            """).query(row -> {
            restricted.put(row.getLong(1), row.getLong(2));
        });
        return restricted;
    }

    /// The data sets not everybody may read that these Datastreams are in.
    Set<Long> restrictedOf(Collection<Long> datastreamIds) {
        return Set.copyOf(jdbc.sql("""
            select distinct s.id from data_set s join datastream d on d.data_set_id = s.id
            where s.openness <> 'public' and d.id = any(?)
            """)
                .param(datastreamIds.stream().mapToLong(Long::longValue).toArray())
                .query(Long.class)
                .list());
    }

    Optional<Long> setOfThing(long thingId) {
        return jdbc.sql("select data_set_id from thing where id = ? and data_set_id is not null")
                .param(thingId)
                .query(Long.class)
                .optional();
    }

    private static DataSet row(ResultSet row, Set<Long> things, Set<Long> datastreams) throws SQLException {
        return new DataSet(
                row.getLong("id"),
                new DataSet.Wish(
                        row.getString("name"),
                        row.getString("description"),
                        DataSet.Openness.of(row.getString("openness")),
                        roles(row.getArray("readers")),
                        roles(row.getArray("writers")),
                        keys(row.getArray("reading_keys")),
                        keys(row.getArray("writing_keys")),
                        things,
                        datastreams));
    }

    private static Set<Role> roles(Array array) throws SQLException {
        return Arrays.stream((String[]) array.getArray()).map(Role::of).collect(Collectors.toSet());
    }

    private static Set<Long> keys(Array array) throws SQLException {
        return Set.of((Long[]) array.getArray());
    }

    /// @param id null: the next one
    long insert(@Nullable Long id, DataSet.Wish wish) {
        long inserted = bind("""
            insert into data_set (id, name, description, openness, readers, writers, reading_keys, writing_keys)
            values (coalesce(:id::bigint, nextval(pg_get_serial_sequence('data_set', 'id'))), :name, :description, :openness,
              :readers::text[], :writers::text[], :readingKeys::bigint[], :writingKeys::bigint[]) returning id
            """, id, wish).query(Long.class).single();
        place(inserted, wish);
        return inserted;
    }

    void lock(long id) {
        jdbc.sql("select id from data_set where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
    }

    void update(long id, DataSet.Wish wish) {
        bind("""
            update data_set set name = :name, description = :description, openness = :openness, readers = :readers::text[],
              writers = :writers::text[], reading_keys = :readingKeys::bigint[], writing_keys = :writingKeys::bigint[] where id = :id
            """, id, wish).update();
        place(id, wish);
    }

    private JdbcClient.StatementSpec bind(String sql, @Nullable Long id, DataSet.Wish wish) {
        return jdbc.sql(sql)
                .param("id", id, Types.BIGINT)
                .param("name", wish.name())
                .param("description", wish.description())
                .param("openness", wish.openness().key())
                .param("readers", keys(wish.readers()), Types.ARRAY)
                .param("writers", keys(wish.writers()), Types.ARRAY)
                .param("readingKeys", longs(wish.readingKeys()))
                .param("writingKeys", longs(wish.writingKeys()));
    }

    private static String[] keys(Set<Role> roles) {
        return roles.stream().map(Role::key).sorted().toArray(String[]::new);
    }

    private static long[] longs(Set<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /// What is in the set is what the wish names, and was taken out of any other.
    private void place(long id, DataSet.Wish wish) {
        jdbc.sql("update datastream set data_set_id = null where data_set_id = ?")
                .param(id)
                .update();
        jdbc.sql("update thing set data_set_id = null where data_set_id = ? and id <> all(?::bigint[])")
                .params(id, longs(wish.things()))
                .update();
        jdbc.sql("update thing set data_set_id = ? where id = any(?::bigint[])")
                .params(id, longs(wish.things()))
                .update();
        jdbc.sql("update datastream set data_set_id = ? where thing_id = any(?::bigint[]) or id = any(?::bigint[])")
                .params(id, longs(wish.things()), longs(wish.datastreams()))
                .update();
    }

    void delete(long id) {
        for (String table : new String[] {"datastream", "thing"}) {
            jdbc.sql("update " + table + " set data_set_id = null where data_set_id = ?")
                    .param(id)
                    .update();
        }
        jdbc.sql("delete from data_set where id = ?").param(id).update();
    }
}
