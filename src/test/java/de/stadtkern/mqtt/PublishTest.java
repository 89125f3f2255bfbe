package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import de.stadtkern.StadtkernTest;
import de.stadtkern.sensorthings.Requirement;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Observations that come as messages.
@StadtkernTest
class PublishTest {

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private MqttScenario mqtt;
    private long datastream;

    @BeforeEach
    void aTownWithADatastream() {
        mqtt = new MqttScenario(context, port);
        datastream = mqtt.http.datastream("Markt");
    }

    @AfterEach
    void end() {
        mqtt.close();
    }

    private String observations() {
        return "v1.1/Datastreams(%d)/Observations".formatted(datastream);
    }

    private String results() {
        return mqtt.http.list("/Datastreams(%d)/Observations?$orderby=id".formatted(datastream), "result");
    }

    @Test
    @Requirement("create-observations-via-mqtt/observations-creation")
    void anObservationIsStoredWhenItIsAcknowledged() {
        Mqtt5BlockingClient client = mqtt.client();
        assertThat(MqttScenario.publish(client, observations(), "{\"result\": 1}"))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("1");
        assertThat(MqttScenario.publish(
                        client,
                        MqttQos.EXACTLY_ONCE,
                        "v1.1/Observations",
                        "{\"result\": 2, \"Datastream\": {\"@iot.id\": %d}}".formatted(datastream)))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("1, 2");
    }

    @Test
    @Requirement("create-observations-via-mqtt/observations-creation")
    void clientsOfMqtt311StoreTheSame() {
        Mqtt3BlockingClient client = mqtt.oldClient();
        for (MqttQos qos : new MqttQos[] {MqttQos.AT_LEAST_ONCE, MqttQos.EXACTLY_ONCE}) {
            client.publishWith()
                    .topic(observations())
                    .qos(qos)
                    .payload("{\"result\": 3}".getBytes(StandardCharsets.UTF_8))
                    .send();
        }
        assertThat(results()).isEqualTo("3, 3");
    }

    @Test
    void whatNobodyWaitsForIsStoredSoon() throws InterruptedException {
        MqttScenario.publish(mqtt.client(), MqttQos.AT_MOST_ONCE, observations(), "{\"result\": 4}");
        for (int i = 0; i < 100 && results().isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(results()).isEqualTo("4");
    }

    @Test
    @Requirement("create-observations-via-mqtt/observations-creation")
    void theEntitiesAroundItAreCreatedWithIt() {
        String feature = """
            {"name": "Brunnen", "description": "", "encodingType": "application/geo+json",
             "feature": {"type": "Point", "coordinates": [11.6, 50.9]}}
            """;
        assertThat(MqttScenario.publish(
                        mqtt.client(), observations(), "{\"result\": 5, \"FeatureOfInterest\": %s}".formatted(feature)))
                .isEqualTo("SUCCESS");
        assertThat(mqtt.http.names("/FeaturesOfInterest")).isEqualTo("Brunnen");
        long id = mqtt.http
                .json("/FeaturesOfInterest")
                .get("value")
                .get(0)
                .get("@iot.id")
                .asLong();
        assertThat(MqttScenario.publish(
                        mqtt.client(),
                        "v1.1/FeaturesOfInterest(%d)/Observations".formatted(id),
                        "{\"result\": 6, \"Datastream\": {\"@iot.id\": %d}}".formatted(datastream)))
                .isEqualTo("SUCCESS");
        assertThat(mqtt.http.list("/FeaturesOfInterest(%d)/Observations?$orderby=id".formatted(id), "result"))
                .isEqualTo("5, 6");
    }

    @Test
    void whatIsWrongIsSaidInWords() {
        Mqtt5BlockingClient client = mqtt.client();
        assertThat(MqttScenario.publish(client, observations(), "{\"result\": "))
                .startsWith("PAYLOAD_FORMAT_INVALID: The body is not JSON")
                .contains("line 1");
        assertThat(MqttScenario.publish(client, observations(), "{\"value\": 1}"))
                .startsWith("PAYLOAD_FORMAT_INVALID: ");
        assertThat(MqttScenario.publish(client, "v1.1/Datastreams(4711)/Observations", "{\"result\": 1}"))
                .startsWith("PAYLOAD_FORMAT_INVALID: ")
                .contains("4711");
        assertThat(MqttScenario.publish(client, "v1.1/Things", "{\"name\": \"x\"}"))
                .startsWith("TOPIC_NAME_INVALID: Observations are published to");
        assertThat(MqttScenario.publish(client, "home/kitchen", "21"))
                .isEqualTo("TOPIC_NAME_INVALID: There is no topic 'home/kitchen'; topics begin with 'v1.1/', or with a"
                        + " town's short name: 'jena/v1.1/'.");
        assertThat(MqttScenario.publish(client, observations(), "{\"result\": 7}"))
                .as("the connection lives on")
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("7");
    }

    @Test
    void aClientOfMqtt311IsNotToldThatSomethingWasStoredThatWasNot() throws InterruptedException {
        Mqtt3BlockingClient client = mqtt.oldClient();
        assertThatThrownBy(() -> client.publishWith()
                        .topic(observations())
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload("wrong".getBytes(StandardCharsets.UTF_8))
                        .send())
                .hasMessageContaining("closed");
        assertThat(client.getState().isConnected()).isFalse();
    }

    @Test
    void theSameMomentIsStoredOnceWhereTheClientSaysSo() {
        Mqtt5BlockingClient client = mqtt.client();
        String body = "{\"phenomenonTime\": \"2026-05-01T12:00:00Z\", \"result\": %d}";
        Mqtt5Publish ignoring = Mqtt5Publish.builder()
                .topic(observations())
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(body.formatted(8).getBytes(StandardCharsets.UTF_8))
                .userProperties()
                .add("Duplicates", "ignore")
                .applyUserProperties()
                .build();
        assertThat(MqttScenario.publish(client, ignoring)).isEqualTo("SUCCESS");
        assertThat(MqttScenario.publish(client, ignoring))
                .as("sent again, it is there, which is what the sender wants")
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("8");
        assertThat(MqttScenario.publish(client, observations() + "?duplicates=replace", body.formatted(9)))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("9");
        assertThat(MqttScenario.publish(client, observations() + "?duplicates=sometimes", body.formatted(10)))
                .startsWith("PAYLOAD_FORMAT_INVALID: 'duplicates' is insert, ignore or replace.");
    }

    @Test
    void theDatastreamSaysItWhereTheClientDoesNot() {
        mqtt.http.patch("/Datastreams(%d)".formatted(datastream), "{\"properties\": {\"duplicates\": \"ignore\"}}");
        Mqtt5BlockingClient client = mqtt.client();
        String body = "{\"phenomenonTime\": \"2026-05-01T12:00:00Z\", \"result\": %d}";
        assertThat(MqttScenario.publish(client, observations(), body.formatted(1)))
                .isEqualTo("SUCCESS");
        assertThat(MqttScenario.publish(client, observations(), body.formatted(2)))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("1");
        mqtt.http.patch("/Datastreams(%d)".formatted(datastream), "{\"properties\": {\"duplicates\": \"replace\"}}");
        assertThat(MqttScenario.publish(client, observations(), body.formatted(3)))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("3");
        assertThat(MqttScenario.publish(client, observations() + "?duplicates=insert", body.formatted(4)))
                .isEqualTo("SUCCESS");
        assertThat(results()).isEqualTo("3, 4");
    }
}
