package de.stadtkern.sources;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.Mqtt3ClientBuilder;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.OuterNetwork;
import de.stadtkern.problem.Problem;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One foreign broker as a client of MQTT 3.1.1 hears it: it connects again after a failure, later each time, and
/// acknowledges a message after it was committed. A broker that knows quality 0 only, as The Things Stack, may lose
/// messages; running totals get over that.
final class ForeignBroker {

    private static final Logger log = LoggerFactory.getLogger(ForeignBroker.class);
    private static final Duration LOOK = Duration.ofSeconds(3);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final int PATIENCE_SECONDS = 15;
    /// More than these do not wait: a broker of quality 1 sends the others again.
    private static final int WAITING = 10_000;

    private final ForeignBrokers brokers;
    private final Source source;
    private final String secret;
    private final SourceProperties properties;
    private final BlockingQueue<Mqtt3Publish> waiting = new LinkedBlockingQueue<>(WAITING);
    private volatile boolean ended;

    ForeignBroker(ForeignBrokers brokers, Source source, String secret, SourceProperties properties) {
        this.brokers = brokers;
        this.source = source;
        this.secret = secret;
        this.properties = properties;
    }

    void end() {
        ended = true;
    }

    /// Until the source is another one, another process holds it, or this one ends.
    void run() {
        int failures = 0;
        try {
            while (goesOn()) {
                String failure = listen();
                if (!failure.isEmpty() && !ended) {
                    brokers.failed(source.id(), failure);
                    sleep(Duration.ofSeconds(2L << Math.min(8, failures++)));
                } else {
                    failures = 0;
                }
            }
            brokers.release(source.id());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException databaseAway) {
            // The source is free in half a minute, and whoever is there takes it.
            log.warn("{} is left alone for a while", source, databaseAway);
        }
    }

    private boolean goesOn() {
        return !ended && brokers.hold(source.id()) && brokers.isAsBefore(source, secret);
    }

    /// In short steps, so that the source is held and its changes are seen.
    private void sleep(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + (pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause).toNanos();
        while (System.nanoTime() < end && goesOn()) {
            Thread.sleep(Math.min(LOOK.toMillis(), Math.max(1, (end - System.nanoTime()) / 1_000_000)));
        }
    }

    /// Why the connection ended; empty if it was to end.
    private String listen() throws InterruptedException {
        Mqtt3AsyncClient client;
        try {
            client = connect();
        } catch (ExecutionException | TimeoutException | UnknownHostException | IllegalArgumentException failed) {
            return reason(failed);
        }
        brokers.connected(source.id());
        try {
            while (goesOn()) {
                Mqtt3Publish message = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (message != null) {
                    take(message);
                } else if (!client.getState().isConnected()) {
                    return "the connection ended";
                }
            }
            return "";
        } finally {
            waiting.clear();
            var _ = client.disconnect();
        }
    }

    private static String reason(Exception failed) {
        Throwable cause =
                failed instanceof ExecutionException && failed.getCause() != null ? failed.getCause() : failed;
        return cause instanceof TimeoutException
                ? "no answer within %d seconds".formatted(PATIENCE_SECONDS)
                : String.valueOf(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
    }

    private Mqtt3AsyncClient connect()
            throws InterruptedException, ExecutionException, TimeoutException, UnknownHostException {
        URI address = URI.create(source.wish().settings().address());
        boolean tls = "mqtts".equals(address.getScheme());
        if (!properties.privateAddresses()) {
            OuterNetwork.require(address.getHost(), "stadtkern.sources.private-addresses");
        }
        Mqtt3ClientBuilder builder = Mqtt3Client.builder()
                // The same each time, so that a broker that can keeps what comes meanwhile.
                .identifier("stadtkern-%s-%d".formatted(CityContext.current().slug(), source.id()))
                .serverHost(address.getHost())
                .serverPort(address.getPort() > 0 ? address.getPort() : tls ? 8883 : 1883);
        Mqtt3AsyncClient client =
                (tls ? builder.sslWithDefaultConfig() : builder).build().toAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, waiting::offer, true);
        var connect = client.connectWith().cleanSession(false).keepAlive(60);
        String user = source.wish().settings().user();
        if (user.isEmpty()) {
            connect.send().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } else {
            var login = connect.simpleAuth().username(user);
            (secret.isEmpty() ? login : login.password(secret.getBytes(StandardCharsets.UTF_8)))
                    .applySimpleAuth()
                    .send()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        try {
            client.subscribeWith()
                    .topicFilter(source.wish().settings().topic())
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .send()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException refused) {
            var _ = client.disconnect();
            throw refused;
        }
        return client;
    }

    private void take(Mqtt3Publish message) {
        byte[] payload = message.getPayloadAsBytes();
        if (payload.length <= properties.largest()) {
            Problem refused = null;
            try {
                brokers.take(source.id(), new String(payload, StandardCharsets.UTF_8));
            } catch (Problem problem) {
                refused = problem;
            }
            if (refused != null && isPassing(refused)) {
                // Not acknowledged: a broker that can sends it once more.
                brokers.failed(source.id(), String.valueOf(refused.getMessage()));
                return;
            }
        }
        message.acknowledge();
    }

    private static boolean isPassing(Problem problem) {
        return switch (problem.kind()) {
            case UNAVAILABLE, TOO_MANY, FULL -> true;
            default -> false;
        };
    }
}
