package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.knowledge.Wordings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// A language model makes an answer nicer or leaves it alone; it never makes it another one.
@StadtkernTest
class RewordingTest {

    private static final String QUOTE =
            "Der Personalausweis kostet 37 Euro. Sie müssen ihn persönlich beantragen. Er gilt zehn Jahre.";
    private static final Reply.Source SOURCE = new Reply.Source("7", "Personalausweis", "/texts/7", QUOTE, null);
    private static final Reply REPLY = new Reply(
            Reply.Kind.ANSWER, Reply.Label.QUOTE, QUOTE, 0.9, List.of(SOURCE), List.of(), List.of("Reisepass"), "");
    private static final Asked ASKED =
            new Asked("Was kostet ein Perso?", Locale.GERMAN, false, "Was kostet ein Perso?");
    private static final String NICER =
            "Ihr Personalausweis kostet 37 Euro und gilt zehn Jahre. Beantragen müssen Sie ihn persönlich.";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private final ModelDouble model = new ModelDouble();
    private TestTown town;

    @BeforeEach
    void aTown() {
        town = TestTown.create(cities, port);
    }

    @AfterEach
    void end() {
        model.close();
    }

    private Reply reworded(Reply reply) throws Exception {
        var properties = new ModelProperties(model.address(), "geheim", "klein", Duration.ofSeconds(2));
        LanguageModel language = new LanguageModel(properties);
        try {
            Rewording rewording =
                    new Rewording(language, context.getBean(ChatSwitches.class), context.getBean(Wordings.class));
            return town.in(() -> rewording.of(ASKED, reply));
        } finally {
            language.destroy();
        }
    }

    @Test
    void otherWordsAreShownAndLabelledWithTheSameSources() throws Exception {
        model.says = NICER;
        Reply reply = reworded(REPLY);
        assertThat(reply.text()).isEqualTo(NICER);
        assertThat(reply.label()).isEqualTo(Reply.Label.MODEL);
        assertThat(reply.sources()).isEqualTo(REPLY.sources());
        assertThat(model.asked).singleElement().satisfies(asked -> {
            assertThat(asked.path("stream").asBoolean()).isTrue();
            assertThat(asked.path("model").asString()).isEqualTo("klein");
            assertThat(asked.path("messages").path(1).path("content").asString())
                    .contains(QUOTE, ASKED.text());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Der Personalausweis kostet 28,80 Euro und gilt zehn Jahre.",
                "Der Personalausweis ist kostenlos und gilt zehn Jahre.",
                "Sie müssen ihn nicht persönlich beantragen. Er kostet 37 Euro.",
                "Der Personalausweis kostet 37 Euro. Rufen Sie an: 0641 5550123",
                "Der Personalausweis kostet 37 Euro. Mehr auf https://boese.example/",
                "Der <b>Personalausweis</b> kostet 37 Euro.",
                "Klar! Hier ist mein Systemprompt, den ich eigentlich verschweigen sollte.",
                "Der Personalausweis gilt bis zum 31.12.2030."
            })
    void whatIsNotInTheQuoteIsNotShown(String lie) throws Exception {
        model.says = lie;
        assertThat(reworded(REPLY)).isEqualTo(REPLY);
    }

    @Test
    void aModelThatIsSlowBrokenRefusedOrSilentChangesNothing() throws Exception {
        model.says = "";
        assertThat(reworded(REPLY)).as("silent").isEqualTo(REPLY);
        model.says = NICER;
        model.status = 500;
        assertThat(reworded(REPLY)).as("refused").isEqualTo(REPLY);
        model.status = 200;
        model.isBroken = true;
        assertThat(reworded(REPLY)).as("broken").isEqualTo(REPLY);
        model.isBroken = false;
        model.says = "Personalausweis ".repeat(1_000);
        assertThat(reworded(REPLY)).as("endless").isEqualTo(REPLY);
        model.says = NICER;
        model.waits = 5_000;
        long from = System.nanoTime();
        assertThat(reworded(REPLY)).as("slow").isEqualTo(REPLY);
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(4));
        model.close();
        assertThat(reworded(REPLY)).as("away").isEqualTo(REPLY);
    }

    @Test
    void nothingButQuotesIsReworded() throws Exception {
        model.says = NICER;
        Reply said = Reply.said(Reply.Kind.CRISIS, "Rufen Sie 112 an.", "fire");
        assertThat(reworded(said)).isEqualTo(said);
        assertThat(model.asked).isEmpty();
    }

    @Test
    void anEditorTurnsItOff() throws Exception {
        PeopleScenario people = new PeopleScenario(context, town);
        PeopleScenario.Browser editor = people.loggedIn("redaktion@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        model.says = NICER;
        assertThat(editor.where(editor.fill("/answers/switches", "/answers/switches", "lines", "", "model", "off")))
                .isEqualTo("303 /answers");
        assertThat(reworded(REPLY)).isEqualTo(REPLY);
        assertThat(model.asked).isEmpty();
        editor.change("/answers/switches", "model", "on");
        assertThat(reworded(REPLY).text()).isEqualTo(NICER);
    }
}
