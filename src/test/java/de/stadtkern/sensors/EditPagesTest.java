package de.stadtkern.sensors;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Editors change a sensor and a Datastream by page; nothing else of them changes, and everything can be taken back.
@StadtkernTest
class EditPagesTest {

    private static final String SENSOR = "/sensors/1/edit";
    private static final String DATASTREAM = "/datastreams/1/edit";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private PeopleScenario people;
    private PeopleScenario.Browser editor;

    @BeforeEach
    void aSensorAtTheMarket() {
        sta = new SensorThingsScenario(context, port);
        sta.observe(sta.datastream("Markt"), "2025-06-01T10:00:00Z", "1");
        people = new PeopleScenario(context, sta.town);
        editor = people.loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
    }

    private static HttpResponse<String> send(
            PeopleScenario.Browser browser, String page, Map<String, String> form, String... changes) {
        for (int at = 0; at < changes.length; at += 2) {
            form.put(changes[at], changes[at + 1]);
        }
        return browser.send(page, form);
    }

    private String saved(String page, String... changes) {
        return editor.where(editor.change(page, changes));
    }

    private void undo() {
        String change = people.text("select max(id)::text from change");
        assertThat(editor.fill("/account", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(303);
    }

    private String changes(String column) {
        return people.text("select coalesce(string_agg(" + column + ", ', ' order by id), '') from change");
    }

    @Test
    void aSensorIsChangedByItsForm() {
        assertThat(editor.form(SENSOR))
                .containsEntry("name", "Markt")
                .containsEntry("description", "Ein Zähler")
                .containsEntry("place", "Ort Markt")
                .containsEntry("latitude", "50.92")
                .containsEntry("longitude", "11.58")
                .containsEntry("licence", "");
        assertThat(saved(SENSOR, "name", "Marktplatz", "description", "Neu", "place", "Mitte", "licence", "CC BY 4.0"))
                .isEqualTo("303 /sensors/1-marktplatz");
        assertThat(sta.names("/Things")).isEqualTo("Marktplatz");
        assertThat(sta.names("/Locations")).isEqualTo("Mitte");
        assertThat(editor.open("/sensors/1-marktplatz").body())
                .contains("Der Sensor ist gespeichert.", "Rückgängig machen", "CC BY 4.0");
    }

    @Test
    void undoneItLeadsBackToWhereTheSensorIsThen() {
        saved(SENSOR, "name", "Marktplatz");
        HttpResponse<String> shown = editor.open("/sensors/1-marktplatz");
        String undo = shown.body().substring(shown.body().indexOf("action=\"/changes/"));
        assertThat(editor.where(editor.send("/changes/1/undo", editor.fields(undo))))
                .isEqualTo("303 /sensors/1-marktplatz");
        HttpResponse<String> moved = editor.open("/sensors/1-marktplatz");
        assertThat(editor.where(moved)).isEqualTo("301 /sensors/1-markt");
        assertThat(moved.headers().firstValue("Cache-Control")).contains("no-cache");
        assertThat(editor.open("/sensors/1-markt").body()).contains("notice", "Markt");
        assertThat(editor.where(editor.fill("/account", "/changes/2/undo", "back", "//elsewhere.example")))
                .isEqualTo("303 /changes");
    }

    @Test
    void everythingElseStaysAsItWas() {
        sta.patch("/Things(1)", "{\"properties\":{\"floor\":5.50,\"deep\":{\"list\":[1,null]},\"source\":\"alt\"}}");
        saved(SENSOR, "source", "", "attribution", "Tiefbauamt");
        assertThat(sta.json("/Things(1)").get("properties"))
                .isEqualTo(SensorThingsScenario.parse(
                        "{\"attribution\":\"Tiefbauamt\",\"deep\":{\"list\":[1,null]},\"floor\":5.50}"));
        sta.patch("/Datastreams(1)", "{\"properties\":{\"key\":\"k\"}}");
        String unit = sta.json("/Datastreams(1)").get("unitOfMeasurement").toString();
        saved(DATASTREAM, "retention", "90", "confirmed", "on");
        assertThat(sta.json("/Datastreams(1)").get("properties"))
                .isEqualTo(SensorThingsScenario.parse("{\"key\":\"k\",\"retentionDays\":90}"));
        assertThat(sta.json("/Datastreams(1)").get("unitOfMeasurement").toString())
                .isEqualTo(unit);
    }

    @Test
    void aSensorThatIsMovedHasANewLocationAndAHistory() {
        assertThat(saved(SENSOR, "latitude", "50,93", "longitude", "11,6"))
                .isEqualTo("422 move: Bitte wählen Sie, warum die Koordinaten andere sind.");
        assertThat(saved(SENSOR, "latitude", "50,93", "longitude", "11,6", "move", "moved", "place", "Brücke"))
                .isEqualTo("303 /sensors/1-markt");
        assertThat(sta.names("/Things(1)/Locations")).isEqualTo("Brücke");
        assertThat(sta.list("/Things(1)/Locations", "location")).contains("[11.6,50.93]");
        assertThat(places()).isEqualTo("Ort Markt, Brücke");
        assertThat(editor.open("/sensors/1-markt").body()).contains("50.93000° Nord", "Ort Markt", "Brücke");
        undo();
        assertThat(sta.names("/Things(1)/Locations")).isEqualTo("Ort Markt");
        assertThat(places()).isEqualTo("Ort Markt, Brücke, Ort Markt");
    }

    private String places() {
        List<String> places = new ArrayList<>();
        sta.json("/Things(1)/HistoricalLocations?$expand=Locations&$orderby=time")
                .get("value")
                .forEach(history ->
                        places.add(history.get("Locations").get(0).get("name").asString()));
        return String.join(", ", places);
    }

    @Test
    void coordinatesThatWereWrongAreCorrectedInTheirPlace() {
        sta.patch("/Locations(1)", "{\"location\":{\"type\":\"Point\",\"coordinates\":[11.58,50.92,155.5]}}");
        assertThat(saved(SENSOR, "longitude", "-11.5", "move", "corrected")).isEqualTo("303 /sensors/1-markt");
        assertThat(sta.list("/Locations", "location")).contains("[-11.5,50.92,155.5]");
        assertThat(places()).isEqualTo("Ort Markt");
        undo();
        assertThat(sta.list("/Locations", "location")).contains("[11.58,50.92,155.5]");
    }

    @Test
    void aSensorWithoutAPlaceGetsOneAndLosesItByUndo() {
        sta.create("/Things", "{\"name\":\"Kiste\",\"description\":\"\"}");
        assertThat(saved("/sensors/2/edit", "place", "Keller"))
                .isEqualTo("422 latitude: Breite und Länge gehören zusammen.");
        assertThat(saved("/sensors/2/edit", "latitude", "50.9", "longitude", "11.5"))
                .isEqualTo("303 /sensors/2-kiste");
        assertThat(sta.names("/Things(2)/Locations")).isEqualTo("Kiste");
        undo();
        assertThat(sta.names("/Things(2)/Locations")).isEmpty();
    }

    @Test
    void aPlaceThatIsNoPointKeepsItsShape() {
        String shape = "{\"type\":\"Polygon\",\"coordinates\":[[[11.5,50.9],[11.6,50.9],[11.6,51.0],[11.5,50.9]]]}";
        sta.patch("/Locations(1)", "{\"location\":" + shape + "}");
        assertThat(editor.form(SENSOR)).containsEntry("latitude", "").containsEntry("place", "Ort Markt");
        assertThat(saved(SENSOR, "place", "Platz")).isEqualTo("303 /sensors/1-markt");
        assertThat(sta.json("/Locations(1)").get("location")).isEqualTo(SensorThingsScenario.parse(shape));
        assertThat(sta.names("/Locations")).isEqualTo("Platz");
    }

    @Test
    void aDatastreamIsChangedByItsForm() {
        assertThat(editor.open(DATASTREAM).body()).contains("OM_Measurement");
        assertThat(saved(
                        DATASTREAM,
                        "name",
                        "Temperatur",
                        "description",
                        "In zwei Metern Höhe",
                        "unit-name",
                        "Grad Celsius",
                        "unit-symbol",
                        "°C",
                        "unit-definition",
                        ""))
                .isEqualTo("303 /datastreams/1-temperatur");
        assertThat(sta.json("/Datastreams(1)").get("unitOfMeasurement").toString())
                .isEqualTo("{\"name\":\"Grad Celsius\",\"symbol\":\"°C\",\"definition\":null}");
        assertThat(editor.open("/datastreams/1-temperatur").body())
                .contains("Die Messreihe ist gespeichert.", "In zwei Metern Höhe", "°C");
        undo();
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.json("/Datastreams(1)")
                        .at("/unitOfMeasurement/definition")
                        .asString())
                .contains("unitsofmeasure");
    }

    @Test
    void whatHappensToAValueThatComesTwiceIsChosenAndUndone() {
        String path = "/Datastreams(1)/Observations";
        String twice = SensorThingsScenario.observation("2025-01-01T10:00:00Z", "1");
        assertThat(editor.form(DATASTREAM)).containsEntry("duplicates", "insert");
        assertThat(saved(DATASTREAM, "duplicates", "ignore", "retention", "90", "confirmed", "on"))
                .isEqualTo("303 /datastreams/1-reihe-markt");
        assertThat(sta.json("/Datastreams(1)").get("properties"))
                .isEqualTo(SensorThingsScenario.parse("{\"retentionDays\":90,\"duplicates\":\"ignore\"}"));
        assertThat(editor.form(DATASTREAM)).containsEntry("duplicates", "ignore");
        sta.post(path, twice);
        assertThat(sta.post(path, twice).statusCode()).isEqualTo(409);
        undo();
        assertThat(sta.json("/Datastreams(1)").at("/properties").propertyNames())
                .isEmpty();
        assertThat(sta.post(path, twice).statusCode()).isEqualTo(201);
        assertThat(saved(DATASTREAM, "duplicates", "sometimes"))
                .isEqualTo("422 duplicates: Bitte wählen Sie, was mit Werten geschieht, die zweimal kommen.");
    }

    @Test
    void valuesAreOnlyKeptShorterByWhoSaysSoTwice() {
        assertThat(saved(DATASTREAM, "retention", "30"))
                .isEqualTo("422 confirmed: Bitte bestätigen Sie, dass ältere Einzelwerte gelöscht werden dürfen.");
        assertThat(saved(DATASTREAM, "retention", "30", "confirmed", "on")).isEqualTo("303 /datastreams/1-reihe-markt");
        assertThat(sta.json("/Datastreams(1)").at("/properties/retentionDays").isInt())
                .isTrue();
        assertThat(saved(DATASTREAM, "retention", "60")).isEqualTo("303 /datastreams/1-reihe-markt");
        assertThat(saved(DATASTREAM, "retention", "")).isEqualTo("303 /datastreams/1-reihe-markt");
        assertThat(sta.json("/Datastreams(1)").at("/properties/retentionDays").isMissingNode())
                .isTrue();
    }

    @Test
    void whatIsWrongIsSaidAtItsFieldAndWhatWasTypedIsKept() {
        HttpResponse<String> refused = editor.change(SENSOR, "name", " ", "licence", "ODbL");
        assertThat(editor.where(refused))
                .isEqualTo("422 name: Bitte geben Sie einen Namen mit höchstens 200 Zeichen ein.");
        assertThat(editor.fields(refused.body())).containsEntry("licence", "ODbL");
        assertThat(saved(SENSOR, "latitude", "91"))
                .startsWith("422 latitude: Bitte geben Sie eine Zahl von -90 bis 90");
        assertThat(saved(SENSOR, "longitude", "Ost")).startsWith("422 longitude: Bitte");
        assertThat(saved(SENSOR, "longitude", "")).isEqualTo("422 longitude: Breite und Länge gehören zusammen.");
        assertThat(saved(SENSOR, "longitude", "", "latitude", ""))
                .isEqualTo("422 latitude: Ein Ort lässt sich ändern, aber nicht weglassen.");
        assertThat(saved(SENSOR, "source", "x".repeat(501)))
                .isEqualTo("422 source: Hier passen höchstens 500 Zeichen hin.");
        assertThat(saved(SENSOR, "description", "x".repeat(2001)))
                .isEqualTo("422 description: Die Beschreibung hat höchstens 2000 Zeichen.");
        for (String days : List.of("0", "-1", "1.5", "viel", "73201")) {
            assertThat(saved(DATASTREAM, "retention", days, "confirmed", "on"))
                    .as(days)
                    .startsWith("422 retention: Bitte geben Sie eine ganze Zahl von 1 bis 73.200");
        }
        assertThat(saved(DATASTREAM, "name", "")).startsWith("422 name:");
        assertThat(changes("title")).isEmpty();
        assertThat(sta.names("/Things")).isEqualTo("Markt");
    }

    @Test
    void whoeverSavesSecondSeesWhatTheFirstHasSaved() {
        Map<String, String> early = editor.form(SENSOR);
        PeopleScenario.Browser other = people.loggedIn("o@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        other.change(SENSOR, "name", "Marktplatz", "source", "Bauhof");
        HttpResponse<String> refused = send(editor, SENSOR, early, "name", "Am Markt");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body())
                .contains("Inzwischen hat jemand anderes gespeichert.", "Name: Marktplatz")
                .doesNotContain("Quelle: ");
        assertThat(sta.names("/Things")).isEqualTo("Marktplatz");
        Map<String, String> again = editor.fields(refused.body());
        assertThat(again).containsEntry("name", "Am Markt").containsEntry("source", "Bauhof");
        assertThat(editor.where(send(editor, SENSOR, again))).isEqualTo("303 /sensors/1-am-markt");
        assertThat(sta.json("/Things(1)").at("/properties/source").asString()).isEqualTo("Bauhof");
    }

    @Test
    void ofManyWhoSaveAtOnceOneIsTheFirst() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> saves = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                PeopleScenario.Browser browser = people.again(editor);
                Map<String, String> form = browser.form(SENSOR);
                form.put("name", "N" + number);
                saves.add(() -> browser.send(SENSOR, form).statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(saves)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsOnlyOnce(303).containsOnly(303, 422);
        }
        assertThat(changes("kind")).isEqualTo("sensor");
    }

    @Test
    void whatAProgramChangesMeanwhileCountsTooIfItIsInTheForm() {
        Map<String, String> early = editor.form(DATASTREAM);
        sta.patch("/Datastreams(1)", "{\"properties\":{\"key\":\"neu\"}}");
        assertThat(send(editor, DATASTREAM, early, "name", "A").statusCode()).isEqualTo(303);
        early = editor.form(DATASTREAM);
        sta.patch("/Datastreams(1)", "{\"description\":\"von einem Programm\"}");
        HttpResponse<String> refused = send(editor, DATASTREAM, early, "name", "B");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(editor.fields(refused.body()))
                .containsEntry("description", "von einem Programm")
                .containsEntry("name", "B");
        assertThat(sta.json("/Datastreams(1)").at("/properties/key").asString()).isEqualTo("neu");
    }

    @Test
    void everyChangeIsRecordedOnceWithItsEditor() {
        saved(SENSOR, "name", "Marktplatz");
        saved(SENSOR);
        saved(DATASTREAM, "name", "Reihe");
        assertThat(changes("kind || ' ' || subject || ' ' || title || ' by ' || who"))
                .isEqualTo("sensor 1 Marktplatz by Frau e, datastream 1 Reihe by Frau e");
        PeopleScenario.Browser admin = people.loggedIn("a@example.org", Grants.of(Area.TOWN, Role.ADMIN));
        assertThat(admin.open("/changes").body()).contains("Marktplatz", "<del>", "Rückgängig machen");
        undo();
        assertThat(sta.names("/Datastreams")).isEqualTo("Reihe Markt");
        assertThat(sta.names("/Things")).isEqualTo("Marktplatz");
    }

    @Test
    void whatFailsHalfwayLeavesNothing() {
        people.execute("alter table change add constraint nothing_new check (title <> 'Halb')");
        assertThat(editor.change(SENSOR, "name", "Halb", "latitude", "50", "move", "moved")
                        .statusCode())
                .isEqualTo(500);
        assertThat(sta.names("/Things")).isEqualTo("Markt");
        assertThat(sta.names("/Locations")).isEqualTo("Ort Markt");
        assertThat(places()).isEqualTo("Ort Markt");
    }

    @Test
    void programsHearOfItAsOfAnyChange() {
        String before = sta.get("/Things(1)").headers().firstValue("ETag").orElseThrow();
        saved(SENSOR, "name", "Marktplatz");
        assertThat(sta.get("/Things(1)").headers().firstValue("ETag").orElseThrow())
                .isNotEqualTo(before);
        assertThat(people.text("select what || ' ' || entity_ids::text || ' ' || properties::text from change_log"
                        + " where what = 'Things' order by sequence desc limit 1"))
                .isEqualTo("Things {1} {name}");
        sta.observe(1, "2025-06-01T11:00:00Z", "2");
        saved(SENSOR, "latitude", "50", "move", "moved", "place", "Neuort");
        long later = sta.observe(1, "2025-06-01T12:00:00Z", "3");
        assertThat(sta.json("/Observations(" + later + ")/FeatureOfInterest")
                        .get("name")
                        .asString())
                .isEqualTo("Neuort");
    }

    @Test
    void nobodyElseIsOfferedItOrMayDoIt() {
        PeopleScenario.Browser viewer = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        PeopleScenario.Browser elsewhere = people.loggedIn("c@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        for (String page : List.of("/sensors/1-markt", "/datastreams/1-reihe-markt")) {
            assertThat(editor.open(page).body()).contains("/1/edit");
            assertThat(viewer.open(page).body()).doesNotContain("/1/edit");
            assertThat(sta.town.get(page).body()).doesNotContain("/1/edit");
        }
        for (PeopleScenario.Browser browser : List.of(viewer, elsewhere)) {
            for (String page : List.of(SENSOR, DATASTREAM)) {
                assertThat(browser.open(page).statusCode()).isEqualTo(403);
                assertThat(browser.fill("/account", page, "name", "X").statusCode())
                        .isEqualTo(403);
            }
        }
        assertThat(sta.names("/Things")).isEqualTo("Markt");
        assertThat(editor.open("/sensors/4711/edit").statusCode()).isEqualTo(404);
        assertThat(editor.open("/datastreams/4711/edit").statusCode()).isEqualTo(404);
    }

    @Test
    void whatIsInAProtectedDataSetIsChangedByItsWritersOnly() {
        Map<String, String> early = editor.form(SENSOR);
        protect(Set.of(Role.EDITOR), Set.of());
        PeopleScenario.Browser steward = people.loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        assertThat(editor.open("/sensors/1-markt").body()).contains("Markt").doesNotContain("/1/edit");
        for (String page : List.of(SENSOR, DATASTREAM)) {
            assertThat(editor.open(page).statusCode()).as(page).isEqualTo(403);
            assertThat(editor.send(page, early).statusCode()).as(page).isEqualTo(403);
        }
        assertThat(steward.open("/sensors/1-markt").body()).contains("/1/edit");
        assertThat(steward.where(steward.change(SENSOR, "name", "Keller"))).isEqualTo("303 /sensors/1-keller");
        String change = people.text("select max(id)::text from change where kind = 'sensor'");
        assertThat(editor.fill("/account", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(403);
        protect(Set.of(), Set.of());
        for (String page : List.of(SENSOR, DATASTREAM)) {
            assertThat(editor.open(page).statusCode()).as(page).isEqualTo(404);
            assertThat(editor.send(page, early).statusCode()).as(page).isEqualTo(404);
        }
        assertThat(editor.fill("/account", "/changes/" + change + "/undo").statusCode())
                .isEqualTo(404);
        protect(Set.of(), Set.of(Role.EDITOR));
        assertThat(editor.open("/sensors/1-keller").body()).contains("/1/edit");
        assertThat(saved(SENSOR, "name", "Kellerraum")).isEqualTo("303 /sensors/1-kellerraum");
    }

    private void protect(Set<Role> readers, Set<Role> writers) {
        DataSet.Wish wish = new DataSet.Wish(
                "Schutz", "", DataSet.Openness.PROTECTED, readers, writers, Set.of(), Set.of(), Set.of(1L), Set.of());
        sta.town.in(() -> context.getBean(Rights.class).asOperator(() -> {
            DataSets sets = context.getBean(DataSets.class);
            return sets.list().isEmpty()
                    ? sets.create(wish)
                    : sets.change(1, sets.get(1).version(), wish);
        }));
    }
}
