package de.stadtkern.chat;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import de.stadtkern.Browsers;
import de.stadtkern.Look;
import de.stadtkern.PageCheck;
import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The page of the chat in a browser, with scripts and without, with pictures in `target/screens`.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatInBrowserTest {

    @RegisterExtension
    final Browsers browsers = new Browsers();

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private ChatScenario chat;
    private int number;

    @BeforeAll
    void aTownWithTexts() {
        chat = new ChatScenario(context, TestTown.create(cities, port));
    }

    private Page open(Look look, String path) {
        Page page = browsers.window(chat.town, look);
        page.navigate(chat.town.address(path));
        return page;
    }

    /// The same page may have been looked at before, in another state.
    private void look(Page page, String picture) {
        page.evaluate("() => { window.walkedFirst = window.walkedLast = undefined;"
                + " document.querySelectorAll('[data-walked]').forEach(one => one.removeAttribute('data-walked')); }");
        browsers.look(page, picture);
    }

    private static void ask(Page page, String question) {
        int before = page.locator("[data-chat-turn]").count();
        page.locator("#question").fill(question);
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).hasCount(before + 1);
    }

    @Test
    void everybodyCanUseItInEveryState() {
        for (Look look : Look.two(number++)) {
            Page page = open(look, "/chat");
            look(page, "chat-empty-" + look);
            ask(page, ChatScenario.QUESTION);
            look(page, "chat-answered-" + look);
            ask(page, "Wer hat den Bürgermeister am Mond gewählt?");
            look(page, "chat-unknown-" + look);
            page.locator("#question").fill(" ");
            page.keyboard().press("Enter");
            assertThat(page.locator("#question-error")).isVisible();
            look(page, "chat-wrong-" + look);
        }
        for (Look look : Look.two(number++)) {
            Page page = open(look, "/chat?easy=1");
            ask(page, ChatScenario.QUESTION);
            page.locator(".chat-rating button").first().click();
            assertThat(page.locator(".chat-rating [aria-pressed=true]")).hasCount(1);
            look(page, "chat-easy-rated-" + look);
            page.navigate(chat.town.address("/chat/delete"));
            look(page, "chat-delete-" + look);
            page.locator("#word").fill("nix");
            page.keyboard().press("Enter");
            assertThat(page.locator("#word-error")).isVisible();
            look(page, "chat-delete-wrong-" + look);
        }
    }

    @Test
    void whatSensorsSayCanBeLookedAtAsChartAndTable() {
        new MeasuredTown(context, chat.town)
                .point("Holzmarkt")
                .measures("Lufttemperatur", "Grad Celsius", "°C", "mean", "{}")
                .levels(Instant.now(), 24 * 20);
        for (Look look : Look.two(number++)) {
            Page page = open(look, "/chat");
            ask(page, "Wie warm ist es gerade am Holzmarkt?");
            assertThat(page.locator(".chat-answer").last()).containsText("Holzmarkt, Lufttemperatur");
            page.locator(".chat-chart summary").focus();
            page.keyboard().press("Enter");
            assertThat(page.frameLocator(".chat-chart iframe").locator("h1")).containsText("Lufttemperatur");
            assertThat(page.frameLocator(".chat-chart iframe").locator("details.chart-table"))
                    .isAttached();
            look(page, "chat-chart-" + look);
        }
    }

    /// No browser here has a microphone or a voice: what would hear and speak is put in its place.
    @Test
    void itTakesDictationAndReadsAloudAndSaysBeforehandWhoHearsAlong() {
        Page page = open(new Look("de", 1280, ColorScheme.LIGHT), "/chat");
        page.addInitScript("""
            window.SpeechRecognition = window.webkitSpeechRecognition = class { start() {
              this.onresult({ results: [[{ transcript: 'Wann wird Sperrmüll abgeholt?' }]] }); this.onend(); } };
            window.spoken = [];
            speechSynthesis.speak = said => window.spoken.push(said.lang + ': ' + said.text);
            """);
        page.reload();
        page.getByText("Diktieren", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("[data-chat-dictate]")).containsText("Manche Browser senden dazu Ihre Stimme");
        page.getByText("Jetzt diktieren").click();
        assertThat(page.locator("#question")).hasValue(ChatScenario.QUESTION);
        assertThat(page.locator("#question")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).hasCount(1);
        page.getByText("Antwort vorlesen").click();
        page.getByText("Jetzt vorlesen").click();
        assertThat(page.evaluate("() => window.spoken.join()").toString())
                .startsWith("de: ")
                .contains(ChatScenario.SENTENCE);
    }

    @Test
    void onPaperTheWholeTalkStands() {
        Page page = open(new Look("de", 1280, ColorScheme.LIGHT), "/chat");
        ask(page, ChatScenario.QUESTION);
        PageCheck.onPaper(page, "chat-paper");
    }

    @Test
    void stewardsSetItUp() {
        String session = chat.people
                .loggedIn("stefan@example.org", Grants.of(Area.CHAT, Role.STEWARD))
                .session();
        for (Look look : Look.two(number++)) {
            Page page = browsers.window(chat.town, look, session);
            page.navigate(chat.town.address("/chat/settings"));
            look(page, "chat-settings-" + look);
            page.locator("#days").fill("0");
            page.locator("#phone").fill("x");
            page.locator("main form.form button[type=submit]").click();
            assertThat(page.locator(".form-errors")).containsText("365");
            look(page, "chat-settings-wrong-" + look);
        }
    }

    @Test
    void editorsWriteAnswers() {
        PeopleScenario.Browser editor = chat.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        editor.fill("/answers/new", "/answers/new", "question", "Wer schreibt das?", "german", "Die Redaktion.");
        for (String path : List.of("/answers", "/answers/new", "/answers/1", "/answers/switches")) {
            for (Look look : Look.two(number++)) {
                Page page = browsers.window(chat.town, look, editor.session());
                page.navigate(chat.town.address(path));
                look(page, "chat" + path.replace('/', '-') + "-" + look);
                browsers.close(page);
            }
        }
    }

    @Test
    void anAnswerComesWithoutANewPageIsToldOnceAndTheFocusStays() {
        Page page = open(new Look("de", 1280, ColorScheme.LIGHT), "/chat");
        page.evaluate("window.sameIsHere = true");
        Heard heard = Heard.of(page, page.locator("body"));
        ask(page, ChatScenario.QUESTION);
        assertThat(heard.told()).singleElement().asString().contains(ChatScenario.QUESTION, ChatScenario.SENTENCE);
        assertThat(page.locator("#question")).isFocused();
        assertThat(page.locator("#question")).hasValue("");
        ask(page, "Was kostet ein Reisepass?");
        assertThat(heard.told())
                .singleElement()
                .asString()
                .contains("Ein Reisepass kostet 70 Euro.")
                .doesNotContain(ChatScenario.SENTENCE);
        assertThat(page.evaluate("window.sameIsHere")).isEqualTo(true);
        page.reload();
        assertThat(page.locator("[data-chat-turn]")).hasCount(2);
        ask(page, ChatScenario.QUESTION);
        assertThat(page.locator("[data-chat-turn]")).hasCount(3);
    }

    @Test
    void aSuggestionIsAskedByItsButton() {
        Page page = open(new Look("de", 1280, ColorScheme.LIGHT), "/chat");
        ask(page, "Was kostet ein Reisepass?");
        assertThat(page.locator("[data-chat-suggestion] button").count()).isPositive();
        String suggestion = page.locator("[data-chat-suggestion] button")
                .first()
                .textContent()
                .strip();
        page.locator("#question").fill("halb getippt");
        page.locator("[data-chat-suggestion] button").first().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).hasCount(2);
        assertThat(page.locator("[data-chat-turn]").last().locator(".chat-question"))
                .containsText(suggestion);
        assertThat(page.locator("#question")).hasValue("halb getippt");
    }

    @Test
    void whatWasTypedIsKeptWhereTheAnswerDoesNotCome() {
        Page page = browsers.browser(new Look("de", 1280, ColorScheme.LIGHT).context())
                .newPage();
        page.navigate(chat.town.address("/chat"));
        page.route("**/chat", route -> route.abort());
        page.locator("#question").fill(ChatScenario.QUESTION);
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-failed]")).isVisible();
        assertThat(page.locator("#question")).hasValue(ChatScenario.QUESTION);
        assertThat(page.locator("#question")).isFocused();
        page.unroute("**/chat");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).hasCount(1);
        assertThat(page.locator("[data-chat-failed]")).isHidden();
    }

    @Test
    void itWorksWithoutScriptsWithTheKeyboardAlone() {
        Page page = browsers.browser(new Browser.NewContextOptions().setJavaScriptEnabled(false))
                .newPage();
        page.navigate(chat.town.address("/chat"));
        assertThat(page.context().cookies()).isEmpty();
        page.locator("#question").focus();
        page.keyboard().type(ChatScenario.QUESTION);
        page.keyboard().press("Enter");
        assertThat(page.locator("#latest")).containsText(ChatScenario.SENTENCE);
        assertThat(page.url()).endsWith("/chat#latest");
        page.reload();
        assertThat(page.locator("#latest")).containsText(ChatScenario.SENTENCE);
        page.locator(".chat-rating button").first().press("Enter");
        assertThat(page.locator(".chat-rating [aria-pressed=true]")).hasCount(1);
        page.locator("details.confirm summary").press("Enter");
        page.locator("details.confirm button").press("Enter");
        assertThat(page.locator("main")).containsText("Das Gespräch ist gelöscht.");
        assertThat(page.locator("[data-chat-turn]")).hasCount(0);
    }

    @Test
    void aTalkDeletedElsewhereLeavesThePageWithTheNextQuestion() {
        Page page = open(new Look("de", 1280, ColorScheme.LIGHT), "/chat");
        ask(page, ChatScenario.QUESTION);
        chat.people.execute("delete from chat_talk");
        page.locator("#question").fill("Was kostet ein Reisepass?");
        page.keyboard().press("Enter");
        assertThat(page.locator("[data-chat-turn]")).containsText(new String[] {"Ein Reisepass kostet 70 Euro."});
        assertThat(page.locator("[data-chat-turn]")).hasCount(1);
    }
}
