package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// The chat as programs ask it.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatApiTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private ChatScenario chat;

    @BeforeAll
    void aTownWithTexts() {
        chat = new ChatScenario(context, TestTown.create(cities, port));
    }

    @Test
    void anAnswerIsAQuoteWithItsSource() {
        JsonNode answer =
                ChatScenario.json(chat.ask("""
                    {"question": "%s", "language": "de", "easy": false}
                    """.formatted(ChatScenario.QUESTION)).body());
        assertThat(answer.get("kind").asString()).isEqualTo("answer");
        assertThat(answer.get("label").asString()).isEqualTo("quote");
        assertThat(answer.get("text").asString()).contains(ChatScenario.SENTENCE);
        JsonNode source = answer.get("sources").get(0);
        assertThat(source.get("id").asString()).isEqualTo("sperr");
        assertThat(source.get("url").asString()).startsWith("https://example.org/sperr");
        assertThat(source.get("quote").asString()).contains(ChatScenario.SENTENCE);
        assertThat(source.get("updated").asString()).startsWith("2026-1");
        assertThat(answer.get("conversation").asString()).hasSize(43);
        assertThat(answer.propertyNames())
                .containsExactly(
                        "kind", "label", "text", "confidence", "sources", "facts", "suggestions", "conversation");
    }

    @Test
    void aConversationGoesOnAndIsReadRatedAndDeletedByItsKeyAlone() {
        String key = chat.begin(ChatScenario.QUESTION);
        JsonNode next = ChatScenario.json(
                chat.ask("{\"question\": \"Was kostet das?\", \"conversation\": \"%s\"}".formatted(key))
                        .body());
        assertThat(next.get("conversation").asString()).isEqualTo(key);
        assertThat(next.get("sources").get(0).get("id").asString())
                .as("what the question before was about")
                .isEqualTo("sperr");
        chat.town.post("/api/chat/rating", "{\"conversation\": \"%s\", \"helpful\": true}".formatted(key));
        chat.town.post("/api/chat/rating", "{\"conversation\": \"%s\", \"helpful\": false}".formatted(key));
        JsonNode talk = ChatScenario.json(chat.conversation("GET", key).body());
        assertThat(talk.get("messages")).hasSize(2);
        assertThat(talk.get("messages").get(0).get("question").asString()).isEqualTo(ChatScenario.QUESTION);
        assertThat(talk.get("messages").get(0).get("answer").get("text").asString())
                .contains(ChatScenario.SENTENCE);
        assertThat(talk.get("messages").get(1).get("helpful").asBoolean()).isFalse();
        assertThat(talk.get("word").asString()).matches("([a-z]{4}-){4}[a-z]{4}");
        assertThat(chat.conversation("DELETE", key).statusCode()).isEqualTo(200);
        assertThat(ChatScenario.said(chat.conversation("GET", key))).isEqualTo("404 conversation-unknown conversation");
        assertThat(ChatScenario.said(chat.conversation("DELETE", key)))
                .isEqualTo("404 conversation-unknown conversation");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 400 question-missing question",
                "{\"question\": \"  \"} | 400 question-missing question",
                "{\"question\": null} | 400 question-missing question",
                "{\"question\": 7} | 400 field-no-text question",
                "{\"question\": \"x\", \"language\": \"tlh\"} | 400 language-not-offered language",
                "{\"question\": \"x\", \"language\": 1} | 400 field-no-text language",
                "{\"question\": \"x\", \"easy\": \"yes\"} | 400 field-no-truth easy",
                "{\"question\": \"x\", \"conversation\": \"y\"} | 404 conversation-unknown conversation",
                "{\"question\": \"x\", \"conversation\": {}} | 400 field-no-text conversation",
                "{\"question\": \"x\", \"sprache\": \"de\"} | 400 field-unknown sprache",
                "[\"x\"] | 400 body-invalid ''",
                "{\"question\": | 400 body-invalid ''",
                "x | 400 body-invalid ''"
            })
    void whatIsWrongIsSaidWithItsField(String body, String expected) {
        assertThat(ChatScenario.said(chat.ask(body)).strip())
                .isEqualTo(expected.replace("''", "").strip());
    }

    @Test
    void tooLongTooLargeAndOfAnotherTypeAreRefused() {
        assertThat(ChatScenario.said(chat.ask("{\"question\": \"%s\"}".formatted("x".repeat(1001)))))
                .isEqualTo("400 question-too-long question");
        assertThat(ChatScenario.said(chat.ask("{\"question\": \"%s\"}".formatted("x".repeat(20_000)))))
                .isEqualTo("413 body-too-large ");
        HttpResponse<String> form = chat.town.send(chat.town
                .request("/api/chat/questions")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"question\": \"x\"}")));
        assertThat(form.statusCode()).isEqualTo(415);
        assertThat(form.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u0000", "\\ud800", "<script>alert(1)</script>", "' or 1=1 --", "\\u202e\\u200b", "%s{0}"})
    void awkwardQuestionsAreAnsweredToo(String question) {
        assertThat(chat.ask("{\"question\": \"Was ist %s?\"}".formatted(question))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoRatesSaysWhatAndOfWhat() {
        assertThat(ChatScenario.said(chat.town.post("/api/chat/rating", "{}"))).isEqualTo("400 field-missing helpful");
        assertThat(ChatScenario.said(chat.town.post("/api/chat/rating", "{\"helpful\": true}")))
                .isEqualTo("400 conversation-missing conversation");
        assertThat(ChatScenario.said(chat.conversation("GET", "x".repeat(43))))
                .isEqualTo("404 conversation-unknown conversation");
    }

    @Test
    void anotherTownsConversationIsNotThere() {
        String key = chat.begin(ChatScenario.QUESTION);
        ChatScenario other = new ChatScenario(context, TestTown.create(cities, port));
        assertThat(other.conversation("GET", key).statusCode()).isEqualTo(404);
        assertThat(chat.conversation("GET", key).statusCode()).isEqualTo(200);
    }

    @Test
    void pagesOfOthersAskWithoutCookiesAndWithoutKeys() {
        HttpResponse<String> before = chat.town.send(chat.town
                .request("/api/chat/questions")
                .header("Origin", "https://www.example.org")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
        assertThat(before.statusCode()).isEqualTo(204);
        assertThat(before.headers().firstValue("Access-Control-Allow-Origin")).contains("*");
        assertThat(before.headers().firstValue("Access-Control-Allow-Methods")).contains("GET, POST, DELETE");
        assertThat(before.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .doesNotContainIgnoringCase("Authorization");
        assertThat(before.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        HttpResponse<String> wrong = chat.town.send(chat.town
                .request("/api/chat/questions")
                .header("Origin", "https://www.example.org")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(wrong.headers().firstValue("Access-Control-Allow-Origin"))
                .as("what is wrong can be read too")
                .contains("*");
        assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    }

    /// A browser in which somebody of the staff is logged in asks nothing in their name.
    @Test
    void aSessionIsNotLentToPagesOfOthers() {
        PeopleScenario.Browser editor = chat.people.loggedIn("edda@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        HttpResponse<String> answer = chat.town.send(editor.request("/api/chat/questions")
                .header("Sec-Fetch-Site", "cross-site")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"question\": \"x\"}")));
        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void itSaysWhatItUnderstandsAndAnswers() {
        JsonNode document = ChatScenario.json(chat.town.get("/api/chat/openapi").body());
        assertThat(document.get("openapi").asString()).isEqualTo("3.1.0");
        assertThat(document.get("paths").propertyNames())
                .containsExactlyInAnyOrder("/api/chat/questions", "/api/chat/conversation", "/api/chat/rating");
        JsonNode schemas = document.get("components").get("schemas");
        JsonNode answer = ChatScenario.json(chat.ask("{\"question\": \"%s\"}".formatted(ChatScenario.QUESTION))
                .body());
        assertThat(Set.copyOf(answer.propertyNames()))
                .isEqualTo(Set.copyOf(schemas.get("Answer").get("properties").propertyNames()));
        assertThat(Set.copyOf(answer.get("sources").get(0).propertyNames()))
                .isEqualTo(Set.copyOf(schemas.get("Source").get("properties").propertyNames()));
        assertThat(schemas.get("Answer")
                        .get("properties")
                        .get("kind")
                        .get("enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactly("answer", "clarify", "unknown", "crisis", "handover", "smalltalk", "refused");
        for (Map.Entry<String, JsonNode> schema : schemas.properties()) {
            assertThat(schema.getValue().get("type").asString()).isEqualTo("object");
        }
    }
}
