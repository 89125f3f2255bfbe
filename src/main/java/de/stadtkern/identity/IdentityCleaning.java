package de.stadtkern.identity;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/// Deletes what is over: sessions, links, failures, keys, and traces of staff beyond their date; then the accounts of
/// those who left and whom no trace names any more.
@Component
class IdentityCleaning implements TownJob {

    private final SessionStore sessions;
    private final Changes changes;
    private final Outbox outbox;
    private final PasskeyStore passkeys;
    private final ApiKeyStore keys;
    private final FailedLogins failedLogins;
    private final List<StaffTraces> others;
    private final Accounts accounts;
    private final IdentityProperties properties;

    IdentityCleaning(
            SessionStore sessions,
            Changes changes,
            Outbox outbox,
            PasskeyStore passkeys,
            ApiKeyStore keys,
            FailedLogins failedLogins,
            List<StaffTraces> others,
            Accounts accounts,
            IdentityProperties properties) {
        this.sessions = sessions;
        this.changes = changes;
        this.outbox = outbox;
        this.passkeys = passkeys;
        this.keys = keys;
        this.failedLogins = failedLogins;
        this.others = others;
        this.accounts = accounts;
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
        keys.deleteOver(properties.traces());
        failedLogins.deleteOver();
        others.forEach(module -> module.forgetOlder(properties.traces()));
        accounts.deleteGone();
    }
}
