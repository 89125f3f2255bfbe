package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import de.stadtkern.StadtkernTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    /// A client of MQTT 3.1.1 that says whatever it likes.
    private final class Stranger implements AutoCloseable {

        private final Socket socket;

        Stranger() throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), mqtt.port());
            socket.setSoTimeout(200);
        }

        void connect(Random random) throws IOException {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(text("MQTT"));
            body.writeBytes(new byte[] {4, (byte) 0x82, 0, 60});
            body.writeBytes(text("stranger-" + random.nextLong()));
            body.writeBytes(text(mqtt.city().slug()));
            send(packet(0x10, body.toByteArray()));
            socket.getInputStream().readNBytes(4);
        }

        void send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static byte[] text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[bytes.length + 2];
        all[0] = (byte) (bytes.length >> 8);
        all[1] = (byte) bytes.length;
        System.arraycopy(bytes, 0, all, 2, bytes.length);
        return all;
    }

    private static byte[] packet(int head, byte[] body) {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        int length = body.length;
        do {
            packet.write(length >= 128 ? length % 128 | 128 : length);
            length /= 128;
        } while (length > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static byte[] publish(String topic, int qos, int id, byte[] payload) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(text(topic));
        if (qos > 0) {
            body.write(id >> 8);
            body.write(id);
        }
        body.writeBytes(payload);
        return packet(0x30 | qos << 1, body.toByteArray());
    }

    @Test
    void packetsThatAreNone() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < ROUNDS; round++) {
            try (Stranger stranger = new Stranger()) {
                if (random.nextBoolean()) {
                    stranger.connect(random);
                }
                for (int i = 0; i < 5; i++) {
                    byte[] junk = new byte[1 + random.nextInt(400)];
                    random.nextBytes(junk);
                    stranger.send(random.nextBoolean() ? junk : packet(random.nextInt(256), junk));
                }
            } catch (IOException disconnected) {
                // As it should be.
            }
        }
    }

    @Test
    void topicsAndBodiesOfAllSorts() throws IOException {
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
            try (Stranger stranger = new Stranger()) {
                stranger.connect(random);
                for (int i = 1; i <= 5; i++) {
                    byte[] body = bodies[random.nextInt(bodies.length)].getBytes(StandardCharsets.UTF_8);
                    stranger.send(publish(topics[random.nextInt(topics.length)], random.nextInt(3), i, body));
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
        try (Stranger stranger = new Stranger()) {
            stranger.connect(random);
            stranger.send(publish(observations, 1, 1, new byte[16 << 20]));
            assertThat(stranger.socket.getInputStream().read())
                    .as("the connection ends")
                    .isEqualTo(-1);
        } catch (java.net.SocketException ended) {
            assertThat(ended).isNotNull();
        }
    }

    /// More than can be stored in the time, without waiting for any acknowledgement.
    @Test
    void aFloodFillsNoMemory() throws Exception {
        byte[] payload = ("{\"result\": 1, \"parameters\": {\"x\": \"" + "x".repeat(2_000) + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        Random random = new Random(4);
        System.gc();
        long before = used();
        try (Stranger stranger = new Stranger()) {
            stranger.connect(random);
            for (int i = 0; i < FLOOD; i++) {
                stranger.send(publish(observations, i % 2, 1 + i % 60_000, payload));
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
