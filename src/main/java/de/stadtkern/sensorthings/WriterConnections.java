package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.installation.Database;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The writer's connections to all towns, apart from those that read: so many at most, however many towns are written
/// to. Whoever has waited longest gets the next one. One that is given back waits for the next write to its town, until
/// another town needs its place or a minute has passed.
@Component
class WriterConnections {

    /// Leaves room for readers below the hundred connections a PostgreSQL usually takes.
    static final int MOST = 40;

    /// As PostgreSQL itself would refuse.
    private static final String TOO_MANY = "53300";

    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final long PATIENCE_MILLIS = 4_000;

    private final Database database;
    private final int most;
    private final Duration idleFor;
    /// One for each connection that may be at work.
    private final Semaphore atWork;
    /// The one that was used longest ago comes first.
    private final Deque<Idle> idle = new ArrayDeque<>();
    /// What closed connections have left of their blocks, by town.
    private final Map<Long, Deque<NumberBlock>> numbers = new HashMap<>();
    private int open;
    private @Nullable Thread sweeper;

    @Autowired
    WriterConnections(Database database) {
        this(database, MOST, IDLE);
    }

    WriterConnections(Database database, int most, Duration idleFor) {
        this.database = database;
        this.most = most;
        this.idleFor = idleFor;
        this.atWork = new Semaphore(most, true);
    }

    private record Idle(long town, WriterConnection connection, long since) {}

    /// One that works for this town, to be handed back by [#giveBack] or [#discard]. Waits a few seconds while all are
    /// at work.
    WriterConnection borrow(City city) throws SQLException {
        waitForTurn();
        boolean isBorrowed = false;
        try {
            WriterConnection own = ownOrPlace(city);
            WriterConnection connection = own == null ? connect(city) : own;
            isBorrowed = true;
            return connection;
        } finally {
            if (!isBorrowed) {
                atWork.release();
            }
        }
    }

    private void waitForTurn() throws SQLException {
        try {
            if (atWork.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("Too many towns are being written to at once", TOO_MANY);
    }

    /// Null: there is a place to open a new one. Fewer than [#most] are at work besides the caller, so if all
    /// places are taken, one of them is idle.
    private synchronized @Nullable WriterConnection ownOrPlace(City city) {
        WriterConnection own = takeIdle(city.id());
        if (own != null) {
            return own;
        }
        if (open >= most) {
            close(idle.removeFirst());
        }
        open++;
        return null;
    }

    private WriterConnection connect(City city) throws SQLException {
        boolean isOpen = false;
        try {
            var connection = new WriterConnection(database, city, keptNumbers(city.id()));
            isOpen = true;
            return connection;
        } finally {
            if (!isOpen) {
                freePlace();
            }
        }
    }

    private synchronized NumberBlock keptNumbers(long town) {
        Deque<NumberBlock> kept = numbers.get(town);
        NumberBlock block = kept == null ? null : kept.poll();
        return block == null ? NumberBlock.EMPTY : block;
    }

    private synchronized void freePlace() {
        open--;
    }

    private @Nullable WriterConnection takeIdle(long town) {
        for (Iterator<Idle> latest = idle.descendingIterator(); latest.hasNext(); ) {
            Idle next = latest.next();
            if (next.town == town) {
                latest.remove();
                if (next.connection.isUsable()) {
                    return next.connection;
                }
                close(next);
            }
        }
        return null;
    }

    private void close(Idle old) {
        close(old.town, old.connection);
    }

    private void close(long town, WriterConnection connection) {
        connection.close();
        open--;
        NumberBlock rest = connection.numbersLeft();
        if (!rest.isEmpty()) {
            numbers.computeIfAbsent(town, id -> new ArrayDeque<>()).add(rest);
        }
    }

    void giveBack(City city, WriterConnection connection) {
        synchronized (this) {
            idle.addLast(new Idle(city.id(), connection, System.nanoTime()));
            if (sweeper == null) {
                sweeper = Thread.ofVirtual().name("writer-connections").start(this::sweep);
            }
        }
        atWork.release();
    }

    /// In place of [#giveBack] for one that may be broken or in the middle of something. If it has lost the server, the
    /// idle ones have too.
    void discard(City city, WriterConnection connection) {
        synchronized (this) {
            if (!connection.isUsable()) {
                closeIdle();
            }
            close(city.id(), connection);
        }
        atWork.release();
    }

    /// Closes those that have been idle for long; ends when none is left.
    private void sweep() {
        try {
            for (long nanos = idleFor.toNanos(); nanos > 0; nanos = closeOld()) {
                TimeUnit.NANOSECONDS.sleep(nanos);
            }
        } catch (InterruptedException ended) {
            // Stopped: there is nothing left to close.
        }
    }

    /// How long the next one may still wait; 0 if there is none.
    private synchronized long closeOld() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getFirst().since >= idleFor.toNanos()) {
            close(idle.removeFirst());
        }
        if (idle.isEmpty()) {
            sweeper = null;
            return 0;
        }
        return Math.max(1, idleFor.toNanos() - (now - idle.getFirst().since));
    }

    /// Closes those that wait for a town which is gone.
    synchronized void forget(City city) {
        idle.removeIf(next -> {
            boolean gone = next.town == city.id();
            if (gone) {
                close(next);
            }
            return gone;
        });
        numbers.remove(city.id());
    }

    /// How many there are, those at work and those that wait.
    synchronized int open() {
        return open;
    }

    /// How many wait for one; a guess while somebody comes or goes.
    int waiting() {
        return atWork.getQueueLength();
    }

    private void closeIdle() {
        while (!idle.isEmpty()) {
            close(idle.removeFirst());
        }
    }

    @PreDestroy
    synchronized void stop() {
        closeIdle();
        if (sweeper != null) {
            sweeper.interrupt();
            sweeper = null;
        }
    }
}
