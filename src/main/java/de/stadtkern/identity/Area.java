package de.stadtkern.identity;

import java.util.Locale;

/// An area of work a role can be given for.
public enum Area {
    /// The whole town: every other area is part of it.
    TOWN,
    PLATFORM,
    FOOTFALL,
    CHAT,
    PLACES,
    SCHOOLS,
    PROGRAMME,
    PARTICIPATION,
    TRANSFER;

    /// In addresses, forms and tables.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The one with this key; throws [IllegalArgumentException] if there is none.
    public static Area of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
