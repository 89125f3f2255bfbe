package de.stadtkern.footfall;

import de.stadtkern.footfall.Counter.Role;
import de.stadtkern.footfall.HourStore.Stretch;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Reads how counted hours divide by zones or by classes, as everybody may read it.
@Repository
class PartStore {

    private static final String NOW = """
        select hour, counted, parts, parts_corrected, state, settled_at is not null as settled from footfall_hour
        where counter_id = :counter and hour >= :from and hour < :to and counted is not null
          and state in ('measured', 'late', 'corrected')
        order by hour
        """;

    private static final String THEN = """
        select hour, counted, parts, parts_corrected, state, settled_at <= :then as settled from footfall_hour
        where counter_id = :counter and hour >= :from and hour < :to and counted is not null
          and state in ('measured', 'late', 'corrected') and since <= :then
        union all
        select hour, counted, parts, parts_corrected, state, settled_at <= :then from footfall_hour_before
        where counter_id = :counter and hour >= :from and hour < :to and counted is not null
          and state in ('measured', 'late', 'corrected') and since <= :then and until > :then
        order by hour
        """;

    private final JdbcClient jdbc;
    private final SuppressionStore rules;

    PartStore(JdbcClient jdbc, SuppressionStore rules) {
        this.jdbc = jdbc;
        this.rules = rules;
    }

    /// @param total of the hour, as it came
    record Hour(Instant hour, double total, Division division) {}

    /// Those that were counted, oldest first.
    ///
    /// @param role zones or classes
    /// @param asOf as published then; null for now
    List<Hour> hours(Counter counter, Role role, Stretch stretch, @Nullable Instant asOf) {
        Suppression rule = asOf == null ? rules.find() : rules.asOf(asOf);
        List<Long> parts = counter.wish().of(role);
        return (asOf == null ? jdbc.sql(NOW) : jdbc.sql(THEN).param("then", HourStore.utc(asOf)))
                .param("counter", counter.id())
                .param("from", HourStore.utc(stretch.from()))
                .param("to", HourStore.utc(stretch.to()))
                .query((row, _) -> {
                    Parts known = HourStore.parts(row);
                    double total = row.getDouble("counted");
                    return new Hour(
                            Objects.requireNonNull(HourStore.instant(row, "hour")),
                            total,
                            rule.of(
                                    HourState.of(row.getString("state")),
                                    row.getBoolean("settled"),
                                    known.isCorrected(),
                                    total,
                                    known.inOrder(parts)));
                })
                .list();
    }
}
