package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import de.stadtkern.StadtkernTest;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.PeopleScenario;
import de.stadtkern.identity.Role;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// What can be seen of the broker from outside of it.
@StadtkernTest
class BrokerTest {

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

    private HttpResponse<String> asOperator(String path) {
        String key = mqtt.key(Grants.of(Area.TOWN, Role.OPERATOR), null);
        return mqtt.http.town.send(mqtt.http
                .town
                .request(path)
                .header("Authorization", "Bearer " + key)
                .GET());
    }

    @Test
    void theLandingPageSaysWhereItIs() {
        JsonNode settings = mqtt.http.json("").get("serverSettings");
        for (String requirement : new String[] {
            "receive-updates-via-mqtt/receive-updates", "create-observations-via-mqtt/observations-creation"
        }) {
            String id = "http://www.opengis.net/spec/iot_sensing/1.1/req/" + requirement;
            assertThat(settings.get("conformance").toString()).contains(id);
            assertThat(settings.get(id).get("endpoints").toString())
                    .isEqualTo("[\"mqtt://%1$s.localhost:%2$d\",\"ws://%1$s.localhost:%3$d/mqtt\"]"
                            .formatted(mqtt.city().slug(), mqtt.port(), mqtt.webSocketPort()));
        }
    }

    @Test
    void healthNamesItAsAPartOfItsOwn() {
        JsonNode part = SensorThingsScenario.parse(
                        asOperator("/actuator/health").body())
                .get("components")
                .get("mqtt");
        assertThat(part.get("status").asString() + " " + part.get("details"))
                .isEqualTo("UP {\"ports\":[%d,%d]}".formatted(mqtt.port(), mqtt.webSocketPort()));
    }

    @Test
    void thePageOfOperatorsSaysHowItIs() {
        PeopleScenario people = new PeopleScenario(context, mqtt.http.town);
        assertThat(people.loggedIn("betrieb@example.org", Grants.of(Area.TOWN, Role.OPERATOR))
                        .open("/operation")
                        .body())
                .contains("MQTT-Broker", "Er lauscht auf Port %d, %d.".formatted(mqtt.port(), mqtt.webSocketPort()));
    }

    @Test
    void itsFiguresStandAmongAllOthers() {
        Inbox inbox = mqtt.inbox(observations);
        Mqtt5BlockingClient client = mqtt.client();
        MqttScenario.publish(client, MqttQos.AT_LEAST_ONCE, observations, "{\"result\": 1}");
        MqttScenario.publish(client, MqttQos.AT_LEAST_ONCE, observations, "wrong");
        inbox.next();
        String figures = asOperator("/actuator/prometheus").body();
        assertThat(figures)
                .containsPattern("stadtkern_mqtt_connections [1-9]")
                .containsPattern("stadtkern_mqtt_messages_total\\{direction=\"in\"\\} [1-9]")
                .containsPattern("stadtkern_mqtt_messages_total\\{direction=\"out\"\\} [1-9]")
                .containsPattern("stadtkern_mqtt_dropped_total \\d")
                .containsPattern("stadtkern_mqtt_refused_total\\{packet=\"publish\",reason=\"json-malformed\"\\} [1-9]")
                .containsPattern("stadtkern_mqtt_ack_duration_seconds_count [1-9]")
                .containsPattern("stadtkern_mqtt_taken_total\\{topic=\"Datastreams\\(…\\)/Observations\"\\} [1-9]")
                .containsPattern("stadtkern_mqtt_told_total\\{topic=\"Datastreams\\(…\\)/Observations\"\\} [1-9]")
                .contains("stadtkern_observations_stored_total{entry=\"mqtt\",town=\"%s\"} 1.0"
                        .formatted(mqtt.city().slug()));
    }
}
