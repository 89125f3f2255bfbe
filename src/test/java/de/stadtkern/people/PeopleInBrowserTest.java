package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What admins do with people, keys and login providers, and see of what happened, in a browser.
@StadtkernTest
class PeopleInBrowserTest extends PeopleInBrowser {

    private long other;

    @BeforeAll
    void somebodyOfEachState() {
        PeopleScenario.Browser ole = people.person("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        other = ole.id;
        String page = "/people/" + other;
        admin.fill(page, page, "platform", "steward", "active", "on", "why", "Vertretung im Sommer");
        ole.fill("/forgotten", "/forgotten", "mail", "ole@example.org");
        people.execute(
                "insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)"
                    + " values ('Rathaus', 'https://login.example.org/realms/stadt', 'stadtkern', 'x', '', '', true)");
        people.person("weg@example.org", Grants.NONE);
        people.execute("update account set deactivated_at = now() where login = 'weg@example.org'");
        admin.fill("/keys", "/keys", "name", "Zähler", "area", "platform", "role", "editor", "days", "30");
        people.somebody().login("ole@example.org", "daneben");
        people.somebody().login("niemand@example.org", "daneben");
    }

    static Stream<Visit> visits() {
        return visits(List.of(
                new Place("list", "/people"),
                new Place("list-filtered-to-nothing", "/people?q=Einhorn"),
                new Place("person", "/people/OTHER"),
                new Place("invite", "/people/new"),
                new Place("invite-wrong", "/people/new", true),
                new Place("keys", "/keys"),
                new Place("keys-wrong", "/keys", true),
                new Place("providers", "/providers?sort=-name"),
                new Place("provider", "/providers/1"),
                new Place("provider-wrong", "/providers/0", true),
                new Place("changes", "/changes"),
                new Place("changes-filtered-to-nothing", "/changes?q=Einhorn"),
                new Place("failed-logins", "/failed-logins"),
                new Place("failed-logins-filtered-to-nothing", "/failed-logins?q=Einhorn"),
                new Place("mail", "/mail"),
                new Place("mail-filtered-to-nothing", "/mail?q=Einhorn")));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        look(ofAdmin(visit.look()), town.address(visit.place().path().replace("OTHER", String.valueOf(other))), visit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"changes", "keys", "mail", "people"})
    void aTableBesideTheMenuIsSeenWholeAndPrintsWhole(String name) {
        Page page = ofAdmin(new Look("de", 1280, ColorScheme.LIGHT));
        page.navigate(town.address("/" + name));
        assertThat(page.evaluate("(() => { const box = document.querySelector('.scroll.table');"
                        + " return box.scrollWidth - box.clientWidth; })()"))
                .as("what is to be scrolled to the side")
                .isEqualTo(0);
        PageCheck.onPaper(page, "people-paper-" + name);
    }

    /// What is told once, right after it was asked for.
    @ParameterizedTest
    @CsvSource({"de, 320, LIGHT", "en, 1280, DARK"})
    void aKeyAndALinkAreShownThisOnce(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        Page page = ofAdmin(look);
        page.navigate(town.address("/keys"));
        page.locator("#name").fill("Zähler an der Brücke");
        page.locator("#area").selectOption("platform");
        page.locator("#role").selectOption("editor");
        page.locator("main form.form .kern-btn--primary").last().click();
        page.locator(".kern-alert--success code").waitFor();
        browsers.look(page, "people-keys-made-" + look);
        page.navigate(town.address("/people/" + other));
        page.locator(".confirm summary").last().click();
        page.locator(".confirm button").last().click();
        page.locator(".kern-alert--info code").waitFor();
        browsers.look(page, "people-person-link-" + look);
    }

    @Test
    void aKeyIsRevokedByKeyboardAndWithoutScripts() {
        admin.fill("/keys", "/keys", "name", "Weg damit", "area", "platform", "role", "editor", "days", "30");
        var browser = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        Browsers.logIn(browser, town, admin.session());
        Page page = browser.newPage();
        page.navigate(town.address("/keys?q=weg+damit"));
        page.locator("table summary").focus();
        page.keyboard().press("Enter");
        page.locator("table form button").focus();
        page.keyboard().press("Enter");
        page.locator(".notice").waitFor();
        assertThat(people.text("select (revoked_at is not null)::text from api_key where name = 'Weg damit'"))
                .isEqualTo("true");
    }

    /// A town in which nobody has done anything yet.
    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void whereNothingIsThePagesSaySo(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        TestTown fresh = TestTown.create(cities, port);
        Page page = browsers.window(
                fresh,
                look,
                new PeopleScenario(context, fresh)
                        .loggedIn("allein@example.org", Grants.of(Area.TOWN, Role.ADMIN))
                        .session());
        for (String path : List.of("/providers", "/keys", "/changes", "/failed-logins", "/mail", "/town/areas")) {
            page.navigate(fresh.address(path));
            browsers.look(page, "people-none%s-%s".formatted(path.replace('/', '-'), look));
        }
    }

    @ParameterizedTest
    @CsvSource({"de, 1280, LIGHT", "en, 320, DARK"})
    void aFormThatWasOvertakenSaysSoAndShowsWhatHoldsNow(String language, int width, ColorScheme scheme) {
        String path = "/people/" + people.person(language + "@example.org", Grants.of(Area.CHAT, Role.EDITOR)).id;
        Page page = ofAdmin(new Look(language, width, scheme));
        page.navigate(town.address(path));
        page.locator("#platform").selectOption("steward");
        admin.fill(path, path, "active", "on");
        page.locator("main form .kern-btn--primary").click();
        page.locator(".form-errors:focus").waitFor();
        assertThat(page.locator(".form-errors li").count())
                .as("platform and chat")
                .isEqualTo(2);
        assertThat(page.locator("#platform").inputValue()).isEmpty();
        assertThat(page.locator("#chat").inputValue()).isEmpty();
        browsers.look(page, "people-overtaken-" + language);

        page.locator("#platform").selectOption("steward");
        page.locator("main form .kern-btn--primary").click();
        page.locator(".notice").waitFor();
        assertThat(page.locator("#platform").inputValue()).isEqualTo("steward");
    }
}
