package de.stadtkern.footfall;

import de.stadtkern.identity.StaffTraces;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers what was counted by hand.
@Repository
class ReferenceStore implements StaffTraces {

    private final JdbcClient jdbc;

    ReferenceStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The count stays; who made it does not.
    @Override
    public void forgetOlder(Duration age) {
        jdbc.sql("""
            update footfall_reference set counted_by = ''
            where counted_by <> '' and to_at < now() - make_interval(secs => ?)
            """).param(age.toSeconds()).update();
    }

    /// The newest first.
    List<ReferenceCount> of(long counter) {
        return jdbc.sql("select * from footfall_reference where counter_id = ? order by from_at desc, id desc")
                .param(counter)
                .query(ReferenceStore::reference)
                .list();
    }

    Optional<ReferenceCount> find(long id) {
        return jdbc.sql("select * from footfall_reference where id = ?")
                .param(id)
                .query(ReferenceStore::reference)
                .optional();
    }

    Optional<ReferenceCount> find(String key) {
        return jdbc.sql("select * from footfall_reference where key = ?")
                .param(key)
                .query(ReferenceStore::reference)
                .optional();
    }

    /// @param id null for a new one; else it is put where it was
    long put(@Nullable Long id, ReferenceCount count) {
        return jdbc.sql("""
            insert into footfall_reference (%scounter_id, key, from_at, to_at, counted_by, everybody, inward, outward)
            values (%s:counter, :key, :from, :to, :by, :everybody, :in, :out) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, "))
                .param("id", id, Types.BIGINT)
                .param("counter", count.counterId())
                .param("key", count.key())
                .param("from", HourStore.utc(count.from()))
                .param("to", HourStore.utc(count.to()))
                .param("by", count.countedBy())
                .param("everybody", count.everybody())
                .param("in", count.inward(), Types.INTEGER)
                .param("out", count.outward(), Types.INTEGER)
                .query(Long.class)
                .single();
    }

    void delete(long id) {
        jdbc.sql("delete from footfall_reference where id = ?").param(id).update();
    }

    private static ReferenceCount reference(ResultSet row, int number) throws SQLException {
        return new ReferenceCount(
                row.getLong("id"),
                row.getLong("counter_id"),
                row.getString("key"),
                Objects.requireNonNull(HourStore.instant(row, "from_at")),
                Objects.requireNonNull(HourStore.instant(row, "to_at")),
                row.getString("counted_by"),
                row.getInt("everybody"),
                row.getObject("inward", Integer.class),
                row.getObject("outward", Integer.class));
    }
}
