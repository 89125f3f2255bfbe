package de.stadtkern.mqtt;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import de.stadtkern.TestTown;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.identity.ApiKeys;
import de.stadtkern.identity.Area;
import de.stadtkern.identity.Grants;
import de.stadtkern.identity.Rights;
import de.stadtkern.identity.Role;
import de.stadtkern.sensorthings.SensorThingsScenario;
import de.stadtkern.sensorthings.StoreScenario;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// A town whose clients speak MQTT to the one broker of the process. Clients name the town as their user name.
public final class MqttScenario implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);

    public final SensorThingsScenario http;
    private final ApplicationContext context;
    private final List<Integer> ports;
    private final List<Runnable> ends = new ArrayList<>();

    public MqttScenario(ApplicationContext context, int webPort) {
        this.context = context;
        this.ports = open(context);
        this.http = new SensorThingsScenario(context, webPort);
    }

    /// The broker of this context, started by whoever needs it first.
    private static synchronized List<Integer> open(ApplicationContext context) {
        Broker broker = context.getBean(Broker.class);
        try {
            if (broker.state() instanceof Broker.State.Off) {
                broker.begin(new MqttProperties.Ports(freePort(), 0, freePort()), Duration.ZERO);
            }
            for (long until = System.nanoTime() + LONGEST_START.toNanos(); System.nanoTime() < until; ) {
                switch (broker.state()) {
                    case Broker.State.Running running -> {
                        return running.ports();
                    }
                    case Broker.State.Failed failed -> throw new AssertionError(failed.reason());
                    case Broker.State.Off _, Broker.State.Starting _ -> TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
        throw new AssertionError("The broker did not start within a minute");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    public int port() {
        return ports.getFirst();
    }

    int webSocketPort() {
        return ports.getLast();
    }

    public City city() {
        return http.town.city();
    }

    public Mqtt5BlockingClient client() {
        return client(city().slug(), null);
    }

    /// A client that is waited for while it is away, as those with a key are, with what has come meanwhile.
    public Inbox waiting(String id, @Nullable String key) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Mqtt5BlockingClient client = Mqtt5Client.builder()
                .identifier(id)
                .serverHost("127.0.0.1")
                .serverPort(port())
                .addDisconnectedListener(ended -> end.complete(ended.getCause()))
                .buildBlocking();
        Inbox inbox = new Inbox(client, end);
        var connect = client.connectWith()
                .cleanStart(false)
                .sessionExpiryInterval(600)
                .simpleAuth()
                .username(city().slug());
        if (key == null) {
            connect.applySimpleAuth().send();
        } else {
            connect.password(key.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();
        }
        ends.add(() -> {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        });
        return inbox;
    }

    /// @param user a town's short name, or anything
    public Mqtt5BlockingClient client(String user, @Nullable String key) {
        Mqtt5BlockingClient client =
                Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port()).buildBlocking();
        connect(client, user, key);
        ends.add(() -> {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        });
        return client;
    }

    private static void connect(Mqtt5BlockingClient client, String user, @Nullable String key) {
        var connect = client.connectWith().simpleAuth();
        if (key == null) {
            connect.username(user).applySimpleAuth().send();
        } else {
            connect.username(user)
                    .password(key.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();
        }
    }

    public Mqtt3BlockingClient oldClient() {
        return oldClient(city().slug());
    }

    public Mqtt3BlockingClient oldClient(String user) {
        return oldClient(user, null);
    }

    public Mqtt3BlockingClient oldClient(String user, @Nullable String key) {
        Mqtt3BlockingClient client =
                Mqtt3Client.builder().serverHost("127.0.0.1").serverPort(port()).buildBlocking();
        var connect = client.connectWith().simpleAuth().username(user);
        if (key == null) {
            connect.applySimpleAuth().send();
        } else {
            connect.password(key.getBytes(StandardCharsets.UTF_8))
                    .applySimpleAuth()
                    .send();
        }
        ends.add(() -> {
            if (client.getState().isConnected()) {
                client.disconnect();
            }
        });
        return client;
    }

    /// A key of the town.
    ///
    /// @param grants one role in one area
    public String key(Grants grants, @Nullable Long datastream) {
        Map.Entry<Area, Role> only = grants.roles().entrySet().iterator().next();
        TestTown town = http.town;
        return town.in(() -> context.getBean(Rights.class)
                .asOperator(() -> context.getBean(ApiKeys.class)
                        .create(new ApiKeys.Wish(
                                "test", only.getKey(), only.getValue(), datastream, Duration.ofDays(1)))
                        .token()));
    }

    /// A Datastream also where nobody may create one over HTTP.
    public long datastream() {
        return new StoreScenario(context, http.town).datastream("sum");
    }

    Mqtt5BlockingClient clientWithWill(String topic, String body) {
        Mqtt5BlockingClient client =
                Mqtt5Client.builder().serverHost("127.0.0.1").serverPort(port()).buildBlocking();
        client.connectWith()
                .willPublish()
                .topic(topic)
                .payload(body.getBytes(StandardCharsets.UTF_8))
                .applyWillPublish()
                .send();
        return client;
    }

    public Cities cities() {
        return context.getBean(Cities.class);
    }

    /// Publishes and says what the acknowledgement said: `SUCCESS`, or the code and the sentence.
    static String publish(Mqtt5BlockingClient client, MqttQos qos, String topic, String body) {
        return publish(
                client,
                Mqtt5Publish.builder()
                        .topic(topic)
                        .qos(qos)
                        .payload(body.getBytes(StandardCharsets.UTF_8))
                        .build());
    }

    static String publish(Mqtt5BlockingClient client, Mqtt5Publish message) {
        try {
            client.publish(message);
            return "SUCCESS";
        } catch (Mqtt5PubAckException refused) {
            var ack = refused.getMqttMessage();
            return ack.getReasonCode()
                    + ack.getReasonString().map(text -> ": " + text).orElse("");
        } catch (Mqtt5PubRecException refused) {
            var ack = refused.getMqttMessage();
            return ack.getReasonCode()
                    + ack.getReasonString().map(text -> ": " + text).orElse("");
        }
    }

    public static String publish(Mqtt5BlockingClient client, String topic, String body) {
        return publish(client, MqttQos.AT_LEAST_ONCE, topic, body);
    }

    /// Subscribes and says how the broker answered: `GRANTED_QOS_1`, or the code and the sentence.
    static String subscribe(Mqtt5BlockingClient client, String topic) {
        try {
            return client.subscribeWith()
                    .topicFilter(topic)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send()
                    .getReasonCodes()
                    .getFirst()
                    .toString();
        } catch (Mqtt5SubAckException refused) {
            var ack = refused.getMqttMessage();
            return ack.getReasonCodes().getFirst()
                    + ack.getReasonString().map(text -> ": " + text).orElse("");
        }
    }

    /// Both versions of the protocol, for what must hold in either.
    public enum Version {
        MQTT_3_1_1,
        MQTT_5
    }

    /// A client of the town that has subscribed, by either version.
    public Listener listener(Version version, @Nullable String key, String... topics) {
        return switch (version) {
            case MQTT_5 -> inbox(client(city().slug(), key), topics);
            case MQTT_3_1_1 -> {
                Mqtt3BlockingClient client = oldClient(city().slug(), key);
                var messages = client.publishes(MqttGlobalPublishFilter.ALL);
                for (String topic : topics) {
                    client.subscribeWith()
                            .topicFilter(topic)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .send();
                }
                yield millis -> messages.receive(millis, TimeUnit.MILLISECONDS)
                        .map(message -> Message.of(message.getTopic(), message.getPayloadAsBytes()));
            }
        };
    }

    public record Message(String topic, String text) {

        private static Message of(Object topic, byte[] payload) {
            return new Message(topic.toString(), new String(payload, StandardCharsets.UTF_8));
        }
    }

    @FunctionalInterface
    public interface Listener {

        Duration PATIENCE = Duration.ofSeconds(10);
        Duration SILENCE = Duration.ofMillis(600);

        Optional<Message> receive(long millis) throws InterruptedException;

        default Message nextMessage() {
            try {
                return receive(PATIENCE.toMillis()).orElseThrow(() -> new AssertionError("No message came"));
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }

        default String nextText() {
            return nextMessage().text();
        }

        /// Waits a moment, and says what has come all the same; empty if nothing has.
        default String rest() {
            try {
                return receive(SILENCE.toMillis()).map(Message::text).orElse("");
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }

    /// Whoever has subscribed, with what has come.
    public Inbox inbox(String... topics) {
        return inbox(client(), topics);
    }

    public Inbox inbox(Mqtt5BlockingClient client, String... topics) {
        Inbox inbox = new Inbox(client, new CompletableFuture<>());
        for (String topic : topics) {
            String answer = subscribe(client, topic);
            if (!answer.equals("GRANTED_QOS_1")) {
                throw new AssertionError(topic + ": " + answer);
            }
        }
        return inbox;
    }

    public static final class Inbox implements Listener {

        public final Mqtt5BlockingClient client;
        private final Mqtt5BlockingClient.Mqtt5Publishes messages;

        private final CompletableFuture<Throwable> end;

        private Inbox(Mqtt5BlockingClient client, CompletableFuture<Throwable> end) {
            this.client = client;
            this.end = end;
            this.messages = client.publishes(MqttGlobalPublishFilter.ALL);
        }

        public Mqtt5Publish next() {
            try {
                return messages.receive(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .orElseThrow(() -> new AssertionError("No message came"));
            } catch (InterruptedException ended) {
                throw new IllegalStateException(ended);
            }
        }

        /// Waits until the broker ends the connection of a client that is waited for, and says what it says then.
        String farewell() throws Exception {
            return end.get(20, TimeUnit.SECONDS) instanceof Mqtt5DisconnectException sentAway
                    ? sentAway.getMqttMessage().getReasonCode() + ": "
                            + sentAway.getMqttMessage().getReasonString().orElseThrow()
                    : "";
        }

        @Override
        public Optional<Message> receive(long millis) throws InterruptedException {
            return messages.receive(millis, TimeUnit.MILLISECONDS)
                    .map(message -> Message.of(message.getTopic(), message.getPayloadAsBytes()));
        }

        public JsonNode nextJson() {
            return SensorThingsScenario.parse(nextText());
        }
    }

    @Override
    public void close() {
        ends.forEach(Runnable::run);
    }
}
