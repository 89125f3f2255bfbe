package de.stadtkern.sensorthings;

import de.stadtkern.city.TownJob;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

/// Removes the rows of deleted Things, Sensors and ObservedProperties once none of their Datastreams is left, and the
/// features that were only made for their Observations.
@Component
class HiddenEntities implements TownJob {

    private final DataSource dataSource;

    HiddenEntities(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public String name() {
        return "hidden-entities";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        try (Connection connection = dataSource.getConnection()) {
            removeUnused(connection);
            DerivedFeature.removeUnused(connection);
        } catch (SQLException failed) {
            throw EntityReader.unanswerable(failed);
        }
    }

    static void removeUnused(Connection connection) throws SQLException {
        Links.update(
                connection,
                "delete from thing t where t.hidden and not exists (select from datastream d where d.thing_id = t.id)");
        Links.update(
                connection,
                "delete from sensor s where s.hidden and not exists (select from datastream d where d.sensor_id ="
                        + " s.id)");
        Links.update(connection, """
            delete from observed_property p where p.hidden and not exists (
              select from datastream_observed_property dp where dp.observed_property_id = p.id)
            """);
    }
}
