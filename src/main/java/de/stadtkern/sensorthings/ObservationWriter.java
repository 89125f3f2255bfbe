package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.installation.DiskSpace;
import de.stadtkern.problem.Problem;
import jakarta.annotation.PreDestroy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// The one way into the store, for HTTP, MQTT, connectors and file import alike.
///
/// Small writes of a town are gathered in its [Lane]; a caller who brings many rows writes them on a connection of
/// its own, three such at a time for each town. Either way one batch is one transaction, and the answer comes after its
/// commit.
@Service
public class ObservationWriter {

    /// Something that is written in the transaction of a batch, so that it is there if and only if the batch is.
    @FunctionalInterface
    public interface Along {

        /// @param rows        as they were handed over
        /// @param firstNumber of those that were new; the others follow without a gap
        /// @param created     how many were new
        void write(Connection connection, List<NewObservation> rows, long firstNumber, int created) throws SQLException;
    }

    /// From here on a write is a batch by itself and gains nothing by waiting for others.
    private static final int LARGE = 500;

    private static final int LARGE_AT_ONCE = 3;

    /// So many writes may wait in a town's lane; more are refused.
    public static final int QUEUE = Lane.WAITING;

    /// More rows than this are written as several transactions, or, if all or none is asked for, not at all.
    public static final int MOST = WriterConnection.BLOCK;

    private final WriterConnections connections;
    private final BatchWriter writer;
    private final DiskSpace disk;
    private final RollupWorker rollups;
    private final WriteAccess access;
    private final WriterMeters meters;
    private final Map<Long, TownWriter> towns = new ConcurrentHashMap<>();

    ObservationWriter(
            WriterConnections connections,
            BatchWriter writer,
            DiskSpace disk,
            RollupWorker rollups,
            WriteAccess access,
            WriterMeters meters) {
        this.connections = connections;
        this.writer = writer;
        this.disk = disk;
        this.rollups = rollups;
        this.access = access;
        this.meters = meters;
    }

    /// Writes one Observation and returns its id after the commit: what has returned survives a `kill -9`.
    public long write(NewObservation observation) {
        return write(List.of(observation), Duplicates.INSERT)[0];
    }

    /// Writes all or none, at most [#MOST], and returns their ids after the commit, 0 for those [Duplicates#IGNORE]
    /// left out. Throws [DatastreamUnknown] if one of the Datastreams does not exist.
    public long[] write(List<NewObservation> observations, Duplicates rule) {
        return write(observations, rule, Entry.API);
    }

    /// The same for whoever does not come over HTTP.
    public long[] write(List<NewObservation> observations, Duplicates rule, Entry entry) {
        return write(observations, rule, entry, null);
    }

    /// The same, and something else in the same transaction.
    ///
    /// @param along null: nothing else
    public long[] write(List<NewObservation> observations, Duplicates rule, Entry entry, @Nullable Along along) {
        if (observations.isEmpty()) {
            return new long[0];
        }
        if (observations.size() > MOST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "batch-too-large",
                    "At most %d Observations can be written at once.".formatted(MOST));
        }
        TownWriter town = town();
        try {
            access.requireDatastreams(observations, entry);
            disk.requireRoom();
            long[] ids = along == null && observations.size() < LARGE
                    ? town.lane.write(observations, rule)
                    : town.large(connection -> writer.write(town.city, connection, observations, rule, along));
            town.figures.stored(entry, ids);
            return ids;
        } catch (RuntimeException refused) {
            town.figures.refused(entry, observations.size());
            throw refused;
        }
    }

    /// Removes the Observations that one batch created and that are still there, and returns how many these were.
    ///
    /// @param also in the same transaction; gets the number of those removed
    public int takeBack(WrittenBatch batch, Along also) {
        return town().large(connection -> BatchRemoval.run(connection.jdbc(), batch, also));
    }

    private TownWriter town() {
        City city = CityContext.current();
        return towns.computeIfAbsent(city.id(), id -> new TownWriter(city));
    }

    /// How many writes of the town wait in its lane at this moment.
    public int waiting(City city) {
        TownWriter town = towns.get(city.id());
        return town == null ? 0 : town.lane.waiting();
    }

    /// Of all towns' lanes the longest.
    public int longestQueue() {
        return towns.values().stream()
                .mapToInt(town -> town.lane.waiting())
                .max()
                .orElse(0);
    }

    @EventListener
    void forget(CityRemoved event) {
        TownWriter town = towns.remove(event.city().id());
        if (town != null) {
            town.close();
        }
    }

    @PreDestroy
    void stop() {
        List<TownWriter> all = new ArrayList<>(towns.values());
        towns.clear();
        all.forEach(TownWriter::close);
    }

    private interface LargeWork<T> {
        T run(WriterConnection connection) throws SQLException;
    }

    private final class TownWriter {

        private final City city;
        private final Lane lane;
        private final WriterMeters.Town figures;
        private final Semaphore largeAtOnce = new Semaphore(LARGE_AT_ONCE);

        TownWriter(City city) {
            this.city = city;
            this.lane = new Lane(city, connections, writer, () -> rollups.touched(city));
            this.figures = meters.of(city, lane::waiting);
        }

        <T> T large(LargeWork<T> work) {
            largeAtOnce.acquireUninterruptibly();
            WriterConnection connection = null;
            try {
                connection = connections.borrow(city);
                T result = work.run(connection);
                connections.giveBack(city, connection);
                connection = null;
                rollups.touched(city);
                return result;
            } catch (SQLException | RuntimeException failed) {
                throw WriteFailed.orProblem(failed);
            } finally {
                if (connection != null) {
                    connections.discard(city, connection);
                }
                largeAtOnce.release();
            }
        }

        void close() {
            lane.close();
            figures.remove();
            connections.forget(city);
        }
    }
}
