package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.sensors.MeasuredTown;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Counting by hand on a phone, with and without a network; and calibration on the page of a counter.
@StadtkernTest
class CountInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    @BeforeEach
    void aCounterWithDirections() {
        street = new CountingTown(context, TestTown.create(cities, port));
        new MeasuredTown(context, street.town)
                .point("Kirchplatz")
                .counts("hinein", "Personen")
                .hour("2026-05-05T08:00:00Z", 60)
                .counts("hinaus", "Personen")
                .hour("2026-05-05T08:00:00Z", 40);
        String page = "/counters/new?thing=2";
        street.editor.fill(
                page,
                page,
                "name",
                "Kirchplatz",
                "slug",
                "kirchplatz",
                "role-2",
                "in",
                "role-3",
                "out",
                "shown",
                "on",
                "name-2",
                "Zum Markt",
                "name-3",
                "Zum Fluss");
        street.register("markt");
        street.counter = 1;
        street.keep();
    }

    @Test
    void whatIsTappedSurvivesAReloadAndALostNetworkAndArrivesOnce() {
        Page phone = page(new Look("de", 320, ColorScheme.LIGHT));
        phone.navigate(address("/counters/1/count"));
        phone.evaluate("navigator.serviceWorker.ready");
        phone.waitForFunction("async () => (await (await caches.open('count')).keys()).length > 3");
        phone.locator("[data-start]").click();
        tap(phone, "in", 3);
        tap(phone, "out", 2);
        tap(phone, "in", 1);
        phone.locator("[data-undo]").click();
        phone.reload();
        PlaywrightAssertions.assertThat(phone.locator("[data-said]")).containsText("Es ging nichts verloren");
        assertThat(numbers(phone)).isEqualTo("3 2");
        phone.context().setOffline(true);
        tap(phone, "out", 4);
        phone.reload();
        assertThat(numbers(phone)).as("the page opens without a network").isEqualTo("3 6");
        phone.locator("[data-stop]").click();
        PlaywrightAssertions.assertThat(phone.locator("[data-said]")).containsText("auf das Senden warten: 1");
        assertThat(stored()).isEmpty();
        PageCheck.of(phone, "footfall-count-waiting");
        phone.reload();
        phone.context().setOffline(false);
        PlaywrightAssertions.assertThat(phone.locator("[data-said]")).containsText("Gesendet");
        assertThat(stored()).isEqualTo("3 in, 6 out, 9");
        phone.reload();
        assertThat(phone.locator("[data-again]").isVisible()).isFalse();
        assertThat(stored()).isEqualTo("3 in, 6 out, 9");
    }

    @Test
    void itIsCountedByKeyboardToo() {
        Page page = page(new Look("en", 1280, ColorScheme.DARK));
        page.navigate(address("/counters/1/count"));
        page.locator("[data-start]").focus();
        page.keyboard().press("Enter");
        page.keyboard().press("1");
        page.keyboard().press("2");
        page.keyboard().press("2");
        page.keyboard().press("Backspace");
        page.keyboard().press("Space");
        assertThat(numbers(page)).as("the focus stands on the first button").isEqualTo("2 1");
        page.locator("[data-stop]").focus();
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("[data-said]")).containsText("Sent");
        assertThat(stored()).isEqualTo("2 in, 1 out, 3");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aCountWaitsForWhoIsLoggedOut() {
        Page phone = page(new Look("de", 320, ColorScheme.DARK));
        phone.navigate(address("/counters/1/count"));
        phone.locator("[data-start]").click();
        tap(phone, "in", 2);
        phone.context().clearCookies();
        phone.locator("[data-stop]").click();
        PlaywrightAssertions.assertThat(phone.locator("[data-said]")).containsText("wieder anmelden");
        login(phone.context());
        phone.locator("[data-again]").click();
        PlaywrightAssertions.assertThat(phone.locator("[data-said]")).containsText("Gesendet");
        assertThat(stored()).isEqualTo("2 in, 0 out, 2");
    }

    @Test
    void buttonsAreLargeAndEverybodyCanUseThePages() {
        int number = 0;
        for (String path : List.of("/counters/1/count", "/counters/2/count")) {
            for (Look look : Look.two(number++)) {
                Page page = page(look);
                page.navigate(address(path));
                page.locator("[data-start]").click();
                page.locator(".count button:visible").all().forEach(button -> {
                    assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(64);
                    assertThat(button.boundingBox().width).isGreaterThanOrEqualTo(64);
                });
                PageCheck.of(page, "footfall-count-%d-%s".formatted(number, look));
                assertThat(complaints).isEmpty();
            }
        }
    }

    @Test
    void calibrationIsOnThePageOfTheCounterAndOnThoseForEverybody() {
        street.editor.fill(
                "/counters/1",
                "/counters/1/references",
                "count-key",
                "key-12345678",
                "count-day",
                "2026-05-05",
                "count-from",
                "10:00",
                "count-to",
                "11:00",
                "count-in",
                "72",
                "count-out",
                "36",
                "counted-by",
                "Ina");
        street.editor.fill(
                "/counters/1",
                "/counters/1/calibrations",
                "role",
                "in",
                "reference-1",
                "on",
                "valid-from",
                "2026-05-05",
                "why",
                "Abnahme nach der Montage");
        street.editor.fill(
                "/counters/1",
                "/counters/1/calibrations",
                "role",
                "out",
                "factor",
                "0.9",
                "uncertainty",
                "3",
                "valid-from",
                "2026-05-01",
                "valid-to",
                "2026-05-31",
                "why",
                "Erfahrung");
        int number = 0;
        for (String path : List.of(
                "/counters/1",
                "/footfall/kirchplatz?day=2026-05-05",
                "/footfall/kirchplatz?day=2026-05-05&calibration=off",
                "/footfall")) {
            for (Look look : Look.two(number++)) {
                Page page = page(look);
                page.navigate(address(path));
                page.locator("details").evaluateAll("all => all.forEach(one => one.open = true)");
                PageCheck.of(page, "footfall-calibration-%d-%s".formatted(number, look));
                assertThat(complaints).isEmpty();
            }
        }
    }

    @Test
    void aFactorThatIsWrongIsSaidAtItsField() {
        Page page = page(new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(address("/counters/1"));
        page.locator("summary")
                .filter(new Locator.FilterOptions().setHasText("Faktor festlegen"))
                .click();
        page.locator("#factor").fill("11");
        page.locator("#uncertainty").fill("1");
        page.locator("#valid-from").fill("2026-05-05");
        page.locator("#why").fill("Versuch");
        page.locator("form[action$='/calibrations'] button").click();
        assertThat(page.locator(".form-errors").textContent()).contains("0,1 bis 10");
        assertThat(page.locator("#factor").isVisible()).isTrue();
        PageCheck.of(page, "footfall-calibration-errors");
    }

    private static void tap(Page phone, String role, int times) {
        for (int tap = 0; tap < times; tap++) {
            phone.locator("[data-role='%s']".formatted(role)).click();
        }
    }

    private static String numbers(Page page) {
        return String.join(" ", page.locator("[data-number]").allTextContents());
    }

    private String stored() {
        return street.text("""
            select coalesce(string_agg(inward || ' in, ' || outward || ' out, ' || everybody, '; ' order by id), '')
            from footfall_reference
            """);
    }

    private Page page(Look look) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
        open.add(browser);
        login(browser);
        Page page = browser.newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().startsWith("Failed to load resource")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return page;
    }

    private void login(BrowserContext browser) {
        browser.addCookies(List.of(new Cookie("session", street.editor.session()).setUrl(address("/"))));
    }

    private String address(String path) {
        return "http://%s.localhost:%d%s".formatted(street.town.city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
