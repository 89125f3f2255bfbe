package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.Transaction;
import de.stadtkern.problem.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Writes up to [WriterConnection#BLOCK] Observations in one transaction on a connection it is given.
@Component
class BatchWriter {

    private static final int TRIES = 5;
    private static final Instant EARLIEST = Instant.parse("-4000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("+200000-01-01T00:00:00Z");

    private final Partitions partitions;
    private final DatastreamDirectory directory;
    private final WriterMeters meters;

    BatchWriter(Partitions partitions, DatastreamDirectory directory, WriterMeters meters) {
        this.partitions = partitions;
        this.directory = directory;
        this.meters = meters;
    }

    /// Returns the ids in the order of the rows, 0 for a row left out. A deadlock or a serialisation failure is tried
    /// again.
    long[] write(City city, WriterConnection connection, List<NewObservation> rows, Duplicates rule)
            throws SQLException {
        return write(city, connection, rows, rule, null);
    }

    /// @param along null: nothing else is written in the transaction
    long[] write(
            City city,
            WriterConnection connection,
            List<NewObservation> rows,
            Duplicates rule,
            ObservationWriter.@Nullable Along along)
            throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                long began = System.nanoTime();
                long[] ids = writeOnce(city, connection, rows, rule, along);
                meters.batch(rows.size(), System.nanoTime() - began);
                return ids;
            } catch (SQLException failed) {
                if (attempt == TRIES || !Set.of("40P01", "40001").contains(String.valueOf(failed.getSQLState()))) {
                    throw failed;
                }
            }
        }
    }

    private long[] writeOnce(
            City city,
            WriterConnection connection,
            List<NewObservation> rows,
            Duplicates rule,
            ObservationWriter.@Nullable Along along)
            throws SQLException {
        Connection jdbc = connection.jdbc();
        DatastreamDirectory.Known known = directory.known(city, jdbc, rows);
        Set<Integer> slots = new HashSet<>();
        for (NewObservation row : rows) {
            requireStorable(row);
            slots.add(partitions.slotOf(row.start()));
            if (row.details() != null
                    && row.details().featureId() instanceof Long feature
                    && feature != NewObservation.Details.NO_FEATURE) {
                directory.requireFeature(city, jdbc, row.datastreamId(), feature);
            }
        }
        partitions.require(city, jdbc, slots);
        DuplicateRules rules = new DuplicateRules(rule, known.duplicates());
        return rules.onlyInsert(rows)
                ? insert(connection, rows, known.derivedFeatures(), along)
                : insertMissing(connection, rows, rules, known.derivedFeatures(), along);
    }

    private static long[] insertMissing(
            WriterConnection connection,
            List<NewObservation> rows,
            DuplicateRules rules,
            Map<Long, Long> features,
            ObservationWriter.@Nullable Along along)
            throws SQLException {
        return inTransaction(connection.jdbc(), () -> {
            KeyedWrite.Written written =
                    new KeyedWrite(connection.jdbc(), connection::numbers, features).write(rows, rules);
            if (along != null) {
                along.write(connection.jdbc(), rows, written.firstNumber(), written.created());
            }
            return written.ids();
        });
    }

    private static long[] insert(
            WriterConnection connection,
            List<NewObservation> rows,
            Map<Long, Long> features,
            ObservationWriter.@Nullable Along along)
            throws SQLException {
        Batch batch = new Batch(rows, features, connection.numbers(rows.size()));
        if (along == null && allCarryTheirHour(rows)) {
            BatchInsert.run(connection.jdbc(), batch);
            return batch.ids;
        }
        return inTransaction(connection.jdbc(), () -> {
            writeMoved(connection.jdbc(), batch);
            BatchInsert.run(connection.jdbc(), batch);
            if (along != null) {
                along.write(connection.jdbc(), rows, batch.numberFrom, batch.size);
            }
            return batch.ids;
        });
    }

    static boolean allCarryTheirHour(List<NewObservation> rows) {
        return rows.stream().allMatch(row -> ObservationId.carriesHour(row.start()));
    }

    /// For dates whose hour does not fit into the id: where to find them.
    static void writeMoved(Connection connection, Batch batch) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
            insert into observation_moved (id, phenomenon_start)
            values (?, timestamptz 'epoch' + ?::bigint * interval '1 second' + ?::bigint * interval '1 microsecond')
            """)) {
            for (int i = 0; i < batch.size; i++) {
                if (!ObservationId.carriesHour(batch.rows[i].start())) {
                    statement.setLong(1, batch.ids[i]);
                    statement.setLong(2, Math.floorDiv(batch.starts[i], 1_000_000L));
                    statement.setLong(3, Math.floorMod(batch.starts[i], 1_000_000L));
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    interface Work<T> {
        T run() throws SQLException;
    }

    static <T> T inTransaction(Connection connection, Work<T> work) throws SQLException {
        try (Transaction transaction = Transaction.begin(connection)) {
            T result = work.run();
            transaction.commit();
            return result;
        }
    }

    private static void requireStorable(NewObservation row) {
        if (row.start().isBefore(EARLIEST)
                || row.start().isAfter(LATEST)
                || (row.end() != null && row.end().isAfter(LATEST))) {
            throw Problem.field(
                    "phenomenonTime",
                    "time-out-of-range",
                    "phenomenonTime %s lies outside the slots -4000 to 200000.".formatted(row.start()));
        }
        Instant resultTime = row.resultTime();
        if (resultTime != null && (resultTime.isBefore(EARLIEST) || resultTime.isAfter(LATEST))) {
            throw Problem.field(
                    "resultTime",
                    "time-out-of-range",
                    "resultTime %s lies outside the slots -4000 to 200000.".formatted(resultTime));
        }
    }
}
