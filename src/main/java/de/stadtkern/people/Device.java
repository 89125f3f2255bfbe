package de.stadtkern.people;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Browser and system as people call them, from what the browser calls itself.
final class Device {

    /// In this order: most browsers also name those that came before them.
    private static final List<String> BROWSERS = List.of("Edg/", "OPR/", "Firefox/", "Chrome/", "Safari/");

    private static final Map<String, String> NAMES =
            Map.of("Edg/", "Edge", "OPR/", "Opera", "Firefox/", "Firefox", "Chrome/", "Chrome", "Safari/", "Safari");
    private static final List<String> SYSTEMS =
            List.of("Android", "iPhone", "iPad", "Windows", "Macintosh", "CrOS", "Linux");

    private Device() {}

    static String of(@Nullable String userAgent) {
        String agent = userAgent == null ? "" : userAgent;
        String browser = BROWSERS.stream()
                .filter(agent::contains)
                .findFirst()
                .map(NAMES::get)
                .orElse("?");
        String system = SYSTEMS.stream().filter(agent::contains).findFirst().orElse("?");
        return browser + ", " + system;
    }
}
