package de.stadtkern.page;

import java.util.Optional;
import java.util.function.Supplier;

/// Who looks at the page, as far as the frame shows it.
///
/// @param name   of the person who is logged in, empty for everybody else
/// @param notice what the last form did
/// @param token  for the hidden field of a form; asked for only where there is a form
public record Visitor(String name, Optional<Notice> notice, Supplier<String> token) {

    boolean isLoggedIn() {
        return !name.isEmpty();
    }
}
