package de.stadtkern.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.ConnectionFailedException;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.exceptions.MqttSessionExpiredException;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5MessageException;
import de.stadtkern.ProcessScenario;
import de.stadtkern.sensorthings.SensorThingsScenario;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The broker in a process of its own that starts, stops and dies.
class BrokerProcessTest {

    private static final int PUBLISHERS = 8;
    private static final String TOKEN = "a-token-for-tests-only-0123456789";

    @TempDir
    Path folder;

    private ProcessScenario process(int mqttPort, String... more) throws Exception {
        List<String> settings = new ArrayList<>(List.of(
                "--stadtkern.demo=false",
                "--logging.level.root=warn",
                "--stadtkern.mqtt.port=" + mqttPort,
                "--stadtkern.identity.monitoring-token=" + TOKEN));
        settings.addAll(List.of(more));
        return new ProcessScenario(folder.resolve("data"), settings.toArray(String[]::new));
    }

    private static JsonNode health(ProcessScenario process) throws Exception {
        return SensorThingsScenario.parse(process.get("/actuator/health", "Authorization", "Bearer " + TOKEN)
                .body());
    }

    /// `UP {"ports":[1883]}`; empty before it has begun to start.
    private static String broker(ProcessScenario process) throws Exception {
        JsonNode part = health(process).path("components").path("mqtt");
        return part.isMissingNode() ? "" : part.get("status").asString() + " " + part.get("details");
    }

    private static void awaitBroker(ProcessScenario process) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (broker(process).startsWith("UP")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new AssertionError(broker(process));
    }

    @Test
    void aPortThatIsTakenIsSaidAndKeepsNobodyFromThePages() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProcessScenario process = process(other.getLocalPort())) {
            process.start();
            String body = "";
            for (int i = 0; i < 300 && !body.contains("is taken"); i++) {
                TimeUnit.MILLISECONDS.sleep(100);
                body = broker(process);
            }
            assertThat(body)
                    .startsWith("DOWN")
                    .contains("Port %d is taken by another program".formatted(other.getLocalPort()));
            assertThat(health(process).get("status").asString()).isEqualTo("UP");
            assertThat(process.get("/sta/v1.1").body()).doesNotContain("mqtt");
            assertThat(process.page("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void itStopsWithTheProcessWithinTenSecondsAndItsFolderMayBeDeleted() throws Exception {
        int port = ProcessScenario.freePort();
        try (ProcessScenario process = process(port)) {
            process.start();
            awaitBroker(process);
            assertThat(process.get("/sta/v1.1").body()).contains("mqtt://localhost:" + port);
            client(port);
            assertThat(process.stop()).isLessThan(10);
            try (var files = Files.walk(folder.resolve("data/mqtt"))) {
                for (Path file :
                        files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
            process.start();
            awaitBroker(process);
            client(port).disconnect();
        }
    }

    @Test
    void whatWasAcknowledgedIsThereHoweverTheProcessesDie() throws Exception {
        int port = ProcessScenario.freePort();
        Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
        AtomicBoolean goesOn = new AtomicBoolean(true);
        try (ProcessScenario process = process(port)) {
            process.start();
            awaitBroker(process);
            assertThat(process.post("/sta/v1.1/Things", SensorThingsScenario.thing("Markt"))
                            .statusCode())
                    .isEqualTo(201);
            AtomicLong next = new AtomicLong();
            List<Thread> publishers = new ArrayList<>();
            for (int i = 0; i < PUBLISHERS; i++) {
                publishers.add(Thread.ofVirtual().start(() -> publish(port, next, goesOn, acknowledged)));
            }
            TimeUnit.SECONDS.sleep(2);
            process.killPostgres();
            awaitMore(acknowledged);
            process.killTheJvm();
            process.start();
            awaitBroker(process);
            awaitMore(acknowledged);
            goesOn.set(false);
            for (Thread publisher : publishers) {
                publisher.join();
            }
            try (Connection database = process.database();
                    Statement statement = database.createStatement();
                    ResultSet rows = statement.executeQuery("select distinct result::bigint from observation")) {
                Set<Long> there = new HashSet<>();
                while (rows.next()) {
                    there.add(rows.getLong(1));
                }
                assertThat(acknowledged).hasSizeGreaterThan(100);
                assertThat(there).containsAll(acknowledged);
            }
        }
    }

    private static void awaitMore(Set<Long> acknowledged) throws InterruptedException {
        int before = acknowledged.size();
        for (int i = 0; i < 600 && acknowledged.size() < before + 50; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(acknowledged).as("it goes on").hasSizeGreaterThan(before);
    }

    private static Mqtt5BlockingClient client(int port) {
        Mqtt5BlockingClient client =
                Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port).buildBlocking();
        client.connect();
        return client;
    }

    private static void publish(int port, AtomicLong next, AtomicBoolean goesOn, Set<Long> acknowledged) {
        while (goesOn.get()) {
            Mqtt5BlockingClient client = null;
            try {
                client = client(port);
                while (goesOn.get()) {
                    long number = next.incrementAndGet();
                    String answer = MqttScenario.publish(
                            client,
                            MqttQos.AT_LEAST_ONCE,
                            "v1.1/Datastreams(1)/Observations",
                            "{\"result\": %d}".formatted(number));
                    if (answer.equals("SUCCESS")) {
                        acknowledged.add(number);
                    }
                }
            } catch (ConnectionFailedException
                    | Mqtt5MessageException
                    | MqttClientStateException
                    | MqttSessionExpiredException away) {
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            } finally {
                if (client != null && client.getState().isConnected()) {
                    client.disconnect();
                }
            }
        }
    }
}
