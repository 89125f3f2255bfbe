package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The page that says what an event did, over HTTP.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EffectPageTest {

    private static final String FAIR = "?event=Stadtfest&from=2026-03-21&to=2026-03-21&open=10&close=20&place=markt";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;

    @BeforeAll
    void threeStreetsAndAFair() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.place("dom", "Dom", street(2).series());
        town.place("tor", "Tor", street(3).missing("2026-03-21", 10, 5).series());
        town.place(
                "markt",
                "Markt",
                street(1).change("2026-03-21", 10, 10, count -> 2 * count).series());
        town.keep();
    }

    private static FootfallScenario street(int seed) {
        return new FootfallScenario("2025-06-01", "2026-06-30", seed, 5);
    }

    @Test
    void theEffectIsSaidWithWhatWasExpectedAndHowFarChanceGoes() {
        String page = page(FAIR + "&control=dom");
        assertThat(page)
                .contains("Stadtfest, 21. März 2026, 10:00 bis 20:00 Uhr")
                .contains("Klare Zunahme")
                .contains("Ohne Ereignis wären")
                .contains("Am Vergleichsort war es")
                .contains("Tage ohne Ereignis")
                .contains("/embed/footfall/effect?event=Stadtfest&amp;amp;place=markt&amp;amp;control=dom");
    }

    @Test
    void whereNothingWasOnNothingIsMadeOut() {
        assertThat(page("?from=2026-03-21&place=dom")).contains("Im Rahmen des Üblichen", "Ohne Vergleichsorte");
    }

    @Test
    void whatCannotBeToldIsSaidWithItsReason() {
        assertThat(page("?from=2026-03-21&place=tor"))
                .contains("Das lässt sich aus diesen Zahlen nicht sagen.", "fehlen Zahlen");
        assertThat(page(FAIR + "&control=tor")).contains("An einem Vergleichsort fehlen Zahlen");
        assertThat(page("?from=2026-05-01&place=markt")).contains("Es war ein Feiertag");
        assertThat(page("?from=2025-06-05&place=markt")).contains("fehlen Zahlen");
    }

    @Test
    void theEffectIsOfCalibratedFiguresAndSaysSo() {
        String query = "?from=2026-04-11&place=dom";
        double before = Double.parseDouble(file(query).lines().toList().get(1).split(",")[3]);
        town.counter = 1;
        town.calibrate("1.5", "2025-01-01");
        assertThat(Double.parseDouble(file(query).lines().toList().get(1).split(",")[3]))
                .isEqualTo(Math.rint(before * 15) / 10);
        assertThat(page(query)).contains("Eine Zählstelle ist kalibriert");
        assertThat(page("?from=2026-04-11&place=tor")).doesNotContain("kalibriert");
    }

    @Test
    void whatIsKnownToHaveBeenOnIsNoOrdinaryDayAndSpoilsAControlPlace() {
        String before = file(FAIR);
        town.counter = 1;
        town.period("note", "2026-02-21", "2026-02-21", "Fasching am Dom");
        assertThat(file(FAIR)).as("of the place alone").isEqualTo(before);
        assertThat(file(FAIR + "&control=dom").lines().filter(line -> line.startsWith("without,2026-02-21")))
                .isEmpty();
        assertThat(page("?from=2026-02-21&place=markt&control=dom")).contains("dort war auch etwas");
    }

    @Test
    void filesHoldTheAnswerTheWeekBeforeAndTheDaysWithout() {
        assertThat(file(FAIR + "&control=dom"))
                .startsWith("kind,day,percent,measured,expected,low,high,verdict\nevent,2026-03-21,")
                .contains(",more\n")
                .contains("before,2026-03-14,", "during,2026-03-21,", "without,2026-03-07,");
        assertThat(town.town.get("/footfall/effect.json" + FAIR).body()).contains("\"kind\":\"event\"");
        assertThat(town.town.get("/embed/footfall/effect" + FAIR).body()).contains("Klare Zunahme");
    }

    @Test
    void whatCannotBeIsSaidAtItsField() {
        String tomorrow = LocalDate.ofInstant(Instant.now(), FootfallScenario.BERLIN)
                .plusDays(1)
                .toString();
        assertThat(wrong("?place=nirgends")).contains("id=\"place-error\"");
        assertThat(wrong("?place=markt&control=markt"))
                .contains("id=\"control-error\"", "<option value=\"10\" selected>")
                .as("who sends it again is not told the same again")
                .doesNotContain("name=\"control\" value=");
        assertThat(wrong("?place=markt&from=2026-03-21&to=2026-03-30")).contains("id=\"to-error\"");
        assertThat(wrong("?place=markt&from=" + tomorrow)).contains("id=\"from-error\"");
        assertThat(wrong("?place=markt&from=2026-03-21&open=20&close=10")).contains("id=\"close-error\"");
        assertThat(wrong("?place=markt&event=" + "x".repeat(121))).contains("id=\"event-error\"");
        assertThat(town.town.get("/footfall/effect.csv?place=nirgends").statusCode())
                .isEqualTo(400);
    }

    private String page(String query) {
        var answer = town.town.get("/footfall/effect" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String wrong(String query) {
        var answer = town.town.get("/footfall/effect" + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(422);
        return answer.body();
    }

    private String file(String query) {
        return town.town.get("/footfall/effect.csv" + query).body().replace("\r\n", "\n");
    }
}
