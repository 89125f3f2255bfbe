package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The page of the chat as browsers without scripts use it, and what is left of a talk when it is over.
@StadtkernTest
class ChatPageTest {

    private static final Pattern WORD = Pattern.compile("chat-word\">([a-z-]+)<");

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private ChatScenario chat;
    private PeopleScenario.Browser somebody;

    @BeforeEach
    void somebodyInATownWithTexts() {
        chat = new ChatScenario(context, TestTown.create(cities, port));
        somebody = chat.people.somebody();
    }

    private HttpResponse<String> ask(PeopleScenario.Browser browser, String question) {
        return browser.send("/chat", Map.of("question", question));
    }

    private String word(PeopleScenario.Browser browser) {
        Matcher word = WORD.matcher(browser.open("/chat").body());
        assertThat(word.find()).isTrue();
        return word.group(1);
    }

    @Test
    void onlyThePageOfTheChatMayAskToHear() {
        assertThat(chat.town
                        .get("/chat")
                        .headers()
                        .firstValue("Permissions-Policy")
                        .orElseThrow())
                .contains("microphone=(self)");
        assertThat(chat.town.get("/").headers().firstValue("Permissions-Policy").orElseThrow())
                .contains("microphone=()");
    }

    @Test
    void beforeTheFirstQuestionItSaysWhoAnswersAndWhatIsStoredAndSetsNoCookie() {
        HttpResponse<String> page = somebody.open("/chat");
        assertThat(page.body())
                .contains("Hier antwortet ein Computerprogramm und kein Mensch.", "30 Tage lang", "112")
                .doesNotContain("chat-word", "War diese Antwort hilfreich?");
        assertThat(page.headers().allValues("Set-Cookie")).isEmpty();
        assertThat(chat.people.text("select count(*)::text from chat_talk")).isEqualTo("0");
    }

    @Test
    void aQuestionLeadsToTheTalkWithAnswerSourceAndDate() {
        HttpResponse<String> answer = ask(somebody, ChatScenario.QUESTION);
        assertThat(somebody.where(answer)).isEqualTo("303 /chat#latest");
        assertThat(answer.headers().allValues("Set-Cookie"))
                .singleElement()
                .asString()
                .matches("chat=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
        String page = somebody.open("/chat").body();
        assertThat(page)
                .contains(ChatScenario.QUESTION, ChatScenario.SENTENCE, ">Zitat<", "(Stand: 1. November 2026)")
                .contains("href=\"https://example.org/sperr");
        ask(somebody, "Was kostet ein Reisepass?");
        assertThat(somebody.open("/chat").body()).contains(ChatScenario.QUESTION, "Ein Reisepass kostet 70 Euro.");
    }

    @Test
    void whatIsWrongStandsAtTheFieldAndWhatWasTypedIsKept() {
        assertThat(somebody.where(ask(somebody, " "))).isEqualTo("422 question: Schreiben Sie eine Frage.");
        String letters = "x".repeat(1001);
        HttpResponse<String> tooLong = ask(somebody, letters);
        assertThat(somebody.where(tooLong)).isEqualTo("422 question: Eine Frage hat höchstens 1.000 Zeichen.");
        assertThat(tooLong.body()).contains("value=\"" + letters + "\"");
        assertThat(tooLong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void aPageOfOthersAsksNothingInTheBrowsersName() {
        HttpResponse<String> forged = chat.town.send(somebody.request("/chat")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("question=x")));
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(chat.people.text("select count(*)::text from chat_talk")).isEqualTo("0");
    }

    @Test
    void anAnswerIsRatedAndRatedAgain() {
        ask(somebody, ChatScenario.QUESTION);
        assertThat(somebody.where(somebody.fill("/chat", "/chat/rating", "helpful", "yes")))
                .isEqualTo("303 /chat#rating");
        assertThat(somebody.open("/chat").body()).contains("value=\"yes\" aria-pressed=\"true\"");
        somebody.fill("/chat", "/chat/rating", "helpful", "no");
        assertThat(somebody.open("/chat").body())
                .contains("value=\"no\" aria-pressed=\"true\"", "value=\"yes\" aria-pressed=\"false\"");
        assertThat(somebody.fill("/chat", "/chat/rating", "helpful", "perhaps").statusCode())
                .isEqualTo(400);
    }

    @Test
    void theTalkCanBeTakenAlongAsText() {
        assertThat(somebody.open("/chat/talk.txt").statusCode()).isEqualTo(404);
        ask(somebody, ChatScenario.QUESTION);
        HttpResponse<String> text = somebody.open("/chat/talk.txt");
        assertThat(text.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"chat.txt\"");
        assertThat(text.body())
                .contains(
                        "Sie: " + ChatScenario.QUESTION, "Zitat:", ChatScenario.SENTENCE, "https://example.org/sperr");
    }

    @Test
    void deletedFromAnotherDeviceNothingIsLeftInAnyTable() {
        ask(somebody, "Wann wird Sperrmüll aus dem Zwergenhaus abgeholt?");
        ask(somebody, "Und aus der Zwergenhaus-Laube?");
        assertThat(chat.tablesWith("Zwergenhaus")).containsExactly("chat_message");
        String word = word(somebody);
        PeopleScenario.Browser phone = chat.people.somebody();
        assertThat(phone.where(phone.fill("/chat/delete", "/chat/delete", "word", "falsch-falsch")))
                .isEqualTo("422 word: Zu diesem Codewort gibt es kein Gespräch, oder es ist schon gelöscht.");
        assertThat(phone.where(phone.fill(
                        "/chat/delete",
                        "/chat/delete",
                        "word",
                        " " + word.toUpperCase(Locale.ROOT).replace("-", " "))))
                .isEqualTo("303 /chat/delete");
        assertThat(chat.tablesWith("Zwergenhaus")).isEmpty();
        assertThat(somebody.open("/chat").body())
                .doesNotContain("Zwergenhaus", "chat-word")
                .contains("Hier antwortet ein Computerprogramm");
        ask(somebody, ChatScenario.QUESTION);
        assertThat(somebody.open("/chat").body())
                .as("a new talk begins")
                .contains(ChatScenario.SENTENCE)
                .doesNotContain("Zwergenhaus");
    }

    @Test
    void deletedFromThePageNothingIsLeftEither() {
        ask(somebody, "Wann wird Sperrmüll aus dem Zwergenhaus abgeholt?");
        assertThat(somebody.where(somebody.fill("/chat", "/chat/end"))).isEqualTo("303 /chat");
        assertThat(chat.tablesWith("Zwergenhaus")).isEmpty();
        assertThat(somebody.open("/chat").body()).contains("Das Gespräch ist gelöscht.");
    }

    @Test
    void nothingTellsWhoAskedAndTheKeyIsNotStored() {
        String key = chat.begin("Wo ist das Zwergenhaus?");
        String word = TalkKey.of(key).orElseThrow().word();
        for (String identifying : List.of("127.0.0.1", "0:0:0:0:0:0:0:1", key, word, "Java-http-client")) {
            assertThat(chat.tablesWith(identifying)).as(identifying).isEmpty();
        }
    }

    @Test
    void whatIsOlderThanTheTownsDaysIsDeleted() {
        ask(somebody, "Wann wird Sperrmüll aus dem Zwergenhaus abgeholt?");
        chat.people.execute("update chat_message set at = now() - interval '29 days'");
        chat.people.execute("update chat_talk set last_at = now() - interval '29 days'");
        clean();
        assertThat(chat.tablesWith("Zwergenhaus")).containsExactly("chat_message");
        chat.people.execute("update chat_message set at = now() - interval '31 days'");
        clean();
        assertThat(chat.tablesWith("Zwergenhaus")).isEmpty();
        assertThat(chat.people.text("select count(*)::text from chat_talk")).isEqualTo("1");
        chat.people.execute("update chat_talk set last_at = now() - interval '31 days'");
        clean();
        assertThat(chat.people.text("select count(*)::text from chat_talk")).isEqualTo("0");
    }

    private void clean() {
        chat.town.in(() -> {
            chat.bean(TalkCleaning.class).run();
            return true;
        });
    }

    @Test
    void stewardsSetTheDaysAndTheOfficeAndCanTakeThatBackAndFewerDaysHoldAtOnce() {
        PeopleScenario.Browser steward = chat.people.loggedIn("stefan@example.org", Grants.of(Area.CHAT, Role.STEWARD));
        ask(somebody, "Wann wird Sperrmüll aus dem Zwergenhaus abgeholt?");
        chat.people.execute("update chat_message set at = now() - interval '8 days'");
        assertThat(steward.refused(
                        "/chat/settings",
                        "/chat/settings",
                        "days",
                        "366",
                        "office",
                        "Bürgerservice",
                        "phone",
                        "ruf an"))
                .isEqualTo("days phone");
        assertThat(steward.where(steward.change(
                        "/chat/settings", "days", "7", "office", "Bürgerservice", "phone", "+49 3641 49-0")))
                .isEqualTo("303 /chat/settings");
        assertThat(chat.tablesWith("Zwergenhaus")).isEmpty();
        assertThat(somebody.open("/chat").body())
                .contains("7 Tage lang", "Bürgerservice", "href=\"tel:+493641490\">+49 3641 49-0<");
        assertThat(steward.open("/chat/settings").body()).contains("/chat/widget.js\" async", "Frau stefan");
        String change = chat.people.text("select max(id)::text from change where kind = 'chat-setting'");
        assertThat(steward.fill("/chat/settings", "/changes/" + change + "/undo")
                        .statusCode())
                .isEqualTo(303);
        assertThat(somebody.open("/chat").body()).contains("30 Tage lang").doesNotContain("Bürgerservice");
    }

    @Test
    void easyLanguageStaysChosen() {
        HttpResponse<String> answer = somebody.send("/chat?easy=1", Map.of("question", ChatScenario.QUESTION));
        assertThat(somebody.where(answer)).isEqualTo("303 /chat?easy=1#latest");
        assertThat(somebody.open("/chat?easy=1").body())
                .contains("Hier antwortet ein Computer. Es ist kein Mensch.", "action=\"/chat?easy=1\"");
    }
}
