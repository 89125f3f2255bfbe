package de.stadtkern.footfall;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Role;
import de.stadtkern.sensors.MeasuredTown;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The register of counters, through its pages.
@StadtkernTest
class CounterRegisterTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Cities cities;

    @LocalServerPort
    int port;

    private CountingTown street;

    @BeforeEach
    void aTownThatCounts() {
        street = new CountingTown(context, TestTown.create(cities, port));
    }

    @Test
    void anySensorThatCountsBecomesACounterWithAReadableAddress() {
        assertThat(street.register("markt")).isEqualTo("303 /counters/1");
        assertThat(street.town.get("/footfall/markt").statusCode()).isEqualTo(200);
        assertThat(street.town.get("/footfall").body()).contains("href=\"/footfall/markt\"");
        assertThat(street.editor.open("/counters").body()).contains("Markt");
    }

    @Test
    void rolesAreProposedFromNamesAndFromWhatIsSummed() {
        new MeasuredTown(context, street.town)
                .point("Kirchplatz")
                .counts("Personen hinein", "Personen")
                .counts("Personen hinaus", "Personen")
                .counts("Zone 3", "Personen")
                .counts("Kinder", "Personen")
                .counts("Vorbeigehende", "Personen")
                .measures("Temperatur", "Grad", "°C", "mean", "{}");
        String page = street.editor.open("/counters/new?thing=2").body();
        assertThat(page)
                .contains("value=\"in\" selected")
                .contains("value=\"out\" selected")
                .contains("value=\"zone\" selected")
                .contains("value=\"class\" selected")
                .contains("value=\"total\" selected");
        assertThat(page).contains("value=\"kirchplatz\"");
    }

    @Test
    void bothDirectionsTogetherAreEverybody() {
        new MeasuredTown(context, street.town)
                .point("Kirchplatz")
                .counts("hinein", "Personen")
                .hour("2026-05-05T08:00:00Z", 30)
                .counts("hinaus", "Personen")
                .hour("2026-05-05T08:00:00Z", 12);
        String page = "/counters/new?thing=2";
        String made = street.editor.where(street.editor.fill(
                page,
                page,
                "name",
                "Kirchplatz",
                "slug",
                "kirchplatz",
                "role-2",
                "in",
                "role-3",
                "out",
                "shown",
                "on"));
        assertThat(made).isEqualTo("303 /counters/1");
        street.keep();
        assertThat(street.print("2026-05-05T08:00:00Z", "2026-05-05T09:00:00Z")).isEqualTo("08 42 measured");
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndKept() {
        street.register("markt");
        new MeasuredTown(context, street.town).point("Zweiter").counts("Alle", "Personen");
        String page = "/counters/new?thing=2";
        assertThat(street.editor
                        .fill(page, page, "name", "", "slug", "zweiter", "role-2", "total")
                        .body())
                .contains("Geben Sie einen Namen");
        assertThat(street.editor
                        .fill(page, page, "name", "Zwei", "slug", "markt", "role-2", "total")
                        .body())
                .contains("Diese Adresse hat schon")
                .contains("value=\"Zwei\"");
        assertThat(street.editor
                        .fill(page, page, "name", "Zwei", "slug", "Ä!", "role-2", "total")
                        .body())
                .contains("kleine Buchstaben");
        assertThat(street.editor
                        .fill(page, page, "name", "Zwei", "slug", "zwei")
                        .body())
                .contains("mindestens von einer Messreihe");
        String first = "/counters/new?thing=1";
        assertThat(street.editor
                        .fill(first, first, "name", "Zwei", "slug", "zwei", "role-1", "total")
                        .body())
                .contains("gehört schon zu einer anderen");
        assertThat(street.text("select count(*)::text from footfall_counter")).isEqualTo("1");
    }

    @Test
    void whatIsAveragedIsNoCount() {
        new MeasuredTown(context, street.town).point("Wetter").measures("Temperatur", "Grad", "°C", "mean", "{}");
        String page = "/counters/new?thing=2";
        assertThat(street.editor
                        .fill(page, page, "name", "W", "slug", "w", "role-2", "total")
                        .body())
                .contains("gemittelt");
    }

    @Test
    void aChangeIsTakenBackAndTwoAtOnceAreTold() {
        street.register("markt");
        String page = "/counters/1";
        var form = street.editor.form(page);
        form.put("name", "Marktplatz");
        form.put("shown", "on");
        assertThat(street.editor.send(page, form).statusCode()).isEqualTo(303);
        assertThat(street.text("select name from footfall_counter")).isEqualTo("Marktplatz");
        form.put("name", "Anders");
        assertThat(street.editor.send(page, form).statusCode()).isEqualTo(422);
        String change = street.text("select max(id)::text from change where kind = 'counter'");
        street.editor.fill(page, "/changes/%s/undo".formatted(change), "back", page);
        assertThat(street.text("select name from footfall_counter")).isEqualTo("Markt");
    }

    @Test
    void aHiddenCounterIsForEditorsOnly() {
        street.register("markt", "shown", "");
        assertThat(street.town.get("/footfall/markt").statusCode()).isEqualTo(404);
        assertThat(street.town.get("/footfall").body()).doesNotContain("/footfall/markt");
        assertThat(street.editor.open("/footfall/markt").statusCode()).isEqualTo(200);
    }

    @Test
    void aCounterOfAClosedDataSetIsNotThereForOthers() {
        street.register("markt");
        street.people.execute("insert into data_set (name, description, openness, readers, writers, reading_keys,"
                + " writing_keys) values ('x', '', 'internal', '{}', '{}', '{}', '{}')");
        street.people.execute("update datastream set data_set_id = 1");
        for (int turn = 0; turn < 100 && street.town.get("/footfall/markt").statusCode() == 200; turn++) {
            pause();
        }
        assertThat(street.town.get("/footfall/markt").statusCode()).isEqualTo(404);
        assertThat(street.town.get("/footfall/markt/hours.csv").statusCode()).isEqualTo(404);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aPeriodNeedsABeginningAndAReasonAndIsSeenOnThePage() {
        street.hours("2026-05-05T06:00:00Z", 8, 5);
        street.register("markt");
        street.keep();
        String page = "/counters/1";
        assertThat(street.editor
                        .fill(page, page + "/periods", "kind", "note", "from", "", "reason", "Markt")
                        .body())
                .contains("Sagen Sie, wann es beginnt");
        assertThat(street.editor
                        .fill(page, page + "/periods", "kind", "note", "from", "2026-05-05", "reason", "")
                        .body())
                .contains("Nennen Sie den Grund");
        assertThat(street.editor
                        .fill(
                                page,
                                page + "/periods",
                                "kind",
                                "note",
                                "from",
                                "2026-05-05",
                                "to",
                                "2026-05-01",
                                "reason",
                                "x")
                        .body())
                .contains("Das Ende liegt nach dem Beginn");
        assertThat(street.period("note", "2026-05-05", "2026-05-05", "Blumenmarkt"))
                .isEqualTo("303 " + page);
        assertThat(street.town.get("/footfall/markt?day=2026-05-05").body()).contains("Blumenmarkt");
        assertThat(street.town.get("/footfall/markt?day=2026-05-06").body()).doesNotContain("Blumenmarkt");
    }

    @Test
    void editorsOfSomethingElseMayNot() {
        var other = street.people.loggedIn("ole@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        assertThat(other.open("/counters").statusCode()).isEqualTo(403);
    }

    @Test
    void theSignSaysWhatIsNotSaidYetAndIsAPdf() {
        street.register("markt", "sees-de", "Ein Laser misst Abstände.", "sees-easy", "Ein Laser misst.");
        assertThat(street.town.get("/footfall/markt/sign").body())
                .contains("Ein Laser misst Abstände.")
                .contains("Das hat die Stadt noch nicht gesagt.");
        var pdf = street.town.get("/footfall/markt/sign.pdf");
        assertThat(pdf.headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(pdf.body()).startsWith("%PDF");
    }

    @Test
    void badQuestionsNameTheirField() {
        street.register("markt");
        assertThat(street.town.get("/footfall/markt/hours.csv?from=gestern").body())
                .contains("from");
        assertThat(street.town.get("/footfall/markt/hours.csv?from=gestern").statusCode())
                .isEqualTo(400);
        assertThat(street.town.get("/footfall/markt?day=x").statusCode()).isEqualTo(400);
        assertThat(street.town.get("/footfall/markt/hours.csv?as-of=x").statusCode())
                .isEqualTo(400);
        assertThat(street.town.get("/footfall/markt/hours.exe").statusCode()).isEqualTo(404);
        assertThat(street.town.get("/footfall/nirgends").statusCode()).isEqualTo(404);
    }

    @Test
    void todayIsComparedWithTheUsual() {
        Instant now = Instant.now();
        street.street(new FootfallScenario(
                        now.atZone(FootfallScenario.BERLIN)
                                .toLocalDate()
                                .minusDays(100)
                                .toString(),
                        now.atZone(FootfallScenario.BERLIN)
                                .toLocalDate()
                                .minusDays(1)
                                .toString(),
                        3)
                .series());
        street.register("markt");
        street.keep().learn();
        String today = now.atZone(FootfallScenario.BERLIN).toLocalDate().toString();
        assertThat(street.text("select (count(*) >= 167)::text from footfall_profile"))
                .isEqualTo("true");
        assertThat(street.town.get("/footfall/markt?day=" + today).body()).contains("zu erwarten");
    }
}
