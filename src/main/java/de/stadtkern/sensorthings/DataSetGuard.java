package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.Closed;
import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.SQLException;

/// Keeps changes away from what belongs to data sets the caller may not write: from the entity itself, and from those a
/// change of it reaches.
final class DataSetGuard {

    private DataSetGuard() {}

    static void require(Connection connection, Closed unwritable, EntityType type, long id) throws SQLException {
        if (reaches(connection, unwritable, type, id)) {
            throw DataSets.refused();
        }
    }

    /// Whether a change of it would reach what the caller may not write.
    static boolean reaches(Connection connection, Closed unwritable, EntityType type, long id) throws SQLException {
        return !Links.ids(connection, touched(type, unwritable), id).isEmpty();
    }

    private static String touched(EntityType type, Closed unwritable) {
        String datastreams = "select 1 from datastream d where " + unwritable.holds("d.data_set_id") + " and ";
        String things = "select 1 from thing t where " + unwritable.holds("t.data_set_id") + " and ";
        return switch (type) {
            case THING ->
                "select 1 from thing t left join datastream d on d.thing_id = t.id where ("
                        + unwritable.holds("t.data_set_id") + " or " + unwritable.holds("d.data_set_id")
                        + ") and t.id = ? limit 1";
            case DATASTREAM, MULTI_DATASTREAM -> datastreams + "d.id = ?";
            case OBSERVATION -> throw new IllegalArgumentException("An Observation is its Datastream's");
            case SENSOR -> datastreams + "d.sensor_id = ? limit 1";
            case OBSERVED_PROPERTY ->
                datastreams + "d.id in (select j.datastream_id from datastream_observed_property j where"
                        + " j.observed_property_id = ?) limit 1";
            case FEATURE_OF_INTEREST ->
                datastreams
                        + "d.id in (select j.datastream_id from datastream_feature j where j.feature_id = ?) limit 1";
            case LOCATION ->
                things + "t.id in (select j.thing_id from thing_location j where j.location_id = ?) limit 1";
            case HISTORICAL_LOCATION -> things + "t.id = (select h.thing_id from historical_location h where h.id = ?)";
        };
    }
}
