package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import de.stadtkern.ClosedStadtkernTest;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// The rights of clients, where nobody writes without any.
@ClosedStadtkernTest
class WhoMayTest {

    private static final Grants EDITOR = Grants.of(Area.PLATFORM, Role.EDITOR);

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
        datastream = mqtt.datastream();
        observations = "v1.1/Datastreams(%d)/Observations".formatted(datastream);
    }

    @AfterEach
    void end() {
        mqtt.close();
    }

    private Mqtt5BlockingClient client(String key) {
        return mqtt.client(mqtt.city().slug(), key);
    }

    @Test
    void whoeverHasNoKeyReadsAndDoesNotWrite() {
        Inbox inbox = mqtt.inbox(observations + "?$select=result");
        assertThat(MqttScenario.publish(inbox.client, observations, "{\"result\": 1}"))
                .startsWith("NOT_AUTHORIZED: This needs a login, or an API key");
        assertThat(MqttScenario.publish(client(mqtt.key(EDITOR, null)), observations, "{\"result\": 2}"))
                .isEqualTo("SUCCESS");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":2}");
        assertThat(inbox.rest()).isEmpty();
    }

    @Test
    void aKeyForOneDatastreamWritesItsObservationsOnly() {
        Mqtt5BlockingClient client = client(mqtt.key(EDITOR, datastream));
        assertThat(MqttScenario.publish(client, observations, "{\"result\": 1}"))
                .isEqualTo("SUCCESS");
        assertThat(MqttScenario.publish(
                        client, "v1.1/Datastreams(%d)/Observations".formatted(mqtt.datastream()), "{\"result\": 1}"))
                .isEqualTo("NOT_AUTHORIZED: This key writes Observations of Datastream %d only.".formatted(datastream));
    }

    @Test
    void aKeyOfAnotherTownOpensNothing() {
        try (MqttScenario other = new MqttScenario(context, port)) {
            String key = other.key(EDITOR, null);
            assertThatThrownBy(() -> client(key))
                    .isInstanceOf(Mqtt5ConnAckException.class)
                    .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD");
            assertThat(MqttScenario.publish(
                            other.client(other.city().slug(), key),
                            mqtt.city().slug() + "/" + observations,
                            "{\"result\": 1}"))
                    .startsWith("NOT_AUTHORIZED: The password is no API key that is valid here");
        }
    }

    @Test
    void whatIsNoKeyIsRefusedAtTheDoor() {
        for (String wrong : new String[] {"secret", "stadtkern_AAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
            assertThatThrownBy(() -> client(wrong))
                    .isInstanceOf(Mqtt5ConnAckException.class)
                    .hasMessageContaining("BAD_USER_NAME_OR_PASSWORD");
        }
    }

    @Test
    void aRevokedKeyEndsOnConnectionsThatAreOpenToo() throws InterruptedException {
        ApiKeys keys = context.getBean(ApiKeys.class);
        Mqtt5BlockingClient client = client(mqtt.key(EDITOR, null));
        assertThat(MqttScenario.publish(client, observations, "{\"result\": 1}"))
                .isEqualTo("SUCCESS");
        mqtt.http.town.in(() -> context.getBean(Rights.class).asOperator(() -> {
            keys.list().forEach(key -> keys.revoke(key.id()));
            return true;
        }));
        TimeUnit.SECONDS.sleep(2);
        assertThat(MqttScenario.publish(client, observations, "{\"result\": 2}"))
                .startsWith("NOT_AUTHORIZED: ");
    }

    @Test
    void aLastWillIsRefusedInWords() {
        assertThatThrownBy(() -> mqtt.clientWithWill(observations, "{\"result\": 9}"))
                .isInstanceOf(Mqtt5ConnAckException.class)
                .satisfies(refused -> assertThat(((Mqtt5ConnAckException) refused)
                                .getMqttMessage()
                                .getReasonString()
                                .orElseThrow()
                                .toString())
                        .startsWith("A last will is not offered here"));
    }
}
