package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.ObservationChange.Borders;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// DELETE of FeaturesOfInterest, with the Observations of them. These have no index by feature: all Observations of
/// each
/// Datastream that has observed one are gone through.
///
/// Where these are many, the feature alone is hidden at once and [FeaturePurge] takes its Observations. Unlike those of
/// a Datastream they are seen until then: totals, hours and latest values hold them beside Observations of other
/// features, and these could only be made true at once by reading all of them, which is what takes its time. So
/// they go a month at a time, and at every moment all figures are of what is seen.
final class FeatureRemoval {

    /// So many Observations are gone through while the caller waits.
    private static final long AT_ONCE = 100_000;

    private FeatureRemoval() {}

    static void run(Connection connection, long[] features) throws SQLException {
        boolean hasMany = walked(connection, features) > AT_ONCE;
        update(connection, "update location set feature_id = null where feature_id = any(?)", features);
        if (hasMany) {
            update(connection, "update feature_of_interest set hidden = true where id = any(?)", features);
            return;
        }
        update(connection, """
            with locked as materialized (
              select datastream_id from datastream_state
              where datastream_id in (select datastream_id from datastream_feature where feature_id = any(?))
              order by datastream_id for update
            )
            select count(*) from locked
            """, features);
        for (long feature : features) {
            for (long datastream : datastreams(connection, feature)) {
                Optional<OffsetDateTime> next = next(connection, datastream, feature, OffsetDateTime.MIN);
                while (next.isPresent()) {
                    next = next(
                            connection, datastream, feature, removeMonth(connection, datastream, feature, next.get()));
                }
            }
        }
        update(connection, "delete from feature_of_interest where id = any(?)", features);
    }

    private static long walked(Connection connection, long[] features) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select coalesce(sum(s.n), 0) from datastream_feature df join datastream_state s on s.datastream_id = df.datastream_id
            where df.feature_id = any(?)
            """)) {
            statement.setObject(1, features);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void update(Connection connection, String sql, long[] features) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setObject(1, features);
            statement.execute();
        }
    }

    static Iterable<Long> datastreams(Connection connection, long feature) throws SQLException {
        return Links.ids(
                connection, "select datastream_id from datastream_feature where feature_id = ? order by 1", feature);
    }

    /// When the next Observation of it begins.
    static Optional<OffsetDateTime> next(Connection connection, long datastream, long feature, OffsetDateTime from)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            select phenomenon_start from observation where datastream_id = ? and feature_id = ? and phenomenon_start >= ?
            order by phenomenon_start limit 1
            """)) {
            statement.setLong(1, datastream);
            statement.setLong(2, feature);
            statement.setObject(3, from);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, OffsetDateTime.class)) : Optional.empty();
            }
        }
    }

    /// In the transaction that is open; with the totals locked, as every change of Observations does.
    ///
    /// @return the end of the month
    static OffsetDateTime removeMonth(Connection connection, long datastream, long feature, OffsetDateTime from)
            throws SQLException {
        OffsetDateTime to = from.plus(31, ChronoUnit.DAYS);
        Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", datastream);
        try (PreparedStatement statement = connection.prepareStatement("""
            with gone as (
              delete from observation
              where datastream_id = ? and feature_id = ? and phenomenon_start >= ? and phenomenon_start < ?
              returning id, datastream_id, phenomenon_start, phenomenon_end, result_time
            ), moved as (
              delete from observation_moved where id in (select id from gone)
            ), marks as (
              insert into dirty_log (datastream_id, hour_from, hour_to)
              select distinct datastream_id, date_trunc('hour', phenomenon_start, 'UTC'),
                date_trunc('hour', phenomenon_start, 'UTC') + interval '1 hour'
              from gone
            )
            select count(*), max(greatest(phenomenon_start, phenomenon_end)), min(result_time), max(result_time) from gone
            """)) {
            statement.setLong(1, datastream);
            statement.setLong(2, feature);
            statement.setObject(3, from);
            statement.setObject(4, to);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                Borders borders = new Borders(time(row, 2), time(row, 3), time(row, 4));
                ObservationChange.removed(connection, datastream, row.getInt(1), borders);
            }
        }
        return to;
    }

    private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
