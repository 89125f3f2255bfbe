package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is in a data set is seen by whom it is for, and by nobody else, whichever way they come. The market place is
/// open to everybody, Geheim is in a protected set which editors and one key may read and another key may write.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataSetTest {

    private static final String VALUE = "987654";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private SensorThingsScenario sta;
    private PeopleScenario.Browser viewer;
    private PeopleScenario.Browser editor;
    private String reading;
    private String writing;
    private String other;
    private long observation;
    private long set;

    @BeforeAll
    void aProtectedDataSet() {
        sta = new SensorThingsScenario(context, port);
        sta.observe(sta.datastream("Markt"), "2025-06-01T10:00:00Z", "1");
        observation = sta.observe(sta.datastream("Geheim"), "2025-06-01T10:00:00Z", VALUE);
        for (String path : new String[] {"/Sensors(2)", "/ObservedProperties(2)", "/FeaturesOfInterest(2)"}) {
            sta.patch(path, "{\"name\":\"Geheim " + path.substring(1, 5) + "\"}");
        }
        PeopleScenario people = new PeopleScenario(context, sta.town);
        viewer = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        editor = people.loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        ApiKeys.Created reader = key("reading", Role.VIEWER);
        ApiKeys.Created writer = key("writing", Role.EDITOR);
        reading = reader.token();
        writing = writer.token();
        other = key("other", Role.VIEWER).token();
        set = asOperator(() -> sets().create(wish(
                DataSet.Openness.PROTECTED,
                Set.of(Role.EDITOR),
                Set.of(reader.key().id()),
                Set.of(writer.key().id()))));
    }

    private static DataSet.Wish wish(
            DataSet.Openness openness, Set<Role> readers, Set<Long> readingKeys, Set<Long> writingKeys) {
        return new DataSet.Wish(
                "Schutz", "", openness, readers, Set.of(), readingKeys, writingKeys, Set.of(2L), Set.of());
    }

    private DataSets sets() {
        return context.getBean(DataSets.class);
    }

    private <T> T asOperator(ScopedValue.CallableOp<T, RuntimeException> work) {
        return sta.town.in(() -> context.getBean(Rights.class).asOperator(work));
    }

    private ApiKeys.Created key(String name, Role role) {
        return asOperator(() -> context.getBean(ApiKeys.class)
                .create(new ApiKeys.Wish(name, Area.PLATFORM, role, null, Duration.ofDays(1))));
    }

    private HttpResponse<String> with(String token, String method, String path, String body) {
        HttpRequest.Builder request = sta.town
                .request(path.replace(" ", "%20"))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return sta.town.send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
    }

    /// Who finds something of Geheim there.
    private String seenBy(String path) {
        StringBuilder seen = new StringBuilder();
        note(seen, "nobody", sta.town.get(path.replace(" ", "%20")));
        if (!path.startsWith("/api")) {
            note(seen, "viewer", viewer.open(path.replace(" ", "%20")));
            note(seen, "editor", editor.open(path.replace(" ", "%20")));
        }
        if (path.startsWith("/sta") || path.startsWith("/api")) {
            note(seen, "key", with(reading, "GET", path, ""));
            note(seen, "writer", with(writing, "GET", path, ""));
            note(seen, "other", with(other, "GET", path, ""));
        }
        return seen.toString();
    }

    private static void note(StringBuilder seen, String who, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(who + answer.body()).isIn(200, 404);
        if (answer.body().contains("Geheim") || answer.body().contains(VALUE)) {
            seen.append(seen.isEmpty() ? "" : ", ").append(who);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Things",
                "Things(2)",
                "Things(2)/name",
                "Things(2)/name/$value",
                "Things(2)/Locations",
                "Things(2)/Datastreams",
                "Things(2)/LatestObservations",
                "Locations",
                "Locations(2)",
                "Locations?$resultFormat=GeoJSON",
                "HistoricalLocations(2)?$expand=Thing",
                "HistoricalLocations?$expand=Thing,Locations",
                "Datastreams",
                "Datastreams(2)",
                "Datastreams(2)/Observations",
                "Datastreams(2)/LatestObservation",
                "Datastreams(2)/Observations?downsample=5",
                "Datastreams(2)/Observations?$apply=aggregate(result with max as m)",
                "Datastreams?$apply=aggregate(Observations/result with max as m)",
                "Datastreams?$resultFormat=CSV&$expand=Thing",
                "Datastreams?$resultFormat=GeoJSON",
                "Sensors",
                "Sensors(2)",
                "ObservedProperties",
                "FeaturesOfInterest",
                "FeaturesOfInterest(2)",
                "Observations",
                "Observations?$resultFormat=CSV",
                "Observations?$resultFormat=dataArray",
                "Observations?$filter=Datastream/Thing/name ge 'A'",
                "Observations?$apply=aggregate(result with max as m)",
                "Observations?$apply=groupby((bucket(phenomenonTime,'15min')),aggregate(result with max as m))",
                "Observations?$expand=Datastream($expand=Thing),FeatureOfInterest",
                "Things?$expand=Datastreams($expand=Observations($top=1;$orderby=phenomenonTime desc))",
                "Things?$expand=Datastreams($expand=LatestObservation)",
                "Sensors?$expand=Datastreams"
            })
    void theApiShowsItToItsReadersOnly(String path) {
        assertThat(seenBy("/sta/v1.1/" + path)).as(path).isEqualTo("editor, key, writer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sensors",
                "/sensors.csv",
                "/sensors/2-geheim",
                "/search?q=reihe",
                "/datastreams/2-reihe-geheim",
                "/datastreams/2/values.csv?from=2025-06-01&to=2025-06-02",
                "/embed/datastreams/2",
                "/datastreams/1-reihe-markt?with=2"
            })
    void pagesShowItToItsReadersOnly(String path) {
        assertThat(seenBy(path)).as(path).isEqualTo("editor");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/latest",
                "/api/v1/datastreams/2/hours?from=2025-06-01T00:00:00Z&to=2025-06-02T00:00:00Z",
                "/api/v1/datastreams/2/days?from=2025-06-01&to=2025-06-02",
                "/api/v1/datastreams/2/observations.csv",
                "/api/v1/datastreams/2/observations.json",
                "/api/v1/things/2/observations.csv",
                "/api/v1/datastreams/2/mapping.yaml",
                "/api/v1/things/2/mapping.yaml"
            })
    void downloadsGiveItToItsReadersOnly(String path) {
        assertThat(seenBy(path)).as(path).isEqualTo("key, writer");
    }

    @Test
    void countsAndReferencesAndConditionsGiveNothingAway() {
        for (String path : new String[] {"Observations", "Things", "Locations", "FeaturesOfInterest"}) {
            assertThat(sta.get("/" + path + "/$count").body()).as(path).isEqualTo("1");
            assertThat(sta.json("/" + path + "?$count=true&$top=0")
                            .get("@iot.count")
                            .asInt())
                    .as(path)
                    .isEqualTo(1);
            assertThat(with(reading, "GET", "/sta/v1.1/" + path + "/$count", "").body())
                    .as(path)
                    .isEqualTo("2");
        }
        assertThat(sta.json("/Things(1)/Datastreams/$ref").get("value")).hasSize(1);
        assertThat(sta.outcome("/Things(2)/Datastreams/$ref")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Datastreams(2)/Observations?$count=true&$top=0"))
                .isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Observations(" + observation + ")")).isEqualTo("404 entity-unknown");
        assertThat(sta.json("/FeaturesOfInterest?$filter=Observations/result eq " + VALUE)
                        .get("value"))
                .isEmpty();
        assertThat(sta.town.get("/sensors.geojson").body()).contains("Markt").doesNotContain("Geheim");
        assertThat(sta.json("/Observations?$apply=aggregate(result with p99 as m)")
                        .get("value")
                        .toString())
                .isEqualTo("[{\"m\":1}]");
        assertThat(sta.town.get("/datastreams/2/live").statusCode()).isEqualTo(404);
        assertThat(sta.town.get("/sensors/2/place.geojson").statusCode()).isEqualTo(404);
        assertThat(sta.town.get("/datastreams/2/chart.svg").statusCode()).isEqualTo(404);
        HttpResponse<String> batch =
                sta.post("/$batch", "{\"requests\":[{\"id\":\"1\",\"method\":\"GET\",\"url\":\"Things(2)\"}]}");
        assertThat(batch.body()).contains("\"status\":404").doesNotContain("Geheim");
    }

    @Test
    void whoMayNotReadFindsNothingToWrite() {
        assertThat(outcome(sta.post("/Datastreams(2)/Observations", "{\"result\":1}")))
                .isEqualTo("404 datastream-unknown");
        assertThat(sta.post(
                                "/CreateObservations",
                                "[{\"Datastream\":{\"@iot.id\":2},\"components\":[\"result\"],\"dataArray\":[[1]]}]")
                        .body())
                .isEqualTo("[\"error: Datastream 2 does not exist.\"]");
        assertThat(outcome(sta.patch("/Things(2)", "{\"name\":\"X\"}"))).isEqualTo("404 entity-unknown");
        assertThat(outcome(sta.delete("/Observations(" + observation + ")"))).isEqualTo("404 entity-unknown");
        assertThat(outcome(sta.post(
                        "/Datastreams",
                        SensorThingsScenario.datastreamBody("X").replaceFirst("\\{", "{\"Thing\":{\"@iot.id\":2},"))))
                .isEqualTo("400 link-target-unknown");
        assertThat(outcome(sta.post("/Things(2)/Datastreams", SensorThingsScenario.datastreamBody("X"))))
                .isEqualTo("404 entity-unknown");
    }

    @Test
    void whoMayReadOnlyIsToldSo() {
        String root = "/sta/v1.1";
        assertThat(outcome(with(reading, "POST", root + "/Datastreams(2)/Observations", "{\"result\":1}")))
                .isEqualTo("403 data-set-closed");
        assertThat(with(
                                reading,
                                "POST",
                                root + "/CreateObservations",
                                "[{\"Datastream\":{\"@iot.id\":2},\"components\":[\"result\"],\"dataArray\":[[1]]}]")
                        .statusCode())
                .isEqualTo(403);
        for (String path : new String[] {
            "/Things(2)",
            "/Datastreams(2)",
            "/Locations(2)",
            "/Sensors(2)",
            "/ObservedProperties(2)",
            "/FeaturesOfInterest(2)",
            "/Observations(" + observation + ")"
        }) {
            assertThat(outcome(with(reading, "DELETE", root + path, "")))
                    .as(path)
                    .isEqualTo("403 data-set-closed");
            assertThat(outcome(with(reading, "PATCH", root + path, "{}")))
                    .as(path)
                    .isEqualTo("403 data-set-closed");
        }
        assertThat(outcome(with(
                        reading, "POST", root + "/Things(2)/Datastreams", SensorThingsScenario.datastreamBody("X"))))
                .isEqualTo("403 data-set-closed");
        assertThat(outcome(with(reading, "PATCH", root + "/Datastreams(1)", "{\"Thing\":{\"@iot.id\":2}}")))
                .isEqualTo("403 data-set-closed");
        assertThat(outcome(with(reading, "POST", root + "/Things(1)/Locations/$ref", "{\"@iot.id\":2}")))
                .isEqualTo("403 data-set-closed");
    }

    @Test
    void whoMayWriteWritesAndNewDatastreamsBelongToTheSetAtOnce() {
        HttpResponse<String> created = with(writing, "POST", "/sta/v1.1/Datastreams(2)/Observations", "{\"result\":5}");
        assertThat(created.statusCode()).isEqualTo(201);
        long more = SensorThingsScenario.idOf(
                with(writing, "POST", "/sta/v1.1/Things(2)/Datastreams", SensorThingsScenario.datastreamBody("später"))
                        .headers()
                        .firstValue("Location")
                        .orElseThrow());
        assertThat(sta.outcome("/Datastreams(" + more + ")")).isEqualTo("404 entity-unknown");
        assertThat(with(reading, "GET", "/sta/v1.1/Datastreams(" + more + ")", "")
                        .statusCode())
                .isEqualTo(200);
        with(writing, "DELETE", "/sta/v1.1/Datastreams(" + more + ")", "");
        String location = created.headers().firstValue("Location").orElseThrow();
        with(writing, "DELETE", location.substring(location.indexOf("/sta")), "");
    }

    @Test
    void anInternalSetIsForStaffAndAPublicOneForEverybody() {
        SensorThingsScenario town = new SensorThingsScenario(context, port);
        town.datastream("Markt");
        town.datastream("Geheim");
        long internal =
                inTown(town, () -> sets().create(wish(DataSet.Openness.INTERNAL, Set.of(), Set.of(), Set.of())));
        PeopleScenario people = new PeopleScenario(context, town.town);
        PeopleScenario.Browser staff = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        PeopleScenario.Browser elsewhere = people.loggedIn("c@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        assertThat(town.names("/Things")).isEqualTo("Markt");
        assertThat(staff.open("/sta/v1.1/Things").body()).contains("Geheim");
        assertThat(elsewhere.open("/sta/v1.1/Things").body()).doesNotContain("Geheim");
        inTown(
                town,
                () -> sets().change(
                                internal,
                                sets().get(internal).version(),
                                wish(DataSet.Openness.PUBLIC, Set.of(), Set.of(), Set.of())));
        assertThat(town.names("/Things")).isEqualTo("Markt, Geheim");
        inTown(
                town,
                () -> sets().change(
                                internal,
                                sets().get(internal).version(),
                                wish(DataSet.Openness.PROTECTED, Set.of(), Set.of(), Set.of())));
        assertThat(town.names("/Things")).isEqualTo("Markt");
        inTown(town, () -> sets().delete(internal));
        assertThat(town.names("/Things")).isEqualTo("Markt, Geheim");
    }

    private <T> T inTown(SensorThingsScenario town, ScopedValue.CallableOp<T, RuntimeException> work) {
        return town.town.in(() -> context.getBean(Rights.class).asOperator(work));
    }

    @Test
    void theFrontDoorForOthersSaysTheSame() {
        assertThat(sta.town.in(() -> sets().mayRead(2) + " " + sets().mayWrite(2) + " " + sets().mayRead(1)))
                .isEqualTo("false false true");
        assertThat(asOperator(() -> sets().mayRead(2) + " " + sets().mayWrite(2)))
                .isEqualTo("true true");
        assertThat(set).isPositive();
    }

    @Test
    void stewardsMakeThemOnAPageAndTakeThemBack() {
        SensorThingsScenario town = new SensorThingsScenario(context, port);
        town.datastream("Markt");
        PeopleScenario people = new PeopleScenario(context, town.town);
        PeopleScenario.Browser steward = people.loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        String page = "/data-sets/new";
        assertThat(steward.where(steward.fill(page, page, "name", "", "openness", "protected")))
                .isEqualTo("422 name: Bitte geben Sie einen Namen mit höchstens 200 Zeichen ein.");
        assertThat(steward.where(steward.fill(
                        page, page, "name", "Innen", "openness", "protected", "thing-1", "on", "read-viewer", "on")))
                .isEqualTo("303 /data-sets");
        assertThat(steward.open("/data-sets").body()).contains("Innen", "geschützt", "1 Sensoren");
        assertThat(town.names("/Things")).isEmpty();
        long change = Long.parseLong(people.text("select max(id)::text from change where kind = 'data-set'"));
        steward.fill("/data-sets", "/changes/" + change + "/undo");
        assertThat(town.names("/Things")).isEqualTo("Markt");
    }
}
