package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.TestTown;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import de.stadtkern.mqtt.MqttScenario.Listener;
import de.stadtkern.mqtt.MqttScenario.Version;
import de.stadtkern.sensorthings.DataSet;
import de.stadtkern.sensorthings.DataSets;
import de.stadtkern.sensorthings.StoreScenario;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Subscribers hear what they may read, as over HTTP. One of two Datastreams is in a data set that one key may read.
@ClosedStadtkernTest
class WhoHearsTest {

    /// Longer than anything that was looked up is good for.
    private static final Duration SECONDS = Duration.ofSeconds(3);

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private MqttScenario mqtt;
    private long open;
    private long secret;
    private ApiKeys.Created reader;
    private ApiKeys.Created other;
    private String stewardship;
    private Mqtt5BlockingClient steward;

    @BeforeEach
    void aTownWithAnOpenAndASecretDatastream() {
        mqtt = new MqttScenario(context, port);
        open = mqtt.datastream();
        secret = mqtt.datastream();
        reader = key(mqtt.http.town, Role.VIEWER);
        other = key(mqtt.http.town, Role.VIEWER);
        stewardship = key(mqtt.http.town, Role.STEWARD).token();
        steward = mqtt.client(mqtt.city().slug(), stewardship);
    }

    @AfterEach
    void end() {
        mqtt.close();
    }

    private ApiKeys.Created key(TestTown town, Role role) {
        return as(
                town,
                () -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish("test", Area.PLATFORM, role, null, Duration.ofDays(1))));
    }

    private <T> T as(TestTown town, ScopedValue.CallableOp<T, RuntimeException> work) {
        return town.in(() -> context.getBean(Rights.class).asOperator(work));
    }

    private DataSet.Wish wish(DataSet.Openness openness, Long... readingKeys) {
        return new DataSet.Wish(
                "Schutz", "", openness, Set.of(), Set.of(), Set.of(readingKeys), Set.of(), Set.of(), Set.of(secret));
    }

    private long close(DataSet.Openness openness, Long... readingKeys) {
        return as(mqtt.http.town, () -> context.getBean(DataSets.class).create(wish(openness, readingKeys)));
    }

    private void change(long set, DataSet.Openness openness, Long... readingKeys) {
        DataSets sets = context.getBean(DataSets.class);
        as(mqtt.http.town, () -> sets.change(set, sets.get(set).version(), wish(openness, readingKeys)));
    }

    private void revoke(ApiKeys.Created key) {
        as(mqtt.http.town, () -> {
            context.getBean(ApiKeys.class).revoke(key.key().id());
            return true;
        });
    }

    private static String observations(long datastream) {
        return "v1.1/Datastreams(%d)/Observations?$select=result".formatted(datastream);
    }

    private void observe(long datastream, int result) {
        assertThat(MqttScenario.publish(
                        steward,
                        "v1.1/Datastreams(%d)/Observations".formatted(datastream),
                        "{\"result\": %d}".formatted(result)))
                .isEqualTo("SUCCESS");
    }

    private static String result(int result) {
        return "{\"result\":%d}".formatted(result);
    }

    @ParameterizedTest
    @EnumSource
    void aProtectedDataSetIsToldToItsReadersOnly(Version version) {
        close(DataSet.Openness.PROTECTED, reader.key().id());
        String all = "v1.1/Observations?$select=result";
        Listener nobody = mqtt.listener(version, null, all, observations(secret));
        Listener may = mqtt.listener(version, reader.token(), all);
        Listener mayToo = mqtt.listener(version, reader.token(), observations(secret));
        Listener mayNot = mqtt.listener(version, other.token(), all, observations(secret));
        observe(secret, 1);
        assertThat(may.nextText()).isEqualTo(result(1));
        assertThat(mayToo.nextText()).isEqualTo(result(1));
        observe(open, 2);
        for (Listener listener : new Listener[] {nobody, may, mayNot}) {
            assertThat(listener.nextText()).isEqualTo(result(2));
        }
        assertThat(nobody.rest() + may.rest() + mayToo.rest() + mayNot.rest()).isEmpty();
    }

    @Test
    void anInternalDataSetIsToldToKeysWithARole() {
        close(DataSet.Openness.INTERNAL);
        Listener nobody = mqtt.inbox(observations(secret));
        Listener viewer = mqtt.listener(Version.MQTT_5, reader.token(), observations(secret));
        observe(secret, 1);
        assertThat(viewer.nextText()).isEqualTo(result(1));
        assertThat(nobody.rest()).isEmpty();
    }

    @Test
    void whatAMessageLeadsToIsWhatItsReaderMaySee() {
        String thing = "Things(%d)".formatted(thingOfSecret());
        close(DataSet.Openness.PROTECTED, reader.key().id());
        String topic = "v1.1/%s?$select=name&$expand=Datastreams($select=id)".formatted(thing);
        Listener nobody = mqtt.inbox(topic);
        Listener may = mqtt.listener(Version.MQTT_5, reader.token(), topic);
        assertThat(mqtt.http
                        .town
                        .send(mqtt.http
                                .town
                                .request("/sta/v1.1/" + thing)
                                .header("Authorization", "Bearer " + stewardship)
                                .header("Content-Type", "application/json")
                                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"name\": \"neu\"}")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(nobody.nextText()).isEqualTo("{\"name\":\"neu\",\"Datastreams\":[]}");
        assertThat(may.nextText()).isEqualTo("{\"name\":\"neu\",\"Datastreams\":[{\"@iot.id\":%d}]}".formatted(secret));
    }

    private long thingOfSecret() {
        return mqtt.http
                .json("/Datastreams(%d)/Thing".formatted(secret))
                .get("@iot.id")
                .asLong();
    }

    @Test
    void aDataSetThatIsClosedLaterIsNotToldAnyMore() throws InterruptedException {
        Listener nobody = mqtt.inbox(observations(secret));
        Listener may = mqtt.listener(Version.MQTT_5, reader.token(), observations(secret));
        Listener mayNot = mqtt.listener(Version.MQTT_5, other.token(), observations(secret));
        observe(secret, 1);
        for (Listener listener : new Listener[] {nobody, may, mayNot}) {
            assertThat(listener.nextText()).isEqualTo(result(1));
        }
        long set = close(DataSet.Openness.PROTECTED, reader.key().id());
        TimeUnit.MILLISECONDS.sleep(SECONDS.toMillis());
        observe(secret, 2);
        assertThat(may.nextText()).isEqualTo(result(2));
        assertThat(nobody.rest() + mayNot.rest()).isEmpty();

        change(set, DataSet.Openness.PROTECTED, other.key().id());
        TimeUnit.MILLISECONDS.sleep(SECONDS.toMillis());
        observe(secret, 3);
        assertThat(mayNot.nextText()).as("named now").isEqualTo(result(3));
        assertThat(nobody.rest() + may.rest()).as("named no longer").isEmpty();
    }

    @Test
    void whoeverHasARevokedKeyIsToldNothingAndSentAway() throws Exception {
        close(DataSet.Openness.PROTECTED, reader.key().id());
        Inbox inbox = mqtt.waiting("pump", reader.token());
        assertThat(MqttScenario.subscribe(inbox.client, observations(secret))).isEqualTo("GRANTED_QOS_1");
        observe(secret, 1);
        assertThat(inbox.nextText()).isEqualTo(result(1));
        revoke(reader);
        assertThat(MqttScenario.publish(inbox.client, "v1.1/Observations", "{}"))
                .startsWith("NOT_AUTHORIZED: ");
        assertThat(MqttScenario.subscribe(inbox.client, observations(open)))
                .startsWith("NOT_AUTHORIZED: The password is no API key that is valid here");
        TimeUnit.MILLISECONDS.sleep(SECONDS.toMillis());
        observe(secret, 2);
        assertThat(inbox.rest()).isEmpty();
        assertThat(inbox.farewell())
                .isEqualTo("NOT_AUTHORIZED: The key was revoked or is too old; please connect with one that is valid.");
    }

    @Test
    void aKeyOfAnotherTownHearsWhatEverybodyMay() {
        close(DataSet.Openness.INTERNAL);
        try (MqttScenario elsewhere = new MqttScenario(context, port)) {
            String token = key(elsewhere.http.town, Role.STEWARD).token();
            String prefix = mqtt.city().slug() + "/";
            Inbox inbox = elsewhere.inbox(
                    elsewhere.client(elsewhere.city().slug(), token),
                    prefix + observations(secret),
                    prefix + observations(open));
            observe(secret, 1);
            observe(open, 2);
            assertThat(inbox.nextText()).isEqualTo(result(2));
            assertThat(inbox.rest()).isEmpty();
        }
    }

    @Test
    void nobodyTakesAnothersEar() {
        close(DataSet.Openness.PROTECTED, reader.key().id());
        String ear = "@%d/%s/%s".formatted(reader.key().id(), mqtt.city().slug(), observations(secret));
        for (Mqtt5BlockingClient client : new Mqtt5BlockingClient[] {
            mqtt.client(), mqtt.client("anybody", null), mqtt.client(mqtt.city().slug(), other.token())
        }) {
            assertThat(MqttScenario.subscribe(client, ear)).startsWith("TOPIC_FILTER_INVALID: There is no topic");
            assertThat(MqttScenario.publish(client, ear, "{\"result\": 1}")).startsWith("TOPIC_NAME_INVALID: ");
        }
    }

    @Test
    void topicsComeBackAsTheyWereSaidAndEndWhenTheyAreUnsubscribed() {
        String topic = observations(open);
        Inbox inbox = mqtt.inbox(mqtt.client(mqtt.city().slug(), reader.token()), topic);
        observe(open, 1);
        assertThat(inbox.next().getTopic()).hasToString(topic);
        inbox.client.unsubscribeWith().topicFilter(topic).send();
        observe(open, 2);
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void theDefaultTownIsHeardWithItsKeysByItsNameAndWithout() {
        TestTown town = TestTown.of(mqtt.cities().defaultCity(), port);
        long datastream = new StoreScenario(context, town).datastream("sum");
        String topic = observations(datastream);
        Mqtt5BlockingClient client =
                mqtt.client("sensor-17", key(town, Role.EDITOR).token());
        Inbox bare = mqtt.inbox(client, topic);
        String named = town.city().slug() + "/" + topic;
        Inbox prefixed =
                mqtt.inbox(mqtt.client("sensor-18", key(town, Role.VIEWER).token()), named);
        assertThat(MqttScenario.publish(
                        client, "v1.1/Datastreams(%d)/Observations".formatted(datastream), "{\"result\": 3}"))
                .isEqualTo("SUCCESS");
        assertThat(bare.next().getTopic()).hasToString(topic);
        assertThat(prefixed.next().getTopic()).hasToString(named);
        assertThat(bare.rest() + prefixed.rest()).isEmpty();
    }

    @Test
    void whatWaitsForAReaderWhoIsAwayIsToldLater() throws InterruptedException {
        close(DataSet.Openness.PROTECTED, reader.key().id());
        Mqtt5BlockingClient away = mqtt.waiting("pump", reader.token()).client;
        assertThat(MqttScenario.subscribe(away, observations(secret))).isEqualTo("GRANTED_QOS_1");
        away.disconnect();
        observe(secret, 5);
        assertThat(mqtt.waiting("pump", reader.token()).nextText()).isEqualTo(result(5));
        revoke(reader);
        TimeUnit.MILLISECONDS.sleep(SECONDS.toMillis());
        assertThatThrownBy(() -> mqtt.waiting("pump", reader.token())).isInstanceOf(Mqtt5ConnAckException.class);
    }
}
