package de.stadtkern.identity;

import java.util.Locale;
import java.util.Set;

/// What somebody is in an area of work.
public enum Role {
    /// Sees what is not for everybody.
    VIEWER(Set.of()),
    /// Writes and changes contents and data.
    EDITOR(Set.of(VIEWER)),
    /// Decides about contents and data: releases, imports, removes.
    STEWARD(Set.of(VIEWER, EDITOR)),
    /// Keeps it running: sources, queues, backups, mail.
    OPERATOR(Set.of(VIEWER)),
    /// Everything, people and keys included.
    ADMIN(Set.of(VIEWER, EDITOR, STEWARD, OPERATOR));

    private final Set<Role> included;

    Role(Set<Role> included) {
        this.included = included;
    }

    public boolean includes(Role other) {
        return this == other || included.contains(other);
    }

    /// In addresses, forms and tables.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this key; throws [IllegalArgumentException] if there is none.
    public static Role of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
