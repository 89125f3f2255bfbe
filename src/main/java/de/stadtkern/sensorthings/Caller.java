package de.stadtkern.sensorthings;

import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.jspecify.annotations.Nullable;

/// Whoever waits for the answer of the request of this thread, at the other end of its connection.
final class Caller {

    private static final ScopedValue<Caller> OF_REQUEST = ScopedValue.newInstance();

    private final Request request;

    private Caller(Request request) {
        this.request = request;
    }

    /// Null where nobody waits at a connection that could be looked at.
    static @Nullable Caller current() {
        return OF_REQUEST.isBound() ? OF_REQUEST.get() : null;
    }

    /// Only of requests without a body, whose connection nobody reads from while they are answered.
    static ScopedValue.Carrier with(Request request) {
        return ScopedValue.where(OF_REQUEST, new Caller(request));
    }

    /// Whether the connection was closed at the other end, also by half: as other servers do, this takes whoever will
    /// not send for one who does not listen.
    ///
    /// The web server reads what is there into its own buffer, where the next request on the connection is looked
    /// for anyway, and says how much it was. It says 1 as well where reading failed. Only then it says so again.
    boolean isGone() {
        int first = available();
        int again = available();
        return first == 1 && again == 1;
    }

    private int available() {
        request.action(ActionCode.AVAILABLE, true);
        return request.getAvailable();
    }

    /// What ends a request nobody waits for; it is answered and logged as every one whose connection broke.
    static RuntimeException gone() {
        return new java.io.UncheckedIOException(new ClientAbortException("Nobody waits for the answer any more"));
    }
}
