package de.stadtkern.footfall;

import de.stadtkern.footfall.Calibration.Edition;
import de.stadtkern.footfall.Counter.Role;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers the calibrations, each of their states with the time it was in the books; nothing is ever overwritten.
@Repository
class CalibrationStore {

    private final JdbcClient jdbc;

    CalibrationStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// By counter, as they were in the books at that moment; a counter without any is absent.
    ///
    /// @param asOf null for now
    Map<Long, Factors> factors(@Nullable Instant asOf) {
        Map<Long, List<Calibration>> found = new HashMap<>();
        jdbc.sql("""
            select * from footfall_calibration
            where (cast(:then as timestamptz) is null and until is null) or (since <= :then and (until is null or until > :then))
            order by counter_id, from_at, id
            """)
                .param("then", asOf == null ? null : HourStore.utc(asOf), Types.TIMESTAMP_WITH_TIMEZONE)
                .query((row, _) -> calibration(row))
                .list()
                .forEach(one -> found.computeIfAbsent(one.counterId(), _ -> new ArrayList<>())
                        .add(one));
        Map<Long, Factors> factors = new HashMap<>();
        found.forEach((counter, calibrations) -> factors.put(counter, new Factors(calibrations)));
        return factors;
    }

    Factors factors(long counter, @Nullable Instant asOf) {
        return factors(asOf).getOrDefault(counter, Factors.NONE);
    }

    /// All states that ever were in the books, the newest first.
    List<Calibration> all(long counter) {
        return jdbc.sql("select * from footfall_calibration where counter_id = ? order by since desc, id desc")
                .param(counter)
                .query((row, _) -> calibration(row))
                .list();
    }

    /// As it is in the books now.
    Optional<Calibration> find(long id) {
        return jdbc.sql("select * from footfall_calibration where id = ? and until is null")
                .param(id)
                .query((row, _) -> calibration(row))
                .optional();
    }

    /// The next state of a calibration, or the first of a new one.
    ///
    /// @param id null for a new one
    /// @return its id
    long put(@Nullable Long id, Calibration calibration, Instant now) {
        if (id != null) {
            close(id, now);
        }
        return jdbc.sql("""
            insert into footfall_calibration
              (%sversion, counter_id, role, factor, low, high, from_at, to_at, reference_ids, reason, since)
            values (%s:version, :counter, :role, :factor, :low, :high, :from, :to, :references::bigint[], :reason, :now)
            returning id
            """.formatted(id == null ? "" : "id, ", id == null ? "" : ":id, "))
                .param("id", id, Types.BIGINT)
                .param("version", id == null ? 1 : last(id) + 1)
                .param("counter", calibration.counterId())
                .param("role", calibration.role().key())
                .param("factor", calibration.factor().value())
                .param("low", calibration.factor().low())
                .param("high", calibration.factor().high())
                .param("from", HourStore.utc(calibration.from()))
                .param(
                        "to",
                        calibration.to() == null ? null : HourStore.utc(calibration.to()),
                        Types.TIMESTAMP_WITH_TIMEZONE)
                .param(
                        "references",
                        calibration.references().stream()
                                .mapToLong(Long::longValue)
                                .toArray())
                .param("reason", calibration.reason())
                .param("now", HourStore.utc(now))
                .query(Long.class)
                .single();
    }

    private int last(long id) {
        return jdbc.sql("select max(version) from footfall_calibration where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /// It is in the books no longer; that it was stays known.
    void close(long id, Instant now) {
        jdbc.sql("update footfall_calibration set until = ? where id = ? and until is null")
                .params(HourStore.utc(now), id)
                .update();
    }

    private static Calibration calibration(ResultSet row) throws SQLException {
        return new Calibration(
                new Edition(
                        row.getLong("id"),
                        row.getInt("version"),
                        Objects.requireNonNull(HourStore.instant(row, "since")),
                        HourStore.instant(row, "until")),
                row.getLong("counter_id"),
                Role.of(row.getString("role")),
                new Factor(row.getDouble("factor"), row.getDouble("low"), row.getDouble("high")),
                Objects.requireNonNull(HourStore.instant(row, "from_at")),
                HourStore.instant(row, "to_at"),
                ids(row.getArray("reference_ids")),
                row.getString("reason"));
    }

    private static List<Long> ids(Array array) throws SQLException {
        return List.of((Long[]) array.getArray());
    }
}
