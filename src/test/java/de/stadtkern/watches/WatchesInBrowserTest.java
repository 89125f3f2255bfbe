package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The pages of watches in a browser, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WatchesInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private WatchScenario town;
    private WatchScenario empty;
    private int number;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void aTownWithWatches() {
        empty = new WatchScenario(context, TestTown.create(cities, port), "mean");
        town = new WatchScenario(context, TestTown.create(cities, port), "mean");
        town.value("2026-05-01T10:00:00Z", 40);
        town.watch("above", "30", "name", "Zu warm am Markt", "hook", "https://example.org/hook");
        town.watch("above", "35", "name", "Viel zu warm");
        town.watch("kind", "silence", "silence", "PT1H", "name", "Zähler stumm");
        town.watch("kind", "deviation", "name", "Ungewöhnlich");
        town.until("3", "select count(*)::text from watch_incident");
        town.editor.fill("/watches", "/watches/incidents/1/acknowledge", "note-1", "Techniker ist bestellt");
        town.value("2026-05-01T10:10:00Z", 33);
        town.until("1", "select count(*)::text from watch_incident where ended_at is not null");
        town.editor.fill("/watches", "/watches/4/pause");
    }

    @Test
    void everybodyCanUseThePages() {
        look(town, "list", "/watches");
        look(town, "past", "/watches/past");
        look(town, "past-filtered-to-nothing", "/watches/past?q=Einhorn");
        look(town, "one", "/watches/1");
        look(town, "new", "/watches/new?datastream=" + town.datastream);
        look(town, "datastream", "/datastreams/%d-d".formatted(town.datastream));
        look(empty, "none", "/watches");
        look(empty, "past-none", "/watches/past");
    }

    @Test
    void anIncidentIsAcknowledgedInWhatOpensBesideIt() {
        Page page = page(town, new Look("de", 320, ColorScheme.DARK));
        page.navigate(address(town, "/watches"));
        page.locator(".confirm summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".confirm textarea").first().isVisible()).isTrue();
        PageCheck.of(page, "watches-acknowledge-open");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aFormWithErrorsSaysThemAndHidesWhatItsKindDoesNotNeed() {
        Page page = page(town, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address(town, "/watches/new?datastream=" + town.datastream));
        assertThat(page.locator("#silence").isVisible()).isFalse();
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("mindestens eine der beiden Grenzen");
        good(page);
        page.locator("#kind-silence").check();
        assertThat(page.locator("#silence").isVisible()).isTrue();
        assertThat(page.locator("#above").isVisible()).isFalse();
    }

    private void look(WatchScenario where, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = page(where, look);
            page.navigate(address(where, path));
            PageCheck.of(page, "watches-%s-%s".formatted(name, look));
            assertThat(complaints).isEmpty();
        }
    }

    private void good(Page page) {
        PageCheck.of(page);
        assertThat(complaints).isEmpty();
    }

    private Page page(WatchScenario where, Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        browser.addCookies(List.of(new Cookie("session", where.editor.session()).setUrl(address(where, "/"))));
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of 422")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private String address(WatchScenario where, String path) {
        return "http://%s.localhost:%d%s".formatted(where.town().city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
