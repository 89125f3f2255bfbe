package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Which way people went, over HTTP, and the rule of small numbers.
@StadtkernTest
class DirectionsTest {

    private static final String DAY = "?from=2026-05-05&to=2026-05-05";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private static final String CLOSING =
            "/data-sets/new?openness=protected&name=Richtungen+und+Teile%3A+Kirchplatz&datastream-2=on&datastream-3=on";

    private DividedTown town;

    @BeforeEach
    void aCounterOfBothDirections() {
        town = new DividedTown(context, TestTown.create(cities, port));
    }

    /// On 2026-05-05, in Berlin from ten to one.
    private void market() {
        town.hour("2026-05-05T08:00:00Z", 30, 20)
                .hour("2026-05-05T09:00:00Z", 10, 40)
                .hour("2026-05-05T10:00:00Z", 3, 47)
                .register()
                .keep();
    }

    @Test
    void aFileSaysTheDirectionsOfEachHourOrWhyItDoesNot() {
        market();
        assertThat(town.hours(DAY)).isEqualTo("""
            08 50 30/20 shown, 09 50 10/40 shown, 10 50 –/– suppressed_below_5\
            """);
        assertThat(town.get("/footfall/kirchplatz/hours.json" + DAY)).contains("\"directions\":\"suppressed_below_5\"");
        assertThat(town.get("/footfall/kirchplatz?day=2026-05-05"))
                .contains("weniger als 5-mal jemand", "/footfall/kirchplatz/directions");
    }

    @Test
    void sumsOfDirectionsAreOfShownHoursAndSaySo() {
        market();
        assertThat(town.get("/footfall/kirchplatz/directions" + DAY))
                .contains("zum Markt 40 (40\u00a0%), zum Bahnhof 60 (60\u00a0%).")
                .contains("Aus 2 von 3 gezählten Stunden. Wegen kleiner Zahlen ungezeigt: 1")
                .contains("Am meisten überwiegt zum Markt bei 10:00–11:00 (60\u00a0%), zum Bahnhof bei 11:00–12:00"
                        + " (80\u00a0%).")
                .contains("1 von 1", "0 von 1");
        assertThat(town.get("/footfall/kirchplatz/directions.csv" + DAY + "&by=day"))
                .isEqualTo("""
                    day,in,out,share_in,hours_shown,hours_small,hours_held,hours_counted
                    2026-05-05,40,60,0.4,2,1,0,3
                    """);
        assertThat(town.get("/footfall/kirchplatz/directions.csv" + DAY))
                .contains("\n9,,,,0,0,0,0\n10,30,20,0.6,1,0,0,1\n11,10,40,0.2,1,0,0,1\n12,,,,0,1,0,1\n");
        assertThat(town.get("/embed/footfall/kirchplatz/directions" + DAY)).contains("zum Markt 40 (40\u00a0%)");
    }

    @Test
    void anotherRuleHoldsAtOnceForEarlierHoursTooAndCanBeTakenBack() {
        market();
        town.smallest(3);
        assertThat(town.hours(DAY)).endsWith("10 50 3/47 shown");
        town.smallest(20);
        assertThat(town.hours(DAY)).isEqualTo("""
            08 50 30/20 shown, 09 50 –/– suppressed_below_20, 10 50 –/– suppressed_below_20\
            """);
        String change = town.street.text("select max(id)::text from change where kind = 'footfall-privacy'");
        town.street.editor.fill("/counters/privacy", "/changes/%s/undo".formatted(change), "back", "/counters/privacy");
        assertThat(town.hours(DAY)).endsWith("10 50 3/47 shown");
    }

    @Test
    void aRuleThatWouldShowSinglePeopleIsRefusedAtItsField() {
        for (String wrong : new String[] {"0", "2", "101", "-5", "viele", "5.5", ""}) {
            assertThat(town.street
                            .editor
                            .fill("/counters/privacy", "/counters/privacy", "smallest", wrong)
                            .body())
                    .as(wrong)
                    .contains("Geben Sie eine ganze Zahl von 3 bis 100 ein.");
        }
    }

    @Test
    void whatWasPublishedUnderALooserRuleIsNotProducedAgain() {
        market();
        String strict = now();
        town.smallest(3);
        String loose = now();
        town.smallest(20);
        assertThat(town.hours(DAY + "&as-of=" + loose)).contains("09 50 –/– suppressed_below_20");
        town.smallest(3);
        assertThat(town.hours(DAY + "&as-of=" + loose)).endsWith("10 50 3/47 shown");
        assertThat(town.hours(DAY + "&as-of=" + strict))
                .as("what was hidden then stays so")
                .endsWith("10 50 –/– suppressed_below_5");
    }

    private String now() {
        return town.street.text("select to_json(clock_timestamp())#>>'{}'").replaceAll("\\+.*", "Z");
    }

    /// Both versions side by side would say which way the one went who was added.
    @Test
    void anHourThatWasCorrectedShowsItsDirectionsNoMore() {
        market();
        String before = now();
        town.hour("2026-05-05T08:00:00Z", 30, 21).keep();
        assertThat(town.hours(DAY)).startsWith("08 51 –/– suppressed_corrected, 09 50 10/40 shown");
        assertThat(town.hours(DAY + "&as-of=" + before)).startsWith("08 50 30/20 shown");
        town.hour("2026-05-05T09:00:00Z", 11, 39).keep();
        assertThat(town.hours(DAY)).contains("09 50 –/– suppressed_corrected");
    }

    @Test
    void whoTookOneDirectionForTheOtherSwapsThemAndNoHourCountsAsCorrected() {
        market();
        String page = "/counters/1";
        town.street.editor.fill(
                page, page, "name", "Markt", "slug", "kirchplatz", "role-2", "out", "role-3", "in", "shown", "on");
        town.keep();
        assertThat(town.hours(DAY)).isEqualTo("""
            08 50 20/30 shown, 09 50 40/10 shown, 10 50 –/– suppressed_below_5\
            """);
    }

    @Test
    void anHourShowsItsDirectionsOnceItIsSettled() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        town.hour(hour, 30, 20).register().keep();
        assertThat(town.hours("")).endsWith("50 –/– not_settled");
        town.street.keep(hour.plus(4, ChronoUnit.HOURS));
        assertThat(town.hours("")).contains("50 30/20 shown");
    }

    @Test
    void aSensorThatCountsEverybodyBesideBothDirectionsSaysThemWhereTheyAddUp() {
        town.hour("2026-05-05T08:00:00Z", 30, 20)
                .all("2026-05-05T08:00:00Z", 50)
                .hour("2026-05-05T09:00:00Z", 30, 20)
                .all("2026-05-05T09:00:00Z", 53)
                .all("2026-05-05T10:00:00Z", 12)
                .register("role-4", "total")
                .keep();
        assertThat(town.hours(DAY)).isEqualTo("08 50 30/20 shown, 09 53 –/– , 10 12 –/– ");
    }

    @Test
    void aCalibratedHourShowsItsCalibratedDirectionsAndAHiddenOneTakesTheMiddle() {
        market();
        town.calibrate("1.2", "0.9", "2026-05-01");
        assertThat(town.hours(DAY)).isEqualTo("""
            08 54 36/18 shown, 09 48 12/36 shown, 10 52.5 –/– suppressed_below_5\
            """);
        assertThat(town.get("/footfall/kirchplatz?day=2026-05-05")).contains("154 gezählt");
        assertThat(town.get("/footfall/kirchplatz/directions" + DAY)).contains("zum Markt 48 (47\u00a0%)");
        assertThat(town.get("/footfall/kirchplatz/directions" + DAY + "&calibration=off"))
                .contains("zum Markt 40 (40\u00a0%)");
    }

    private PeopleScenario.Browser steward() {
        return town.street.people.loggedIn(
                "sam@example.org", new Grants(Map.of(Area.FOOTFALL, Role.EDITOR, Area.PLATFORM, Role.STEWARD)));
    }

    @Test
    void openDatastreamsOfDirectionsAreToldToEditorsWithTheWayOut() {
        market();
        assertThat(town.street.editor.open("/counters/1").body())
                .contains("Kleine Zahlen dieser Zählstelle kann jeder lesen", "hinein, hinaus", "/data-sets")
                .as("who may not close them gets no form for it")
                .doesNotContain("/data-sets/new");
        PeopleScenario.Browser steward = steward();
        assertThat(steward.open("/counters/1").body()).contains(CLOSING.replace("&", "&amp;"));
        assertThat(steward.open(CLOSING).body())
                .contains("value=\"Richtungen und Teile: Kirchplatz\"", "value=\"protected\" checked")
                .containsPattern("name=\"datastream-3\"[^>]* checked");
        assertThat(town.street.editor.open("/counters/privacy").body()).contains("/counters/1#parts");
        town.closeDirections();
        assertThat(town.street.editor.open("/counters/privacy").body()).contains("Die Regel gilt überall");
    }

    @Test
    void aCounterWhoseDirectionsAreClosedIsSeenByAllIfItsSumIsForAll() throws InterruptedException {
        town.hour("2026-05-05T08:00:00Z", 30, 20)
                .register("sum-for-all", "on")
                .keep()
                .closeDirections();
        Thread.sleep(1_600); // what is closed is looked up at most so often
        assertThat(town.street.town.get("/sta/v1.1/Datastreams(2)").statusCode())
                .isEqualTo(404);
        assertThat(town.hours(DAY)).isEqualTo("08 50 30/20 shown");
        assertThat(town.street
                        .editor
                        .fill("/counters/1", "/counters/1", "name", "Anders")
                        .body())
                .as("who does not see all of it would take away the rest")
                .contains("closed to you");
    }

    @Test
    void aCounterWhoseDirectionsAreClosedIsHiddenUnlessSomebodySaysOtherwise() throws InterruptedException {
        market();
        town.closeDirections();
        Thread.sleep(1_600);
        assertThat(town.street.town.get("/footfall/kirchplatz").statusCode()).isEqualTo(404);
    }

    @Test
    void whatCannotBeShownIsSaid() {
        town.street.hour("2026-05-05T08:00:00Z", 7);
        town.street.register("markt");
        town.hour("2026-05-05T08:00:00Z", 2, 1).register().keep();
        assertThat(town.get("/footfall/markt/directions")).contains("Hier werden keine Richtungen gezählt");
        assertThat(town.get("/footfall/kirchplatz/directions?from=2026-04-01&to=2026-04-02"))
                .contains("In dieser Zeit wurde nichts gezählt");
        assertThat(town.get("/footfall/kirchplatz/directions" + DAY))
                .contains("Aus dieser Zeit wird keine Richtung gezeigt", "Wegen kleiner Zahlen ungezeigt: 1");
        assertThat(town.get("/footfall/kirchplatz/directions?from=2026-05-05&to=2026-05-01"))
                .contains("Das Ende liegt nach dem Beginn.");
        assertThat(town.get("/footfall/kirchplatz/directions?from=2020-05-05&to=2026-05-01"))
                .contains("Wählen Sie höchstens 366 Tage.");
        assertThat(town.street
                        .town
                        .get("/footfall/kirchplatz/directions?from=gestern")
                        .statusCode())
                .isEqualTo(422);
        assertThat(town.street
                        .town
                        .get("/footfall/kirchplatz/directions.csv?by=week")
                        .statusCode())
                .isEqualTo(400);
    }
}
