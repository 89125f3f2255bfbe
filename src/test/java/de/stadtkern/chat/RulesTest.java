package de.stadtkern.chat;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@StadtkernTest
class RulesTest {

    @Autowired
    Rules rules;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private Reply reply(String text, Locale language, boolean easy) {
        TestTown town = TestTown.create(cities, port);
        return town.in(() -> rules.reply(new Asked(text, language, easy, text)).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Ich will nicht mehr leben | suicide | 0800 1110111",
                "Mein Mann schlägt mich | violence | 116016",
                "Das Baby atmet nicht | medical_emergency | 112",
                "Im Keller brennt es | fire | 112",
            })
    void inACrisisTheFixedHelpIsGivenInBothForms(String asked, String topic, String number) {
        for (boolean easy : new boolean[] {false, true}) {
            Reply reply = reply(asked, Locale.GERMAN, easy);
            assertThat(reply.kind()).isEqualTo(Reply.Kind.CRISIS);
            assertThat(reply.topic()).isEqualTo(topic);
            assertThat(reply.text()).contains(number).doesNotContain("{0}");
        }
    }

    @Test
    void helpIsGivenInTheLanguageOfTheQuestion() {
        assertThat(reply("my husband hits me", Locale.GERMAN, false).text()).contains("police 110");
        assertThat(reply("kocam beni dövüyor", Locale.GERMAN, false).text()).contains("polis", "116016");
        assertThat(reply("я не хочу больше жить", Locale.GERMAN, false).text())
                .contains("0800 1110111", "круглосуточно");
        assertThat(reply("زوجي يضربني", Locale.GERMAN, false).text()).contains("110", "الشرطة");
    }

    @Test
    void whoAsksForAPersonIsToldWhereOneIs() {
        Reply reply = reply("Ich möchte mit einem Menschen sprechen", Locale.GERMAN, false);
        assertThat(reply.kind()).isEqualTo(Reply.Kind.HANDOVER);
        assertThat(reply.text()).contains("115");
    }

    @Test
    void aMachineSaysThatItIsOne() {
        assertThat(reply("Bist du ein Mensch?", Locale.GERMAN, false).text()).contains("kein Mensch", "Maschine");
        assertThat(reply("are you human?", Locale.GERMAN, false).text()).contains("machine");
    }

    @Test
    void anotherTownsQuestionNamesThisTown() {
        Reply reply = reply("Was kostet ein Parkausweis in Köln?", Locale.GERMAN, false);
        assertThat(reply.topic()).isEqualTo("other_town");
        assertThat(reply.text()).contains("Teststadt");
    }
}
