package de.stadtkern.sensorthings;

import de.stadtkern.sensorthings.ObservationChange.Seen;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A write under the rules `ignore` and `replace`: at most one Observation per Datastream and beginning of
/// phenomenonTime. Rows of Datastreams that just insert may be among them.
///
/// The database holds the rule: the transaction first locks the totals of its Datastreams, in ascending order, and
/// looks for existing rows only then, so that of two writers, in one process or two, the second sees what the first
/// has committed. A unique index would do the same at the price of a third index on every row of the store (see
/// decision 0003).
final class KeyedWrite {

    /// Hands out the first of so many numbers in a row for new Observations.
    interface Numbers {
        long take(int count) throws SQLException;
    }

    private final Connection jdbc;
    private final Numbers numbers;
    private final Map<Long, Long> features;

    KeyedWrite(Connection jdbc, Numbers numbers, Map<Long, Long> features) {
        this.jdbc = jdbc;
        this.numbers = numbers;
        this.features = features;
    }

    private record Key(long datastreamId, long start) {
        static Key of(NewObservation row) {
            return new Key(row.datastreamId(), Batch.micros(row.start()));
        }
    }

    /// @param ids         in the order of the rows; of several rows with one key, the one that was kept has it, the
    /// others 0
    ///                    if they are ignored
    /// @param firstNumber of those that were new
    record Written(long[] ids, long firstNumber, int created) {}

    /// In the transaction that is open.
    Written write(List<NewObservation> rows, DuplicateRules rules) throws SQLException {
        Map<Long, Long> newest = lockTotals(rows);
        Plan plan = new Plan(
                find(rows.stream()
                        .filter(row -> rules.of(row) != Duplicates.INSERT && mayExist(row, newest))
                        .toList()),
                rows.size());
        for (int i = 0; i < rows.size(); i++) {
            plan.add(i, rows.get(i), rules.of(rows.get(i)));
        }
        Batch batch = insert(plan.missing);
        replace(plan.existing, plan.present);
        return new Written(plan.ids(rows, batch), batch.numberFrom, batch.size);
    }

    /// What becomes of each row.
    private static final class Plan {

        private static final int NOWHERE = -1;

        private final Map<Key, Existing> existing;
        private final Map<Key, NewObservation> present = new LinkedHashMap<>();
        private final List<NewObservation> missing = new ArrayList<>();
        private final Map<Key, Integer> missingAt = new HashMap<>();
        /// For each row its place among the missing ones.
        private final int[] places;

        Plan(Map<Key, Existing> existing, int rows) {
            this.existing = existing;
            this.places = new int[rows];
        }

        void add(int i, NewObservation row, Duplicates rule) {
            Key key = Key.of(row);
            Integer before = rule == Duplicates.INSERT ? null : missingAt.get(key);
            places[i] = NOWHERE;
            if (existing.containsKey(key)) {
                if (rule == Duplicates.REPLACE) {
                    present.put(key, row);
                }
            } else if (before == null) {
                places[i] = missing.size();
                missingAt.put(key, missing.size());
                missing.add(row);
            } else if (rule == Duplicates.REPLACE) {
                places[i] = before;
                missing.set(before, row);
            }
        }

        long[] ids(List<NewObservation> rows, Batch written) {
            long[] ids = new long[places.length];
            for (int i = 0; i < ids.length; i++) {
                Key key = Key.of(rows.get(i));
                if (places[i] != NOWHERE) {
                    ids[i] = written.ids[places[i]];
                } else if (present.containsKey(key)) {
                    ids[i] = Objects.requireNonNull(existing.get(key)).id();
                }
            }
            return ids;
        }
    }

    private static boolean mayExist(NewObservation row, Map<Long, Long> newest) {
        Long last = newest.get(row.datastreamId());
        return last != null && Batch.micros(row.start()) <= last;
    }

    /// Locks, and returns the beginning of the newest Observation of each Datastream that has any: whatever is newer
    /// cannot exist yet, which spares an import in order of time all look-ups.
    private Map<Long, Long> lockTotals(List<NewObservation> rows) throws SQLException {
        Map<Long, Long> newest = new HashMap<>();
        try (PreparedStatement statement = jdbc.prepareStatement("""
            select datastream_id, last_start from datastream_state
            where datastream_id = any(?) order by datastream_id for update
            """)) {
            statement.setObject(
                    1,
                    rows.stream()
                            .mapToLong(NewObservation::datastreamId)
                            .distinct()
                            .sorted()
                            .toArray());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    var start = found.getObject(2, OffsetDateTime.class);
                    if (start != null) {
                        newest.put(found.getLong(1), Batch.micros(start.toInstant()));
                    }
                }
            }
        }
        return newest;
    }

    /// One stored Observation with this key, the first if earlier writes left several.
    private record Existing(long id, Seen seen) {}

    private Map<Key, Existing> find(List<NewObservation> rows) throws SQLException {
        Map<Key, Existing> found = new HashMap<>();
        if (rows.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = jdbc.prepareStatement("""
            with k as materialized (
              select d, timestamptz 'epoch' + (s / 1000000) * interval '1 second' + (s % 1000000) * interval '1 microsecond' as start, s
              from unnest(?::bigint[], ?::bigint[]) as x(d, s))
            select distinct on (k.d, k.s) k.d, k.s, o.id, o.phenomenon_start, o.phenomenon_end, o.result_time
            from k join observation o on o.datastream_id = k.d and o.phenomenon_start = k.start order by k.d, k.s, o.id
            """)) {
            statement.setObject(
                    1, rows.stream().mapToLong(NewObservation::datastreamId).toArray());
            statement.setObject(
                    2, rows.stream().mapToLong(row -> Batch.micros(row.start())).toArray());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Seen seen = new Seen(
                            result.getLong(1),
                            result.getObject(4, OffsetDateTime.class).toInstant(),
                            instant(result.getObject(5, OffsetDateTime.class)),
                            instant(result.getObject(6, OffsetDateTime.class)));
                    found.put(new Key(result.getLong(1), result.getLong(2)), new Existing(result.getLong(3), seen));
                }
            }
        }
        return found;
    }

    private Batch insert(List<NewObservation> rows) throws SQLException {
        Batch batch = new Batch(rows, features, rows.isEmpty() ? 0 : numbers.take(rows.size()));
        if (!rows.isEmpty()) {
            if (!BatchWriter.allCarryTheirHour(rows)) {
                BatchWriter.writeMoved(jdbc, batch);
            }
            BatchInsert.run(jdbc, batch);
        }
        return batch;
    }

    /// The rows keep their ids and their beginnings; everything else becomes what the new ones say, and the totals are
    /// made true again.
    private void replace(Map<Key, Existing> existing, Map<Key, NewObservation> present) throws SQLException {
        if (present.isEmpty()) {
            return;
        }
        Map<Long, Seen> before = new HashMap<>();
        Map<Long, Seen> after = new HashMap<>();
        try (PreparedStatement statement = jdbc.prepareStatement("""
            update observation set phenomenon_end = ?, result_time = ?, result = ?, result_json = ?::jsonb, feature_id = ?,
              valid_start = ?, valid_end = ?, result_quality = ?::jsonb, parameters = ?::jsonb
            where id = ? and phenomenon_start = ?
            """)) {
            for (Map.Entry<Key, NewObservation> entry : present.entrySet()) {
                Existing old = Objects.requireNonNull(existing.get(entry.getKey()));
                NewObservation row = entry.getValue();
                before.put(old.id, old.seen);
                after.put(old.id, new Seen(row.datastreamId(), row.start(), row.end(), row.resultTime()));
                bind(statement, old.id, row);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        ObservationChange.replaced(jdbc, before, after);
    }

    private void bind(PreparedStatement statement, long id, NewObservation row) throws SQLException {
        NewObservation.Details details = row.details();
        Long derived = features.get(row.datastreamId());
        Long feature = details != null && details.featureId() != null ? details.featureId() : derived;
        statement.setObject(1, time(row.end()));
        statement.setObject(2, time(row.resultTime()));
        statement.setObject(3, row.hasNumber() ? row.number() : null, Types.DOUBLE);
        statement.setString(4, row.json());
        statement.setObject(5, feature == null || feature == 0 ? null : feature, Types.BIGINT);
        statement.setObject(6, time(details == null ? null : details.validStart()));
        statement.setObject(7, time(details == null ? null : details.validEnd()));
        statement.setString(8, details == null ? null : details.resultQuality());
        statement.setString(9, details == null ? null : details.parameters());
        statement.setLong(10, id);
        statement.setObject(11, time(row.start()));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
