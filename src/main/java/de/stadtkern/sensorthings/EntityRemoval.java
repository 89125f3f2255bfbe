package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.query.EntityType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// DELETE of an entity that is no Observation, with what cannot be without it (OGC 18-088 table 26).
///
/// Datastreams may hold millions of Observations, so they and what they belong to are hidden, which answers at once;
/// [DatastreamPurge] and [HiddenEntities] take the rows away afterwards.
final class EntityRemoval {

    private EntityRemoval() {}

    static void run(Connection connection, EntityType type, long id) throws SQLException {
        switch (type) {
            case DATASTREAM, MULTI_DATASTREAM ->
                hideDatastreams(connection, "select id from datastream where id = ?", id);
            case THING -> {
                Links.update(connection, "delete from historical_location where thing_id = ?", id);
                Links.update(connection, "delete from thing_location where thing_id = ?", id);
                hideDatastreams(connection, "select id from datastream where thing_id = ?", id);
                Links.update(connection, "update thing set hidden = true where id = ?", id);
            }
            case SENSOR -> {
                hideDatastreams(connection, "select id from datastream where sensor_id = ?", id);
                Links.update(connection, "update sensor set hidden = true where id = ?", id);
            }
            case OBSERVED_PROPERTY -> {
                hideDatastreams(
                        connection,
                        "select datastream_id from datastream_observed_property where observed_property_id = ?",
                        id);
                Links.update(connection, "update observed_property set hidden = true where id = ?", id);
            }
            case LOCATION -> {
                Links.update(
                        connection,
                        "delete from historical_location where id in (select historical_location_id from"
                                + " historical_location_location where location_id = ?)",
                        id);
                Links.update(connection, "delete from location where id = ?", id);
            }
            case HISTORICAL_LOCATION -> Links.update(connection, "delete from historical_location where id = ?", id);
            case FEATURE_OF_INTEREST -> deleteFeature(connection, id);
            case OBSERVATION -> throw new IllegalArgumentException("Observations are removed by ObservationEdit");
        }
        HiddenEntities.removeUnused(connection);
        ChangeLog.record(connection, type);
    }

    private static void hideDatastreams(Connection connection, String select, long id) throws SQLException {
        Links.update(connection, """
            with locked as materialized (
              select datastream_id from datastream_state where datastream_id in (%s) order by datastream_id for update
            )
            update datastream_state set hidden = true where datastream_id in (select datastream_id from locked)
            """.formatted(select), id);
        Links.update(connection, "update datastream set hidden = true where id in (%s)".formatted(select), id);
    }

    /// Its Observations have no index of their own: each Datastream that has observed it is gone through, with its
    /// totals locked as every change of Observations does.
    private static void deleteFeature(Connection connection, long id) throws SQLException {
        List<Long> datastreams = Links.ids(
                connection, "select datastream_id from datastream_feature where feature_id = ? order by 1", id);
        for (long datastream : datastreams) {
            Links.update(connection, "update datastream_state set n = n where datastream_id = ?", datastream);
            Links.update(connection, """
                delete from observation_moved m using observation o
                where o.id = m.id and o.phenomenon_start = m.phenomenon_start and o.datastream_id = ? and o.feature_id = ?
                """, datastream, id);
            Links.update(connection, """
                with gone as (
                  delete from observation where datastream_id = ? and feature_id = ? returning date_trunc('hour', phenomenon_start, 'UTC') as hour
                )
                insert into dirty_log (datastream_id, hour_from, hour_to)
                select distinct ?::bigint, hour, hour + interval '1 hour' from gone
                """, datastream, id, datastream);
            ObservationChange.recount(connection, datastream);
        }
        Links.update(connection, "update location set feature_id = null where feature_id = ?", id);
        Links.update(connection, "delete from feature_of_interest where id = ?", id);
    }
}
