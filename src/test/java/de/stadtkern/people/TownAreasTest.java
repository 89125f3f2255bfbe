package de.stadtkern.people;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.city.Backups;
import de.stadtkern.city.City;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.identity.TownWithAdmin;
import de.stadtkern.installation.Command;
import de.stadtkern.page.TestPictures;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/// A town's outline and districts: given, shown, replaced, removed, taken back, and carried wherever the town goes.
@StadtkernTest
class TownAreasTest extends TownWithAdmin {

    private static final Pattern FORM = Pattern.compile("action=\"(/town/areas\\?_form=[^\"]+)\"");
    private static final String RING = "[[11.5,50.9],[11.6,50.9],[11.6,51.0],[11.5,50.9]]";

    @Autowired
    Backups backups;

    @Autowired
    List<Command> commands;

    @TempDir
    Path folder;

    @Test
    void districtsAreShownAndToBeChosenFromThenOn() {
        assertThat(town.get("/map/areas.geojson").body()).endsWith("\"features\":[]}");
        assertThat(admin.open("/town/areas").body())
                .contains("Bisher hat die Stadt nichts angegeben.")
                .doesNotContain("data-map");
        assertThat(save(TestPictures.districts())).isEqualTo("303 /town/areas");
        assertThat(shown()).isEqualTo("Mitte, Nördliche Höhen");
        assertThat(admin.open("/town/areas").body())
                .contains("data-map", "2 Ortsteile: So heißen sie", "<li>Mitte</li>", "<li>Nördliche Höhen</li>");
    }

    /// Everybody may fetch it, so nothing goes along that an office noted for itself; heights are of no use to a map.
    @Test
    void onlyNamesAndBordersAreKept() {
        assertThat(save("""
            {"type": "FeatureCollection", "crs": "x", "features": [{"type": "Feature", "id": 7,
             "properties": {"name": " Mitte ", "bearbeitet": "Frau Muster"},
             "geometry": {"type": "MultiPolygon", "coordinates": [[[[1, 2, 300], [3, 2, 300], [3, 4, 300], [1, 2, 300]]]]}}]}
            """)).isEqualTo("303 /town/areas");
        assertThat(town.get("/map/areas.geojson").body().replace(" ", ""))
                .isEqualTo("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"geometry\":"
                        + "{\"type\":\"MultiPolygon\",\"coordinates\":[[[[1.0,2.0],[3.0,2.0],[3.0,4.0],[1.0,2.0]]]]},"
                        + "\"properties\":{\"name\":\"Mitte\"}}]}");
    }

    @Test
    void anOutlineAloneNeedsNoName() {
        assertThat(save(collection(feature("", polygon(RING))))).isEqualTo("303 /town/areas");
        assertThat(admin.open("/town/areas").body()).contains("Nur Flächen ohne Namen.");
    }

    @Test
    void eachChangeIsRecordedAndCanBeTakenBack() {
        save(collection(feature("Alt", polygon(RING))));
        send(collection(feature("Neu", polygon(RING))), "why", "Gebietsreform");
        assertThat(shown()).isEqualTo("Neu");
        assertThat(admin.where(admin.fill("/town/areas", "/town/areas/remove"))).isEqualTo("303 /town/areas");
        assertThat(town.get("/map/areas.geojson").body()).endsWith("\"features\":[]}");
        assertThat(admin.open("/changes").body())
                .contains("Gebietsreform", "<dt>Ortsteile</dt>", "</span>Alt</del>", "</span>Neu</ins>");
        undo();
        assertThat(shown()).isEqualTo("Neu");
        people.execute("delete from change where id > 2");
        undo();
        assertThat(shown()).isEqualTo("Alt");
        people.execute("delete from change where id > 1");
        undo();
        assertThat(town.get("/map/areas.geojson").body())
                .as("also the first one")
                .endsWith("\"features\":[]}");
    }

    @Test
    void theSameAreasOnceMoreAreNoChange() {
        save(TestPictures.districts());
        save(TestPictures.districts());
        assertThat(people.text("select count(*) from change")).isEqualTo("1");
    }

    @Test
    void areasNoChangeCanBringBackGo() {
        save(collection(feature("Alt", polygon(RING))));
        save(collection(feature("Neu", polygon(RING))));
        assertThat(people.text("select count(*) from town_areas")).isEqualTo("2");
        people.execute("delete from change");
        save(TestPictures.districts());
        assertThat(people.text("select count(*) from town_areas"))
                .as("what is shown, and what it took the place of")
                .isEqualTo("2");
    }

    @Test
    void whatCannotBeShownIsSaidAtItsFieldAndNothingChanges() {
        save(TestPictures.districts());
        String good = feature("Mitte", polygon(RING));
        assertThat(save(new byte[5_000_001])).startsWith("422 areas: Die Datei ist zu groß. Sie hat höchstens 5 MB");
        assertThat(save("keine Karte")).startsWith("422 areas: Diese Datei ist kein JSON");
        assertThat(save("")).startsWith("422 areas: Diese Datei ist keine GeoJSON-FeatureCollection");
        assertThat(save("[1, 2]")).startsWith("422 areas: Diese Datei ist keine GeoJSON-FeatureCollection");
        assertThat(save(good)).startsWith("422 areas: Diese Datei ist keine GeoJSON-FeatureCollection");
        assertThat(save("[".repeat(100_000))).startsWith("422 areas: Diese Datei ist kein JSON");
        assertThat(save(collection(""))).startsWith("422 areas: In dieser Datei steht keine Fläche");
        assertThat(save(collection(
                        good + "," + feature("Brunnen", "{\"type\":\"Point\",\"coordinates\":[11.5,50.9]}"))))
                .startsWith("422 areas: Eintrag 2 ist keine Fläche.");
        assertThat(save(collection(feature("Mitte", "null")))).startsWith("422 areas: Eintrag 1 ist keine Fläche.");
        assertThat(save(collection("7"))).startsWith("422 areas: Eintrag 1 ist keine Fläche.");
        for (String border : List.of(
                "[]",
                "[[1,2],[3,4],[1,2]]",
                "[[1,2],[3,2],[3,4],[1,3]]",
                "[[1],[3],[3],[1]]",
                "[\"a\",\"b\",\"c\",\"a\"]",
                "{\"a\":1}",
                "[[\"1\",2],[3,2],[3,4],[\"1\",2]]")) {
            assertThat(save(collection(feature("Mitte", polygon(border)))))
                    .as(border)
                    .startsWith("422 areas: Die Grenze von Eintrag 1 ist nicht geschlossen");
        }
        for (String corner : List.of("[681000,5644000]", "[181,50]", "[11,-91]", "[1e999,50]")) {
            assertThat(save(collection(feature("Mitte", polygon("[%1$s,[3,2],[3,4],%1$s]".formatted(corner))))))
                    .as(corner)
                    .startsWith("422 areas: Eintrag 1 ist nicht in Längen- und Breitengraden angegeben.");
        }
        assertThat(save(collection(feature("x".repeat(101), polygon(RING)))))
                .startsWith("422 areas: Der Name von Eintrag 1");
        assertThat(save(collection(feature("a\\u0000", polygon(RING)))))
                .startsWith("422 areas: Der Name von Eintrag 1");
        assertThat(save(collection(feature("a\\ud800", polygon(RING))))).startsWith("422 areas: ");
        assertThat(save(collection(good + "," + good))).startsWith("422 areas: „Mitte“ kommt zweimal vor.");
        assertThat(save(collection(feature("", polygon(RING)) + "," + feature("", polygon(RING)))))
                .startsWith("422 areas: Keine der 2 Flächen hat einen Namen.");
        assertThat(shown()).isEqualTo("Mitte, Nördliche Höhen");
        assertThat(people.text("select count(*) from change")).isEqualTo("1");
        assertThat(people.text("select count(*) from town_areas")).isEqualTo("1");
    }

    @Test
    void whoeverChoosesNoFileIsToldAndWhatWasTypedStays() {
        HttpResponse<String> refused = admin.upload(form(), Map.of("why", "Reform"), "areas", "", new byte[0]);
        assertThat(admin.where(refused)).isEqualTo("422 areas: Bitte wählen Sie eine Datei.");
        assertThat(refused.body()).contains("value=\"Reform\"").doesNotContain("noch einmal; der Browser");
        assertThat(send("{}", "why", "Reform").body()).contains("value=\"Reform\"", "noch einmal; der Browser");
    }

    @Test
    void onlyAnAdminMay() {
        save(TestPictures.districts());
        var editor = people.loggedIn("ole@example.org", Grants.of(Area.TOWN, Role.EDITOR));
        Matcher token = Pattern.compile("name=\"_form\" value=\"([^\"]+)\"")
                .matcher(editor.open("/account").body());
        assertThat(token.find()).isTrue();
        String form = "/town/areas?_form=" + token.group(1);
        byte[] file = collection(feature("Fremd", polygon(RING))).getBytes(StandardCharsets.UTF_8);
        assertThat(editor.upload(form, "areas", "a.geojson", file).statusCode()).isEqualTo(403);
        assertThat(admin.upload(form, "areas", "a.geojson", file).statusCode())
                .as("with the token of somebody else")
                .isEqualTo(403);
        assertThat(editor.fill("/account", "/town/areas/remove").statusCode()).isEqualTo(403);
        String change = people.text("select max(id) from change");
        assertThat(editor.fill("/account", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(403);
        assertThat(shown()).isEqualTo("Mitte, Nördliche Höhen");
    }

    @Test
    void theCommandDoesTheSameAndIsRecorded() throws IOException {
        Files.write(folder.resolve("ortsteile.geojson"), TestPictures.districts());
        Command map = commands.stream()
                .filter(command -> command.name().equals("map"))
                .findFirst()
                .orElseThrow();
        CommandLines said = new CommandLines(folder);
        assertThat(map.run(List.of("ortsteile.geojson", "--town", town.city().slug()), said))
                .isZero();
        assertThat(said.text()).endsWith(": 2 areas with a name");
        assertThat(shown()).isEqualTo("Mitte, Nördliche Höhen");
        assertThat(people.text("select string_agg(who || ' ' || kind, ', ') from change"))
                .isEqualTo("system town-areas");
    }

    @Test
    void aTownBroughtBackFromAnArchiveHasThemAgainAndCanTakeChangesBack() throws IOException {
        save(collection(feature("Alt", polygon(RING))));
        save(TestPictures.districts());
        Path archive = backups.write(List.of(town.city()), folder.resolve("a.zip"), text -> {});
        City copy = backups.restore(archive, new Backups.Wish(null, town.city().slug() + "-copy", null), text -> {})
                .getFirst()
                .city();
        town = TestTown.of(copy, port);
        people = new PeopleScenario(context, town);
        admin = people.loggedIn("grit@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(shown()).isEqualTo("Mitte, Nördliche Höhen");
        undo();
        assertThat(shown()).isEqualTo("Alt");
    }

    private String shown() {
        Matcher names = Pattern.compile("\"name\": ?\"([^\"]*)\"")
                .matcher(town.get("/map/areas.geojson").body());
        return String.join(", ", names.results().map(name -> name.group(1)).toList());
    }

    private void undo() {
        String change = people.text("select max(id) from change");
        assertThat(admin.where(admin.fill("/changes", "/changes/" + change + "/undo")))
                .isEqualTo("303 /changes");
    }

    private static String collection(String features) {
        return "{\"type\":\"FeatureCollection\",\"features\":[%s]}".formatted(features);
    }

    private static String feature(String name, String geometry) {
        return "{\"type\":\"Feature\",\"properties\":{\"name\":\"%s\"},\"geometry\":%s}".formatted(name, geometry);
    }

    private static String polygon(String ring) {
        return "{\"type\":\"Polygon\",\"coordinates\":[%s]}".formatted(ring);
    }

    private String save(String file) {
        return save(file.getBytes(StandardCharsets.UTF_8));
    }

    private String save(byte[] file) {
        return admin.where(admin.upload(form(), "areas", "ortsteile.geojson", file));
    }

    private HttpResponse<String> send(String file, String field, String value) {
        return admin.upload(
                form(), Map.of(field, value), "areas", "ortsteile.geojson", file.getBytes(StandardCharsets.UTF_8));
    }

    private String form() {
        Matcher form = FORM.matcher(admin.open("/town/areas").body());
        assertThat(form.find()).isTrue();
        return form.group(1);
    }
}
