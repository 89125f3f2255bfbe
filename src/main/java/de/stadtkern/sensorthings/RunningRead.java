package de.stadtkern.sensorthings;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.sensorthings.query.Sql;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request reads at this moment: how long each of its statements may take, and the one that runs, so that
/// another thread can end it. The driver's own time limit would wake a timer's thread for each statement, which costs
/// some tenth of a quick answer.
final class RunningRead {

    private final City city = CityContext.current();
    private final @Nullable Caller caller = Caller.current();
    private final Duration limit;
    private @Nullable Statement statement;
    private @Nullable Sql sql;
    private long begunNanos;
    private boolean isOver;
    private boolean isForNobody;
    private double tooCostly;

    RunningRead(Duration limit) {
        this.limit = limit;
    }

    City city() {
        return city;
    }

    Duration limit() {
        return limit;
    }

    synchronized boolean isForNobody() {
        return isForNobody;
    }

    /// What the plan of a statement that was ended for it would have cost; 0 if none was.
    synchronized double tooCostly() {
        return tooCostly;
    }

    synchronized void begin(PreparedStatement next, @Nullable Sql as) {
        if (isForNobody) {
            throw Caller.gone();
        }
        statement = next;
        sql = as;
        begunNanos = System.nanoTime();
        tooCostly = 0;
    }

    /// From here on nobody looks at the connection any more: it is written to, or used for another request.
    synchronized void end() {
        isOver = true;
    }

    /// Called from another thread. A statement that does not run at the moment is not harmed by being ended; so the one
    /// that comes after it is ended the next time.
    synchronized void endIfForNobodyOrTooLong() throws SQLException {
        if (isOver) {
            return;
        }
        isForNobody = isForNobody || caller != null && caller.isGone();
        boolean isTooLong = System.nanoTime() - begunNanos > limit.toNanos();
        if (statement != null && (isForNobody || isTooLong)) {
            statement.cancel();
        }
    }

    /// The statement if it began so long ago, once; else null.
    synchronized @Nullable Sql takeIfSlow(Duration after) {
        if (isOver || sql == null || System.nanoTime() - begunNanos < after.toNanos()) {
            return null;
        }
        Sql slow = sql;
        sql = null;
        return slow;
    }

    /// Unless another statement has begun since it was taken.
    synchronized void endAsTooCostly(double cost) throws SQLException {
        if (!isOver && sql == null && statement != null) {
            tooCostly = cost;
            statement.cancel();
        }
    }
}
