package de.stadtkern.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The chat in a page of somebody else, which allows no styles, no scripts but the town's, and no other connection;
/// with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WidgetInBrowserTest {

    private static final String TAG = "stadtkern-chat";
    private static final String MARKUP = "<b>Fett</b> <img src=x onerror=alert(1)>";

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private ChatScenario chat;
    private HttpServer elsewhere;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    void aTownAndAPageElsewhere() throws IOException {
        chat = new ChatScenario(context, TestTown.create(cities, port));
        chat.people
                .loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR))
                .fill("/answers/new", "/answers/new", "question", "Was ist fett?", "german", MARKUP);
        elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/", "", "");
        serve(
                "/strict",
                "default-src 'none'; script-src %1$s; connect-src %1$s; require-trusted-types-for 'script'"
                        .formatted(chat.town.address("")),
                "");
        serve("/hostile", "", """
            <style>* { color: red !important; display: inline !important; font-size: 6px !important; position: static !important }
            button, section { display: none !important }</style>
            """);
        elsewhere.start();
    }

    private void serve(String path, String policy, String head) {
        byte[] page = """
            <!doctype html><html lang="de"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>Verein</title>%s<script src="%s" async></script></head>
            <body><main><h1>Ein Verein</h1><p>Mit einer Seite.</p><p><a href="/">Anfang</a></p></main></body></html>
            """.formatted(head, chat.town.address("/chat/widget.js")).getBytes(StandardCharsets.UTF_8);
        elsewhere.createContext(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            if (!policy.isEmpty()) {
                exchange.getResponseHeaders().set("Content-Security-Policy", policy);
            }
            boolean isPage = exchange.getRequestURI().getPath().equals(path);
            exchange.sendResponseHeaders(isPage ? 200 : 404, isPage ? page.length : -1);
            if (isPage) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
    }

    @AfterAll
    void end() {
        elsewhere.stop(0);
    }

    @AfterEach
    void nothingWasComplainedOf() {
        List<String> heard = List.copyOf(complaints);
        complaints.clear();
        asked.clear();
        assertThat(heard).isEmpty();
    }

    private Page open(String path, Look look) {
        Page page = browsers.browser(look.context()).newPage();
        page.onConsoleMessage(message -> {
            if (!message.text().contains("favicon.ico") && !message.location().contains("favicon.ico")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> asked.add(request.method() + " " + request.url()));
        page.navigate("http://localhost:" + elsewhere.getAddress().getPort() + path);
        assertThat(launcher(page)).isVisible();
        return page;
    }

    private static Look wide() {
        return new Look("de", 1280, ColorScheme.LIGHT);
    }

    private static Locator launcher(Page page) {
        return page.locator(TAG + " .launcher");
    }

    private static Locator field(Page page) {
        return page.locator(TAG + " #question");
    }

    private static Locator turns(Page page) {
        return page.locator(TAG + " .turn");
    }

    private static Locator press(Page page, String name) {
        return page.locator(TAG + " .panel button", new Page.LocatorOptions().setHasText(name));
    }

    private static void ask(Page page, String question) {
        int before = turns(page).count();
        field(page).fill(question);
        page.keyboard().press("Enter");
        assertThat(turns(page)).hasCount(before + 1);
    }

    /// Nothing that axe finds, nothing cut off or to be scrolled to the side.
    private static void look(Page page, String picture) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screens", picture + ".png")));
        assertThat(new AxeBuilder(page).setLegacyMode(true).analyze().getViolations())
                .as(picture)
                .isEmpty();
        assertThat(page.evaluate("""
            tag => {
              const root = document.querySelector(tag).shadowRoot;
              const panel = root.querySelector('.panel');
              const wide = one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1;
              return [
                ...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['page'] : []),
                ...(panel.scrollWidth > panel.clientWidth ? ['panel'] : []),
                ...[...root.querySelectorAll('button, input, a, p')].filter(one => one.checkVisibility() && !one.closest('.unseen') && wide(one)).map(one => one.outerHTML),
              ];
            }
            """, TAG)).as(picture).isEqualTo(List.of());
    }

    @Test
    void itIsOneSmallScriptInTheTownsColours() {
        HttpResponse<String> script = chat.town.get("/chat/widget.js");
        assertThat(script.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/javascript");
        assertThat(script.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(60_000);
        assertThat(script.body()).contains("--town: #", chat.town.city().name()).doesNotContain("document.cookie");
        assertThat(script.headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void theKeyboardOpensAsksAndCloses() {
        Page page = open("/strict", wide());
        page.locator("main a").focus();
        page.keyboard().press("Tab");
        assertThat(launcher(page)).isFocused();
        page.keyboard().press("Enter");
        assertThat(field(page)).isFocused();
        assertThat(launcher(page)).hasAttribute("aria-expanded", "true");
        page.keyboard().type(ChatScenario.QUESTION);
        page.keyboard().press("Enter");
        assertThat(turns(page)).containsText(new String[] {ChatScenario.SENTENCE});
        assertThat(field(page)).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator(TAG + " .panel")).isHidden();
        assertThat(launcher(page)).isFocused();
        page.keyboard().press("Enter");
        assertThat(turns(page)).hasCount(1);
    }

    /// From the first thing in the panel to the last one: each can be reached, and is seen where it is.
    @Test
    void theKeyboardReachesEverything() {
        Page page = open("/", wide());
        launcher(page).click();
        ask(page, ChatScenario.QUESTION);
        Object expected = page.evaluate("""
            tag => document.querySelector(tag).shadowRoot.querySelectorAll('.panel :is(button, input, a[href], [tabindex])').length
            """, TAG);
        press(page, "Schließen").focus();
        List<Object> reached = new ArrayList<>();
        for (int stop = 0; stop < 40; stop++) {
            Object at = page.evaluate("""
                tag => {
                  const at = document.querySelector(tag).shadowRoot.activeElement;
                  if (!at || !at.closest('.panel')) return '';
                  const style = getComputedStyle(at);
                  const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
                  return (seen ? '' : 'focus not seen: ') + at.outerHTML.slice(0, 120);
                }
                """, TAG);
            if (at.equals("")) {
                break;
            }
            reached.add(at);
            page.keyboard().press("Tab");
        }
        assertThat(reached).doesNotHaveDuplicates().hasSize((Integer) expected);
        // The first one was not reached with the keyboard, so nothing is drawn around it.
        assertThat(reached.subList(1, reached.size()))
                .noneMatch(at -> at.toString().startsWith("focus not seen"));
    }

    @Test
    void eachAnswerIsToldOnce() {
        Page page = open("/", wide());
        launcher(page).click();
        Heard heard = Heard.of(page, page.locator(TAG));
        ask(page, ChatScenario.QUESTION);
        assertThat(heard.told()).singleElement().asString().contains(ChatScenario.QUESTION, ChatScenario.SENTENCE);
        ask(page, "Was kostet ein Reisepass?");
        assertThat(heard.told())
                .singleElement()
                .asString()
                .contains("Ein Reisepass kostet 70 Euro.")
                .doesNotContain(ChatScenario.SENTENCE);
        press(page, "Nein").click();
        assertThat(page.locator(TAG + " [data-helpful=false]")).hasAttribute("aria-pressed", "true");
        assertThat(heard.told()).isEmpty();
    }

    @Test
    void beforeTheFirstQuestionNothingIsStoredAndNothingAskedAndThereIsNeverACookie() {
        Page page = open("/strict", wide());
        launcher(page).click();
        page.waitForTimeout(300);
        String stored = "() => sessionStorage.length + localStorage.length + document.cookie.length";
        assertThat(page.evaluate(stored)).isEqualTo(0);
        assertThat(asked.stream().filter(request -> request.contains("/api/"))).isEmpty();
        ask(page, ChatScenario.QUESTION);
        assertThat(page.evaluate("() => [sessionStorage.length, localStorage.length].join()"))
                .isEqualTo("1,0");
        assertThat(page.context().cookies()).isEmpty();
        page.reload();
        launcher(page).click();
        assertThat(turns(page)).containsText(new String[] {ChatScenario.SENTENCE});
        ask(page, "Was kostet ein Reisepass?");
        assertThat(turns(page)).hasCount(2);
        assertThat(page.context().cookies()).isEmpty();
    }

    @Test
    void whatASourceSaysIsTextAndItsAddressALinkOnlyIfItIsOne() {
        Page page = open("/", wide());
        launcher(page).click();
        ask(page, "Was ist fett?");
        assertThat(turns(page).locator(".answer")).containsText(MARKUP);
        assertThat(turns(page).locator("b, img, script")).hasCount(0);
        ask(page, ChatScenario.QUESTION);
        assertThat(turns(page).last().locator("a").first())
                .hasAttribute("href", java.util.regex.Pattern.compile("https://example\\.org/sperr.*"));
    }

    @Test
    void stylesOfThePageDoNotReachIt() {
        Page page = open("/hostile", wide());
        launcher(page).click();
        ask(page, ChatScenario.QUESTION);
        assertThat(press(page, "Schließen")).isVisible();
        assertThat(page.evaluate(
                        "tag => getComputedStyle(document.querySelector(tag).shadowRoot.querySelector('.turn"
                                + " p')).color",
                        TAG))
                .isNotEqualTo("rgb(255, 0, 0)");
    }

    @Test
    void everybodyCanUseItInEveryState() {
        for (Look look : List.of(
                new Look("de", 1280, ColorScheme.LIGHT),
                new Look("en", 320, ColorScheme.DARK),
                new Look("de", 320, ColorScheme.LIGHT))) {
            Page page = open("/", look);
            String name = "widget-%s-" + look;
            look(page, name.formatted("closed"));
            launcher(page).click();
            look(page, name.formatted("open"));
            ask(page, ChatScenario.QUESTION);
            look(page, name.formatted("answered"));
            field(page).fill("");
            page.keyboard().press("Enter");
            assertThat(page.locator(TAG + " .wrong")).hasText("Schreiben Sie eine Frage.");
            look(page, name.formatted("wrong"));
            press(page, "Codewort").click();
            assertThat(page.locator(TAG + " .notice")).containsText("Gespräch jetzt löschen");
            look(page, name.formatted("word"));
            press(page, "Einfache Sprache").click();
            assertThat(page.locator(TAG + " #greeting"))
                    .containsText("Hier antwortet ein Computer. Es ist kein Mensch.");
            look(page, name.formatted("easy"));
            press(page, "English").click();
            assertThat(page.locator(TAG + " h2")).containsText("Ask the town");
            look(page, name.formatted("english"));
        }
        Page page = open("/", wide());
        // A window of 1280 by 1024 at 400 % (WCAG 1.4.10).
        page.setViewportSize(320, 256);
        launcher(page).click();
        ask(page, ChatScenario.QUESTION);
        look(page, "widget-400-percent");
        press(page, "Schließen").click();
        assertThat(launcher(page)).isFocused();
    }

    @Test
    void theConversationIsDeletedAtOnce() {
        Page page = open("/", wide());
        launcher(page).click();
        ask(page, "Wo steht das Zwergenhaus?");
        assertThat(chat.tablesWith("Zwergenhaus")).containsExactly("chat_message");
        press(page, "Codewort").click();
        press(page, "Gespräch jetzt löschen").click();
        assertThat(page.locator(TAG + " .notice")).containsText("Das Gespräch ist gelöscht.");
        assertThat(turns(page)).hasCount(0);
        assertThat(chat.tablesWith("Zwergenhaus")).isEmpty();
        assertThat(page.evaluate("() => sessionStorage.length")).isEqualTo(0);
        ask(page, ChatScenario.QUESTION);
    }

    @Test
    void aConversationThatIsOverBeginsAnew() {
        Page page = open("/", wide());
        launcher(page).click();
        ask(page, ChatScenario.QUESTION);
        chat.people.execute("delete from chat_talk");
        ask(page, "Was kostet ein Reisepass?");
        complaints.removeIf(text -> text.contains("404"));
    }

    @Test
    void whatWasTypedIsKeptWhereTheAnswerDoesNotCome() {
        Page page = open("/", wide());
        launcher(page).click();
        page.route("**/api/chat/questions", route -> route.abort());
        field(page).fill(ChatScenario.QUESTION);
        page.keyboard().press("Enter");
        assertThat(page.locator(TAG + " .wrong")).containsText("Das hat nicht geklappt.");
        assertThat(field(page)).hasValue(ChatScenario.QUESTION);
        assertThat(field(page)).isFocused();
        page.unroute("**/api/chat/questions");
        page.keyboard().press("Enter");
        assertThat(turns(page)).hasCount(1);
        assertThat(page.locator(TAG + " .wrong")).hasText("");
        complaints.removeIf(text -> text.contains("ERR_FAILED"));
    }

    /// No browser here has a microphone or a voice: what would hear and speak is put in its place.
    @Test
    void dictationAndReadingAloudSayBeforehandWhoHearsAlong() {
        Page page = browsers.browser(wide().context()).newPage();
        page.addInitScript("""
            window.SpeechRecognition = window.webkitSpeechRecognition = class { start() { window.listened = true;
              this.onresult({ results: [[{ transcript: 'Wann wird Sperrmüll abgeholt?' }]] }); this.onend(); } };
            window.spoken = [];
            speechSynthesis.speak = said => window.spoken.push(said.lang + ': ' + said.text);
            """);
        page.navigate("http://localhost:" + elsewhere.getAddress().getPort() + "/");
        launcher(page).click();
        press(page, "Diktieren").click();
        assertThat(page.locator(TAG + " .notice")).containsText("Manche Browser senden dazu Ihre Stimme");
        assertThat(page.evaluate("() => window.listened === true")).isEqualTo(false);
        look(page, "widget-dictation");
        press(page, "Abbrechen").click();
        assertThat(field(page)).isFocused();
        press(page, "Diktieren").click();
        press(page, "Einverstanden").click();
        assertThat(field(page)).hasValue(ChatScenario.QUESTION);
        assertThat(field(page)).isFocused();
        page.keyboard().press("Enter");
        assertThat(turns(page)).hasCount(1);
        press(page, "Antwort vorlesen").click();
        assertThat(page.evaluate("() => window.spoken.length")).isEqualTo(0);
        press(page, "Einverstanden").click();
        assertThat(page.evaluate("() => window.spoken.join()").toString())
                .startsWith("de: ")
                .contains(ChatScenario.SENTENCE);
        press(page, "Antwort vorlesen").click();
        assertThat(page.evaluate("() => window.spoken.length")).as("asked once").isEqualTo(2);
    }
}
