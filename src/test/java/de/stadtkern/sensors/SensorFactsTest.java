package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.seams.Fact;
import de.stadtkern.seams.Facts;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What sensors say to those who ask in a sentence.
@StadtkernTest
class SensorFactsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    @Qualifier("sensorFacts")
    Facts facts;

    @LocalServerPort
    int port;

    private TestTown town;
    private MeasuredTown measured;

    @BeforeEach
    void aTownThatMeasures() {
        town = TestTown.create(cities, port);
        measured = new MeasuredTown(context, town);
        ZonedDateTime now = ZonedDateTime.now(ZoneId.of("Europe/Berlin")).minusMinutes(5);
        measured.point("Holzmarkt").measures("Lufttemperatur", "Grad Celsius", "°C", "mean", "{}");
        for (int day = 1; day <= 10; day++) {
            measured.value(now.minusDays(day).toInstant(), day);
        }
        measured.value(now.toInstant(), 12.3);
        measured.point("Saalebrücke")
                .measures("Wasserstand", "Zentimeter", "cm", "mean", "{\"simulated\": true}")
                .value(now.minusDays(40).toInstant(), 155);
    }

    private List<Fact> ask(String question, Locale language) {
        return town.in(() -> facts.facts(question, language));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wie warm ist es gerade am Holzmarkt?",
                "wie kalt ist es jetzt",
                "Welche Temperatur hat der Holzmarkt?",
                "Wie hoch ist die Lufttemperatur?",
                "Temperatur Holzmarkt"
            })
    void theLatestValueIsSaidWithItsTimeAndWhatIsUsual(String question) {
        assertThat(ask(question, Locale.GERMAN)).singleElement().satisfies(fact -> {
            assertThat(fact.subject()).isEqualTo("Holzmarkt: Lufttemperatur");
            assertThat(fact.sentence())
                    .startsWith("Holzmarkt, Lufttemperatur: 12,3\u00a0°C (")
                    .contains("Um diese Zeit sind 1 bis 10\u00a0°C üblich");
            assertThat(fact.address()).startsWith("/datastreams/").endsWith("-lufttemperatur");
            assertThat(fact.chart()).matches("/embed/datastreams/\\d+");
            assertThat(town.get(fact.chart()).statusCode()).isEqualTo(200);
        });
    }

    @Test
    void whatHasFallenSilentOrIsSimulatedIsCalledSo() {
        assertThat(ask("Wie hoch ist der Wasserstand an der Saalebrücke?", Locale.GERMAN))
                .singleElement()
                .satisfies(fact -> assertThat(fact.sentence())
                        .contains("zuletzt 155\u00a0cm", "seither kam kein Wert", "simuliert"));
        assertThat(ask("How high is the water level?", Locale.ENGLISH))
                .singleElement()
                .satisfies(fact -> assertThat(fact.sentence()).contains("at last 155\u00a0cm", "simulated"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Wie warm muss meine Wohnung sein?",
                "Was kostet ein Parkplatz?",
                "Wie hoch ist die Kaltmiete?",
                "Wie hoch ist die Temperaturgebühr?",
                "Wie laut ist es?",
                "Was ist ein Wasserstand?",
                "Wo ist es warm?",
                "Wie warm ist es am Marktplatz?",
                "Kann ich am Holzmarkt parken?",
                "Wann ist der Weihnachtsmarkt am Holzmarkt?",
                "Wie geht es dir?",
                "Holzmarkt",
                ""
            })
    void whatMeansSomethingElseIsLeftToOthers(String question) {
        assertThat(ask(question, Locale.GERMAN)).isEmpty();
    }
}
