package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What editors write is answered word for word, and topics they switch off are not answered at all.
@StadtkernTest
class CuratedAnswersTest {

    private static final String QUESTION = "Wann wird der Müll abgeholt?";
    private static final String ANSWER = "Jeden zweiten Dienstag.\nIm Dezember am Mittwoch.";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;
    private PeopleScenario people;
    private PeopleScenario.Browser editor;

    @BeforeEach
    void anEditor() {
        town = TestTown.create(cities, port);
        people = new PeopleScenario(context, town);
        editor = people.loggedIn("redaktion@example.org", Grants.of(Area.CHAT, Role.EDITOR));
    }

    private String write(String... more) {
        String[] fields = new String[more.length + 4];
        System.arraycopy(new String[] {"question", QUESTION, "german", ANSWER}, 0, fields, 0, 4);
        System.arraycopy(more, 0, fields, 4, more.length);
        return editor.where(editor.fill("/answers/new", "/answers/new", fields));
    }

    private Reply ask(String question) {
        return ask(question, Locale.GERMAN, false);
    }

    private Reply ask(String question, Locale language, boolean easy) {
        return town.in(() -> context.getBean(Chat.class)
                .ask(question, language, easy, Before.NOTHING)
                .reply());
    }

    @Test
    void theQuestionIsKnownInOtherWordsAndWithSlips() {
        assertThat(write("wordings", "Wann kommt die Müllabfuhr?")).isEqualTo("303 /answers");
        for (String put : new String[] {
            QUESTION, "wann wird bei mir der müll abgeholt", "Wann wird der Abfall abgeholt?", "wann komt die mülabfuhr"
        }) {
            assertThat(ask(put).text()).as(put).isEqualTo(ANSWER);
        }
        for (String other : new String[] {"Was kostet die Müllabfuhr?", "Wann wird der Pass abgeholt?", "Müll"}) {
            assertThat(ask(other).text()).as(other).isNotEqualTo(ANSWER);
        }
    }

    @Test
    void theAnswerNamesWhereMoreStandsAndWhoMadeIt() {
        write("source-title", "Abfallkalender", "source-url", "https://example.org/abfall");
        Reply reply = ask(QUESTION);
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.label()).isEqualTo(Reply.Label.AUTOMATIC);
        assertThat(reply.sources()).singleElement().satisfies(source -> {
            assertThat(source.title()).isEqualTo("Abfallkalender");
            assertThat(source.url()).isEqualTo("https://example.org/abfall");
            assertThat(source.quote()).isEqualTo(ANSWER);
        });
    }

    @Test
    void theLanguageAskedForIsAnsweredWhereThereIsAnAnswerInIt() {
        write("english", "Every other Tuesday.", "easy", "Alle zwei Wochen am Dienstag.");
        assertThat(ask(QUESTION, Locale.ENGLISH, false).text()).isEqualTo("Every other Tuesday.");
        assertThat(ask(QUESTION, Locale.GERMAN, true).text()).isEqualTo("Alle zwei Wochen am Dienstag.");
        assertThat(ask(QUESTION, Locale.of("tr"), false).text()).isEqualTo(ANSWER);
    }

    @Test
    void anAnswerIsGivenOnItsDaysOnly() {
        LocalDate today = LocalDate.now(town.city().zone());
        write("from", today.plusDays(1).toString());
        assertThat(ask(QUESTION).text()).isNotEqualTo(ANSWER);
        assertThat(editor.open("/answers").body()).contains("gilt noch nicht");
        String page = "/answers/" + people.text("select id from chat_answer");
        editor.change(page, "from", today.toString(), "until", today.toString());
        assertThat(ask(QUESTION).text()).isEqualTo(ANSWER);
        editor.change(page, "from", "", "until", today.minusDays(1).toString());
        assertThat(ask(QUESTION).text()).isNotEqualTo(ANSWER);
        assertThat(editor.open("/answers").body()).contains("gilt nicht mehr");
    }

    @Test
    void whatIsWithdrawnOrDeletedIsNotGivenAndCanBeTakenBack() {
        write();
        String page = "/answers/" + people.text("select id from chat_answer");
        assertThat(editor.where(editor.fill(page, page + "/withdraw"))).isEqualTo("303 /answers");
        assertThat(ask(QUESTION).text()).isNotEqualTo(ANSWER);
        undo();
        assertThat(ask(QUESTION).text()).isEqualTo(ANSWER);
        assertThat(editor.where(editor.fill(page, page + "/delete"))).isEqualTo("303 /answers");
        assertThat(ask(QUESTION).text()).isNotEqualTo(ANSWER);
        undo();
        assertThat(ask(QUESTION).text()).isEqualTo(ANSWER);
    }

    private void undo() {
        String change = people.text("select max(id) from change");
        assertThat(editor.where(editor.fill("/answers", "/changes/" + change + "/undo", "back", "/answers")))
                .isEqualTo("303 /answers");
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndNothingIsLost() {
        assertThat(editor.refused(
                        "/answers/new",
                        "/answers/new",
                        "question",
                        "",
                        "german",
                        "",
                        "easy",
                        "x".repeat(2_001),
                        "source-url",
                        "javascript:alert(1)",
                        "from",
                        "morgen",
                        "until",
                        "übermorgen"))
                .isEqualTo("question german easy source-url from until");
        write();
        assertThat(write()).isEqualTo("422 question: Zu dieser Frage gibt es schon eine Antwort.");
        assertThat(people.text("select count(*) from chat_answer")).isEqualTo("1");
    }

    @Test
    void aTopicThatIsSwitchedOffIsNotAnsweredUntilItIsOnAgain() {
        write();
        assertThat(editor.where(editor.fill(
                        "/answers/switches", "/answers/switches", "lines", "Abfall, Sperrmüll\n", "model", "on")))
                .isEqualTo("303 /answers");
        Reply silent = ask("Wo kommt mein Müll hin?");
        assertThat(silent.kind()).isEqualTo(Reply.Kind.REFUSED);
        assertThat(silent.text()).startsWith("Dazu gebe ich im Moment keine Auskunft");
        assertThat(ask(QUESTION).text()).as("what was written for it too").isNotEqualTo(ANSWER);
        editor.fill("/answers/switches", "/answers/switches", "lines", "", "model", "on");
        assertThat(ask(QUESTION).text()).isEqualTo(ANSWER);
    }

    @Test
    void onlyEditorsOfTheChatMay() {
        PeopleScenario.Browser other = people.loggedIn("schule@example.org", Grants.of(Area.SCHOOLS, Role.EDITOR));
        for (String page : new String[] {"/answers", "/answers/new", "/answers/switches", "/answers/1"}) {
            assertThat(other.open(page).statusCode()).as(page).isEqualTo(403);
            assertThat(people.somebody().open(page).statusCode()).as(page).isIn(303, 401);
        }
        assertThat(editor.open("/answers/77").statusCode()).isEqualTo(404);
        assertThat(editor.open("/answers/x").statusCode()).isEqualTo(404);
    }
}
