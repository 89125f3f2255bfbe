package de.stadtkern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.List;
import java.util.Locale;

/// How somebody looks at a page.
public record Look(String language, int width, ColorScheme scheme) {

    private static final List<List<Look>> TURNS = List.of(
            List.of(of("de", 1280, ColorScheme.LIGHT), of("en", 320, ColorScheme.DARK)),
            List.of(of("de", 320, ColorScheme.LIGHT), of("en", 1280, ColorScheme.DARK)),
            List.of(of("de", 1280, ColorScheme.DARK), of("en", 320, ColorScheme.LIGHT)),
            List.of(of("de", 320, ColorScheme.DARK), of("en", 1280, ColorScheme.LIGHT)));

    /// Each page is looked at twice, in either language, width and colour scheme; of four pages in a row all eight
    /// combinations are seen.
    ///
    /// @param page its place among the pages of a test
    public static List<Look> two(int page) {
        return TURNS.get(page % TURNS.size());
    }

    private static Look of(String language, int width, ColorScheme scheme) {
        return new Look(language, width, scheme);
    }

    public Browser.NewContextOptions context() {
        return new Browser.NewContextOptions()
                .setLocale(language)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 800);
    }

    /// In the name of a picture.
    @Override
    public String toString() {
        return "%s-%d-%s".formatted(language, width, scheme).toLowerCase(Locale.ROOT);
    }
}
