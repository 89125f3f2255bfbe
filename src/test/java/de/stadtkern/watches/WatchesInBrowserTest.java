package de.stadtkern.watches;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
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

    @RegisterExtension
    final Browsers browsers = new Browsers();

    private WatchScenario town;
    private WatchScenario empty;
    private int number;

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
        Page page = window(town, new Look("de", 320, ColorScheme.DARK));
        page.navigate(town.town().address("/watches"));
        page.locator(".confirm summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator(".confirm textarea").first().isVisible()).isTrue();
        browsers.look(page, "watches-acknowledge-open");
    }

    @Test
    void aFormWithErrorsSaysThemAndHidesWhatItsKindDoesNotNeed() {
        Page page = window(town, new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(town.town().address("/watches/new?datastream=" + town.datastream));
        assertThat(page.locator("#silence").isVisible()).isFalse();
        page.locator("main form button[type=submit]").first().click();
        assertThat(page.locator(".form-errors").textContent()).contains("mindestens eine der beiden Grenzen");
        browsers.look(page, "watches-wrong");
        page.locator("#kind-silence").check();
        assertThat(page.locator("#silence").isVisible()).isTrue();
        assertThat(page.locator("#above").isVisible()).isFalse();
    }

    private void look(WatchScenario where, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = window(where, look);
            page.navigate(where.town().address(path));
            browsers.look(page, "watches-%s-%s".formatted(name, look));
            browsers.close(page);
        }
    }

    private Page window(WatchScenario where, Look look) {
        return browsers.window(where.town(), look, where.editor.session());
    }
}
