package de.stadtkern.footfall;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers what is known of times.
@Repository
class PeriodStore {

    private final JdbcClient jdbc;

    PeriodStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The newest first.
    List<CounterPeriod> list() {
        return jdbc.sql("select * from footfall_period order by from_at desc, id desc")
                .query(PeriodStore::period)
                .list();
    }

    List<CounterPeriod> of(long counter) {
        return jdbc.sql("""
            select * from footfall_period where counter_id = ? or counter_id is null order by from_at desc, id desc
            """).param(counter).query(PeriodStore::period).list();
    }

    Optional<CounterPeriod> find(long id) {
        return jdbc.sql("select * from footfall_period where id = ?")
                .param(id)
                .query(PeriodStore::period)
                .optional();
    }

    /// @param id null for a new one; else it is put in the place of what had it
    long put(@Nullable Long id, CounterPeriod period) {
        if (id != null) {
            delete(id);
        }
        return jdbc.sql("""
            insert into footfall_period (%scounter_id, kind, from_at, to_at, reason)
            values (%s:counter, :kind, :from, :to, :reason) returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, "))
                .param("id", id, Types.BIGINT)
                .param("counter", period.counterId(), Types.BIGINT)
                .param("kind", period.kind().key())
                .param("from", HourStore.utc(period.from()))
                .param("to", period.to() == null ? null : HourStore.utc(period.to()), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("reason", period.reason())
                .query(Long.class)
                .single();
    }

    void delete(long id) {
        jdbc.sql("delete from footfall_period where id = ?").param(id).update();
    }

    private static CounterPeriod period(ResultSet row, int number) throws SQLException {
        return new CounterPeriod(
                row.getLong("id"),
                row.getObject("counter_id", Long.class),
                CounterPeriod.Kind.of(row.getString("kind")),
                Objects.requireNonNull(HourStore.instant(row, "from_at")),
                HourStore.instant(row, "to_at"),
                row.getString("reason"));
    }
}
