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

/// The report of a month, over HTTP.
@StadtkernTest
class MonthPageTest {

    private static final String JUNE = "?month=2026-06&place=markt,dom";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown town;

    /// At one place half as many again as in May, at the other as many, with a gap and one busy day.
    @BeforeEach
    void twoStreets() {
        town = new CountingTown(context, TestTown.create(cities, port));
        town.place(
                "markt",
                "Markt",
                new FootfallScenario("2026-04-20", "2026-06-30", 3)
                        .change("2026-04-20", 0, 24 * 72, _ -> 10)
                        .change("2026-06-01", 0, 24 * 30, _ -> 15)
                        .change("2026-06-13", 17, 1, _ -> 600)
                        .series());
        town.place(
                "dom",
                "Dom",
                new FootfallScenario("2026-04-20", "2026-06-30", 4)
                        .change("2026-04-20", 0, 24 * 72, _ -> 20)
                        .missing("2026-06-16", 8, 4)
                        .series());
        town.keep();
    }

    @Test
    void aMonthIsSummedAndComparedPlaceByPlaceAndInAll() {
        assertThat(file(JUNE))
                .startsWith("place,counted,estimated,completeness,to_weeks_before,to_year,busiest_day,fullest_hour\n")
                .contains("Markt,11385,0,100,", ",2026-06-13,17\n")
                .contains("Dom,14320,0,99.4,0,,2026-06-0");
        assertThat(page(JUNE))
                .contains("An 2 Zählstellen wurde 25.705-mal jemand gezählt")
                .contains("Zum Jahr davor lässt sich nichts sagen: Zu wenige Stunden")
                .contains("Dom: 4 Stunden fehlen")
                .doesNotContain("Markt: ")
                .contains("Sa. 13.: 945")
                .contains("month=2026-05&amp;place=markt,dom", "month=2026-07&amp;place=markt,dom");
    }

    @Test
    void anHourThatIsMissingAtOnePlaceIsComparedAtNone() {
        assertThat(page(JUNE)).contains("in 572 von 576 Stunden");
        assertThat(page("?month=2026-06&place=markt")).contains("in 576 von 576 Stunden");
    }

    @Test
    void withoutAQuestionItIsTheLastMonthThatWasCountedAsAWhole() {
        assertThat(page("")).contains("Passantenfrequenz im Juni 2026", "value=\"2026-06\" selected");
    }

    @Test
    void whatIsKnownOfTheMonthStandsInIt() {
        town.counter = 1;
        town.period("blocked", "2026-06-17", "2026-06-17", "Baustelle");
        town.period("break", "2026-05-20", "", "Neues Gerät");
        town.keep();
        assertThat(page(JUNE))
                .contains("Gesperrt von", "Baustelle", "in 24 war gesperrt oder geschlossen")
                .contains("Seither wird anders gemessen");
    }

    @Test
    void aMonthWithoutAnHourIsNoMonthWithoutPeople() {
        assertThat(page("?month=2026-01&place=markt")).contains("an keiner dieser Zählstellen eine Stunde gezählt");
        assertThat(file("?month=2026-01&place=markt")).contains("Markt,,,,,,");
    }

    @Test
    void itIsPrintedAndSubscribedTo() {
        var pdf = town.town.get("/footfall/month.pdf" + JUNE);
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.headers().firstValue("Content-Disposition").orElseThrow())
                .contains("month-2026-06.pdf");
        assertThat(pdf.body()).startsWith("%PDF");
        var feed = town.town.get("/footfall/month.atom?place=markt");
        assertThat(feed.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/atom+xml"));
        assertThat(feed.body())
                .contains("<title>Passantenfrequenz im Juni 2026</title>")
                .contains("month=2026-06&amp;place=markt")
                .doesNotContain("Passantenfrequenz im Januar");
    }

    @Test
    void whatCannotBeIsSaidAtItsField() {
        assertThat(wrong("?place=nirgends")).contains("id=\"place-error\"", "Diese Zählstelle gibt es nicht");
        assertThat(wrong("?month=Juni")).contains("id=\"month-error\"");
        assertThat(wrong("?month=2199-01")).contains("id=\"month-error\"", "noch nicht begonnen");
        assertThat(town.town.get("/footfall/month.json?month=Juni").statusCode())
                .isEqualTo(400);
        assertThat(town.town.get("/footfall/month.pdf?month=Juni").statusCode()).isEqualTo(400);
        assertThat(new CountingTown(context, TestTown.create(cities, port))
                        .town
                        .get("/footfall/month")
                        .body())
                .contains("Noch keine Zählstelle");
    }

    private String page(String question) {
        var answer = town.town.get("/footfall/month" + question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private String wrong(String question) {
        var answer = town.town.get("/footfall/month" + question);
        assertThat(answer.statusCode()).isEqualTo(422);
        return answer.body();
    }

    private String file(String question) {
        var answer = town.town.get("/footfall/month.csv" + question);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().replace("\r\n", "\n");
    }
}
