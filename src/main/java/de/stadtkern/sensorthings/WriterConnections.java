package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.installation.Database;
import jakarta.annotation.PreDestroy;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The writer's connections to all towns, apart from those that read: so many at most, however many towns are written
/// to. One that is given back waits for the next write to its town, until another town needs its place or a minute has
/// passed.
@Component
class WriterConnections {

    /// Leaves room for readers below the hundred connections a PostgreSQL usually takes.
    private static final int MOST = 40;

    /// As PostgreSQL itself would refuse.
    private static final String TOO_MANY = "53300";

    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PATIENCE_MILLIS = 4_000;

    private final Database database;
    private final int most;
    /// The one that was used longest ago comes first.
    private final Deque<Idle> idle = new ArrayDeque<>();
    private int open;

    @Autowired
    WriterConnections(Database database) {
        this(database, MOST);
    }

    WriterConnections(Database database, int most) {
        this.database = database;
        this.most = most;
    }

    private record Idle(long town, WriterConnection connection, long since) {}

    /// One that works for this town, to be handed back by [#giveBack] or [#discard]. Waits a few seconds while all are
    /// at work.
    WriterConnection borrow(City city) throws SQLException {
        WriterConnection waiting = waitingOrPlace(city);
        if (waiting != null) {
            return waiting;
        }
        try {
            return new WriterConnection(database, city);
        } catch (SQLException | RuntimeException failed) {
            freePlace();
            throw failed;
        }
    }

    /// Null: there is a place to open a new one.
    private synchronized @Nullable WriterConnection waitingOrPlace(City city) throws SQLException {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (true) {
            closeOld();
            WriterConnection own = takeIdle(city.id());
            if (own != null) {
                return own;
            }
            if (open >= most && !idle.isEmpty()) {
                close(idle.removeFirst());
            }
            if (open < most) {
                open++;
                return null;
            }
            await(until);
        }
    }

    private void await(long until) throws SQLException {
        long millis = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        try {
            if (millis > 0) {
                wait(millis);
                return;
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        throw new SQLTransientConnectionException("Too many towns are being written to at once", TOO_MANY);
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

    private void closeOld() {
        long now = System.nanoTime();
        while (!idle.isEmpty() && now - idle.getFirst().since > IDLE_NANOS) {
            close(idle.removeFirst());
        }
    }

    private void close(Idle old) {
        old.connection.close();
        open--;
    }

    synchronized void giveBack(City city, WriterConnection connection) {
        idle.addLast(new Idle(city.id(), connection, System.nanoTime()));
        closeOld();
        notifyAll();
    }

    /// In place of [#giveBack] for one that may be broken or in the middle of something.
    void discard(WriterConnection connection) {
        connection.close();
        freePlace();
    }

    private synchronized void freePlace() {
        open--;
        notifyAll();
    }

    /// Closes those that wait for a town.
    synchronized void forget(City city) {
        idle.removeIf(next -> {
            boolean gone = next.town == city.id();
            if (gone) {
                close(next);
            }
            return gone;
        });
        notifyAll();
    }

    /// How many there are, those at work and those that wait.
    synchronized int open() {
        return open;
    }

    @PreDestroy
    synchronized void stop() {
        while (!idle.isEmpty()) {
            close(idle.removeFirst());
        }
    }
}
