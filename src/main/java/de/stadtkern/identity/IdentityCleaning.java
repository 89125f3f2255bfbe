package de.stadtkern.identity;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Deletes what is over: sessions, links, failures, and traces of staff beyond their date.
@Component
class IdentityCleaning implements TownJob {

    private final SessionStore sessions;
    private final Changes changes;
    private final Outbox outbox;
    private final PasskeyStore passkeys;
    private final IdentityProperties properties;

    IdentityCleaning(
            SessionStore sessions,
            Changes changes,
            Outbox outbox,
            PasskeyStore passkeys,
            IdentityProperties properties) {
        this.sessions = sessions;
        this.changes = changes;
        this.outbox = outbox;
        this.passkeys = passkeys;
        this.properties = properties;
    }

    @Override
    public String name() {
        return "identity-cleaning";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        sessions.deleteOver(properties.sessionIdle(), properties.sessionLongest());
        changes.deleteOlder(properties.traces());
        passkeys.deleteOver();
        outbox.deleteOlder(properties.traces());
    }
}
