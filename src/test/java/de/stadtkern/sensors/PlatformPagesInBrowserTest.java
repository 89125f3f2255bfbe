package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The data explorer, the pages of data sets and those on which editors change something or begin in a browser, with
/// pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlatformPagesInBrowserTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private TestTown town;
    private PeopleScenario.Browser steward;
    private int number;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void aTownThatMeasures() {
        sta = new SensorThingsScenario(context, port);
        town = sta.town;
        for (String name : List.of("Markt", "Kirche")) {
            long datastream = sta.datastream(name);
            for (int day = 1; day < 20; day++) {
                sta.observe(datastream, "2025-06-%02dT10:00:00Z".formatted(day), String.valueOf(day * day % 17));
            }
        }
        steward = new PeopleScenario(context, town).loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        steward.fill(
                "/data-sets/new",
                "/data-sets/new",
                "name",
                "Innenräume",
                "description",
                "Was in Gebäuden gemessen wird",
                "openness",
                "internal",
                "thing-2",
                "on");
    }

    private String body(String path) {
        return town.get(path).body();
    }

    @Test
    void theExplorerShowsTheAddressItAsks() {
        String answer = body("/explorer?set=Things&filter=name%20eq%20%27Markt%27&expand=Datastreams");
        assertThat(answer)
                .contains("Things?$filter=name eq 'Markt'&amp;$expand=Datastreams&amp;$top=100&amp;$count=true")
                .contains("/sta/v1.1/Things?$filter=name%20eq%20%27Markt%27&amp;$expand=Datastreams")
                .contains("curl 'http://")
                .contains(">[1]<");
        assertThat(town.get("/explorer?set=Things&filter=colour%20eq%201").statusCode())
                .isEqualTo(422);
        assertThat(body("/explorer?set=Things&filter=colour%20eq%201")).contains("colour");
        assertThat(body("/explorer?set=Observations&datastream=4711")).contains("Datastreams(4711) does not exist");
        assertThat(body("/explorer?set=Observations&datastream=1&from=2025-06-01&to=2025-06-03&by=day&method=max"))
                .contains("bucket(phenomenonTime,'day')")
                .contains("chart-drawing");
    }

    @Test
    void theTableOfAnAnswerIsSortedAndTakenHome() {
        String asked = "set=Observations&datastream=1&from=2025-06-01&to=2025-06-03&orderby=phenomenonTime";
        assertThat(body("/explorer?" + asked + "&sort=-result"))
                .contains("<a class=\"kern-link kern-link--small\" href=\"/explorer.xlsx?")
                .containsSubsequence("aria-sort=\"descending\"", "2025-06-03T10:00:00Z", "2025-06-02T10:00:00Z");
        assertThat(body("/explorer.csv?" + asked + "&select=phenomenonTime,result"))
                .isEqualTo("phenomenonTime,result\n"
                        + "2025-06-01T10:00:00Z,1\n"
                        + "2025-06-02T10:00:00Z,4\n"
                        + "2025-06-03T10:00:00Z,9\n");
        assertThat(body("/explorer.excel.csv?" + asked + "&select=phenomenonTime,result"))
                .contains("01.06.2025 12:00")
                .contains(";9");
        assertThat(town.get("/explorer.csv?set=Nothing").statusCode()).isEqualTo(400);
        assertThat(town.get("/explorer.doc?set=Things").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsInADataSetIsNotExploredByOthers() {
        assertThat(body("/explorer?set=Things")).contains("Markt").doesNotContain("Kirche");
        assertThat(steward.open("/explorer?set=Things").body()).contains("Kirche");
    }

    @Test
    void everybodyCanUseThePages() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("explorer", "/explorer");
        pages.put("explorer-table", "/explorer?set=Things&expand=Datastreams");
        pages.put("explorer-map", "/explorer?set=Locations");
        pages.put("explorer-chart", "/explorer?set=Observations&from=2025-06-01&to=2025-06-20&by=day&method=average");
        pages.put("explorer-values", "/explorer?set=Observations&datastream=1&from=2025-06-01&to=2025-06-20");
        pages.put("explorer-wrong", "/explorer?set=Observations&filter=colour%20eq%201");
        pages.put("data-sets", "/data-sets");
        pages.put("data-set", "/data-sets/1");
        pages.put("data-set-new", "/data-sets/new");
        pages.put("sensor-edit", "/sensors/1/edit");
        pages.put("datastream-edit", "/datastreams/1/edit");
        pages.put("sensor-of-editors", "/sensors/1-markt");
        pages.put("datastream-of-editors", "/datastreams/1-reihe-markt");
        pages.put("begin", "/begin");
        pages.put("passkeys", "/account/passkeys");
        pages.forEach((name, path) -> look(town, steward, name, path));
        TestTown fresh = TestTown.create(context.getBean(Cities.class), port);
        look(
                fresh,
                new PeopleScenario(context, fresh).loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD)),
                "data-sets-none",
                "/data-sets");
    }

    @Test
    void everybodyCanUseAFormThatWasRefused() {
        for (Look look : List.of(new Look("de", 1280, ColorScheme.DARK), new Look("de", 320, ColorScheme.LIGHT))) {
            String language = look.toString();
            Page page = page(town, steward, look);
            page.navigate(address("/sensors/1/edit"));
            page.locator("#name").fill("");
            page.locator("#latitude").fill("95");
            page.locator(".form button[type=submit]").click();
            page.locator("[aria-invalid]").waitFor();
            assertThat(page.locator("[aria-invalid]").count()).isEqualTo(1);
            check("sensor-edit-wrong", page, look);
            page.navigate(address("/sensors/1/edit"));
            sta.patch("/Things(1)", "{\"description\":\"Neu " + language + "\"}");
            page.locator("#name").fill("Markt 2");
            page.locator(".form button[type=submit]").click();
            assertThat(page.locator(".form-errors").textContent()).contains("Markt");
            assertThat(page.locator("#description").inputValue()).isEqualTo("Neu " + language);
            check("sensor-edit-overtaken", page, look);
            page.navigate(address("/datastreams/1/edit"));
            page.locator("#retention").fill("30");
            page.locator(".form button[type=submit]").click();
            page.locator("#confirmed-error").waitFor();
            check("datastream-edit-wrong", page, look);
        }
    }

    private void look(TestTown where, PeopleScenario.Browser who, String name, String path) {
        for (Look look : Look.two(number++)) {
            Page page = page(where, who, look);
            page.navigate(address(where, path));
            check(name, page, look);
        }
    }

    private void check(String name, Page page, Look look) {
        Locator map = page.locator("[data-map]");
        if (map.count() > 0) {
            map.scrollIntoViewIfNeeded();
            page.locator("[data-ready=true]").waitFor();
        }
        PageCheck.of(page, "platform-%s-%s".formatted(name, look));
        assertThat(complaints).isEmpty();
    }

    private Page page(TestTown where, PeopleScenario.Browser who, Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        browser.addCookies(List.of(new Cookie("session", who.session()).setUrl(address(where, "/"))));
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource: the server responded with a status of 422")
                    && !message.text().contains("GL Driver Message")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private String address(String path) {
        return address(town, path);
    }

    private String address(TestTown where, String path) {
        return "http://%s.localhost:%d%s".formatted(where.city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
