package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitForSelectorState;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Passkeys with Chromium and an authenticator it pretends to have.
@StadtkernTest
class PasskeyInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private PeopleScenario people;
    private BrowserContext browser;
    private Page page;

    @BeforeEach
    void somebodyWithADevice() {
        town = TestTown.create(cities, port);
        people = new PeopleScenario(context, town);
        var person = people.loggedIn("ole@example.org", Grants.NONE);
        browser = TestBrowser.get().newContext(new Browser.NewContextOptions().setLocale("de"));
        browser.addCookies(List.of(new Cookie("session", person.session()).setUrl(address("/"))));
        page = browser.newPage();
        CDPSession device = browser.newCDPSession(page);
        device.send("WebAuthn.enable");
        device.send(
                "WebAuthn.addVirtualAuthenticator", JsonParser.parseString("""
                    {"options":{"protocol":"ctap2","transport":"internal","hasResidentKey":true,
                      "hasUserVerification":true,"isUserVerified":true,"automaticPresenceSimulation":true}}
                    """).getAsJsonObject());
    }

    @AfterEach
    void close() {
        browser.close();
    }

    @Test
    void aPasskeyIsMadeLogsInWithoutAPasswordAndIsTakenAway() {
        makePasskey();
        browser.clearCookies();
        page.navigate(address("/login"));
        page.getByText("Mit Passkey anmelden").click();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens/people-passkey-login.png")));
        PageCheck.of(page);
        page.locator("main form button").click();
        page.waitForURL(address("/account"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Mein Konto");
        page.navigate(address("/account/passkeys"));
        page.locator(".rows button").click();
        page.locator(".rows li").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        browser.clearCookies();
        page.navigate(address("/login/passkey"));
        page.locator("main form button").click();
        page.locator(".form-errors").waitFor();
        assertThat(people.text("select count(*) from session where opened_at > used_at"))
                .isEqualTo("0");
    }

    @Test
    void whoeverIsDeactivatedStaysOut() {
        makePasskey();
        browser.clearCookies();
        people.execute("update account set deactivated_at = now()");
        page.navigate(address("/login/passkey"));
        page.locator("main form button").click();
        page.locator(".form-errors").waitFor();
    }

    @Test
    void aPasswordAloneDoesNotDoOnceAPasskeyIsAskedForAfterIt() {
        makePasskey();
        logInWithPassword();
        page.waitForURL(address("/account"));
        page.navigate(address("/account/passkeys"));
        page.getByText("Nach dem Passwort einen Passkey verlangen").click();
        page.getByText("Ab jetzt genügt das Passwort allein nicht mehr.").waitFor();
        PageCheck.of(page, "people-passkeys-factor");
        assertThat(page.locator(".rows button").count())
                .as("the last one stays")
                .isZero();

        logInWithPassword();
        page.waitForURL(address("/login/passkey?next=%2Faccount"));
        assertThat(page.locator("main").textContent()).contains("Das Passwort stimmt.");
        PageCheck.of(page);
        page.navigate(address("/account"));
        assertThat(page.url()).as("half a session opens nothing").contains("/login");
        page.navigate(address("/login/passkey"));
        page.locator("main form button").click();
        page.waitForURL(address("/account"));
        assertThat(people.text("select count(*)::text from session where half"))
                .as("the half session is over")
                .isEqualTo("0");

        page.navigate(address("/account/passkeys"));
        page.locator("#current").fill(PeopleScenario.PASSWORD);
        page.getByText("Nur das Passwort verlangen").click();
        page.getByText("Das Passwort genügt wieder.").waitFor();
        logInWithPassword();
        page.waitForURL(address("/account"));
    }

    private void logInWithPassword() {
        browser.clearCookies();
        page.navigate(address("/login"));
        page.locator("#login").fill("ole@example.org");
        page.locator("#password").fill(PeopleScenario.PASSWORD);
        page.locator("main form button").click();
    }

    @Test
    void thePasswordIsNeededToLetItAloneDoAgainAndAnAdminHelpsWhoLostTheDevice() {
        makePasskey();
        var ole = people.person("b@example.org", Grants.NONE);
        people.execute("update passkey set account_id = " + ole.id);
        assertThat(ole.login(PeopleScenario.PASSWORD)).isEqualTo("303 /account");
        assertThat(ole.where(ole.fill("/account/passkeys", "/account/passkeys/factor")))
                .isEqualTo("303 /account/passkeys");
        assertThat(ole.where(ole.fill("/account/passkeys", "/account/passkeys/factor/remove", "current", "geraten")))
                .startsWith("422 current: ");
        assertThat(ole.fill("/account/passkeys", "/account/passkeys/1/remove").statusCode())
                .as("the last one, without the password")
                .isEqualTo(409);
        var admin = people.loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        String person = "/people/" + ole.id;
        assertThat(people.somebody().login("b@example.org", PeopleScenario.PASSWORD))
                .isEqualTo("303 /login/code?next=%2Faccount");
        assertThat(admin.where(admin.fill(person, person + "/second-factor/remove")))
                .isEqualTo("303 " + person);
        assertThat(people.somebody().login("b@example.org", PeopleScenario.PASSWORD))
                .isEqualTo("303 /account");
        assertThat(people.text("select string_agg(after ->> 'passkey-factor', ' ' order by id) from change"))
                .isEqualTo("true false");
    }

    @Test
    void nonsenseIsRefused() {
        var person = people.loggedIn("b@example.org", Grants.NONE);
        for (String answer : List.of("", "{}", "[]", "null", "{\"id\":\"x\",\"response\":{}}", "\u0000<")) {
            assertThat(person.fill("/account/passkeys", "/account/passkeys", "name", "x", "credential", answer)
                            .statusCode())
                    .as(answer)
                    .isEqualTo(422);
            var nobody = people.somebody();
            assertThat(nobody.fill("/login/passkey", "/login/passkey", "credential", answer)
                            .statusCode())
                    .as(answer)
                    .isEqualTo(422);
        }
        assertThat(people.somebody().send("/login/passkey/begin", Map.of()).statusCode())
                .isEqualTo(403);
    }

    private void makePasskey() {
        page.navigate(address("/account/passkeys"));
        page.locator("#name").fill("Mein Telefon");
        page.locator("form[data-passkey] button").click();
        page.locator(".rows li").waitFor();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens/people-passkeys.png")));
        assertThat(page.locator(".rows li").textContent()).contains("Mein Telefon");
        PageCheck.of(page);
    }

    private String address(String path) {
        return "http://%s.localhost:%d%s".formatted(town.city().slug(), port, path);
    }
}
