package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import org.junit.jupiter.api.Test;

/// What a town says of itself is changed by its admins, at once and everywhere.
@StadtkernTest
class TownSettingsTest extends TownWithAdmin {

    @Test
    void whatIsChangedShowsOnTheNextPageAndCanBeTakenBack() {
        String host = "daten-" + town.city().slug() + ".example";
        String old = town.city().name();
        assertThat(admin.where(save("Neustadt", host, "#0b5394"))).isEqualTo("303 /town");
        assertThat(town.get("/").body()).contains("Neustadt", "town.css?v=0b5394");
        assertThat(town.get("/town.css?v=0b5394").headers().firstValue("Cache-Control"))
                .hasValueSatisfying(kept -> assertThat(kept).contains("max-age=31536000"));
        assertThat(town.get("/town.css?v=ffffff").headers().firstValue("Cache-Control"))
                .as("another colour than the one asked for is not kept")
                .hasValue("no-cache");
        assertThat(town.get("/imprint").body()).contains("Amt für Probe", "Am Markt 1");
        assertThat(cities.byHost(host).slug()).isEqualTo(town.city().slug());
        String change = people.text("select max(id) from change");
        assertThat(admin.where(admin.fill("/changes", "/changes/" + change + "/undo")))
                .isEqualTo("303 /changes");
        assertThat(town.get("/").body()).contains(old).doesNotContain("Neustadt");
        assertThat(cities.byHost(host).slug()).isNotEqualTo(town.city().slug());
    }

    @Test
    void whatCannotBeIsSaidAtItsFieldAndNothingChanges() {
        TestTown other = TestTown.create(cities, port);
        String taken = "taken-" + other.city().slug() + ".example";
        var elsewhere = new PeopleScenario(context, other);
        elsewhere
                .loggedIn("admin@example.org", Grants.of(Area.TOWN, Role.ADMIN))
                .fill("/town", "/town", "name", "Anderswo", "hosts", taken, "colour", "#000000", "language-de", "on");
        assertThat(save("Neustadt", taken, "#0b5394").body()).contains("gehört schon einer anderen Stadt", taken);
        assertThat(save("", "", "#0b5394").statusCode()).isEqualTo(422);
        assertThat(save("Neustadt", "https://x", "#0b5394").body()).contains("kein Rechnername", "https://x");
        assertThat(save("Neustadt", "", "blau").body()).contains("Das ist keine Farbe");
        assertThat(admin.fill("/town", "/town", "name", "Neustadt", "colour", "#0b5394")
                        .body())
                .contains("mindestens eine Sprache");
        assertThat(town.get("/").body()).doesNotContain("Neustadt");
    }

    @Test
    void onlyAnAdminMayAndATownHasItsOwnAdmins() {
        var editor = people.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        assertThat(editor.open("/town").statusCode()).isEqualTo(403);
        assertThat(people.somebody().open("/town").statusCode()).isEqualTo(303);
    }

    private java.net.http.HttpResponse<String> save(String name, String hosts, String colour) {
        return admin.fill(
                "/town",
                "/town",
                "name",
                name,
                "hosts",
                hosts,
                "colour",
                colour,
                "language-de",
                "on",
                "language-en",
                "on",
                "operator",
                "Amt für Probe",
                "address",
                "Am Markt 1",
                "why",
                "Probe");
    }
}
