package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// In which part of the street people went and which kind they were, over HTTP, and the rule of small numbers.
@StadtkernTest
class PartsTest {

    private static final String DAY = "?from=2026-05-05&to=2026-05-05";
    private static final String EIGHT = "2026-05-05T08:00:00Z";
    private static final String NINE = "2026-05-05T09:00:00Z";
    private static final String TEN = "2026-05-05T10:00:00Z";

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private DividedTown town;

    @BeforeEach
    void aCounterOfParts() {
        town = new DividedTown(context, TestTown.create(cities, port));
    }

    /// On 2026-05-05, in Berlin from ten to one.
    private DividedTown market() {
        return town.all(EIGHT, 100)
                .zones(EIGHT, 50, 30, 20)
                .classes(EIGHT, 90, 10)
                .all(NINE, 60)
                .zones(NINE, 20, 30, 10)
                .classes(NINE, 58, 2)
                .all(TEN, 50)
                .zones(TEN, 40, 7, 3)
                .classes(TEN, 40, 10)
                .registerParts()
                .keep();
    }

    private String now() {
        return town.street.text("select to_json(clock_timestamp())#>>'{}'").replaceAll("\\+.*", "Z");
    }

    @Test
    void aFileSaysThePartsOfEachHourOrWhyItDoesNot() {
        market();
        assertThat(town.parts("zone", DAY)).isEqualTo("""
            08 50/30/20 shown, 09 20/30/10 shown, 10 –/–/– suppressed_below_5\
            """);
        assertThat(town.parts("class", DAY)).isEqualTo("""
            08 90/10 shown, 09 –/– suppressed_below_5, 10 40/10 shown\
            """);
        assertThat(town.get("/footfall/kirchplatz/parts.json" + DAY + "&by=single"))
                .contains("\"name\":\"Nordseite\"", "\"share\":0.5");
    }

    @Test
    void sumsOfPartsAreOfShownHoursAndSaySo() {
        market();
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY))
                .contains("Nordseite 70 (44\u00a0%), Südseite 60 (38\u00a0%), Teil 3 30 (19\u00a0%).")
                .contains("Aus 2 von 3 gezählten Stunden; in ihnen gingen 76\u00a0% aller Gezählten.")
                .contains("Wegen kleiner Zahlen ungezeigt: 1", "fällt hier deshalb eher zu groß aus")
                .contains("Nordseite: der größte Anteil bei 10:00–11:00 (50\u00a0%), der kleinste bei 11:00–12:00"
                        + " (33\u00a0%).")
                .contains("Arten der Vorbeigehenden", "1 von 1", "0 von 1");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY + "&of=class"))
                .contains("Erwachsene 130 (87\u00a0%), Kinder 20 (13\u00a0%).");
        assertThat(town.get("/footfall/kirchplatz/parts.csv" + DAY + "&by=day")).isEqualTo("""
            day,part,name,count,share,total,hours_shown,hours_small,hours_held,hours_unknown,hours_counted
            2026-05-05,1,Nordseite,70,0.4375,160,2,1,0,0,3
            2026-05-05,2,Südseite,60,0.375,160,2,1,0,0,3
            2026-05-05,3,Teil 3,30,0.1875,160,2,1,0,0,3
            """);
        assertThat(town.get("/footfall/kirchplatz/parts.csv" + DAY))
                .contains("\n10,1,Nordseite,50,0.5,100,1,0,0,0,1\n", "\n12,1,Nordseite,,,,0,1,0,0,1\n");
        assertThat(town.get("/embed/footfall/kirchplatz/parts" + DAY)).contains("Nordseite 70 (44\u00a0%)");
        assertThat(town.get("/footfall/kirchplatz")).contains("parts?of=zone", "parts?of=class");
    }

    @Test
    void whoBelongsToNoPartIsAPartToo() {
        town.all(EIGHT, 110)
                .zones(EIGHT, 50, 30, 20)
                .all(NINE, 63)
                .zones(NINE, 20, 30, 10)
                .registerParts()
                .keep();
        assertThat(town.parts("zone", DAY)).isEqualTo("08 50/30/20 shown, 09 –/–/– suppressed_below_5");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY))
                .contains("nicht zugeordnet 10 (9\u00a0%).", "Die Teile ergeben zusammen 100 von 110 Gezählten");
    }

    @Test
    void partsThatAddUpToMoreThanEverybodySaySo() {
        town.all(EIGHT, 90)
                .zones(EIGHT, 50, 30, 20)
                .all(NINE, 58)
                .zones(NINE, 20, 30, 10)
                .registerParts()
                .keep();
        assertThat(town.parts("zone", DAY))
                .as("two of them would be known as counted twice")
                .isEqualTo("08 50/30/20 shown, 09 –/–/– suppressed_below_5");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY))
                .contains("Die Teile ergeben zusammen 100, gezählt wurden in diesen Stunden aber 90.");
    }

    @Test
    void ofOneKindAloneTheOthersAreTheRest() {
        town.all(EIGHT, 100)
                .classes(EIGHT, 0, 10)
                .all(NINE, 100)
                .classes(NINE, 0, 100)
                .all(TEN, 100)
                .classes(TEN, 0, 97)
                .registerParts("role-8", "")
                .keep();
        assertThat(town.parts("class", DAY))
                .as("that all were children says it of each")
                .isEqualTo("08 10 shown, 09 – suppressed_below_5, 10 – suppressed_below_5");
    }

    @Test
    void aSensorThatTakesEverybodyForAChildShowsNoKinds() {
        town.all(EIGHT, 100)
                .classes(EIGHT, 0, 100)
                .all(NINE, 0)
                .classes(NINE, 0, 0)
                .registerParts()
                .keep();
        assertThat(town.parts("class", DAY))
                .as("where nobody came, nobody is told of")
                .isEqualTo("08 –/– suppressed_below_5, 09 0/0 shown");
    }

    @Test
    void hoursWithTotalsOnlyAreCountedAsSuch() {
        town.all(EIGHT, 100)
                .zones(EIGHT, 50, 30, 20)
                .all(NINE, 60)
                .all(TEN, 50)
                .zones(TEN, 40, 10)
                .registerParts()
                .keep();
        assertThat(town.parts("zone", DAY)).isEqualTo("08 50/30/20 shown, 09 –/–/– , 10 –/–/– ");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY)).contains("ohne Angabe der Teile: 2.");
    }

    @Test
    void aCounterThatCountsNothingButZonesAddsThemUp() {
        town.zones(EIGHT, 50, 30, 20)
                .registerParts("role-2", "", "role-3", "", "role-4", "", "role-8", "", "role-9", "")
                .keep();
        assertThat(town.parts("zone", DAY)).isEqualTo("08 50/30/20 shown");
        assertThat(town.get("/footfall/kirchplatz?day=2026-05-05")).contains("100 gezählt");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY)).doesNotContain("of=class");
    }

    @Test
    void aPartThatComesLateIsShownAndChangesItsHourOnly() {
        market();
        String before = town.street.text("select count(*)::text from footfall_hour_before");
        Instant next = Instant.parse("2026-05-05T11:00:00Z");
        town.all(next, 30).keep();
        assertThat(town.parts("zone", DAY)).endsWith("11 –/–/– ");
        town.zones(next, 10, 12, 8).keep();
        assertThat(town.parts("zone", DAY)).endsWith("11 10/12/8 shown");
        assertThat(town.street.text(
                        "select count(*)::text from footfall_hour_before where hour <> '%s'".formatted(next)))
                .isEqualTo(before);
    }

    /// Both versions side by side would say who went elsewhere; of all together nothing was corrected.
    @Test
    void anHourWhosePartsWereCorrectedShowsThemNoMore() {
        market();
        String before = now();
        town.zones(EIGHT, 49, 31, 20).keep();
        assertThat(town.parts("zone", DAY)).startsWith("08 –/–/– suppressed_corrected, 09 20/30/10 shown");
        assertThat(town.parts("zone", DAY + "&as-of=" + before)).startsWith("08 50/30/20 shown");
        assertThat(town.hours(DAY)).startsWith("08 100");
        assertThat(town.street.print("2026-05-05T08:00Z", "2026-05-05T09:00Z")).isEqualTo("08 100 measured");
        town.zones(EIGHT, 50, 30, 20).keep();
        assertThat(town.parts("zone", DAY)).as("it stays so").startsWith("08 –/–/– suppressed_corrected");
    }

    @Test
    void anHourWhoseSumWasCorrectedShowsNoParts() {
        market();
        town.all(EIGHT, 101).keep();
        assertThat(town.parts("zone", DAY)).startsWith("08 –/–/– suppressed_corrected");
    }

    @Test
    void anHourShowsItsPartsOnceItIsSettled() {
        Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(1, ChronoUnit.HOURS);
        town.all(hour, 100).zones(hour, 50, 30, 20).registerParts().keep();
        assertThat(town.parts("zone", "?from=")).endsWith("–/–/– not_settled");
        town.street.keep(hour.plus(4, ChronoUnit.HOURS));
        assertThat(town.parts("zone", "?from=")).endsWith("50/30/20 shown");
    }

    @Test
    void anotherRuleHoldsAtOnceForEarlierHoursToo() {
        market();
        String loose = now();
        town.smallest(20);
        assertThat(town.parts("zone", DAY)).isEqualTo("""
            08 50/30/20 shown, 09 –/–/– suppressed_below_20, 10 –/–/– suppressed_below_20\
            """);
        assertThat(town.parts("zone", DAY + "&as-of=" + loose)).contains("09 –/–/– suppressed_below_20");
        town.smallest(3);
        assertThat(town.parts("zone", DAY)).endsWith("10 40/7/3 shown");
    }

    @Test
    void aPartTakenAwayIsTheRestOfTheOthers() {
        market();
        String page = "/counters/1";
        town.street.editor.fill(
                page,
                page,
                "name",
                "Markt",
                "slug",
                "kirchplatz",
                "role-4",
                "total",
                "role-5",
                "zone",
                "role-6",
                "zone",
                "shown",
                "on");
        town.keep();
        assertThat(town.parts("zone", DAY))
                .as("what is left of the sum is the third one")
                .isEqualTo("08 50/30 shown, 09 20/30 shown, 10 –/– suppressed_below_5");
    }

    @Test
    void calibrationIsNotAppliedToPartsAndThatIsSaid() {
        market();
        town.calibrate("1.2", "0.9", "2026-05-01");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY))
                .contains("Nordseite 70 (44\u00a0%)", "wie das Gerät sie zählte");
    }

    @Test
    void whatCannotBeShownIsSaid() {
        town.street.hour(EIGHT, 7);
        town.street.register("markt");
        town.all(EIGHT, 9).zones(EIGHT, 3, 3, 3).registerParts().keep();
        assertThat(town.get("/footfall/markt/parts")).contains("Hier werden keine Teile gezählt");
        assertThat(town.get("/footfall/kirchplatz/parts?from=2026-04-01&to=2026-04-02"))
                .contains("In dieser Zeit wurde nichts gezählt");
        assertThat(town.get("/footfall/kirchplatz/parts" + DAY))
                .contains("Aus dieser Zeit wird kein Teil gezeigt", "Wegen kleiner Zahlen ungezeigt: 1");
        assertThat(town.get("/footfall/kirchplatz/parts?from=2026-05-05&to=2026-05-01"))
                .contains("Das Ende liegt nach dem Beginn.");
        assertThat(town.street.town.get("/footfall/kirchplatz/parts?of=hunde").statusCode())
                .isEqualTo(422);
        assertThat(town.street
                        .town
                        .get("/footfall/kirchplatz/parts.csv?by=week")
                        .statusCode())
                .isEqualTo(400);
        assertThat(town.street
                        .town
                        .get("/footfall/kirchplatz/parts.csv?as-of=gestern")
                        .statusCode())
                .isEqualTo(400);
    }
}
