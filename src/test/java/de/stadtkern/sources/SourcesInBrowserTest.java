package de.stadtkern.sources;

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

/// The pages of sources in a browser, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourcesInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private SourceScenario town;
    private SourceScenario empty;
    private int number;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void aTownWithSources() {
        empty = new SourceScenario(context, TestTown.create(cities, port));
        town = new SourceScenario(context, TestTown.create(cities, port));
        String key = town.webhook("markt", SourceScenario.delivered("ttn-generic"));
        town.send("markt", key, SourceScenario.ttn(0, 65_530, "00"));
        town.send("markt", key, SourceScenario.ttn(1, 4, "10"));
        town.send("markt", key, SourceScenario.ttn(1, 4, "10"));
        town.send(
                "markt",
                key,
                "{\"end_device_ids\": {\"dev_eui\": \"A1\"}, \"uplink_message\": {\"received_at\": \"gestern\"}}");
        town.send("markt", key, "{\"snapshot\": \"x\"}");
        town.create("file", "datei", SourceScenario.delivered("hystreet-csv"));
        town.create("pull", "weg", SourceScenario.delivered("generic"), "address", "http://127.0.0.1:1/");
        town.people.execute("update source_run set failure = 'HTTP 500', failed_at = now(), asked_until = now(),"
                + " next_at = '2099-01-01' where source_id = 3");
        town.create("webhook", "still", SourceScenario.delivered("generic"));
        town.steward.fill("/sources/still", "/sources/still/pause");
    }

    @Test
    void everybodyCanUseThePages() {
        look(town, "list", "/sources");
        look(empty, "none", "/sources");
        look(town, "webhook", "/sources/markt");
        look(town, "file", "/sources/datei");
        look(town, "failing", "/sources/weg");
        look(town, "paused", "/sources/still");
        look(town, "messages", "/sources/markt/messages");
        look(town, "edit", "/sources/weg/edit");
        look(town, "new-webhook", "/sources/new/webhook");
        look(town, "new-pull", "/sources/new/pull");
        look(town, "new-mqtt", "/sources/new/mqtt");
    }

    @Test
    void aSourceIsSetUpWithTheKeyboardAndItsKeyIsShownOnce() {
        Page page = page(town, new Look("de", 320, ColorScheme.DARK));
        page.navigate(address(town, "/sources/new/webhook"));
        page.locator("#name").fill("Am Dom");
        page.locator("#delivered").selectOption("chirpstack-generic");
        page.locator("button[value=use]").focus();
        page.keyboard().press("Enter");
        page.waitForCondition(() -> page.locator("#yaml").inputValue().contains("deviceInfo.devEui"));
        assertThat(page.locator("#name").inputValue()).isEqualTo("Am Dom");
        page.locator("#sample")
                .fill("{\"devAddr\": \"1\", \"time\": \"2026-05-01T10:00:00Z\", \"deviceInfo\": {\"devEui\":"
                        + " \"a\"}, \"object\": {\"in\": 4, \"total_in\": 5}}");
        page.locator("button[value=try]").click();
        assertThat(page.locator("main").textContent())
                .contains("a period-in 2026-05-01T09:50:00Z/2026-05-01T10:00:00Z 4", "Ein Zählerstand wäre der erste");
        PageCheck.of(page, "sources-tried");
        page.locator("button.kern-btn--primary[value=save]").click();
        assertThat(page.locator(".kern-alert code").first().textContent()).startsWith("source_");
        PageCheck.of(page, "sources-key");
        assertThat(complaints).isEmpty();
        page.navigate(address(town, "/sources/am-dom"));
        assertThat(page.locator(".kern-alert code").count()).isZero();
    }

    @Test
    void aFormWithErrorsSaysThem() {
        Page page = page(town, new Look("en", 1280, ColorScheme.LIGHT));
        page.navigate(address(town, "/sources/new/mqtt"));
        page.locator("button.kern-btn--primary[value=save]").click();
        assertThat(page.locator(".form-errors").textContent()).contains("1 to 200");
        PageCheck.of(page, "sources-errors");
        assertThat(complaints).isEmpty();
    }

    private void look(SourceScenario where, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = page(where, look);
            page.navigate(address(where, path));
            PageCheck.of(page, "sources-%s-%s".formatted(name, look));
            assertThat(complaints).isEmpty();
        }
    }

    private Page page(SourceScenario where, Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        browser.addCookies(List.of(new Cookie("session", where.steward.session()).setUrl(address(where, "/"))));
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of 422")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private String address(SourceScenario where, String path) {
        return "http://%s.localhost:%d%s".formatted(where.town.city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
