package de.stadtkern.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Somebody who works with this town's Stadtkern.
///
/// @param login         mail address; the first admin's is `admin` until they have given theirs
/// @param hasPassword   false while an invitation is open, and for people who log in elsewhere
/// @param mustChange    the password is a one-time one
/// @param deactivatedAt since when this person may do nothing any more; null for everybody who may
public record Account(
        long id,
        String login,
        String name,
        Grants grants,
        boolean hasPassword,
        boolean mustChange,
        @Nullable Instant deactivatedAt,
        Instant createdAt,
        @Nullable Instant lastLoginAt,
        String language) {

    public boolean isActive() {
        return deactivatedAt == null;
    }

    /// Of what admins see and change.
    public String version() {
        return Version.of(Accounts.State.of(this));
    }

    /// Where mail reaches them; the first admin has no address before they gave one.
    public boolean hasMail() {
        return login.contains("@");
    }
}
