package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The page on which places and times are compared, over HTTP.
@StadtkernTest
class ComparePageTest {

    private static final String JUNE = "?place=markt&place=dom&from=2026-06-15&to=2026-06-21";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;

    @BeforeEach
    void twoStreets() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.place(
                "markt",
                "Markt",
                new FootfallScenario("2026-06-01", "2026-06-27", 3)
                        .change("2026-06-01", 0, 24 * 27, _ -> 10)
                        .change("2026-06-15", 0, 24 * 7, _ -> 15)
                        .series());
        town.place(
                "dom",
                "Dom",
                new FootfallScenario("2026-06-01", "2026-06-27", 4)
                        .change("2026-06-01", 0, 24 * 27, _ -> 20)
                        .missing("2026-06-16", 8, 4)
                        .series());
        town.keep();
    }

    @Test
    void placesAndTimesAreComparedInTheHoursThatAllHave() {
        String page = page(JUNE);
        assertThat(page)
                .contains("<strong>5.740 gezählt, davor 4.920: 17 % mehr.</strong>")
                .contains("164 von 168 Stunden")
                .contains("+50\u00a0%", "0\u00a0%", "168 von 168", "164 von 168")
                .contains("An einem Tag lässt sich nur ein Teil der Stunden vergleichen")
                .contains("/embed/footfall/compare?place=markt&amp;amp;place=dom&amp;amp;from=2026-06-15");
        assertThat(page(JUNE + "&with=none"))
                .contains("<strong>5.740 gezählt.</strong>")
                .doesNotContain("% mehr");
    }

    @Test
    void withoutAQuestionTheFirstPlacesAreCompared() {
        assertThat(page("")).contains("name=\"place\" value=\"dom\"", "name=\"place\" value=\"markt\"");
    }

    @Test
    void aBreakOfTheMethodIsNoChange() {
        town.period("break", "2026-06-12", "", "Neues Gerät");
        String said = page(JUNE);
        assertThat(said)
                .contains("weil zwischendurch anders gemessen wurde")
                .contains("Neues Gerät")
                .doesNotContain("% mehr");
    }

    @Test
    void blockedHoursAreNotCompared() {
        town.period("blocked", "2026-06-17", "2026-06-17", "Baustelle");
        town.keep();
        assertThat(page(JUNE)).contains("140 von 168 Stunden");
    }

    @Test
    void anEarlierTimeOfOnesChoiceBeginsOnTheSameWeekday() {
        assertThat(page("?place=markt&from=2026-06-15&to=2026-06-17&with=chosen&then=2026-06-03"))
                .contains("15. Juni 2026 bis 17. Juni 2026 gegenüber 1. Juni 2026 bis 3. Juni 2026")
                .contains("Die frühere Zeit beginnt am gleichen Wochentag")
                .contains("72 von 72 Stunden");
    }

    @Test
    void whatCannotBeIsSaidAtItsField() {
        assertThat(wrong("?place=nirgends")).contains("id=\"place-error\"", "Diese Zählstelle gibt es nicht");
        assertThat(wrong("?place=markt&from=gestern")).contains("id=\"from-error\"");
        assertThat(wrong("?place=markt&from=2026-06-21&to=2026-06-15")).contains("id=\"to-error\"");
        assertThat(wrong("?place=markt&from=2024-06-14&to=2026-06-15")).contains("id=\"from-error\"", "366 Tage");
        assertThat(wrong(JUNE + "&with=tomorrow")).contains("id=\"with-error\"");
        assertThat(wrong(JUNE + "&with=chosen")).contains("id=\"then-error\"");
        assertThat(wrong(JUNE + "&with=chosen&then=2026-06-14")).contains("id=\"then-error\"");
        assertThat(wrong(JUNE + "&open=12&close=12")).contains("id=\"close-error\"");
        assertThat(wrong(JUNE + "&days=some")).contains("id=\"days-error\"");
        assertThat(town.town
                        .get("/footfall/compare.json" + JUNE + "&with=tomorrow")
                        .statusCode())
                .isEqualTo(400);
        assertThat(town.town
                        .get("/footfall/compare.json" + JUNE + "&with=tomorrow")
                        .body())
                .contains("\"field\":\"with\"");
    }

    @Test
    void filesHoldEachPlaceAndDay() {
        assertThat(town.town.get("/footfall/compare.csv" + JUNE).body())
                .startsWith("day,compared_with,place,slug,hours,hours_asked,value,value_before")
                .contains("2026-06-15,2026-06-08,Markt,markt,24,24,360,240")
                .contains("2026-06-16,2026-06-09,Dom,dom,20,24,400,400");
        assertThat(town.town.get("/footfall/compare.json" + JUNE).body())
                .contains("{\"day\":\"2026-06-15\",\"compared_with\":\"2026-06-08\",\"place\":\"Markt\"");
    }

    @Test
    void otherPagesMayShowIt() {
        var embedded = town.town.get("/embed/footfall/compare" + JUNE);
        assertThat(embedded.statusCode()).isEqualTo(200);
        assertThat(embedded.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors *");
        assertThat(embedded.body()).contains("164 von 168 Stunden", "/footfall/compare?place=markt");
    }

    @Test
    void aCounterShowsItsYearDayByDayAndOtherPagesMayShowItsDay() {
        assertThat(town.town.get("/footfall/markt?day=2026-06-20").body())
                .contains("Das Jahr 2026, Tag für Tag")
                .contains("Am meisten war am Montag, 15. Juni: 360. Bekannt sind 27 von 365 Tagen.")
                .contains("/embed/footfall/markt");
        var embedded = town.town.get("/embed/footfall/markt?day=2026-06-20");
        assertThat(embedded.statusCode()).isEqualTo(200);
        assertThat(embedded.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors *");
        assertThat(embedded.body()).contains("Samstag, 20. Juni 2026", "360 gezählt.");
    }

    @Test
    void aCounterHasNoAddressThatIsAPage() {
        long series = town.store.datastream("sum");
        assertThat(town.register(series, series, "compare")).startsWith("422");
    }

    private String page(String query) {
        var answer = town.town.get("/footfall/compare" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String wrong(String query) {
        var answer = town.town.get("/footfall/compare" + query);
        assertThat(answer.statusCode()).as(query).isEqualTo(422);
        return answer.body();
    }
}
