package de.stadtkern.sensorthings;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a request reads at this moment: how long each of its statements may take, and the one that runs, so that it can
/// be ended when nobody waits for it any more.
final class RunningRead {

    private final Duration limit;
    private final boolean isHeavy;
    private final @Nullable Caller caller = Caller.current();
    private @Nullable Statement statement;
    private boolean isOver;
    private boolean isForNobody;

    RunningRead(Duration limit, boolean isHeavy) {
        this.limit = limit;
        this.isHeavy = isHeavy;
    }

    Duration limit() {
        return limit;
    }

    boolean isHeavy() {
        return isHeavy;
    }

    boolean hasCaller() {
        return caller != null;
    }

    synchronized void begin(PreparedStatement next) throws SQLException {
        if (isForNobody) {
            throw Caller.gone();
        }
        next.setQueryTimeout((int) limit.toSeconds());
        statement = next;
    }

    /// From here on nobody looks at the connection any more: it is written to, or used for another request.
    synchronized void end() {
        isOver = true;
    }

    synchronized boolean isForNobody() {
        return isForNobody;
    }

    /// Called from another thread. A statement that does not run at the moment is not harmed by being ended; so the one
    /// that comes after it is ended the next time.
    synchronized void endIfForNobody() throws SQLException {
        if (isOver || caller == null) {
            return;
        }
        isForNobody = isForNobody || caller.isGone();
        if (isForNobody && statement != null) {
            statement.cancel();
        }
    }
}
