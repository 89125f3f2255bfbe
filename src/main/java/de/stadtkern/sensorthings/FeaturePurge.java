package de.stadtkern.sensorthings;

import de.stadtkern.city.TownJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Removes the Observations of deleted features, month by month, each in a transaction of its own.
@Component
class FeaturePurge implements TownJob {

    private final DataSource dataSource;
    private final JdbcClient jdbc;

    FeaturePurge(DataSource dataSource) {
        this.dataSource = dataSource;
        this.jdbc = JdbcClient.create(dataSource);
    }

    @Override
    public String name() {
        return "feature-purge";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(30);
    }

    @Override
    public void run() {
        List<Long> hidden = jdbc.sql("select id from feature_of_interest where hidden order by id")
                .query((row, number) -> row.getLong(1))
                .list();
        try (Connection connection = dataSource.getConnection()) {
            for (long feature : hidden) {
                boolean foundAny = false;
                for (long datastream : FeatureRemoval.datastreams(connection, feature)) {
                    foundAny |= remove(connection, datastream, feature);
                }
                // A write that was under way while it was hidden is found by the next run.
                if (!foundAny) {
                    Links.update(connection, "delete from feature_of_interest where id = ?", feature);
                }
            }
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    /// Looks without a lock, because that may take a while, and removes with it.
    private static boolean remove(Connection connection, long datastream, long feature) throws SQLException {
        Optional<OffsetDateTime> next = FeatureRemoval.next(connection, datastream, feature, OffsetDateTime.MIN);
        boolean foundAny = next.isPresent();
        while (next.isPresent()) {
            OffsetDateTime from = next.get();
            OffsetDateTime to = BatchWriter.inTransaction(
                    connection, () -> FeatureRemoval.removeMonth(connection, datastream, feature, from));
            next = FeatureRemoval.next(connection, datastream, feature, to);
        }
        return foundAny;
    }
}
