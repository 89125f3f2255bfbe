package de.stadtkern.sensorthings;

import static de.stadtkern.sensorthings.SensorThingsScenario.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Who may write into a data set, and who makes one.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataSetRightsTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private DataSetScenario secret;
    private SensorThingsScenario sta;

    @BeforeAll
    void aProtectedDataSet() {
        secret = new DataSetScenario(context, port);
        sta = secret.sta;
    }

    @AfterAll
    void end() {
        secret.close();
    }

    @Test
    void anEditorWhoMayNotReadItDoesNotSeeItsWatches() {
        SensorThingsScenario town = new SensorThingsScenario(context, port);
        town.datastream("Markt");
        town.datastream("Geheim");
        PeopleScenario people = new PeopleScenario(context, town.town);
        PeopleScenario.Browser maker = people.loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        PeopleScenario.Browser steward = people.loggedIn("s@example.org", Grants.of(Area.PLATFORM, Role.STEWARD));
        DataSetScenario.watch(maker, 2);
        assertThat(maker.open("/watches").body()).contains("Wache Geheim");
        secret.asOperator(
                town,
                () -> secret.sets()
                        .create(DataSetScenario.wish(DataSet.Openness.PROTECTED, Set.of(), Set.of(), Set.of())));
        for (String path : new String[] {"/watches", "/watches/past", "/watches/1", "/watches/new?datastream=2"}) {
            assertThat(maker.open(path).body()).as(path).doesNotContain("Geheim");
        }
        assertThat(maker.open("/watches/1").statusCode()).isEqualTo(404);
        assertThat(steward.open("/watches").body()).contains("Wache Geheim");
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
        assertThat(outcome(sta.delete("/Observations(" + secret.observation + ")")))
                .isEqualTo("404 entity-unknown");
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
        assertThat(outcome(
                        secret.with(secret.reading, "POST", root + "/Datastreams(2)/Observations", "{\"result\":1}")))
                .isEqualTo("403 data-set-closed");
        assertThat(secret.with(
                                secret.reading,
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
            "/Observations(" + secret.observation + ")"
        }) {
            assertThat(outcome(secret.with(secret.reading, "DELETE", root + path, "")))
                    .as(path)
                    .isEqualTo("403 data-set-closed");
            assertThat(outcome(secret.with(secret.reading, "PATCH", root + path, "{}")))
                    .as(path)
                    .isEqualTo("403 data-set-closed");
        }
        assertThat(outcome(secret.with(
                        secret.reading,
                        "POST",
                        root + "/Things(2)/Datastreams",
                        SensorThingsScenario.datastreamBody("X"))))
                .isEqualTo("403 data-set-closed");
        assertThat(outcome(
                        secret.with(secret.reading, "PATCH", root + "/Datastreams(1)", "{\"Thing\":{\"@iot.id\":2}}")))
                .isEqualTo("403 data-set-closed");
        assertThat(outcome(secret.with(secret.reading, "POST", root + "/Things(1)/Locations/$ref", "{\"@iot.id\":2}")))
                .isEqualTo("403 data-set-closed");
    }

    @Test
    void whoMayWriteWritesAndNewDatastreamsBelongToTheSetAtOnce() {
        HttpResponse<String> created =
                secret.with(secret.writing, "POST", "/sta/v1.1/Datastreams(2)/Observations", "{\"result\":5}");
        assertThat(created.statusCode()).isEqualTo(201);
        long more = SensorThingsScenario.idOf(secret.with(
                        secret.writing,
                        "POST",
                        "/sta/v1.1/Things(2)/Datastreams",
                        SensorThingsScenario.datastreamBody("später"))
                .headers()
                .firstValue("Location")
                .orElseThrow());
        assertThat(sta.outcome("/Datastreams(" + more + ")")).isEqualTo("404 entity-unknown");
        assertThat(secret.with(secret.reading, "GET", "/sta/v1.1/Datastreams(" + more + ")", "")
                        .statusCode())
                .isEqualTo(200);
        secret.with(secret.writing, "DELETE", "/sta/v1.1/Datastreams(" + more + ")", "");
        String location = created.headers().firstValue("Location").orElseThrow();
        secret.with(secret.writing, "DELETE", location.substring(location.indexOf("/sta")), "");
    }

    @Test
    void anInternalSetIsForStaffAndAPublicOneForEverybody() {
        SensorThingsScenario town = new SensorThingsScenario(context, port);
        town.datastream("Markt");
        town.datastream("Geheim");
        long internal = secret.asOperator(
                town,
                () -> secret.sets()
                        .create(DataSetScenario.wish(DataSet.Openness.INTERNAL, Set.of(), Set.of(), Set.of())));
        PeopleScenario people = new PeopleScenario(context, town.town);
        PeopleScenario.Browser staff = people.loggedIn("v@example.org", Grants.of(Area.PLATFORM, Role.VIEWER));
        PeopleScenario.Browser elsewhere = people.loggedIn("c@example.org", Grants.of(Area.CHAT, Role.EDITOR));
        assertThat(town.names("/Things")).isEqualTo("Markt");
        assertThat(staff.open("/sta/v1.1/Things").body()).contains("Geheim");
        assertThat(elsewhere.open("/sta/v1.1/Things").body()).doesNotContain("Geheim");
        secret.asOperator(
                town,
                () -> secret.sets()
                        .change(
                                internal,
                                secret.sets().get(internal).version(),
                                DataSetScenario.wish(DataSet.Openness.PUBLIC, Set.of(), Set.of(), Set.of())));
        assertThat(town.names("/Things")).isEqualTo("Markt, Geheim");
        secret.asOperator(
                town,
                () -> secret.sets()
                        .change(
                                internal,
                                secret.sets().get(internal).version(),
                                DataSetScenario.wish(DataSet.Openness.PROTECTED, Set.of(), Set.of(), Set.of())));
        assertThat(town.names("/Things")).isEqualTo("Markt");
        secret.asOperator(town, () -> secret.sets().delete(internal));
        assertThat(town.names("/Things")).isEqualTo("Markt, Geheim");
    }

    @Test
    void theFrontDoorForOthersSaysTheSame() {
        assertThat(sta.town.in(() -> secret.sets().mayRead(2) + " "
                        + secret.sets().mayWrite(2) + " " + secret.sets().mayRead(1)))
                .isEqualTo("false false true");
        assertThat(secret.asOperator(
                        sta,
                        () -> secret.sets().mayRead(2) + " " + secret.sets().mayWrite(2)))
                .isEqualTo("true true");
        assertThat(secret.set).isPositive();
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
