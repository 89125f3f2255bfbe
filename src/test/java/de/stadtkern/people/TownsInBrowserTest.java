package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.page.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What a town says of itself, its areas, and the towns of the installation in a browser.
@StadtkernTest
class TownsInBrowserTest extends PeopleInBrowser {

    @TempDir
    Path folder;

    private TestTown firstTown;
    private PeopleScenario.Browser adminOfAll;

    @BeforeAll
    void aTownWithAreasAndTheOneWhereTownsAreMade() {
        giveAreas();
        firstTown = TestTown.of(cities.defaultCity(), port);
        adminOfAll = new PeopleScenario(context, firstTown)
                .loggedIn(town.city().slug() + "@example.org", Grants.of(Area.TOWN, Role.ADMIN));
    }

    private void giveAreas() {
        String page = admin.open("/town/areas").body();
        Matcher form =
                Pattern.compile("action=\"(/town/areas\\?_form=[^\"]+)\"").matcher(page);
        assertThat(form.find()).isTrue();
        assertThat(admin.where(admin.upload(form.group(1), "areas", "ortsteile.geojson", TestPictures.districts())))
                .isEqualTo("303 /town/areas");
    }

    static Stream<Visit> ofATown() {
        return visits(List.of(
                new Place("town", "/town"),
                new Place("town-wrong", "/town", true),
                new Place("login-rules", "/town/login"),
                new Place("areas", "/town/areas"),
                new Place("areas-wrong", "/town/areas", true)));
    }

    static Stream<Visit> ofAllTowns() {
        return visits(List.of(
                new Place("towns", "/towns"),
                new Place("towns-wrong", "/towns", true),
                new Place("towns-filtered", "/towns?q=localhost&sort=-name&page=2")));
    }

    @ParameterizedTest
    @MethodSource("ofATown")
    void everybodyCanUseThePagesOfATown(Visit visit) {
        look(ofAdmin(visit.look()), town.address(visit.place().path()), visit);
    }

    @ParameterizedTest
    @MethodSource("ofAllTowns")
    void everybodyCanUseThePageOfAllTowns(Visit visit) {
        look(
                browsers.window(firstTown, visit.look(), adminOfAll.session()),
                firstTown.address(visit.place().path()),
                visit);
    }

    /// In a town of its own, because there the admin gets nowhere else from then on.
    @ParameterizedTest
    @CsvSource({"de, 320, LIGHT", "en, 1280, DARK"})
    void aSecondFactorBecomesADutyAndWhoHasNoneIsLedToSetOneUp(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        TestTown strict = TestTown.create(cities, port);
        PeopleScenario.Browser grit =
                new PeopleScenario(context, strict).loggedIn("grit@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        Page page = browsers.window(strict, look, grit.session());
        page.navigate(strict.address("/town/login"));
        page.locator("#admin").check();
        page.locator("main form.form .kern-btn--primary").click();
        page.waitForURL(strict.address("/account/second-factor"));
        browsers.look(page, "people-factor-due-" + look);
        page.locator(".own-menu a[href='/account/passkeys']").click();
        page.waitForURL(strict.address("/account/passkeys"));
        browsers.look(page, "people-passkeys-due-" + look);
        page.navigate(strict.address("/people"));
        assertThat(page.url()).isEqualTo(strict.address("/account/second-factor"));
    }

    @ParameterizedTest
    @CsvSource({"1280, LIGHT, svg", "1280, DARK, png", "320, LIGHT, png", "320, DARK, svg"})
    void aLogoIsChosenWithoutScriptsAndStandsBesideTheName(int width, ColorScheme scheme, String kind)
            throws IOException {
        String look = "people-logo-%d-%s".formatted(width, scheme.name().toLowerCase(Locale.ROOT));
        Path file = Files.write(
                folder.resolve("wappen." + kind),
                kind.equals("svg") ? TestPictures.towers() : TestPictures.png(600, 120));
        TestTown renamed = TestTown.create(cities, port);
        cities.change(
                renamed.city(), NewCity.of(renamed.city()).withName("Verwaltungsgemeinschaft Südliches Saaletal"));
        String session = new PeopleScenario(context, renamed)
                .loggedIn("grit@example.org", Grants.of(Area.TOWN, Role.ADMIN))
                .session();
        BrowserContext plain = browsers.browser(new Browser.NewContextOptions()
                .setColorScheme(scheme)
                .setJavaScriptEnabled(false)
                .setViewportSize(width, 800));
        Browsers.logIn(plain, renamed, session);
        Page form = plain.newPage();
        form.navigate(renamed.address("/town"));
        form.locator("#logo").setInputFiles(file);
        form.locator("main form .kern-btn--primary").click();
        assertThat(form.locator(".notice").textContent()).contains("Gespeichert.");

        Page page = browsers.window(renamed, new Look("de", width, scheme), session);
        for (String path : List.of("/", "/town")) {
            page.navigate(renamed.address(path));
            assertThat(page.evaluate("document.querySelector('.town-name img').naturalWidth > 0"))
                    .isEqualTo(true);
            assertThat(page.locator(".town-name img").boundingBox().height).isEqualTo(40);
            assertThat(page.evaluate(
                            "(name => name.scrollWidth <= name.clientWidth)(document.querySelector('.town-name'))"))
                    .as("a long name stays in its place")
                    .isEqualTo(true);
            assertThat(page.getByRole(AriaRole.BANNER)
                            .getByRole(
                                    AriaRole.LINK,
                                    new Locator.GetByRoleOptions()
                                            .setName("Verwaltungsgemeinschaft Südliches Saaletal")
                                            .setExact(true))
                            .count())
                    .as("the name is what is read out")
                    .isEqualTo(1);
            browsers.look(page, look + path.replace('/', '-'));
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".town-name img").isVisible()).isTrue();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens", look + "-print.png")));
    }

    @Test
    void aTownIsMadeByKeyboard() {
        String slug = "tasten-" + Long.toString(System.nanoTime(), 36);
        for (int width : List.of(1280, 320)) {
            String made = slug + "-" + width;
            Page page = browsers.window(firstTown, new Look("de", width, ColorScheme.LIGHT), adminOfAll.session());
            page.navigate(firstTown.address("/towns"));
            page.locator("#name").focus();
            page.keyboard().type("Tastendorf");
            page.keyboard().press("Tab");
            page.keyboard().type(made);
            page.keyboard().press("Enter");
            page.locator(".kern-alert--success").waitFor();
            assertThat(page.locator(".kern-alert--success").textContent()).contains("Angelegt: Tastendorf.", "admin");
            assertThat(page.locator(".kern-alert--success a").getAttribute("href"))
                    .isEqualTo("http://%s.localhost:%d/login".formatted(made, port));
            browsers.look(page, "people-towns-made-" + width);
        }
    }
}
