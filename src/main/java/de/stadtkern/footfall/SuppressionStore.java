package de.stadtkern.footfall;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Remembers the rule of a town, and those it had before.
@Repository
class SuppressionStore {

    private final JdbcClient jdbc;

    SuppressionStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// In force now.
    Suppression find() {
        return jdbc.sql("select smallest from footfall_privacy order by id desc limit 1")
                .query((row, _) -> new Suppression(row.getInt(1)))
                .optional()
                .orElse(Suppression.USUAL);
    }

    /// In force at that moment, or now if that hides more: what was published then is produced again unless the
    /// town has become stricter since.
    Suppression asOf(Instant moment) {
        return jdbc.sql("select smallest from footfall_privacy where since <= ? order by id desc limit 1")
                .param(HourStore.utc(moment))
                .query((row, _) -> new Suppression(row.getInt(1)))
                .optional()
                .orElse(Suppression.USUAL)
                .or(find());
    }

    void put(Suppression rule) {
        jdbc.sql("insert into footfall_privacy (since, smallest) values (?, ?)")
                .params(HourStore.utc(Instant.now()), rule.smallest())
                .update();
    }
}
