package de.stadtkern.sensorthings;

import de.stadtkern.city.CityContext;
import java.util.OptionalLong;

/// The key by which the bound town finds again what nobody gave a key, such as a Thing made through the API. It names
/// the town, so that elsewhere it is a key like any other.
final class OwnKey {

    private OwnKey() {}

    /// @param kind `thing` or `datastream`
    static String of(String kind, long id) {
        return prefix(kind) + id;
    }

    /// The id in a key that [#of] made in this town.
    static OptionalLong id(String kind, String key) {
        String prefix = prefix(kind);
        String id = key.startsWith(prefix) ? key.substring(prefix.length()) : "";
        return id.matches("[1-9]\\d{0,15}") ? OptionalLong.of(Long.parseLong(id)) : OptionalLong.empty();
    }

    private static String prefix(String kind) {
        return CityContext.current().origin() + "/" + kind + "-";
    }
}
