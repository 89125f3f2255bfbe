package de.stadtkern.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.ClosedTown;
import de.stadtkern.city.NewCity;
import de.stadtkern.sensors.MeasuredTown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Every page and state as people meet it, in a browser. Leaves pictures of all of them in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInBrowserTest {

    private static final String DATASTREAM = "/datastreams/1-passanten-je-stunde";
    private static final String COMPARED = DATASTREAM + "?with=2&with=3";
    private static final String ORIGIN = """
        {
          "attribution": "Stadt Zürich",
          "licence": "https://creativecommons.org/licenses/by/4.0/",
          "source": "https://data.stadt-zuerich.ch/dataset/hystreet_fussgaengerfrequenzen"
        }
        """;

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

    @Autowired
    Cities cities;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private TestTown measured;
    private TestTown empty;
    private TestTown written;
    private TestTown growing;
    private MeasuredTown live;
    private MeasuredTown read;
    private TestTown demo;
    private final List<String> complaints = new ArrayList<>();
    private final List<BrowserContext> open = new ArrayList<>();

    /// @param town `measured`, `empty` or `demo`
    record Visit(String name, String town, String path, String language, int width, ColorScheme scheme) {
        @Override
        public String toString() {
            return "%s %s %d %s".formatted(name, language, width, scheme).toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    void towns() {
        Instant now = Instant.now();
        measured = TestTown.create(cities, port);
        new MeasuredTown(context, measured)
                .point("Bahnhofstraße", "Zwischen Bahnhof und Löbdergraben", ORIGIN)
                .at(11.5872, 50.9253)
                .counts("Passanten je Stunde", "Personen")
                .hours(now, 300)
                .measures("Lufttemperatur", "Grad Celsius", "°C", "", "{}")
                .levels(now, 300)
                .point("Hafenstraße")
                .counts("Fahrräder je Stunde", "Fahrräder")
                .hours(Instant.parse("2024-03-05T13:00:00Z"), 200)
                .point("Marktplatz")
                .simulates("Passanten je Viertelstunde", "Personen")
                .hours(now, 60)
                .point("Saaleufer")
                .measures("Pegel", "Meter", "m", "mean", "{}")
                .point("Leerer Mast");
        measureWind();
        written = TestTown.of(
                cities.create(NewCity.named("anschrift-" + Long.toString(System.nanoTime(), 36), "Anschrift")
                        .withLegal(Map.of("mail", "post@anschrift.example"))),
                port);
        empty = TestTown.create(cities, port);
        growing = TestTown.create(cities, port);
        live = new MeasuredTown(context, growing).point("Saale").counts("Boote", "Boote");
        read = new MeasuredTown(context, growing).point("Leutra").counts("Enten", "Enten");
        demo = TestTown.of(
                cities.create(NewCity.named("vorfuehrung-" + Long.toString(System.nanoTime(), 36), "Jena (Demo)")
                        .asDemo()),
                port);
    }

    /// Several values at once, at a place to which the mast has moved.
    private void measureWind() {
        String measurement = "\"http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement\"";
        assertThat(measured.post("/sta/v1.1/Things", """
            {"name": "Windmast", "description": "Auf dem Dach der Feuerwache",
             "Locations": [{"name": "Feuerwache", "description": "", "encodingType": "application/geo+json",
               "location": {"type": "Point", "coordinates": [11.57, 50.92]}}],
             "MultiDatastreams": [{"name": "Wind", "description": "", "multiObservationDataTypes": [%s, %s],
               "unitOfMeasurements": [{"name": "m/s", "symbol": "m/s", "definition": "x"}, {"name": "Grad", "symbol": "°", "definition": "x"}],
               "Sensor": {"name": "Mast", "description": "", "encodingType": "text/plain", "metadata": ""},
               "ObservedProperties": [{"name": "Tempo", "definition": "x", "description": ""}, {"name": "Richtung", "definition": "y", "description": ""}],
               "Observations": [{"phenomenonTime": "2026-03-01T10:00:00Z", "result": [4, 250]}]}]}
            """.formatted(measurement, measurement))
                        .statusCode())
                .isEqualTo(201);
        assertThat(measured.post("/sta/v1.1/Things(6)/Locations", """
            {"name": "Rathausturm", "description": "", "encodingType": "application/geo+json",
             "location": {"type": "Point", "coordinates": [11.58, 50.93]}}
            """).statusCode())
                .isEqualTo(201);
    }

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
            visits.add(new Visit("datastream", "measured", DATASTREAM, "de", width, ColorScheme.LIGHT));
            visits.add(new Visit("compared", "measured", COMPARED, "en", width, ColorScheme.LIGHT));
            visits.add(new Visit("embedded", "measured", "/embed/datastreams/1", "de", width, ColorScheme.LIGHT));
        }
        visits.add(new Visit("datastream", "measured", DATASTREAM, "en", 320, ColorScheme.DARK));
        visits.add(new Visit("compared", "measured", COMPARED, "de", 1280, ColorScheme.DARK));
        visits.add(new Visit(
                "datastream-year",
                "measured",
                DATASTREAM + "?from=2025-11-01&to=2026-11-22",
                "de",
                1280,
                ColorScheme.LIGHT));
        visits.add(new Visit(
                "datastream-wrong",
                "measured",
                DATASTREAM + "?from=2026-02-02&to=2026-02-01",
                "de",
                320,
                ColorScheme.LIGHT));
        visits.add(new Visit(
                "datastream-nothing",
                "measured",
                DATASTREAM + "?from=2020-01-01&to=2020-01-02",
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
        Page page = visit(visit);
        if (visit.name().equals("start") && visit.width() == 1280) {
            page.locator("[data-ready=true]").waitFor();
        }
        look(page, visit.toString().replace(' ', '-'));
    }

    private void look(Page page, String name) {
        PageCheck.of(page, name);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void aBarrierIsReported(String language, int width, ColorScheme scheme) {
        String looks = "%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT));
        Page page = visit(new Visit("accessibility", "written", "/accessibility", language, width, scheme));
        page.locator("#mail").fill("nirgends");
        page.locator("form[action='/accessibility']").evaluate("form => form.noValidate = true");
        page.locator("form[action='/accessibility'] button").click();
        page.locator(".form-errors").waitFor();
        look(page, "accessibility-wrong-" + looks);
        page.locator("#text").fill("Die Karte ist mit der Tastatur nicht zu verschieben.");
        page.locator("#mail").fill("");
        page.locator("form[action='/accessibility'] button").click();
        page.locator(".notice").waitFor();
        look(page, "accessibility-thanks-" + looks);
    }

    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void aTownThatIsUpdatedOrRestoredSaysSo(String language, int width, ColorScheme scheme) throws IOException {
        ClosedTown.lookAt(cities, growing.city(), () -> {
            Page page = visit(new Visit("closed", "live", "/", language, width, scheme));
            assertThat(page.locator("main").textContent()).contains("503");
            look(
                    page,
                    "closed-%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT)));
        });
    }

    /// The forms of the page of all building blocks: refused, accepted, confirmed, taken back.
    @ParameterizedTest
    @CsvSource({"de, 1280, LIGHT", "en, 320, DARK"})
    void theFormOfAllFieldsSaysAllThatIsWrongAtOnce(String language, int width, ColorScheme scheme) {
        Page page = visit(new Visit("blocks-wrong", "measured", "/login", language, width, scheme));
        page.navigate(address(measured, "/blocks"));
        page.locator("#words").fill("Ahornblatt");
        page.locator("form[action='/blocks'] button").click();
        page.locator(".form-errors").waitFor();
        assertThat(page.locator(".form-errors li").count()).isEqualTo(9);
        assertThat(page.locator("#words").inputValue()).isEqualTo("Ahornblatt");
        look(
                page,
                "blocks-wrong-%s-%d-%s".formatted(language, width, scheme.name().toLowerCase(Locale.ROOT)));
        page.locator(".form-errors a").first().click();
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("short");
    }

    @Test
    void aCompleteFormIsAcceptedAndARemovedRowComesBack() {
        Page page = visit(new Visit("blocks-done", "measured", "/login", "de", 1280, ColorScheme.LIGHT));
        page.navigate(address(measured, "/blocks"));
        page.locator("#short").fill("x");
        page.locator("#address").fill("a@example.org");
        page.locator("#secret").fill("zwölf Zeichen");
        page.locator("#amount").fill("7");
        page.locator("#day").fill("2026-03-04");
        page.locator("#long").fill("x");
        page.locator("#tree").selectOption("Birke");
        page.locator("#one-Erle").check();
        page.locator("#agreed").check();
        page.locator("form[action='/blocks'] button").click();
        page.getByText("Das Formular war vollständig.").waitFor();
        page.getByText("Zeile „Erle“ entfernen").click();
        page.getByText("Ja, entfernen").click();
        page.getByText("Die Zeile „Erle“ ist entfernt.").waitFor();
        assertThat(page.locator("table tbody >> text=Erle").count()).isZero();
        look(page, "blocks-removed-de-1280-light");
        page.getByText("Rückgängig machen").click();
        page.getByText("Die Zeile ist wieder da.").waitFor();
        assertThat(page.locator("table tbody >> text=Erle").count()).isEqualTo(1);
    }

    @Test
    void theKeyboardReachesTheContentWithTwoKeys() {
        Page page = visit(new Visit("start", "measured", "/", "de", 1280, ColorScheme.LIGHT));
        page.keyboard().press("Tab");
        assertThat(focused(page)).isEqualTo("Zum Inhalt springen");
        assertThat(page.locator(".skip-link").boundingBox().y).isNotNegative();
        page.keyboard().press("Enter");
        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void theTableOpensByKeyboard() {
        Page page = visit(new Visit("start", "measured", "/", "de", 1280, ColorScheme.LIGHT));
        page.locator("main summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("main table").first().isVisible()).isTrue();
    }

    @Test
    void everythingIsThereWithoutScripts() {
        BrowserContext context = context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(address(measured, "/"));
        assertThat(page.locator(".chart-drawing").count()).isEqualTo(4);
        page.locator("main summary").first().click();
        assertThat(page.locator("main table").first().isVisible()).isTrue();
        page.getByText("English").click();
        assertThat(page.locator("h1").textContent()).isEqualTo("What is measured here");
        page.navigate(address(measured, "/"));
        assertThat(page.locator("h1").textContent()).isEqualTo("What is measured here");
    }

    @Test
    void anOpenPageShowsANewValueWithoutBeingLoadedAgain() {
        Page page = visit(new Visit("live", "live", "/datastreams/1-boote", "de", 1280, ColorScheme.LIGHT));
        assertThat(page.locator(".latest").textContent()).contains("Noch kein Wert");
        live.value(Instant.now(), 4711);
        page.locator(".latest >> text=4.711").waitFor();
    }

    @Test
    void aValueOfTheChartIsReadByKeyboard() {
        Page page = visit(new Visit("read", "measured", COMPARED, "de", 1280, ColorScheme.LIGHT));
        Locator slider = page.getByLabel("Werte ablesen");
        slider.focus();
        String last = String.valueOf(slider.getAttribute("aria-valuetext"));
        page.keyboard().press("Home");
        String first = String.valueOf(slider.getAttribute("aria-valuetext"));
        assertThat(first).matches(".* Uhr: .*Passanten je Stunde: [\\d.]+\u00a0Personen; .*Lufttemperatur: .*");
        assertThat(page.locator("[data-read]").textContent()).isEqualTo(first);
        Object left = marker(page);
        page.keyboard().press("ArrowRight");
        assertThat(marker(page)).isNotEqualTo(left);
        assertThat(page.locator("[data-read]").textContent()).isNotEqualTo(first);
        page.keyboard().press("PageUp");
        page.keyboard().press("End");
        assertThat(slider.getAttribute("aria-valuetext")).isEqualTo(last);
        page.locator(".chart-drawing").first().hover();
        assertThat(slider.getAttribute("aria-valuetext")).isNotEqualTo(last);
        assertThat(complaints).isEmpty();
    }

    private static Object marker(Page page) {
        return page.locator(".chart-marker").first().getAttribute("d");
    }

    @Test
    void aGapOfTheChartIsReadAsNoValue() {
        Page page = visit(new Visit("gap", "measured", "/blocks", "en", 1280, ColorScheme.LIGHT));
        Locator slider = page.getByLabel("Read values").first();
        slider.focus();
        page.keyboard().press("Home");
        for (int day = 1; day < 13; day++) {
            page.keyboard().press("ArrowRight");
        }
        assertThat(slider.getAttribute("aria-valuetext")).isEqualTo("Friday, 13 March 2026: no value");
    }

    @Test
    void aPartOfTheTimeIsDrawnWithTheMouseAndShownByItself() {
        Page page = visit(new Visit("draw", "measured", DATASTREAM, "de", 1280, ColorScheme.LIGHT));
        String before = page.url();
        page.locator(".chart-drawing").first().scrollIntoViewIfNeeded();
        BoundingBox box = page.locator(".chart-drawing").first().boundingBox();
        page.mouse().move(box.x + box.width * 0.3, box.y + box.height / 2);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.5, box.y + box.height / 2);
        assertThat(page.locator("[data-read]").textContent()).contains(" – ");
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens/chart-part.png")));
        page.mouse().up();
        page.waitForURL(url -> url.contains("from="));
        assertThat(page.url()).matches(".*\\?from=\\d{4}-\\d\\d-\\d\\d&to=\\d{4}-\\d\\d-\\d\\d");
        assertThat(page.getByLabel("Erster Tag").inputValue())
                .isEqualTo(page.url().replaceAll(".*from=([\\d-]+).*", "$1"));
        page.getByText("Üblichen Zeitraum zeigen").click();
        page.waitForURL(before);
        page.goBack();
        page.waitForURL(url -> url.contains("from="));
        assertThat(complaints).isEmpty();
    }

    @Test
    void theChartIsReadOnAfterNewValuesHaveCome() {
        Page page = visit(new Visit("live", "live", "/datastreams/2-enten", "de", 1280, ColorScheme.LIGHT));
        read.value(Instant.now(), 815);
        page.locator(".latest >> text=815").waitFor();
        page.locator("[data-read] >> text=815").waitFor();
        read.value(Instant.now(), 816);
        page.locator(".latest >> text=816").waitFor();
        page.getByLabel("Werte ablesen").focus();
        page.keyboard().press("Home");
        assertThat(page.getByLabel("Werte ablesen").count()).isEqualTo(1);
        assertThat(page.locator(".chart-marker").count()).isEqualTo(1);
    }

    @Test
    void withoutScriptsNothingOfferedThatOnlyTheyCan() {
        BrowserContext context = context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(address(measured, DATASTREAM));
        assertThat(page.locator("input[type=range]").isVisible()).isFalse();
        assertThat(page.locator("[data-part]").isVisible()).isFalse();
    }

    @Test
    void theMapShowsThePointsOfTheListAndLoadsNothingFromElsewhere() {
        Page page = visit(new Visit("map", "measured", "/sensors", "de", 1280, ColorScheme.LIGHT));
        page.locator("[data-map]").scrollIntoViewIfNeeded();
        page.locator("[data-ready=true]").waitFor();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens/map.png")));
        PageCheck.of(page);
        assertThat(complaints).isEmpty();
    }

    @Test
    void theChartIsSavedAsAPicture() {
        Page page = visit(new Visit("picture", "measured", DATASTREAM, "de", 1280, ColorScheme.LIGHT));
        Download svg =
                page.waitForDownload(() -> page.getByText("Als Bild (SVG)").click());
        assertThat(svg.path()).isNotEmptyFile();
        Download png =
                page.waitForDownload(() -> page.getByText("Als Bild (PNG)").click());
        assertThat(png.suggestedFilename()).isEqualTo("diagramm.png");
        png.saveAs(Path.of("target/screens/picture.png"));
        assertThat(Path.of("target/screens/picture.png").toFile())
                .satisfies(file -> assertThat(file.length()).isGreaterThan(10_000));
    }

    @Test
    void anAddressIsCopiedWithOneKey() {
        BrowserContext context =
                context(new Browser.NewContextOptions().setPermissions(List.of("clipboard-read", "clipboard-write")));
        Page page = context.newPage();
        page.navigate(address(measured, DATASTREAM));
        page.locator(".copy").first().focus();
        page.keyboard().press("Enter");
        page.locator(".copy >> text=Kopiert").waitFor();
        assertThat(page.evaluate("navigator.clipboard.readText()"))
                .isEqualTo(page.locator("[data-copy]").first().textContent());
    }

    @Test
    void aPeriodIsChosenWithoutScripts() {
        BrowserContext context = context(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Page page = context.newPage();
        page.navigate(address(measured, DATASTREAM));
        page.getByLabel("Zusammengefasst nach").selectOption("day");
        page.getByText("Anzeigen").click();
        page.waitForURL(url -> url.contains("by=day"));
        assertThat(page.locator("h2").first().textContent()).endsWith("nach: Tage");
        String later = page.url();
        page.getByText("Zeitraum davor").click();
        page.waitForURL(url -> !url.equals(later) && url.contains("by=day") && url.contains("from="));
        page.getByLabel("Weitere Messreihe").selectOption("2");
        page.getByText("Dazunehmen").click();
        page.locator(".chart-drawing").nth(1).waitFor();
    }

    @Test
    void thePrintedPageHasNoControls() {
        Page page = visit(new Visit("empty", "demo", "/", "de", 1280, ColorScheme.LIGHT));
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".languages").isVisible()).isFalse();
        assertThat(page.locator("h1").isVisible()).isTrue();
        assertThat(page.getByText("Demonstration.").isVisible()).isTrue();
        page.navigate(address(measured, DATASTREAM));
        assertThat(page.locator(".chart-drawing").first().isVisible()).isTrue();
        assertThat(page.locator("input[type=range]").isVisible()).isFalse();
    }

    @Test
    void theFirstVisitTakesAtMost250Kilobytes() {
        BrowserContext context = context(new Browser.NewContextOptions());
        Page page = context.newPage();
        List<Request> requests = new ArrayList<>();
        page.onRequestFinished(requests::add);
        page.navigate(address(growing, "/"));
        page.waitForLoadState(LoadState.NETWORKIDLE);
        int bytes = requests.stream()
                .map(Request::sizes)
                .mapToInt(sizes -> sizes.responseHeadersSize + sizes.responseBodySize)
                .sum();
        assertThat(requests).hasSizeGreaterThan(4);
        assertThat(bytes).as("bytes of %d answers", requests.size()).isBetween(60_000, 250_000);
    }

    private Page visit(Visit visit) {
        BrowserContext context = context(new Browser.NewContextOptions()
                .setLocale(visit.language())
                .setColorScheme(visit.scheme())
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(visit.width(), 800));
        Page page = context.newPage();
        TestTown town = switch (visit.town()) {
            case "empty" -> empty;
            case "written" -> written;
            case "live" -> growing;
            case "demo" -> demo;
            default -> measured;
        };
        String own = address(town, "/");
        page.onRequest(request -> {
            if (!request.url().startsWith(own) && !request.url().startsWith("data:")) {
                complaints.add("asks elsewhere: " + request.url());
            }
        });
        page.onConsoleMessage(message -> {
            // A machine without a graphics card paints maps slowly, and the browser says so.
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of")
                    && !message.text().contains("GL Driver Message")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(address(town, visit.path()));
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo(visit.language());
        return page;
    }

    private BrowserContext context(Browser.NewContextOptions options) {
        BrowserContext context =
                TestBrowser.get().newContext(options.setLocale(options.locale == null ? "de" : options.locale));
        open.add(context);
        return context;
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }

    private String address(TestTown town, String path) {
        return "http://%s.localhost:%d%s".formatted(town.city().slug(), port, path);
    }

    private static String focused(Page page) {
        return String.valueOf(page.evaluate("document.activeElement.textContent.trim()"));
    }
}
