package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The FeatureOfInterest that an Observation without one gets: a copy of its Thing's Location, made once.
final class DerivedFeature {

    private DerivedFeature() {}

    /// Finds or makes it, inside a transaction. Two may come at once: the row lock lets one make it.
    ///
    /// @return 0 if the Location is gone by now
    static long of(Connection connection, long locationId) throws SQLException {
        List<Long> there = Links.ids(
                connection, "select coalesce(feature_id, 0) from location where id = ? for update", locationId);
        if (there.isEmpty() || there.getFirst() != 0) {
            return there.isEmpty() ? 0 : there.getFirst();
        }
        long made = Links.ids(
                        connection,
                        """
                        with new as (
                          insert into feature_of_interest (name, description, encoding_type, feature, properties, point, bbox, derived)
                          select name, description, encoding_type, location, properties, point, bbox, true from location where id = ?
                          returning id
                        )%s select id from new
                        """.formatted(ChangeLog.CREATED.formatted(EntityType.FEATURE_OF_INTEREST.set())),
                        locationId)
                .getFirst();
        Links.update(connection, "update location set feature_id = ? where id = ?", made, locationId);
        return made;
    }

    /// Removes those that no Location stands for any more and no Datastream has observed.
    static void removeUnused(Connection connection) throws SQLException {
        int gone = Links.update(connection, """
            delete from feature_of_interest f
            where f.derived and not exists (select from location l where l.feature_id = f.id)
              and not exists (select from datastream_feature df where df.feature_id = f.id)
            """);
        if (gone > 0) {
            ChangeLog.record(connection, EntityType.FEATURE_OF_INTEREST);
        }
    }
}
