package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.query.EntityType;
import de.stadtkern.sensorthings.query.Relation;
import de.stadtkern.sensorthings.query.Statements;
import de.stadtkern.sensorthings.query.TimePeriod;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// PATCH and DELETE of one Observation. The totals of its Datastream are locked before it is touched, as every writer
/// does.
final class ObservationEdit {

    private final long id;
    private final Partitions partitions;

    ObservationEdit(long id, Partitions partitions) {
        this.id = id;
        this.partitions = partitions;
    }

    private record Place(long datastreamId, TimePeriod time) {
        Instant start() {
            return time.start();
        }
    }

    /// Makes the partition a changed phenomenonTime needs, in a transaction of its own.
    EntityWriter.Step before(NewEntity change) {
        ObservationFields fields = InlineObservations.fields(change);
        return connection -> {
            if (fields.phenomenonTime != null) {
                partitions.require(
                        CityContext.current(), connection, Set.of(partitions.yearOf(fields.phenomenonTime.start())));
            }
        };
    }

    long change(Connection connection, NewEntity change) throws SQLException {
        Long newDatastream = linked(connection, change, EntityType.DATASTREAM);
        Long newFeature = linked(connection, change, EntityType.FEATURE_OF_INTEREST);
        Place before = lock(connection, newDatastream);
        ObservationFields fields = InlineObservations.fields(change);
        TimePeriod time = fields.phenomenonTime == null ? before.time() : fields.phenomenonTime;
        Instant start = time.start();
        long datastream = newDatastream == null ? before.datastreamId() : newDatastream;
        update(connection, fields, before, new Place(datastream, time), newFeature);
        move(connection, start);
        if (newFeature != null) {
            Links.update(
                    connection,
                    "insert into datastream_feature (datastream_id, feature_id) values (?, ?) on conflict do nothing",
                    datastream,
                    newFeature);
        }
        ObservationChange.record(connection, datastream, id, before.start(), start);
        if (datastream != before.datastreamId()) {
            ObservationChange.record(connection, before.datastreamId(), id, before.start(), start);
        }
        return id;
    }

    void delete(Connection connection) throws SQLException {
        Place place = lock(connection, null);
        try (PreparedStatement statement =
                connection.prepareStatement("delete from observation where id = ? and phenomenon_start = ?")) {
            statement.setLong(1, id);
            statement.setObject(2, utc(place.start()));
            statement.executeUpdate();
        }
        Links.update(connection, "delete from observation_moved where id = ?", id);
        ObservationChange.record(connection, place.datastreamId(), id, place.start(), place.start());
    }

    private static @Nullable Long linked(Connection connection, NewEntity change, EntityType type) throws SQLException {
        for (Map.Entry<Relation, List<Link>> links : change.links().entrySet()) {
            if (links.getKey().target() == type && links.getValue().getFirst() instanceof Link.Existing(var target)) {
                return Links.requireTarget(connection, type, target);
            }
        }
        return null;
    }

    /// Reads where it is, locks the totals in ascending order, and looks again: it may have moved meanwhile.
    private Place lock(Connection connection, @Nullable Long other) throws SQLException {
        while (true) {
            Place place = find(connection);
            long first = other == null ? place.datastreamId() : Math.min(place.datastreamId(), other);
            long second = other == null ? place.datastreamId() : Math.max(place.datastreamId(), other);
            Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", first);
            if (second != first) {
                Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", second);
            }
            Place now = find(connection);
            if (now.datastreamId() == place.datastreamId()) {
                return now;
            }
        }
    }

    private Place find(Connection connection) throws SQLException {
        try (PreparedStatement statement = EntityReader.prepare(connection, Statements.placeOf(id))) {
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw EntityWriter.gone(EntityType.OBSERVATION, id);
                }
                OffsetDateTime end = row.getObject(3, OffsetDateTime.class);
                return new Place(
                        row.getLong(1),
                        new TimePeriod(
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                end == null ? null : end.toInstant()));
            }
        }
    }

    private void update(
            Connection connection, ObservationFields fields, Place before, Place after, @Nullable Long feature)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            update observation set datastream_id = ?, phenomenon_start = ?, phenomenon_end = ?,
              feature_id = coalesce(?::bigint, feature_id),
              result_time = case when ? then ?::timestamptz else result_time end,
              result = case when ? then ?::float8 else result end, result_json = case when ? then ?::jsonb else result_json end,
              valid_start = case when ? then ?::timestamptz else valid_start end,
              valid_end = case when ? then ?::timestamptz else valid_end end,
              result_quality = case when ? then ?::jsonb else result_quality end,
              parameters = case when ? then ?::jsonb else parameters end
            where id = ? and phenomenon_start = ?
            """)) {
            statement.setLong(1, after.datastreamId());
            statement.setObject(2, utc(after.start()));
            statement.setObject(3, utc(after.time().end()));
            statement.setObject(4, feature);
            set(statement, 5, fields.hasResultTime, utc(fields.resultTime));
            set(statement, 7, fields.hasResult, fields.json == null ? fields.number : null);
            set(statement, 9, fields.hasResult, fields.json);
            set(statement, 11, fields.hasValidTime, utc(fields.validTime == null ? null : fields.validTime.start()));
            set(statement, 13, fields.hasValidTime, utc(fields.validTime == null ? null : fields.validTime.end()));
            set(statement, 15, fields.hasResultQuality, fields.resultQuality);
            set(statement, 17, fields.hasParameters, fields.parameters);
            statement.setLong(19, id);
            statement.setObject(20, utc(before.start()));
            statement.executeUpdate();
        }
    }

    private static void set(PreparedStatement statement, int at, boolean changes, @Nullable Object value)
            throws SQLException {
        statement.setBoolean(at, changes);
        statement.setObject(at + 1, value);
    }

    /// Its id goes on saying the hour it was made for; where it is now stands beside it.
    private void move(Connection connection, Instant start) throws SQLException {
        Links.update(connection, "delete from observation_moved where id = ?", id);
        Instant hour = ObservationId.hour(id);
        if (start.isBefore(hour) || !start.isBefore(hour.plusSeconds(3600))) {
            try (PreparedStatement statement =
                    connection.prepareStatement("insert into observation_moved (id, phenomenon_start) values (?, ?)")) {
                statement.setLong(1, id);
                statement.setObject(2, utc(start));
                statement.executeUpdate();
            }
        }
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
