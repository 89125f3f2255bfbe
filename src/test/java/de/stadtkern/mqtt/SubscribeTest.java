package de.stadtkern.mqtt;

import static de.stadtkern.sensorthings.SensorThingsScenario.observation;
import static de.stadtkern.sensorthings.SensorThingsScenario.thing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3SubAckException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import de.stadtkern.sensorthings.Requirement;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// What subscribers hear, whoever it comes from.
@StadtkernTest
class SubscribeTest {

    private static final String RECEIVE_UPDATES = "receive-updates-via-mqtt/receive-updates";

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private MqttScenario mqtt;
    private long datastream;
    private String observations;

    @BeforeEach
    void aTownWithADatastream() {
        mqtt = new MqttScenario(context, port);
        datastream = mqtt.http.datastream("Markt");
        observations = "v1.1/Datastreams(%d)/Observations".formatted(datastream);
    }

    @AfterEach
    void end() {
        mqtt.close();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void aNewObservationComesAsTheWholeEntity() {
        Inbox inbox = mqtt.inbox(observations);
        long id = mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "45.5");
        Mqtt5Publish message = inbox.next();
        assertThat(message.getTopic()).hasToString(observations);
        assertThat(message.getContentType().orElseThrow()).hasToString("application/json");
        JsonNode entity = mqtt.http.json("/Observations(%d)".formatted(id));
        JsonNode heard = SensorThingsScenario.parse(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8));
        assertThat(heard.propertyNames()).containsExactlyElementsOf(entity.propertyNames());
        assertThat(heard.get("@iot.id").asLong()).isEqualTo(id);
        assertThat(heard.get("result").asDouble()).isEqualTo(45.5);
        assertThat(heard.get("@iot.selfLink").asString())
                .isEqualTo("http://%s.localhost:%d/sta/v1.1/Observations(%d)"
                        .formatted(mqtt.city().slug(), port, id));
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void whatIsPublishedComesBackAsTheEntityItBecame() {
        Inbox all = mqtt.inbox("v1.1/Observations");
        assertThat(MqttScenario.publish(all.client, observations, "{\"result\": 7}"))
                .isEqualTo("SUCCESS");
        JsonNode entity = all.nextJson();
        assertThat(entity.get("result").asInt()).isEqualTo(7);
        assertThat(entity.get("@iot.id").asLong()).isPositive();
        assertThat(all.rest()).as("and not a second time as it was published").isEmpty();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void selectedPropertiesComeAlone() {
        Inbox inbox = mqtt.inbox(observations + "?$select=phenomenonTime,result");
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "45");
        assertThat(inbox.nextText()).isEqualTo("{\"phenomenonTime\":\"2026-05-01T12:00:00Z\",\"result\":45}");
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void aSetTellsOfNewAndOfChangedEntities() {
        Inbox things = mqtt.inbox("v1.1/Things?$select=name");
        long thing = mqtt.http.create("/Things", thing("Brücke"));
        assertThat(things.nextText()).isEqualTo("{\"name\":\"Brücke\"}");
        mqtt.http.patch("/Things(%d)".formatted(thing), "{\"name\": \"Steg\"}");
        assertThat(things.nextText()).isEqualTo("{\"name\":\"Steg\"}");
        mqtt.http.delete("/Things(%d)".formatted(thing));
        assertThat(things.rest()).as("what is gone is no entity").isEmpty();
    }

    @Test
    void whatEditorsChangeByPageIsHeardToo() {
        long thing = mqtt.http.create("/Things", thing("Brücke"));
        PeopleScenario.Browser editor = new PeopleScenario(context, mqtt.http.town)
                .loggedIn("e@example.org", Grants.of(Area.PLATFORM, Role.EDITOR));
        Inbox things = mqtt.inbox("v1.1/Things(%d)/name".formatted(thing));
        Inbox places = mqtt.inbox("v1.1/Things(%d)/Locations?$select=name".formatted(thing));
        editor.change(
                "/sensors/%d/edit".formatted(thing),
                "name",
                "Steg",
                "place",
                "Ufer",
                "latitude",
                "50",
                "move",
                "moved");
        assertThat(things.nextText()).contains("Steg");
        assertThat(places.nextText()).contains("Ufer");
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void anEntityTellsOfItselfOnly() {
        long thing = mqtt.http.create("/Things", thing("Brücke"));
        Inbox inbox = mqtt.inbox("v1.1/Things(%d)".formatted(thing));
        mqtt.http.create("/Things", thing("Steg"));
        mqtt.http.patch("/Things(%d)".formatted(thing), "{\"description\": \"neu\"}");
        JsonNode entity = inbox.nextJson();
        assertThat(entity.get("@iot.id").asLong()).isEqualTo(thing);
        assertThat(entity.get("description").asString()).isEqualTo("neu");
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void aPropertyTellsOfItsChangesOnly() {
        long thing = mqtt.http.create("/Things", thing("Brücke"));
        Inbox description = mqtt.inbox("v1.1/Things(%d)/description".formatted(thing));
        mqtt.http.patch("/Things(%d)".formatted(thing), "{\"name\": \"Steg\"}");
        mqtt.http.patch("/Things(%d)".formatted(thing), "{\"description\": \"aus Holz\"}");
        assertThat(description.nextText()).isEqualTo("{\"description\":\"aus Holz\"}");
        assertThat(description.rest()).isEmpty();
    }

    @Test
    void theTimesOfADatastreamChangeWithItsObservationsAndTheDatastreamItselfDoesNot() {
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "1");
        Inbox time = mqtt.inbox("v1.1/Datastreams(%d)/phenomenonTime".formatted(datastream));
        Inbox whole = mqtt.inbox("v1.1/Datastreams(%d)".formatted(datastream), "v1.1/Datastreams");
        mqtt.http.observe(datastream, "2026-05-01T13:00:00Z", "2");
        assertThat(time.nextText()).isEqualTo("{\"phenomenonTime\":\"2026-05-01T12:00:00Z/2026-05-01T13:00:00Z\"}");
        assertThat(whole.rest()).isEmpty();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void relatedSetsTellOfWhatIsInThem() {
        long thing = mqtt.http.create("/Things", thing("Brücke"));
        Inbox places = mqtt.inbox("v1.1/Things(%d)/Locations?$select=name".formatted(thing));
        Inbox history = mqtt.inbox("v1.1/Things(%d)/HistoricalLocations".formatted(thing));
        Inbox observed = mqtt.inbox(
                "v1.1/Things(%d)/Datastreams(%d)/Observations?$select=result".formatted(thing, datastream + 1));
        String place = """
            {"name": "Ufer", "description": "", "encodingType": "application/geo+json",
             "location": {"type": "Point", "coordinates": [11.6, 50.9]}}
            """;
        mqtt.http.create("/Locations", place.replace("Ufer", "Anderswo"));
        mqtt.http.create("/Things(%d)/Locations".formatted(thing), place);
        assertThat(places.nextText()).isEqualTo("{\"name\":\"Ufer\"}");
        assertThat(places.rest()).isEmpty();
        assertThat(history.nextJson().get("time").asString()).isNotEmpty();
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "1");
        mqtt.http.observe(datastream + 1, "2026-05-01T12:00:00Z", "2");
        assertThat(observed.nextText()).isEqualTo("{\"result\":2}");
        assertThat(observed.rest()).isEmpty();
    }

    @Test
    void theLatestObservationTellsWhenThereIsANewerOne() {
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "1");
        Inbox latest = mqtt.inbox("v1.1/Datastreams(%d)/LatestObservation?$select=result".formatted(datastream));
        mqtt.http.observe(datastream, "2026-05-01T11:00:00Z", "2");
        mqtt.http.observe(datastream, "2026-05-01T13:00:00Z", "3");
        assertThat(latest.nextText()).isEqualTo("{\"result\":3}");
        assertThat(latest.rest()).isEmpty();
    }

    @Test
    void filtersAndRelatedEntitiesCanBeAskedFor() {
        Inbox inbox = mqtt.inbox("v1.1/Observations?$filter=result gt 5 and Datastream/name eq 'Reihe"
                + " Markt'&$select=result&$expand=Datastream($select=name)");
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "3");
        mqtt.http.observe(datastream, "2026-05-01T12:01:00Z", "8");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":8,\"Datastream\":{\"name\":\"Reihe Markt\"}}");
        assertThat(inbox.rest()).isEmpty();
    }

    /// A power of ten too large for any number, and only where a value is large.
    @Test
    void aFilterThatCannotBeComputedKeepsNobodyFromBeingTold() {
        long other = mqtt.http.datastream("Kirche");
        String query = "?$select=result&$filter=result mul 1e308 gt 1";
        Inbox inbox = mqtt.inbox(observations + query, "v1.1/Datastreams(%d)/Observations%s".formatted(other, query));
        Inbox bystander = mqtt.inbox(observations + "?$select=result");
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "3000");
        mqtt.http.observe(other, "2026-05-01T12:00:00Z", "0.5");
        assertThat(bystander.nextText()).isEqualTo("{\"result\":3000}");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":0.5}");
        mqtt.http.observe(datastream, "2026-05-01T13:00:00Z", "0.25");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":0.25}");
    }

    @Test
    void aChangedObservationIsToldOnce() {
        long id = mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "3");
        Inbox inbox = mqtt.inbox(observations + "?$select=result");
        mqtt.http.patch("/Observations(%d)".formatted(id), "{\"result\": 4}");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":4}");
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void manyAtOnceAreToldOneByOne() {
        Inbox inbox = mqtt.inbox(observations + "?$select=result");
        mqtt.http.minutes(datastream, 600);
        for (int i = 0; i < 600; i++) {
            assertThat(inbox.nextText()).isEqualTo("{\"result\":%d}".formatted(i));
        }
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void whoeverUnsubscribesHearsNothingMore() {
        Inbox inbox = mqtt.inbox(observations);
        inbox.client.unsubscribeWith().topicFilter(observations).send();
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "3");
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void whoeverHasAKeyAndIsAwayGetsItLater() {
        String key = mqtt.key(Grants.of(Area.PLATFORM, Role.VIEWER), null);
        Mqtt5BlockingClient away = mqtt.waiting("pump-7", key).client;
        Mqtt5BlockingClient nobody = mqtt.waiting("pump-8", null).client;
        for (Mqtt5BlockingClient client : List.of(away, nobody)) {
            assertThat(MqttScenario.subscribe(client, observations + "?$select=result"))
                    .isEqualTo("GRANTED_QOS_1");
            client.disconnect();
        }
        mqtt.http.observe(datastream, "2026-05-01T12:00:00Z", "5");
        assertThat(mqtt.waiting("pump-7", key).nextText()).isEqualTo("{\"result\":5}");
        assertThat(mqtt.waiting("pump-8", null).rest())
                .as("without a key nobody is waited for")
                .isEmpty();
    }

    @Test
    @Requirement(RECEIVE_UPDATES)
    void clientsOfMqtt311HearTheSame() throws InterruptedException {
        Mqtt3BlockingClient client = mqtt.oldClient();
        try (var messages = client.publishes(MqttGlobalPublishFilter.ALL)) {
            client.subscribeWith()
                    .topicFilter(observations + "?$select=result")
                    .qos(MqttQos.EXACTLY_ONCE)
                    .send();
            mqtt.http.post(
                    "/Datastreams(%d)/Observations".formatted(datastream), observation("2026-05-01T12:00:00Z", "9"));
            var message = messages.receive(10, TimeUnit.SECONDS).orElseThrow();
            assertThat(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"result\":9}");
            assertThat(message.getQos()).isEqualTo(MqttQos.EXACTLY_ONCE);
        }
    }

    @Test
    void whatIsNoTopicIsRefusedInWords() {
        Mqtt5BlockingClient client = mqtt.client();
        assertThat(MqttScenario.subscribe(client, "v1.1/#"))
                .startsWith("WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED: ")
                .as("one full stop at the end")
                .containsPattern("[^.]\\. ?$");
        assertThat(MqttScenario.subscribe(client, "#")).startsWith("WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED: ");
        assertThat(MqttScenario.subscribe(client, "+/v1.1/Observations"))
                .startsWith("WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED: ");
        assertThat(MqttScenario.subscribe(client, "home/kitchen"))
                .startsWith("TOPIC_FILTER_INVALID: There is no topic");
        assertThat(MqttScenario.subscribe(client, "v1.1/Cats"))
                .startsWith("TOPIC_FILTER_INVALID: There is no entity set 'Cats'");
        assertThat(MqttScenario.subscribe(client, "v1.1/Things?$top=3"))
                .startsWith("TOPIC_FILTER_INVALID: A message is");
        assertThat(MqttScenario.subscribe(client, "v1.1/Things?$filter=name eq"))
                .startsWith("TOPIC_FILTER_INVALID: ");
        assertThat(MqttScenario.subscribe(client, "nowhere/v1.1/Things"))
                .startsWith("TOPIC_FILTER_INVALID: There is no town 'nowhere'");
        String tooLong = "v1.1/Things?$filter=name eq '" + "x".repeat(4_040) + "'";
        assertThat(MqttScenario.subscribe(client, tooLong))
                .startsWith("TOPIC_FILTER_INVALID: A topic has at most 4000 characters");
        assertThat(MqttScenario.subscribe(mqtt.client("anybody", null), tooLong))
                .startsWith("TOPIC_FILTER_INVALID: A topic has at most 4000 characters");
        assertThat(MqttScenario.subscribe(client, observations))
                .as("the connection lives on")
                .isEqualTo("GRANTED_QOS_1");
        Mqtt3BlockingClient old = mqtt.oldClient();
        assertThatThrownBy(() -> old.subscribeWith().topicFilter("v1.1/#").send())
                .isInstanceOf(Mqtt3SubAckException.class);
        assertThat(old.getState().isConnected()).isTrue();
    }

    private String operatorsPage() {
        return new PeopleScenario(context, mqtt.http.town)
                .loggedIn("betrieb@example.org", Grants.of(Area.TOWN, Role.OPERATOR))
                .open("/operation")
                .body();
    }

    /// Somebody who reads nothing keeps neither writers nor other subscribers up.
    @Test
    void aDeadSubscriberDelaysNobodyAndWhatItMissesIsCounted() throws Exception {
        Broker broker = context.getBean(Broker.class);
        long before = broker.figures().dropped();
        try (DeadSubscriber dead = new DeadSubscriber(mqtt.port(), mqtt.city().slug(), observations)) {
            Inbox inbox = mqtt.inbox(observations + "?$select=result");
            for (int portion = 0; portion < 8; portion++) {
                mqtt.http.minutes(datastream, 500);
                for (int i = 0; i < 500; i++) {
                    assertThat(inbox.nextText()).isEqualTo("{\"result\":%d}".formatted(i));
                }
            }
            assertThat(dead.isOpen()).isTrue();
            // Some are still being dropped while this is read.
            List<Broker.Missed> expected = List.of();
            for (int i = 0; i < 100 && !broker.missed(mqtt.city()).equals(expected); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
                expected = List.of(new Broker.Missed("dead", broker.figures().dropped() - before));
            }
            assertThat(broker.missed(mqtt.city()))
                    .as("of each what it missed, which here is what all missed")
                    .isEqualTo(expected)
                    .allMatch(missed -> missed.messages() > 0);
            assertThat(operatorsPage()).contains("Am meisten verpasst haben: dead (");
        }
    }
}
