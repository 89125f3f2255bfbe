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
import de.stadtkern.Look;
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
import java.util.stream.IntStream;
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

    /// @param send whether the form of the page is sent without its first field, so that it shows its errors
    record Place(String name, String path, boolean loggedIn, boolean send) {}

    record Visit(Place place, Look look) {
        @Override
        public String toString() {
            return "people-%s-%s".formatted(place.name(), look);
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
        people.execute(
                "insert into login_provider (name, issuer, client_id, client_secret, role_claim, role_words, active)"
                    + " values ('Rathaus', 'https://login.example.org/realms/stadt', 'stadtkern', 'x', '', '', true)");
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

    private static Stream<Place> places() {
        return Stream.of(
                new Place("login", "/login", false, false),
                new Place("login-wrong", "/login", false, true),
                new Place("forgotten", "/forgotten", false, false),
                new Place("link", "LINK", false, false),
                new Place("link-wrong", "LINK", false, true),
                new Place("first", "/first", false, false),
                new Place("first-wrong", "/first", false, true),
                new Place("account", "/account", true, false),
                new Place("password", "/account/password", true, false),
                new Place("password-wrong", "/account/password", true, true),
                new Place("sessions", "/account/sessions", true, false),
                new Place("town", "/town", true, false),
                new Place("town-wrong", "/town", true, true),
                new Place("areas", "/town/areas", true, false),
                new Place("areas-wrong", "/town/areas", true, true),
                new Place("towns", "/towns", true, false),
                new Place("towns-wrong", "/towns", true, true),
                new Place("list", "/people", true, false),
                new Place("person", "/people/OTHER", true, false),
                new Place("invite", "/people/new", true, false),
                new Place("invite-wrong", "/people/new", true, true),
                new Place("keys", "/keys", true, false),
                new Place("keys-wrong", "/keys", true, true),
                new Place("providers", "/providers", true, false),
                new Place("provider", "/providers/1", true, false),
                new Place("provider-wrong", "/providers/0", true, true),
                new Place("factor", "/account/second-factor", true, false),
                new Place("code", "/login/code", false, false),
                new Place("changes", "/changes", true, false),
                new Place("changes-filtered-to-nothing", "/changes?q=Einhorn", true, false),
                new Place("mail", "/mail", true, false),
                new Place("mail-filtered-to-nothing", "/mail?q=Einhorn", true, false));
    }

    static Stream<Visit> visits() {
        List<Place> places = places().toList();
        return IntStream.range(0, places.size())
                .boxed()
                .flatMap(number -> Look.two(number).stream().map(look -> new Visit(places.get(number), look)));
    }

    @ParameterizedTest
    @MethodSource("visits")
    void everybodyCanUseThePage(Visit visit) {
        Place place = visit.place();
        Page page = page(visit.look(), place.loggedIn());
        if (place.path().equals("/first")) {
            page.context().addCookies(List.of(new Cookie("session", first.session()).setUrl(address("/"))));
        }
        page.navigate(
                place.path().equals("/towns")
                        ? addressInFirstTown(page, place.path())
                        : address(place.path()
                                .replace("OTHER", String.valueOf(other))
                                .replace("LINK", link)));
        if (place.send()) {
            if (place.path().equals("/town")) {
                page.locator("#name").fill("");
            }
            page.locator("main form .kern-btn--primary").click();
            page.locator(".form-errors:focus").waitFor();
        }
        if (page.locator("[data-map]").count() > 0) {
            page.locator("[data-map]").scrollIntoViewIfNeeded();
            page.locator("[data-map][data-ready=true] canvas").waitFor();
        }
        PageCheck.of(page, visit.toString());
        assertThat(complaints).isEmpty();
    }

    /// What is told once, right after it was asked for.
    @ParameterizedTest
    @CsvSource({"de, 320, LIGHT", "en, 1280, DARK"})
    void aKeyAndALinkAreShownThisOnce(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        Page page = page(look, true);
        page.navigate(address("/keys"));
        page.locator("#name").fill("Zähler an der Brücke");
        page.locator("#area").selectOption("platform");
        page.locator("#role").selectOption("editor");
        page.locator("main form .kern-btn--primary").last().click();
        page.locator(".kern-alert--success code").waitFor();
        PageCheck.of(page, "people-keys-made-" + look);
        page.navigate(address("/people/" + other));
        page.locator(".confirm summary").last().click();
        page.locator(".confirm button").last().click();
        page.locator(".kern-alert--info code").waitFor();
        PageCheck.of(page, "people-person-link-" + look);
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de, 1280, DARK", "en, 320, LIGHT"})
    void theSecondFactorIsTurnedOnAndAskedFor(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        PeopleScenario.Browser somebody = people.loggedIn("faktor-" + look + "@example.org", Grants.NONE);
        Page page = page(look, false);
        page.context().addCookies(List.of(new Cookie("session", somebody.session()).setUrl(address("/"))));
        page.navigate(address("/account/second-factor"));
        PageCheck.of(page, "people-factor-off-" + look);
        page.locator("main form .kern-btn--primary").click();
        page.locator("#code").fill(people.code(somebody));
        page.locator("main form .kern-btn--primary").click();
        page.locator(".codes").waitFor();
        PageCheck.of(page, "people-factor-codes-" + look);
        page.navigate(address("/account/second-factor"));
        PageCheck.of(page, "people-factor-on-" + look);

        Page fresh = page(look, false);
        fresh.navigate(address("/login"));
        fresh.locator("#login").fill(somebody.login);
        fresh.locator("#password").fill(PeopleScenario.PASSWORD);
        fresh.locator("main form .kern-btn--primary").click();
        fresh.locator("#code").fill("000000");
        fresh.locator("main form .kern-btn--primary").click();
        fresh.locator(".form-errors:focus").waitFor();
        PageCheck.of(fresh, "people-code-wrong-" + look);
        assertThat(complaints).isEmpty();
    }

    /// A town in which nobody has done anything yet.
    @ParameterizedTest
    @CsvSource({"de, 320, DARK", "en, 1280, LIGHT"})
    void whereNothingIsThePagesSaySo(String language, int width, ColorScheme scheme) {
        Look look = new Look(language, width, scheme);
        TestTown fresh = TestTown.create(cities, port);
        String home = "http://%s.localhost:%d".formatted(fresh.city().slug(), port);
        Page page = page(look, false);
        page.context()
                .addCookies(List.of(new Cookie(
                                "session",
                                new PeopleScenario(context, fresh)
                                        .loggedIn("allein@example.org", Grants.of(Area.TOWN, Role.ADMIN))
                                        .session())
                        .setUrl(home)));
        for (String path : List.of("/providers", "/keys", "/changes", "/mail", "/town/areas")) {
            page.navigate(home + path);
            PageCheck.of(page, "people-none%s-%s".formatted(path.replace('/', '-'), look));
        }
        assertThat(complaints).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"de, 1280, LIGHT", "en, 320, DARK"})
    void aFormThatWasOvertakenSaysSoAndShowsWhatHoldsNow(String language, int width, ColorScheme scheme) {
        String path = "/people/" + people.person(language + "@example.org", Grants.of(Area.CHAT, Role.EDITOR)).id;
        Page page = page(new Look(language, width, scheme), true);
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

        Page page = page(new Look("de", width, scheme), false);
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
            Page page = page(new Look("de", width, ColorScheme.LIGHT), false);
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

    private Page page(Look look, boolean loggedIn) {
        BrowserContext browser = TestBrowser.get().newContext(look.context());
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
