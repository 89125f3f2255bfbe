package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Removes single Observations that are older than their Datastream's `properties.retentionDays`, a month at a time.
/// Hours and days stay: they are what is left of them, and are not computed again.
@Component
class Retention implements TownJob {

    static final int LONGEST_DAYS = 200 * 366;
    private static final int STEP_DAYS = 31;

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    Retention(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    private record Wish(long datastream, int days) {}

    /// A stretch of days that is over; `to` is not included.
    private record Old(Instant from, Instant to) {}

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        clean(Instant.now());
    }

    void clean(Instant now) {
        ZoneId zone = CityContext.current().zone();
        for (Wish wish : wishes()) {
            // Days of the town, so that none is left by halves.
            Instant end = RollupStore.start(LocalDate.ofInstant(now, zone).minusDays(wish.days), zone);
            for (Optional<Old> old = oldest(wish.datastream, end);
                    old.isPresent();
                    old = oldest(wish.datastream, end)) {
                remove(wish.datastream, old.get());
            }
        }
    }

    private List<Wish> wishes() {
        return jdbc.sql("""
            select id, (properties ->> 'retentionDays')::numeric::int as days from datastream
            where jsonb_typeof(properties -> 'retentionDays') = 'number' and not hidden
              and (properties ->> 'retentionDays')::numeric between 1 and ? order by id
            """)
                .param(LONGEST_DAYS)
                .query((row, number) -> new Wish(row.getLong("id"), row.getInt("days")))
                .list();
    }

    /// The next stretch to remove. Nothing while hours of it are still to be computed: they need what would go.
    private Optional<Old> oldest(long datastream, Instant end) {
        return jdbc.sql("""
            select phenomenon_start from observation where datastream_id = :id and phenomenon_start < :end
              and not exists (select from dirty_log where datastream_id = :id and hour_from < :end)
            order by phenomenon_start limit 1
            """)
                .param("id", datastream)
                .param("end", RollupStore.utc(end))
                .query(OffsetDateTime.class)
                .optional()
                .map(first ->
                        new Old(first.toInstant(), earlier(first.toInstant().plus(STEP_DAYS, ChronoUnit.DAYS), end)));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void remove(long datastream, Old old) {
        try (Connection connection = dataSource.getConnection()) {
            BatchWriter.inTransaction(connection, () -> {
                Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", datastream);
                removeMoved(connection, datastream, old);
                int gone = delete(connection, datastream, old);
                settle(connection, datastream, old, gone);
                return gone;
            });
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    private static void removeMoved(Connection connection, long datastream, Old old) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            delete from observation_moved m using observation o where o.id = m.id and o.phenomenon_start = m.phenomenon_start
              and o.datastream_id = ? and o.phenomenon_start >= ? and o.phenomenon_start < ?
            """)) {
            bind(statement, datastream, old);
            statement.executeUpdate();
        }
    }

    private static int delete(Connection connection, long datastream, Old old) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from observation where datastream_id = ? and phenomenon_start >= ? and phenomenon_start < ?")) {
            bind(statement, datastream, old);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, long datastream, Old old) throws SQLException {
        statement.setLong(1, datastream);
        statement.setObject(2, RollupStore.utc(old.from));
        statement.setObject(3, RollupStore.utc(old.to));
    }

    /// Totals are of what is there. The newest one stays what it was, unless all are gone.
    private static void settle(Connection connection, long datastream, Old old, int gone) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            update datastream_state s set n = n - ?, raw_from = greatest(raw_from, ?::timestamptz),
              phenomenon_min = (select phenomenon_start from observation where datastream_id = s.datastream_id order by phenomenon_start limit 1),
              result_min = case when result_min is not null then (select min(result_time) from observation where datastream_id = s.datastream_id) end
            where datastream_id = ?
            """)) {
            statement.setInt(1, gone);
            statement.setObject(2, RollupStore.utc(old.to));
            statement.setLong(3, datastream);
            statement.executeUpdate();
        }
        boolean isEmpty = Links.ids(connection, "select n from datastream_state where datastream_id = ?", datastream)
                .equals(List.of(0L));
        if (isEmpty) {
            ObservationChange.recount(connection, datastream);
        }
    }
}
