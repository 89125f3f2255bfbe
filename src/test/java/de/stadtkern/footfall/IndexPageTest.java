package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The index of a town and its basket, over HTTP.
@StadtkernTest
class IndexPageTest {

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
        town.place("markt", "Markt", level("2026-02-28", 10).series());
        town.place(
                "dom",
                "Dom",
                level("2026-02-28", 50).missing("2026-02-01", 0, 24 * 28).series());
        town.keep();
    }

    /// From New Year 2026 the same each hour, in February a fifth more.
    private static FootfallScenario level(String to, double count) {
        int days = (int) (LocalDate.parse(to).toEpochDay()
                - LocalDate.parse("2026-01-01").toEpochDay()
                + 1);
        return new FootfallScenario("2026-01-01", to, 3)
                .change("2026-01-01", 0, 24 * days, _ -> count)
                .change("2026-02-01", 0, 24 * (days - 31), _ -> count * 1.2);
    }

    @Test
    void withoutABasketThereIsNoIndex() {
        assertThat(page("")).contains("Noch kein Index");
        assertThat(file("")).isEqualTo("month,index,to_month,to_year,places");
    }

    @Test
    void theIndexComesFromTheChosenPlacesWithoutTheOneThatFailed() {
        assertThat(choose("2026-01", "2026-01", 1, 2)).isEqualTo("303 /counters/basket");
        assertThat(page("?until=2026-02"))
                .contains("Februar 2026: 120 (Januar 2026 = 100).")
                .contains("In einem Monat fehlt mindestens eine Zählstelle")
                .contains("/footfall/index?until=2026-02");
        assertThat(file("?until=2026-02")).contains("2026-02,120,20,,1", "2026-01,100,,,2");
        assertThat(town.town.get("/footfall/index.json?until=2026-02").body())
                .contains("{\"month\":\"2026-02\",\"index\":120.0");
        assertThat(town.town.get("/embed/footfall/index?until=2026-02").body()).contains("Februar 2026: 120");
    }

    @Test
    void theIndexIsOfCalibratedFiguresAndSaysSo() {
        choose("2026-01", "2026-01", 1);
        town.counter = 1;
        town.calibrate("0.5", "2026-02-03T10:00");
        assertThat(file("?until=2026-02"))
                .as("a Sunday of 12 and three of 6, a Monday of 12 and two of 6 (one was Rose Monday), else 6, all"
                        + " by 10")
                .contains("2026-02,65,");
        assertThat(page("?until=2026-02")).contains("Eine Zählstelle ist kalibriert");
    }

    @Test
    void aDayWithAGapIsNoWholeDay() {
        choose("2026-01", "2026-01", 1);
        town.counter = 1;
        town.period("outage", "2026-02-10T08:00", "2026-02-10T12:00", "Sensor defekt");
        town.keep();
        assertThat(file("?until=2026-02")).contains("2026-02,120,20,,1");
    }

    @Test
    void aChoiceIsTakenBackAndTwoWhoChooseAtOnceMeet() {
        choose("2026-01", "2026-01", 1, 2);
        String seen = town.editor.open("/counters/basket").body();
        choose("2026-02", "2026-02", 1);
        assertThat(page("?until=2026-02")).contains("(Februar 2026 = 100)");
        town.editor.fill("/counters/basket", "/changes/%s/undo".formatted(lastChange()));
        assertThat(page("?until=2026-02")).contains("(Januar 2026 = 100)");
        assertThat(seen).contains("name=\"version\"");
        assertThat(town.editor.where(town.editor.fill(
                        "/counters/basket",
                        "/counters/basket",
                        "version",
                        "other",
                        "counter-1",
                        "on",
                        "from",
                        "2026-01",
                        "to",
                        "2026-01")))
                .startsWith("422");
    }

    private String lastChange() {
        return town.text("select max(id)::text from change where kind = 'footfall-basket'");
    }

    @Test
    void aBasketNeedsAPlaceAndMonths() {
        assertThat(choose("2026-01", "2026-01")).startsWith("422");
        assertThat(choose("January", "2026-01", 1)).startsWith("422");
        assertThat(choose("2026-02", "2026-01", 1)).startsWith("422");
        assertThat(town.town.get("/footfall/index?until=soon").statusCode()).isEqualTo(400);
    }

    private String choose(String from, String to, int... counters) {
        String[] values = new String[4 + 2 * counters.length];
        values[0] = "from";
        values[1] = from;
        values[2] = "to";
        values[3] = to;
        for (int at = 0; at < counters.length; at++) {
            values[4 + 2 * at] = "counter-" + counters[at];
            values[5 + 2 * at] = "on";
        }
        return town.editor.where(town.editor.fill("/counters/basket", "/counters/basket", values));
    }

    private String page(String query) {
        var answer = town.town.get("/footfall/index" + query);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private String file(String query) {
        return town.town.get("/footfall/index.csv" + query).body().strip();
    }
}
