package de.stadtkern.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which picture is a town's logo, and all that a page needs to know of it. Its name has the picture's hash and shape
/// in it, as in `9c1185a5c5e9fc546128-300x100.svg`: another picture has another address, which browsers may keep for
/// ever, and a page knows how much room to leave.
///
/// @param width  in pixels; of a drawing that fits any size, in relation to the height
public record TownLogo(String name, int width, int height) {

    private static final Pattern NAME = Pattern.compile("[0-9a-f]{20}-(\\d{1,5})x(\\d{1,5})\\.(svg|png)");

    /// Empty if that is no name of a logo.
    static Optional<TownLogo> of(String name) {
        Matcher parts = NAME.matcher(name);
        return parts.matches()
                ? Optional.of(new TownLogo(name, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    public String address() {
        return "/logo/" + name;
    }

    /// Said with its charset, so that a drawing is read as it was when it was checked.
    String mediaType() {
        return name.endsWith(".svg") ? "image/svg+xml;charset=UTF-8" : "image/png";
    }
}
