package de.stadtkern.footfall;

import de.stadtkern.footfall.RaisedFlag.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers flags.
@Repository
class FlagStore {

    private static final int LISTED = 100;

    private final JdbcClient jdbc;

    FlagStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What goes on longer than it did is the same flag, whatever was said of it.
    void raise(RaisedFlag flag) {
        int known = jdbc.sql("""
            update footfall_flag set to_at = greatest(to_at, :to), from_at = least(from_at, :from)
            where id = (select id from footfall_flag where counter_id = :counter and fault = :fault
              and from_at <= :to and to_at >= :from order by from_at limit 1)
            """)
                .param("counter", flag.counterId())
                .param("fault", key(flag.fault()))
                .param("from", HourStore.utc(flag.from()))
                .param("to", HourStore.utc(flag.to()))
                .update();
        if (known == 0) {
            jdbc.sql("""
                insert into footfall_flag (counter_id, fault, from_at, to_at, low, high, counted, explanation)
                values (:counter, :fault, :from, :to, :low, :high, :counted, :explanation)
                """)
                    .param("counter", flag.counterId())
                    .param("fault", key(flag.fault()))
                    .param("from", HourStore.utc(flag.from()))
                    .param("to", HourStore.utc(flag.to()))
                    .param("low", flag.low())
                    .param("high", flag.high())
                    .param("counted", flag.counted(), Types.DOUBLE)
                    .param("explanation", flag.explanation().name().toLowerCase(Locale.ROOT))
                    .update();
        }
    }

    static String key(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT);
    }

    /// Those nobody has said anything of and nothing explains, the newest first.
    List<RaisedFlag> open() {
        return jdbc.sql("""
            select * from footfall_flag where verdict = 'open' and explanation = 'none' order by from_at desc, id desc limit %d
            """.formatted(LISTED)).query(FlagStore::flag).list();
    }

    /// Those somebody or something explained, the newest first.
    List<RaisedFlag> judged() {
        return jdbc.sql("""
            select * from footfall_flag where verdict <> 'open' order by judged_at desc, id desc limit %d
            """.formatted(LISTED)).query(FlagStore::flag).list();
    }

    Optional<RaisedFlag> find(long id) {
        return jdbc.sql("select * from footfall_flag where id = ?")
                .param(id)
                .query(FlagStore::flag)
                .optional();
    }

    void judge(long id, Verdict verdict, String cause, Instant now) {
        jdbc.sql("update footfall_flag set verdict = ?, cause = ?, judged_at = ? where id = ?")
                .params(verdict.key(), cause, HourStore.utc(now), id)
                .update();
    }

    private static RaisedFlag flag(ResultSet row, int number) throws SQLException {
        return new RaisedFlag(
                row.getLong("id"),
                row.getLong("counter_id"),
                Fault.valueOf(row.getString("fault").toUpperCase(Locale.ROOT)),
                Objects.requireNonNull(HourStore.instant(row, "from_at")),
                Objects.requireNonNull(HourStore.instant(row, "to_at")),
                row.getDouble("low"),
                row.getDouble("high"),
                row.getObject("counted", Double.class),
                Flag.Explanation.valueOf(row.getString("explanation").toUpperCase(Locale.ROOT)),
                Verdict.valueOf(row.getString("verdict").toUpperCase(Locale.ROOT)),
                row.getString("cause"));
    }
}
