package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import de.stadtkern.StadtkernTest;
import de.stadtkern.mqtt.MqttScenario.Inbox;
import de.stadtkern.mqtt.MqttScenario.Version;
import de.stadtkern.sensorthings.FuzzFilters;
import de.stadtkern.sensorthings.FuzzScenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Packets nobody should send. Whoever sends them may be disconnected; whoever does not must notice nothing.
@StadtkernTest
class BrokerFuzzTest {

    private static final int ROUNDS = 300;
    private static final int FLOOD = 20_000;

    @Autowired
    ApplicationContext context;

    @LocalServerPort
    int port;

    private MqttScenario mqtt;
    private Mqtt5BlockingClient bystander;
    private String observations;

    @BeforeEach
    void aTownAndSomebodyWhoBehaves() {
        mqtt = new MqttScenario(context, port);
        observations = "v1.1/Datastreams(%d)/Observations".formatted(mqtt.http.datastream("Markt"));
        bystander = mqtt.client();
    }

    @AfterEach
    void theOneWhoBehavesIsConnectedAndServed() {
        assertThat(MqttScenario.publish(bystander, observations, "{\"result\": 1}"))
                .isEqualTo("SUCCESS");
        mqtt.close();
    }

    private Stranger stranger(Random random, Version version) throws IOException {
        return random.nextInt(4) == 0 ? Stranger.overWebSocket(mqtt, version) : Stranger.overSocket(mqtt, version);
    }

    private void connect(Stranger stranger, Random random) throws IOException {
        stranger.connect(mqtt.city().slug(), random, new byte[0]);
    }

    @ParameterizedTest
    @EnumSource
    void packetsThatAreNone(Version version) {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            try (Stranger stranger = stranger(random, version)) {
                if (random.nextBoolean()) {
                    connect(stranger, random);
                }
                for (int i = 0; i < 5; i++) {
                    byte[] junk = new byte[1 + random.nextInt(400)];
                    random.nextBytes(junk);
                    stranger.send(random.nextBoolean() ? junk : Stranger.packet(random.nextInt(256), junk));
                }
            } catch (IOException disconnected) {
                // As it should be.
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void topicsAndBodiesOfAllSorts(Version version) {
        Random random = new Random(2);
        String[] topics = {
            "v1.1/" + "Datastreams(1)/".repeat(200) + "Observations",
            "v1.1/Things(" + "9".repeat(3_000) + ")",
            "v1.1/Observations?duplicates=" + "x".repeat(3_000),
            "x".repeat(60_000),
            "v1.1/Obser\u0001vations",
            "v1.1//",
            "v1.1/%",
            "v1.1/%00/Observations",
            observations + "/",
            observations
        };
        String[] bodies = {
            "",
            "{",
            "[".repeat(5_000),
            "{\"result\":" + "9".repeat(2_000) + "}",
            "\u0000",
            "null",
            "true",
            "[]",
            "{\"result\": 1, \"result\": 2}",
            "{\"result\": 1, \"Datastream\": {\"@iot.id\": \"1\"}}",
            "{\"result\": 1, \"phenomenonTime\": \"yesterday\"}",
            "{\"\":{}}"
        };
        for (int round = 0; round < ROUNDS; round++) {
            try (Stranger stranger = stranger(random, version)) {
                connect(stranger, random);
                for (int i = 1; i <= 5; i++) {
                    byte[] body = bodies[random.nextInt(bodies.length)].getBytes(StandardCharsets.UTF_8);
                    byte[] properties = random.nextBoolean() ? new byte[0] : Stranger.properties(random);
                    stranger.publish(topics[random.nextInt(topics.length)], random.nextInt(3), i, properties, body);
                }
            } catch (IOException disconnected) {
                // As it should be.
            }
        }
        assertThat(mqtt.http
                        .json("/Observations?$count=true&$top=0")
                        .get("@iot.count")
                        .asLong())
                .isLessThanOrEqualTo(ROUNDS * 5L);
    }

    @Test
    void aPacketThatIsTooLargeIsNotReceived() throws IOException {
        Random random = new Random(3);
        try (Stranger stranger = Stranger.overSocket(mqtt, Version.MQTT_3_1_1)) {
            connect(stranger, random);
            stranger.publish(observations, 1, 1, new byte[0], new byte[16 << 20]);
            assertThat(stranger.read()).as("the connection ends").isEqualTo(-1);
        } catch (java.net.SocketException ended) {
            assertThat(ended).isNotNull();
        }
    }

    /// Also to connect and to say good-bye, and whatever else a packet may hold.
    @Test
    void propertiesInEveryPacket() {
        Random random = new Random(5);
        for (int round = 0; round < ROUNDS; round++) {
            try (Stranger stranger = stranger(random, Version.MQTT_5)) {
                stranger.connect(mqtt.city().slug(), random, Stranger.properties(random));
                for (int i = 1; i <= 5; i++) {
                    byte[] properties = Stranger.properties(random);
                    switch (random.nextInt(4)) {
                        case 0 -> stranger.publish(observations, random.nextInt(3), i, properties, new byte[] {'1'});
                        case 1 -> stranger.subscribe("v1.1/Things", random.nextInt(256), i, properties);
                        case 2 -> stranger.send(Stranger.packet(random.nextInt(256), properties));
                        default -> stranger.publish("", random.nextInt(3), i, properties, new byte[] {'1'});
                    }
                }
            } catch (IOException disconnected) {
                // As it should be.
            }
        }
    }

    /// Whatever is subscribed to, what is new is told to all others.
    @ParameterizedTest
    @EnumSource
    void subscriptionsOfAllSorts(Version version) {
        FuzzFilters filters = new FuzzFilters(new FuzzScenario(mqtt.http, 6));
        Random random = new Random(6);
        Inbox inbox = mqtt.inbox(observations + "?$select=result");
        try (Stranger stays = Stranger.overSocket(mqtt, version)) {
            connect(stays, random);
            for (int i = 1; i <= ROUNDS; i++) {
                stays.subscribe(filters.topic(), random.nextInt(3), i, new byte[0]);
            }
            for (int i = 0; i < 3; i++) {
                mqtt.http.observe(1, "2026-05-01T1%d:00:00Z".formatted(i), "7");
                assertThat(inbox.nextText()).isEqualTo("{\"result\":7}");
            }
            assertThat(MqttScenario.subscribe(bystander, "v1.1/Datastreams(1)/Observations"))
                    .isEqualTo("GRANTED_QOS_1");
            for (int round = 0; round < ROUNDS; round++) {
                try (Stranger leaves = stranger(random, version)) {
                    connect(leaves, random);
                    String topic =
                            random.nextInt(10) == 0 ? "v1.1/" + "x".repeat(random.nextInt(60_000)) : filters.topic();
                    leaves.subscribe(topic, random.nextInt(8), 1 + random.nextInt(3), Stranger.properties(random));
                } catch (IOException disconnected) {
                    // As it should be.
                }
            }
        } catch (IOException disconnected) {
            throw new AssertionError(disconnected);
        }
        mqtt.http.observe(1, "2026-05-01T20:00:00Z", "8");
        assertThat(inbox.nextText()).isEqualTo("{\"result\":8}");
    }

    /// More than can be stored in the time, without waiting for any acknowledgement.
    @Test
    void aFloodFillsNoMemory() throws Exception {
        byte[] payload = ("{\"result\": 1, \"parameters\": {\"x\": \"" + "x".repeat(2_000) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        System.gc();
        long before = used();
        try (Stranger stranger = Stranger.overSocket(mqtt, Version.MQTT_3_1_1)) {
            connect(stranger, random);
            for (int i = 0; i < FLOOD; i++) {
                stranger.publish(observations, i % 2, 1 + i % 60_000, new byte[0], payload);
            }
        } catch (IOException sentAway) {
            // As it should be.
        }
        assertThat(MqttScenario.publish(bystander, observations, "{\"result\": 1}"))
                .isEqualTo("SUCCESS");
        java.util.concurrent.TimeUnit.SECONDS.sleep(3);
        System.gc();
        assertThat(used() - before).isLessThan(100L << 20);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
