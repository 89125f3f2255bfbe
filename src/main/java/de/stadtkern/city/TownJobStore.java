package de.stadtkern.city;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// What is known of the jobs of towns beyond what the scheduler itself keeps: why they failed.
@Repository
class TownJobStore {

    private static final Logger log = LoggerFactory.getLogger(TownJobs.class);
    private static final int LONGEST = 500;

    private final JdbcClient jdbc;

    TownJobStore(InstallationDataSource installation) {
        jdbc = installation.jdbc();
    }

    List<TownJobs.State> list(City city) {
        return jdbc.sql("""
            select t.task_name, t.picked, t.execution_time, t.last_success, t.last_failure,
              coalesce(t.consecutive_failures, 0) as failures, coalesce(f.failure, '') as failure
            from stadtkern.scheduled_tasks t
            left join stadtkern.job_failure f on f.task_name = t.task_name and f.task_instance = t.task_instance
            where t.task_instance = ? order by t.task_name
            """).param(city.slug()).query(TownJobStore::state).list();
    }

    private static TownJobs.State state(ResultSet row, int number) throws SQLException {
        return new TownJobs.State(
                row.getString("task_name"),
                row.getBoolean("picked"),
                row.getTimestamp("execution_time").toInstant(),
                instant(row.getTimestamp("last_success")),
                instant(row.getTimestamp("last_failure")),
                row.getInt("failures"),
                row.getString("failure"));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /// @param first whether it went well before; the cause is logged once and not at each try
    void failed(String job, City city, RuntimeException failure, boolean first) {
        if (first) {
            log.warn("The job '{}' failed; it is tried again", job, failure);
        } else {
            log.warn("The job '{}' failed again: {}", job, failure.toString());
        }
        String text = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        try {
            jdbc.sql("""
                insert into stadtkern.job_failure (task_name, task_instance, failed_at, failure) values (?, ?, now(), ?)
                on conflict (task_name, task_instance) do update set failed_at = now(), failure = excluded.failure
                """)
                    .params(job, city.slug(), text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                    .update();
        } catch (DataAccessException databaseAway) {
            log.debug("That could not be kept", databaseAway);
        }
    }

    void succeeded(String job, City city) {
        jdbc.sql("delete from stadtkern.job_failure where task_name = ? and task_instance = ?")
                .params(job, city.slug())
                .update();
        log.info("The job '{}' works again", job);
    }

    void forget(City city) {
        jdbc.sql("delete from stadtkern.job_failure where task_instance = ?")
                .param(city.slug())
                .update();
    }
}
