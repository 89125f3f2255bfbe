package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestBrowser;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.NewCity;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.page.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The pages about people in a browser, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PeopleInBrowserTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    @TempDir
    Path folder;

    private TestTown town;
    private PeopleScenario people;
    private PeopleScenario.Browser admin;
    private TestTown firstTown;
    private PeopleScenario.Browser adminOfAll;
    private PeopleScenario.Browser first;
    private String link;
    private long other;
    private final List<BrowserContext> open = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /// @param send whether the form of the page is sent as it is, so that it shows its errors
    record Visit(
            String name, String path, boolean loggedIn, boolean send, String language, int width, ColorScheme scheme) {
        @Override
        public String toString() {
            return "people-%s %s %d %s".formatted(name, language, width, scheme).toLowerCase(Locale.ROOT);
        }
    }

    @BeforeAll
    void aTownWithPeople() {
        town = TestTown.create(cities, port);
        people = new PeopleScenario(context, town);
        first = people.somebody();
        assertThat(first.login("admin", people.firstPassword())).isEqualTo("303 /first");
        admin = people.loggedIn("grit.admin@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        firstTown = TestTown.of(cities.defaultCity(), port);
        adminOfAll = new PeopleScenario(context, firstTown)
                .loggedIn(town.city().slug() + "@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        PeopleScenario.Browser ole = people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        other = ole.id;
        String page = "/people/" + other;
        admin.fill(page, page, "platform", "steward", "active", "on", "why", "Vertretung im Sommer");
        ole.fill("/forgotten", "/forgotten", "mail", "ole@example.org");
        Matcher mailed = Pattern.compile("/link/[A-Za-z0-9_-]{43}")
                .matcher(admin.open("/mail").body());
        assertThat(mailed.find()).isTrue();
        link = mailed.group();
        giveAreas();
        admin.fill("/account/second-factor", "/account/second-factor/begin");
        people.person("weg@example.org", Grants.NONE);
        people.execute("update account set deactivated_at = now() where login = 'weg@example.org'");
    }

    private void giveAreas() {
        String page = admin.open("/town/areas").body();
        Matcher form =
                Pattern.compile("action=\"(/town/areas\\?_form=[^\"]+)\"").matcher(page);
        assertThat(form.find()).isTrue();
        assertThat(admin.where(admin.upload(form.group(1), "areas", "ortsteile.geojson", TestPictures.districts())))
                .isEqualTo("303 /town/areas");
    }

    Stream<Visit> visits() {
        List<Visit> visits = new ArrayList<>();
        // Each page twice, so that both languages, widths and colour schemes are seen everywhere.
        for (String language : List.of("de", "en")) {
            int width = language.equals("de") ? 1280 : 320;
            ColorScheme scheme = language.equals("de") ? ColorScheme.LIGHT : ColorScheme.DARK;
            visits.add(new Visit("login", "/login", false, false, language, width, scheme));
            visits.add(new Visit("login-wrong", "/login", false, true, language, width, scheme));
            visits.add(new Visit("forgotten", "/forgotten", false, false, language, width, scheme));
            visits.add(new Visit("link", "LINK", false, false, language, width, scheme));
            visits.add(new Visit("link-wrong", "LINK", false, true, language, width, scheme));
            visits.add(new Visit("first", "/first", false, false, language, width, scheme));
            visits.add(new Visit("first-wrong", "/first", false, true, language, width, scheme));
            visits.add(new Visit("account", "/account", true, false, language, width, scheme));
            visits.add(new Visit("password-wrong", "/account/password", true, true, language, width, scheme));
            visits.add(new Visit("sessions", "/account/sessions", true, false, language, width, scheme));
            visits.add(new Visit("town", "/town", true, false, language, width, scheme));
            visits.add(new Visit("areas", "/town/areas", true, false, language, width, scheme));
            visits.add(new Visit("areas-wrong", "/town/areas", true, true, language, width, scheme));
            visits.add(new Visit("towns", "/towns", true, false, language, width, scheme));
            visits.add(new Visit("towns-wrong", "/towns", true, true, language, width, scheme));
            visits.add(new Visit("list", "/people", true, false, language, width, scheme));
            visits.add(new Visit("person", "/people/OTHER", true, false, language, width, scheme));
            visits.add(new Visit("invite-wrong", "/people/new", true, true, language, width, scheme));
            visits.add(new Visit("keys", "/keys", true, false, language, width, scheme));
            visits.add(new Visit("providers", "/providers", true, false, language, width, scheme));
            visits.add(new Visit("provider-wrong", "/providers/0", true, true, language, width, scheme));
            visits.add(new Visit("factor", "/account/second-factor", true, false, language, width, scheme));
            visits.add(new Visit("code", "/login/code", false, false, language, width, scheme));
            visits.add(new Visit("changes", "/changes", true, false, language, width, scheme));
            visits.add(new Visit("mail", "/mail", true, false, language, width, scheme));
        }
        return visits.stream();
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        Page page = page(visit.language(), visit.width(), visit.scheme(), visit.loggedIn());
        if (visit.path().equals("/first")) {
            page.context().addCookies(List.of(new Cookie("session", first.session()).setUrl(address("/"))));
        }
        page.navigate(
                visit.path().equals("/towns")
                        ? addressInFirstTown(page, visit.path())
                        : address(visit.path()
                                .replace("OTHER", String.valueOf(other))
                                .replace("LINK", link)));
        if (visit.send()) {
            page.locator("main form .kern-btn--primary").click();
            page.locator(".form-errors:focus").waitFor();
        }
        if (page.locator("[data-map]").count() > 0) {
            page.locator("[data-map]").scrollIntoViewIfNeeded();
            page.locator("[data-map][data-ready=true] canvas").waitFor();
        }
        PageCheck.of(page, visit.toString().replace(' ', '-'));
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de, 1280, LIGHT", "en, 320, DARK"})
    void aFormThatWasOvertakenSaysSoAndShowsWhatHoldsNow(String language, int width, ColorScheme scheme) {
        String path = "/people/" + people.person(language + "@example.org", Grants.of(Area.CHAT, Role.EDITOR)).id;
        Page page = page(language, width, scheme, true);
        page.navigate(address(path));
        page.locator("#platform").selectOption("steward");
        admin.fill(path, path, "active", "on");
        page.locator("main form .kern-btn--primary").click();
        page.locator(".form-errors:focus").waitFor();
        assertThat(page.locator(".form-errors li").count())
                .as("platform and chat")
                .isEqualTo(2);
        assertThat(page.locator("#platform").inputValue()).isEmpty();
        assertThat(page.locator("#chat").inputValue()).isEmpty();
        PageCheck.of(page, "people-overtaken-" + language);
        assertThat(complaints).isEmpty();

        page.locator("#platform").selectOption("steward");
        page.locator("main form .kern-btn--primary").click();
        page.locator(".notice").waitFor();
        assertThat(page.locator("#platform").inputValue()).isEqualTo("steward");
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
        String home = "http://%s.localhost:%d".formatted(renamed.city().slug(), port);
        BrowserContext plain = TestBrowser.get()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("de")
                        .setColorScheme(scheme)
                        .setJavaScriptEnabled(false)
                        .setViewportSize(width, 800));
        open.add(plain);
        plain.addCookies(List.of(new Cookie("session", session).setUrl(home)));
        Page form = plain.newPage();
        form.navigate(home + "/town");
        form.locator("#logo").setInputFiles(file);
        form.locator("main form .kern-btn--primary").click();
        assertThat(form.locator(".notice").textContent()).contains("Gespeichert.");

        Page page = page("de", width, scheme, false);
        page.context().addCookies(List.of(new Cookie("session", session).setUrl(home)));
        for (String path : List.of("/", "/town")) {
            page.navigate(home + path);
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
            PageCheck.of(page, look + path.replace('/', '-'));
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".town-name img").isVisible()).isTrue();
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens", look + "-print.png")));
        assertThat(complaints).isEmpty();
    }

    @Test
    void loginAndLogoutWorkByKeyboardAndWithoutScripts() {
        people.person("tastatur@example.org", Grants.NONE);
        BrowserContext plain = TestBrowser.get()
                .newContext(new Browser.NewContextOptions().setLocale("de").setJavaScriptEnabled(false));
        open.add(plain);
        Page page = plain.newPage();
        page.navigate(address("/login"));
        page.locator("#login").focus();
        page.keyboard().type("tastatur@example.org");
        page.keyboard().press("Tab");
        page.keyboard().type(PeopleScenario.PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL(address("/account"));
        assertThat(page.locator("h1").textContent()).isEqualTo("Mein Konto");
        page.locator(".visitor button").focus();
        page.keyboard().press("Enter");
        page.waitForURL(address("/login"));
        assertThat(page.locator(".notice").textContent()).contains("Sie sind abgemeldet.");
        page.reload();
        assertThat(page.locator(".notice").count()).isZero();
    }

    @Test
    void aTownIsMadeByKeyboard() {
        String slug = "tasten-" + Long.toString(System.nanoTime(), 36);
        for (int width : List.of(1280, 320)) {
            String made = slug + "-" + width;
            Page page = page("de", width, ColorScheme.LIGHT, false);
            page.navigate(addressInFirstTown(page, "/towns"));
            page.locator("#name").focus();
            page.keyboard().type("Tastendorf");
            page.keyboard().press("Tab");
            page.keyboard().type(made);
            page.keyboard().press("Enter");
            page.locator(".kern-alert--success").waitFor();
            assertThat(page.locator(".kern-alert--success").textContent()).contains("Angelegt: Tastendorf.", "admin");
            assertThat(page.locator(".kern-alert--success a").getAttribute("href"))
                    .isEqualTo("http://%s.localhost:%d/login".formatted(made, port));
            PageCheck.of(page, "people-towns-made-" + width);
        }
        assertThat(complaints).isEmpty();
    }

    /// Where towns are made; whoever opens it there is its admin.
    private String addressInFirstTown(Page page, String path) {
        String address = "http://%s.localhost:%d%s".formatted(firstTown.city().slug(), port, path);
        page.context().addCookies(List.of(new Cookie("session", adminOfAll.session()).setUrl(address)));
        return address;
    }

    private Page page(String language, int width, ColorScheme scheme, boolean loggedIn) {
        BrowserContext browser = TestBrowser.get()
                .newContext(new Browser.NewContextOptions()
                        .setLocale(language)
                        .setColorScheme(scheme)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setViewportSize(width, 800));
        open.add(browser);
        if (loggedIn) {
            browser.addCookies(List.of(new Cookie("session", admin.session()).setUrl(address("/"))));
        }
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
        return "http://%s.localhost:%d%s".formatted(town.city().slug(), port, path);
    }

    @AfterEach
    void close() {
        open.forEach(BrowserContext::close);
        open.clear();
        complaints.clear();
    }
}
