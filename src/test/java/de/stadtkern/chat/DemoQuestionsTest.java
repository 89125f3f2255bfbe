package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Rights;
import de.stadtkern.knowledge.Knowledge;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.ClassPathResource;

/// What the demo town's texts and its calendar answer, among it the three questions the model town published.
@StadtkernTest
class DemoQuestionsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private TestTown town;

    @BeforeEach
    void theTextsOfTheDemo() {
        town = TestTown.create(cities, port);
        int refused = town.in(() -> context.getBean(Rights.class).asOperator(this::bring));
        assertThat(refused).isZero();
    }

    private int bring() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new ClassPathResource("demo/wissen.jsonl").getInputStream(), StandardCharsets.UTF_8))) {
            Knowledge knowledge = context.getBean(Knowledge.class);
            String calendar =
                    new ClassPathResource("demo/veranstaltungen.ics").getContentAsString(StandardCharsets.UTF_8);
            return knowledge.bring(lines) + knowledge.bringCalendar("veranstaltungen", "Veranstaltungen", calendar);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static Before before(Chat.Answered answered) {
        return new Before(
                answered.alone(), answered.reply().sources().getFirst().title());
    }

    private Chat.Answered ask(String question, Before before) {
        return town.in(() -> context.getBean(Chat.class).ask(question, Locale.GERMAN, false, before));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wer hat Anspruch auf Wohngeld und welches Formular brauche ich?|Wohngeld|Antrag auf Wohngeld",
                "Wie bekomme ich einen Termin im Bürgerservice?|Bürgerservice|https://termine.example/buergerservice",
                "Was kostet ein neuer Perso?|Personalausweis|37,00 Euro",
                "Ich ziehe um, was muss ich mitbringen?|Wohnsitz anmelden|Wohnungsgeberbestätigung",
                "Wo ist der Probierladen?|ProbierLaden|Engelplatz 14",
                "Wann wird der Müll abgeholt?|Abfall|alle zwei Wochen",
                "wieviel kostet der hund im jahr|Hund anmelden|96 Euro",
                "Ich hab mein Handy im Bus vergessen|Fundbüro|sechs Monate"
            })
    void aQuestionIsAnsweredFromTheRightText(String question, String title, String said) {
        Reply reply = ask(question, Before.NOTHING).reply();
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.sources().getFirst().title()).as(reply.toString()).startsWith(title);
        assertThat(reply.text()).contains(said);
    }

    @Test
    void whatIsOnForChildrenNextWeekIsToldWithItsDays() {
        Reply reply = ask("Welche Veranstaltungen gibt es nächste Woche für Kinder?", Before.NOTHING)
                .reply();
        assertThat(reply.kind()).isEqualTo(Reply.Kind.ANSWER);
        assertThat(reply.text())
                .contains("Vorlesestunde für Kinder", "Mittwoch", "15", "Basteln und Programmieren", "Samstag")
                .doesNotContain("Seniorinnen");
    }

    @Test
    void aQuestionGoesOnAboutTheSameSubject() {
        Chat.Answered first = ask("Wie beantrage ich einen Reisepass?", Before.NOTHING);
        assertThat(first.reply().sources().getFirst().id()).isEqualTo("reisepass");
        Reply next = ask("Und was kostet das?", before(first)).reply();
        assertThat(next.sources().getFirst().title()).startsWith("Reisepass");
        assertThat(next.text()).contains("70,00 Euro");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wann hat die Bibliothek am Dienstag offen?|Wann hat die Bibliothek am Samstag offen?",
                "Welche Veranstaltungen gibt es nächste Woche für Kinder?|Welche Veranstaltungen gibt es am Samstag"
                        + " für Kinder?"
            })
    void soDoesOneForAnotherDay(String first, String other) {
        Chat.Answered before = ask(first, Before.NOTHING);
        Chat.Answered saturday = ask("Und am Samstag?", before(before));
        assertThat(saturday.reply().facts()).isNotEmpty();
        assertThat(saturday.reply().text())
                .isEqualTo(ask(other, Before.NOTHING).reply().text())
                .isNotEqualTo(before.reply().text());
        assertThat(ask("Und in zwei Wochen?", before(saturday)).alone())
                .as("a third goes on from the first")
                .startsWith("Und in zwei Wochen?")
                .endsWith(first.substring(first.lastIndexOf(' ')));
    }

    @Test
    void twoQuestionsGetTwoAnswers() {
        Reply reply = ask("Was kostet der Bewohnerparkausweis? Und wo ist das Fundbüro?", Before.NOTHING)
                .reply();
        assertThat(reply.sources().stream().map(Reply.Source::id).distinct()).containsExactly("parken", "fundbuero");
        assertThat(reply.text()).contains("30 Euro");
    }

    @Test
    void whatNoTextKnowsIsNotAnswered() {
        for (String question : new String[] {
            "Wie hoch ist der Mount Everest?", "Welche Impfungen brauche ich für Thailand?", "Quantenverschränkung"
        }) {
            assertThat(ask(question, Before.NOTHING).reply().kind())
                    .as(question)
                    .isIn(Reply.Kind.UNKNOWN, Reply.Kind.REFUSED);
        }
    }
}
