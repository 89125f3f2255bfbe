package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Logging in and one's own account in a browser.
@StadtkernTest
class AccountInBrowserTest extends PeopleInBrowser {

    private TestTown fresh;
    private PeopleScenario.Browser first;
    private String link = "";

    @BeforeAll
    void somebodyNewAndSomebodyWhoForgot() {
        var ole = people.person("ole@example.org", Grants.NONE);
        ole.fill("/forgotten", "/forgotten", "mail", "ole@example.org");
        Matcher mailed = Pattern.compile("/link/[A-Za-z0-9_-]{43}")
                .matcher(admin.open("/mail").body());
        assertThat(mailed.find()).isTrue();
        link = mailed.group();
        fresh = TestTown.create(cities, port);
        PeopleScenario newcomers = new PeopleScenario(context, fresh);
        first = newcomers.somebody();
        assertThat(first.login("admin", newcomers.firstPassword())).isEqualTo("303 /first");
        people.again(admin);
        admin.fill("/account/second-factor", "/account/second-factor/begin");
    }

    static Stream<Visit> outside() {
        return visits(List.of(
                new Place("login", "/login"),
                new Place("login-wrong", "/login", true),
                new Place("forgotten", "/forgotten"),
                new Place("link", "LINK"),
                new Place("link-wrong", "LINK", true),
                new Place("code", "/login/code")));
    }

    static Stream<Visit> inside() {
        return visits(List.of(
                new Place("account", "/account"),
                new Place("password", "/account/password"),
                new Place("password-wrong", "/account/password", true),
                new Place("sessions", "/account/sessions"),
                new Place("sessions-filtered-to-nothing", "/account/sessions?q=Einhorn"),
                new Place("factor", "/account/second-factor")));
    }

    static Stream<Visit> beforeAnythingElse() {
        return visits(List.of(new Place("first", "/first"), new Place("first-wrong", "/first", true)));
    }

    @ParameterizedTest
    @MethodSource("outside")
    void everybodyCanUseThePagesInFrontOfTheLogin(Visit visit) {
        look(
                browsers.window(town, visit.look()),
                town.address(visit.place().path().replace("LINK", link)),
                visit);
    }

    @ParameterizedTest
    @MethodSource("inside")
    void everybodyCanUseTheirOwnPages(Visit visit) {
        look(ofAdmin(visit.look()), town.address(visit.place().path()), visit);
    }

    @ParameterizedTest
    @MethodSource("beforeAnythingElse")
    void everybodyCanChooseTheirFirstPassword(Visit visit) {
        look(
                browsers.window(fresh, visit.look(), first.session()),
                fresh.address(visit.place().path()),
                visit);
    }

    @ParameterizedTest
    @CsvSource({"de, 1280, DARK", "en, 320, LIGHT"})
    void theSecondFactorIsTurnedOnAndAskedFor(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        PeopleScenario.Browser somebody = people.loggedIn("faktor-" + look + "@example.org", Grants.NONE);
        Page page = browsers.window(town, look, somebody.session());
        page.navigate(town.address("/account/second-factor"));
        browsers.look(page, "people-factor-off-" + look);
        page.locator("main form .kern-btn--primary").click();
        page.locator("#code").fill(people.code(somebody));
        page.locator("main form .kern-btn--primary").click();
        page.locator(".codes").waitFor();
        browsers.look(page, "people-factor-codes-" + look);
        page.navigate(town.address("/account/second-factor"));
        browsers.look(page, "people-factor-on-" + look);

        Page fresh = browsers.window(town, look);
        fresh.navigate(town.address("/login"));
        fresh.locator("#login").fill(somebody.login);
        fresh.locator("#password").fill(PeopleScenario.PASSWORD);
        fresh.locator("main form .kern-btn--primary").click();
        fresh.locator("#code").fill("000000");
        fresh.locator("main form .kern-btn--primary").click();
        fresh.locator(".form-errors:focus").waitFor();
        browsers.look(fresh, "people-code-wrong-" + look);
    }

    @Test
    void loginAndLogoutWorkByKeyboardAndWithoutScripts() {
        people.person("tastatur@example.org", Grants.NONE);
        Page page = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false))
                .newPage();
        page.navigate(town.address("/login"));
        page.locator("#login").focus();
        page.keyboard().type("tastatur@example.org");
        page.keyboard().press("Tab");
        page.keyboard().type(PeopleScenario.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(town.address("/account"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Mein Konto");
        page.locator(".visitor button").focus();
        page.keyboard().press("Enter");
        page.waitForURL(town.address("/login"));
        assertThat(page.locator(".notice").textContent()).contains("Sie sind abgemeldet.");
        page.reload();
        assertThat(page.locator(".notice").count()).isZero();
    }

    @Test
    void aSessionIsEndedWithoutScripts() {
        var ole = people.loggedIn("sitzung@example.org", Grants.NONE);
        people.again(ole);
        var browser = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Browsers.logIn(browser, town, ole.session());
        Page page = browser.newPage();
        page.navigate(town.address("/account/sessions"));
        page.locator("table form button").focus();
        page.keyboard().press("Enter");
        page.locator(".notice").waitFor();
        assertThat(page.locator("tbody tr").count()).isEqualTo(1);
    }
}
