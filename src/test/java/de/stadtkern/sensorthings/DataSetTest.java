package de.stadtkern.sensorthings;

import static org.assertj.core.api.Assertions.assertThat;

import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.mqtt.MqttScenario;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// What is in a data set is seen by whom it is for, and by nobody else, whichever way they come.
@StadtkernTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataSetTest {

    private static final String MARKET = "v1.1/Datastreams(1)/Observations";

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
                "Sensors?$expand=Datastreams",
                "Observations?$orderby=Datastream/Thing/name desc",
                "HistoricalLocations?$orderby=Thing/name desc&$expand=Thing",
                "MultiDatastreams",
                "MultiDatastreams(3)",
                "MultiDatastreams(3)/name/$value",
                "MultiDatastreams(3)/Thing",
                "MultiDatastreams(3)/Observations",
                "MultiDatastreams(3)/Observations?$resultFormat=CSV",
                "MultiDatastreams(3)/Observations?$resultFormat=dataArray",
                "MultiDatastreams?$orderby=Thing/name&$expand=Thing,Observations",
                "MultiDatastreams?$filter=Thing/name ge 'A'",
                "Things(2)/MultiDatastreams",
                "Things?$expand=MultiDatastreams($expand=Observations)",
                "Sensors?$expand=MultiDatastreams",
                "ObservedProperties?$expand=MultiDatastreams",
                "Observations?$expand=MultiDatastream($expand=Thing)",
                "Observations?$filter=MultiDatastream/Thing/name ge 'A'"
            })
    void theApiShowsItToItsReadersOnly(String path) {
        assertThat(secret.seenBy("/sta/v1.1/" + path)).as(path).isEqualTo("editor, key, writer");
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
                "/datastreams/1-reihe-markt?with=2",
                "/watches.atom"
            })
    void pagesShowItToItsReadersOnly(String path) {
        assertThat(secret.seenBy(path)).as(path).isEqualTo("editor");
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
        assertThat(secret.seenBy(path)).as(path).isEqualTo("key, writer");
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
            assertThat(secret.with(secret.reading, "GET", "/sta/v1.1/" + path + "/$count", "")
                            .body())
                    .as(path)
                    .isEqualTo(path.equals("Observations") ? "3" : "2");
        }
        assertThat(sta.get("/MultiDatastreams/$count").body()).isEqualTo("0");
        assertThat(sta.outcome("/MultiDatastreams(3)/Observations/$ref")).isEqualTo("404 entity-unknown");
        assertThat(sta.json("/Things(1)/Datastreams/$ref").get("value")).hasSize(1);
        assertThat(sta.outcome("/Things(2)/Datastreams/$ref")).isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Datastreams(2)/Observations?$count=true&$top=0"))
                .isEqualTo("404 entity-unknown");
        assertThat(sta.outcome("/Observations(" + secret.observation + ")")).isEqualTo("404 entity-unknown");
        assertThat(sta.json("/FeaturesOfInterest?$filter=Observations/result eq " + DataSetScenario.VALUE)
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

    /// What subscribers to each topic hear of what happens to Geheim, and of whatever shows that they listen.
    @ParameterizedTest
    @EnumSource
    void subscribersHearOfItIfTheyMayRead(MqttScenario.Version version) {
        String[] topics = {
            "v1.1/Things",
            "v1.1/Things(2)",
            "v1.1/Things(2)/name",
            "v1.1/Things(2)/Locations",
            "v1.1/Things(2)/HistoricalLocations?$expand=Thing",
            "v1.1/Locations",
            "v1.1/Sensors",
            "v1.1/ObservedProperties(2)",
            "v1.1/FeaturesOfInterest",
            "v1.1/Datastreams",
            "v1.1/Datastreams(2)/Thing",
            "v1.1/Datastreams(2)/Observations",
            "v1.1/Datastreams(2)/LatestObservation",
            "v1.1/MultiDatastreams(3)",
            "v1.1/MultiDatastreams(3)/Observations",
            "v1.1/Observations",
            "v1.1/Observations?$select=result&$expand=Datastream($expand=Thing)",
            "v1.1/Observations?$filter=Datastream/Thing/name ge 'A'",
            MARKET
        };
        Map<String, MqttScenario.Listener> listeners = new LinkedHashMap<>();
        listeners.put("nobody", secret.mqtt.listener(version, null, topics));
        listeners.put("key", secret.mqtt.listener(version, secret.reading, topics));
        listeners.put("writer", secret.mqtt.listener(version, secret.writing, topics));
        listeners.put("other", secret.mqtt.listener(version, secret.other, topics));
        Map<String, Set<String>> heard = new TreeMap<>();
        List<String> made = new ArrayList<>(somethingHappens());
        // What comes with the first value of the market place comes before the second.
        for (String last : new String[] {"4712", "4713"}) {
            long id = sta.observe(1, "2025-06-0%sT10:00:00Z".formatted(last.substring(3)), last);
            listeners.forEach((who, listener) -> hearUntil(last, who, listener, heard));
            made.add("/sta/v1.1/Observations(%d)".formatted(id));
        }
        made.forEach(path -> secret.with(secret.writing, "DELETE", path, ""));
        Map<String, Set<String>> expected = new TreeMap<>();
        for (String topic : topics) {
            expected.put(topic, Set.of("key", "writer"));
        }
        expected.remove(MARKET);
        assertThat(heard).isEqualTo(expected);
    }

    /// Notes at each topic whoever hears something of Geheim there.
    private static void hearUntil(
            String last, String who, MqttScenario.Listener listener, Map<String, Set<String>> heard) {
        while (true) {
            MqttScenario.Message message = listener.nextMessage();
            if (message.text().contains("Geheim") || message.text().contains(DataSetScenario.VALUE)) {
                heard.computeIfAbsent(message.topic(), _ -> new TreeSet<>()).add(who);
            }
            if (message.topic().equals(MARKET) && message.text().contains(last)) {
                return;
            }
        }
    }

    /// Everything around Geheim changes; says what has to be removed.
    private List<String> somethingHappens() {
        String root = "/sta/v1.1";
        for (String path : new String[] {
            "/Locations(2)",
            "/Sensors(2)",
            "/ObservedProperties(2)",
            "/FeaturesOfInterest(2)",
            "/Datastreams(2)",
            "/MultiDatastreams(3)"
        }) {
            HttpResponse<String> changed =
                    secret.with(secret.writing, "PATCH", root + path, "{\"description\": \"Geheim\"}");
            assertThat(changed.statusCode()).as(path + changed.body()).isEqualTo(200);
        }
        assertThat(secret.with(secret.writing, "PATCH", root + "/Things(2)", "{\"name\": \"Geheim\"}")
                        .statusCode())
                .isEqualTo(200);
        String time = "2025-06-02T10:00:00Z";
        String multi = "[" + DataSetScenario.VALUE + "]";
        return List.of(
                made(
                        "/Things(2)/HistoricalLocations",
                        "{\"time\": \"2025-01-01T00:00:00Z\", \"Locations\": [{\"@iot.id\": 2}]}"),
                made("/Datastreams(2)/Observations", SensorThingsScenario.observation(time, DataSetScenario.VALUE)),
                made("/MultiDatastreams(3)/Observations", SensorThingsScenario.observation(time, multi)));
    }

    private String made(String path, String body) {
        HttpResponse<String> created = secret.with(secret.writing, "POST", "/sta/v1.1" + path, body);
        String address = created.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(created.statusCode() + " " + created.body()));
        return address.substring(address.indexOf("/sta"));
    }

    @Test
    void anOrderOverSomethingClosedTellsNothingOfIt() {
        SensorThingsScenario town = new SensorThingsScenario(context, port);
        town.datastream("Anton");
        town.datastream("Berta");
        secret.asOperator(
                town,
                () -> secret.sets()
                        .create(DataSetScenario.wish(DataSet.Openness.PROTECTED, Set.of(), Set.of(), Set.of())));
        secret.asOperator(
                town,
                () -> secret.sets()
                        .create(new DataSet.Wish(
                                "Offen",
                                "",
                                DataSet.Openness.PUBLIC,
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(),
                                Set.of(2L))));
        PeopleScenario people = new PeopleScenario(context, town.town);
        Set<String> orders = new TreeSet<>();
        for (String name : new String[] {"Aaron", "Zacharias"}) {
            people.text("update thing set name = '%s' where id = 2 returning name".formatted(name));
            orders.add(town.names("/Datastreams?$orderby=Thing/name"));
            assertThat(town.names("/Datastreams?$filter=Thing/name eq '%s'".formatted(name)))
                    .isEmpty();
            assertThat(town.names("/Datastreams?$filter=startswith(Thing/name,'A')"))
                    .isEqualTo("Reihe Anton");
        }
        assertThat(orders).as("the same whatever it is called").hasSize(1);
        assertThat(town.outcome("/Datastreams(2)/Thing")).isEqualTo("404 entity-unknown");
    }
}
