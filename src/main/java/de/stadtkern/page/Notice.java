package de.stadtkern.page;

import java.util.Optional;

/// One sentence on the page after the next redirect: that it is done, and how it is undone.
///
/// @param key    of the text
/// @param undone number of the change that can be taken back with it, if one can
public record Notice(String key, Optional<Long> undone) {

    public static Notice of(String key) {
        return new Notice(key, Optional.empty());
    }
}
