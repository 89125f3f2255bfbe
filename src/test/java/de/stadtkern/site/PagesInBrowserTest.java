package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.city.Cities;
import de.stadtkern.city.ClosedTown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Every page and state for everybody as people meet it, in a browser, with pictures of all of them in
/// `target/screens`.
@StadtkernTest
class PagesInBrowserTest extends PagesInBrowser {

    /// Of a page that has several; before the slash the town, if it is another than the one that measures.
    private static final Map<String, String> STATES = new TreeMap<>(Map.ofEntries(
            Map.entry("sensors-easy", "/sensors?easy=1"),
            Map.entry("privacy-easy", "/privacy?easy=1"),
            Map.entry("accessibility-easy", "/accessibility?easy=1"),
            Map.entry("accessibility-form", "written/accessibility"),
            Map.entry("sensors-filtered-to-nothing", "/sensors?q=Einhorn"),
            Map.entry("thing-empty", "/sensors/5-leerer-mast"),
            Map.entry("thing-multi-moved", "/sensors/6-windmast"),
            Map.entry("datastream-empty", "/datastreams/5-pegel"),
            Map.entry("embedded-missing", "/embed/datastreams/4711"),
            Map.entry("embedded-empty", "/embed/datastreams/5"),
            Map.entry("blocks-filtered", "/blocks?q=irk&sort=-letters"),
            Map.entry("forbidden", "/test/problem/FORBIDDEN"),
            Map.entry("conflicting", "/test/problem/CONFLICTING"),
            Map.entry("too-many", "/test/problem/TOO_MANY")));

    Stream<Visit> visits() {
        List<Visit> visits = new ArrayList<>();
        for (String language : List.of("de", "en")) {
            for (int width : new int[] {1280, 320}) {
                visits.add(new Visit("start", "measured", "/", language, width, ColorScheme.LIGHT));
                visits.add(new Visit("empty", "empty", "/", language, width, ColorScheme.LIGHT));
            }
            visits.add(new Visit("missing", "measured", "/nothing-here", language, 1280, ColorScheme.LIGHT));
            visits.add(new Visit("invalid", "measured", "/?page=x", language, 320, ColorScheme.LIGHT));
            visits.add(new Visit("unavailable", "demo", "/test/problem/UNAVAILABLE", language, 320, ColorScheme.LIGHT));
            visits.add(new Visit("failed", "demo", "/test/fails", language, 1280, ColorScheme.LIGHT));
        }
        for (int width : new int[] {1280, 320}) {
            visits.add(new Visit("datastream", "measured", VisitedTowns.DATASTREAM, "de", width, ColorScheme.LIGHT));
            visits.add(new Visit("compared", "measured", VisitedTowns.COMPARED, "en", width, ColorScheme.LIGHT));
            visits.add(new Visit("embedded", "measured", "/embed/datastreams/1", "de", width, ColorScheme.LIGHT));
        }
        visits.add(new Visit("datastream", "measured", VisitedTowns.DATASTREAM, "en", 320, ColorScheme.DARK));
        visits.add(new Visit("compared", "measured", VisitedTowns.COMPARED, "de", 1280, ColorScheme.DARK));
        visits.add(new Visit(
                "datastream-year",
                "measured",
                VisitedTowns.DATASTREAM + "?from=2025-11-01&to=2026-11-22",
                "de",
                1280,
                ColorScheme.LIGHT));
        visits.add(new Visit(
                "datastream-wrong",
                "measured",
                VisitedTowns.DATASTREAM + "?from=2026-02-02&to=2026-02-01",
                "de",
                320,
                ColorScheme.LIGHT));
        visits.add(new Visit(
                "datastream-nothing",
                "measured",
                VisitedTowns.DATASTREAM + "?from=2020-01-01&to=2020-01-02",
                "de",
                1280,
                ColorScheme.LIGHT));
        for (String path : List.of(
                "sensors",
                "sensors/1-bahnhofstrasse",
                "search?q=bahnhof",
                "imprint",
                "privacy",
                "accessibility",
                "source",
                "blocks")) {
            String name = path.replaceAll("\\W.*", path.contains("/") ? "-point" : "");
            visits.add(new Visit(name, "measured", "/" + path, "de", 1280, ColorScheme.LIGHT));
            visits.add(new Visit(name, "measured", "/" + path, "en", 320, ColorScheme.DARK));
        }
        STATES.forEach((name, place) -> {
            for (Look look : Look.two(visits.size() / 2)) {
                visits.add(new Visit(
                        name,
                        place.startsWith("/") ? "measured" : place.replaceAll("/.*", ""),
                        place.replaceAll("^[^/]*", ""),
                        look.language(),
                        look.width(),
                        look.scheme()));
            }
        });
        for (String path : List.of("login/passkey", "link/nothing", "explorer?set=Observations&datastream=1")) {
            String name = path.replaceAll("\\?.*", "").replace('/', '-');
            visits.add(new Visit(name, "measured", "/" + path, "de", 320, ColorScheme.LIGHT));
            visits.add(new Visit(name, "measured", "/" + path, "en", 1280, ColorScheme.DARK));
        }
        visits.add(new Visit("embedded", "measured", "/embed/datastreams/1", "en", 1280, ColorScheme.DARK));
        visits.add(new Visit("sensors-none", "empty", "/sensors", "de", 320, ColorScheme.LIGHT));
        visits.add(new Visit("search-nothing", "empty", "/search?q=Einhorn", "de", 320, ColorScheme.LIGHT));
        visits.add(new Visit("start-easy", "measured", "/?easy=1", "de", 320, ColorScheme.LIGHT));
        visits.add(new Visit("start", "measured", "/", "de", 1280, ColorScheme.DARK));
        visits.add(new Visit("empty", "empty", "/", "en", 320, ColorScheme.DARK));
        visits.add(new Visit("demo", "demo", "/", "de", 1280, ColorScheme.LIGHT));
        visits.add(new Visit("demo", "demo", "/", "en", 320, ColorScheme.LIGHT));
        return visits.stream();
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        Page page = window(visit);
        if (visit.name().equals("start") && visit.width() == 1280) {
            page.locator("[data-ready=true]").waitFor();
        }
        browsers.look(page, visit.toString().replace(' ', '-'));
    }

    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void aBarrierIsReported(String language, int width, ColorScheme scheme) {
        String looks = "%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT));
        Page page = window(new Visit("accessibility", "written", "/accessibility", language, width, scheme));
        page.locator("#mail").fill("nirgends");
        page.locator("form[action='/accessibility']").evaluate("form => form.noValidate = true");
        page.locator("form[action='/accessibility'] button").click();
        page.locator(".form-errors").waitFor();
        browsers.look(page, "accessibility-wrong-" + looks);
        page.locator("#text").fill("Die Karte ist mit der Tastatur nicht zu verschieben.");
        page.locator("#mail").fill("");
        page.locator("form[action='/accessibility'] button").click();
        page.locator(".notice").waitFor();
        browsers.look(page, "accessibility-thanks-" + looks);
    }

    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void aTownThatIsUpdatedOrRestoredSaysSo(String language, int width, ColorScheme scheme) throws IOException {
        ClosedTown.lookAt(context.getBean(Cities.class), towns.growing.city(), () -> {
            Page page = window(new Visit("closed", "live", "/", language, width, scheme));
            assertThat(page.locator("main").textContent()).contains("503");
            browsers.look(
                    page,
                    "closed-%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT)));
        });
    }
}
