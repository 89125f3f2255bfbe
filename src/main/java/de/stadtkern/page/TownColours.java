package de.stadtkern.page;

import java.util.regex.Pattern;

/// A town's main colour and black or white on it, whichever can be read better.
public record TownColours(String background, String text) {

    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");
    private static final String NEUTRAL = "#171a2b";

    public static TownColours of(String colour) {
        String background = HEX.matcher(colour).matches() ? colour : NEUTRAL;
        return new TownColours(background, contrastWithWhite(background) >= 4.58 ? "#ffffff" : "#000000");
    }

    /// Changes with the colour, so that it may be cached for ever.
    String address() {
        return "/town.css?v=" + background.substring(1);
    }

    String css() {
        return ":root{--town-colour:%s;--town-colour-text:%s}".formatted(background, text);
    }

    /// WCAG's contrast ratio. At 4.58 black and white are equally far away, so one of the two always reaches 4.5.
    private static double contrastWithWhite(String colour) {
        double luminance = 0.2126 * linear(colour, 1) + 0.7152 * linear(colour, 3) + 0.0722 * linear(colour, 5);
        return 1.05 / (luminance + 0.05);
    }

    private static double linear(String colour, int at) {
        double share = Integer.parseInt(colour.substring(at, at + 2), 16) / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
