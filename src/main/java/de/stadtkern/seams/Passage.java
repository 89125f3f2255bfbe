package de.stadtkern.seams;

import java.time.Instant;
import java.util.Locale;

/// A text that can be found and quoted.
///
/// @param kind     what it is about, in words of the reader, such as `Zählstelle`
/// @param address  where it stands, from the town's root on
/// @param changed  when it was written or last became another
/// @param language of title and text
public record Passage(
        String kind, String title, String text, String address, Instant changed, Locale language, Audience audience) {

    /// Whom a text is meant for.
    public enum Audience {
        EVERYBODY,
        STAFF
    }
}
