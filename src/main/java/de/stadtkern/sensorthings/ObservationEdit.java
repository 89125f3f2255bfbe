package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.NewEntity.Link;
import de.stadtkern.sensorthings.ObservationChange.Seen;
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

    /// Makes the partition a changed phenomenonTime needs, in a transaction of its own.
    EntityWriter.Step before(NewEntity change) {
        ObservationFields fields = InlineObservations.fields(change);
        return connection -> {
            if (fields.phenomenonTime != null) {
                partitions.require(
                        CityContext.current(), connection, Set.of(partitions.slotOf(fields.phenomenonTime.start())));
            }
        };
    }

    long change(Connection connection, NewEntity change) throws SQLException {
        Long newDatastream = linked(connection, change, EntityType.DATASTREAM);
        if (newDatastream == null) {
            newDatastream = linked(connection, change, EntityType.MULTI_DATASTREAM);
        }
        Long newFeature = linked(connection, change, EntityType.FEATURE_OF_INTEREST);
        Seen before = lock(connection, newDatastream);
        ObservationFields fields = InlineObservations.fields(change);
        long datastream = newDatastream == null ? before.datastreamId() : newDatastream;
        if (fields.hasResult || newDatastream != null) {
            String result = fields.hasResult ? fields.json : result(connection, before);
            MultiDatastreams.requireFit(datastream, MultiDatastreams.width(connection, datastream), result);
        }
        TimePeriod time =
                fields.phenomenonTime == null ? new TimePeriod(before.start(), before.end()) : fields.phenomenonTime;
        Instant resultTime = fields.hasResultTime ? fields.resultTime : before.resultTime();
        Seen after = new Seen(datastream, time.start(), time.end(), resultTime);
        update(connection, fields, before, after, newFeature);
        move(connection, after.start());
        if (newFeature != null) {
            Links.update(
                    connection,
                    "insert into datastream_feature (datastream_id, feature_id) values (?, ?) on conflict do nothing",
                    datastream,
                    newFeature);
        }
        ObservationChange.record(connection, id, before, after);
        return id;
    }

    void lockTotals(Connection connection) throws SQLException {
        lock(connection, null);
    }

    void delete(Connection connection) throws SQLException {
        Seen before = lock(connection, null);
        try (PreparedStatement statement =
                connection.prepareStatement("delete from observation where id = ? and phenomenon_start = ?")) {
            statement.setLong(1, id);
            statement.setObject(2, utc(before.start()));
            statement.executeUpdate();
        }
        Links.update(connection, "delete from observation_moved where id = ?", id);
        ObservationChange.record(connection, id, before, null);
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
    private Seen lock(Connection connection, @Nullable Long other) throws SQLException {
        while (true) {
            Seen place = find(connection);
            long first = other == null ? place.datastreamId() : Math.min(place.datastreamId(), other);
            long second = other == null ? place.datastreamId() : Math.max(place.datastreamId(), other);
            Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", first);
            if (second != first) {
                Links.ids(connection, "select 1 from datastream_state where datastream_id = ? for update", second);
            }
            Seen now = find(connection);
            if (now.datastreamId() == place.datastreamId()) {
                return now;
            }
        }
    }

    long datastream(Connection connection) throws SQLException {
        return find(connection).datastreamId();
    }

    private Seen find(Connection connection) throws SQLException {
        try (PreparedStatement statement = EntityReader.prepare(connection, Statements.placeOf(id))) {
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw EntityWriter.gone(EntityType.OBSERVATION, id);
                }
                return Seen.read(row, 1);
            }
        }
    }

    private @Nullable String result(Connection connection, Seen place) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "select result_json::text from observation where id = ? and phenomenon_start = ?")) {
            statement.setLong(1, id);
            statement.setObject(2, utc(place.start()));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private void update(
            Connection connection, ObservationFields fields, Seen before, Seen after, @Nullable Long feature)
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
            statement.setObject(3, utc(after.end()));
            statement.setObject(4, feature);
            set(statement, 5, fields.hasResultTime, utc(fields.resultTime));
            boolean isNumber = fields.json == null || NewObservation.isNumber(fields.json);
            set(statement, 7, fields.hasResult, isNumber ? fields.number : null);
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
