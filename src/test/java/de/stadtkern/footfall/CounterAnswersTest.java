package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.seams.Facts;
import de.stadtkern.seams.Figure;
import de.stadtkern.seams.Indicators;
import de.stadtkern.seams.Passages;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What counters say in the search, in the chat and in reports.
@StadtkernTest
class CounterAnswersTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @Autowired
    @Qualifier("counterAnswers")
    Facts facts;

    @Autowired
    @Qualifier("counterAnswers")
    Passages passages;

    @Autowired
    Indicators indicators;

    @LocalServerPort
    int port;

    private CountingTown street;

    @BeforeEach
    void aTownThatCounts() {
        street = new CountingTown(context, TestTown.create(cities, port));
        street.hours("2026-05-04T22:00:00Z", 24, 90).hours("2026-05-05T22:00:00Z", 12, 110);
        street.register("markt", "name", "Holzmarkt", "place", "Vor dem Brunnen", "technique", "Laser");
        street.keep();
    }

    @Test
    void aQuestionThatSaysACountersNameIsAnswered() {
        assertThat(street.town.in(() -> facts.facts("Wie viel ist am Holzmarkt los?", Locale.GERMAN)))
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.subject()).isEqualTo("Holzmarkt");
                    assertThat(fact.sentence()).startsWith("Zuletzt am 6. Mai 2026: 1.320 gezählt.");
                    assertThat(fact.source()).isEqualTo("Zählstellen der Stadt");
                    assertThat(fact.known()).isEqualTo("2026-05-06T10:00:00Z");
                    assertThat(fact.address()).isEqualTo("/footfall/markt");
                });
        assertThat(street.town.in(() -> facts.facts("How busy is holzmarkt", Locale.ENGLISH)))
                .singleElement()
                .satisfies(fact -> assertThat(fact.sentence()).contains("1,320 counted"));
        assertThat(street.town.in(() -> facts.facts("Was kostet ein Parkausweis am Holzmarkt?", Locale.GERMAN)))
                .as("about something else there")
                .isEmpty();
        assertThat(street.town.in(() -> facts.facts("Wo ist das Rathaus?", Locale.GERMAN)))
                .isEmpty();
        assertThat(street.town.in(() -> facts.facts("", Locale.GERMAN))).isEmpty();
    }

    @Test
    void theSearchShowsTheAnswerAboveWhatItFinds() {
        String page = street.town.get("/search?q=Holzmarkt").body();
        assertThat(page)
                .containsSubsequence(
                        "Holzmarkt", "1.320 gezählt", "Zählstellen der Stadt, Stand 6. Mai 2026, 12:00", "1 Treffer");
        assertThat(street.town.get("/search?q=wie+viele+am+Holzmarkt").body())
                .contains("1.320 gezählt")
                .doesNotContain("ist nichts zu finden");
        assertThat(street.town.get("/search?q=Brunnen").body())
                .contains("Zählstelle")
                .contains("/footfall/markt");
    }

    @Test
    void aCounterThatIsHiddenSaysNothing() {
        street.people.execute("update footfall_counter set shown = false");
        assertThat(street.town.get("/search?q=Holzmarkt").body()).contains("ist nichts zu finden");
        assertThat(street.town.in(() -> indicators.indicators(Locale.GERMAN))).isEmpty();
        assertThat(street.town.in(() -> figure("2026-05-05", "2026-05-05"))).isEmpty();
    }

    @Test
    void aPassageSaysWhereAndWithWhatIsCounted() {
        assertThat(street.town.in(() -> passages.passages(Locale.ENGLISH)))
                .singleElement()
                .satisfies(passage -> {
                    assertThat(passage.kind()).isEqualTo("Counter");
                    assertThat(passage.text()).isEqualTo("Vor dem Brunnen. Laser");
                    assertThat(passage.language()).isEqualTo(Locale.GERMAN);
                });
    }

    @Test
    void aFigureOfAPeriodSaysHowMuchOfItWasMeasured() {
        assertThat(street.town.in(() -> indicators.indicators(Locale.GERMAN)))
                .singleElement()
                .satisfies(indicator -> {
                    assertThat(indicator.key()).isEqualTo("footfall/markt");
                    assertThat(indicator.name()).isEqualTo("Vorbeigehende an der Zählstelle Holzmarkt");
                });
        assertThat(street.town.in(() -> figure("2026-05-05", "2026-05-06")))
                .contains(new Figure(24 * 90 + 12 * 110, 0, 36.0 / 48));
        assertThat(street.town.in(() -> figure("2025-05-05", "2025-05-06"))).isEmpty();
    }

    private Optional<Figure> figure(String first, String last) {
        return indicators.figure("footfall/markt", LocalDate.parse(first), LocalDate.parse(last));
    }
}
