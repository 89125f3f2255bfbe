package de.stadtkern.mqtt;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import de.stadtkern.city.City;
import de.stadtkern.sensorthings.MqttEndpoints;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;

/// The MQTT broker beside the web server. It starts when the pages can be served already, and a broker that cannot
/// start is reported and keeps nobody from the pages.
@Service
public class Broker {

    private static final Logger log = LoggerFactory.getLogger(Broker.class);
    /// The first page comes first: starting both at once costs it a second on two cores.
    private static final Duration AFTER_FIRST_PAGE = Duration.ofMillis(800);
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(8);
    private static final int WORST = 10;

    private final MqttProperties properties;
    private final BrokerFiles files;
    private final Gate gate;
    private final BrokerMeters meters;
    private final MissedMessages missed;
    private final MqttEndpoints endpoints;
    private volatile State state = new State.Off();
    private @Nullable EmbeddedHiveMQ running;
    private @Nullable Thread changing;

    Broker(
            MqttProperties properties,
            BrokerFiles files,
            Gate gate,
            BrokerMeters meters,
            MissedMessages missed,
            MqttEndpoints endpoints) {
        this.properties = properties;
        this.files = files;
        this.gate = gate;
        this.meters = meters;
        this.missed = missed;
        this.endpoints = endpoints;
    }

    /// How the broker is.
    public sealed interface State {

        /// No port is set.
        record Off() implements State {}

        record Starting() implements State {}

        /// @param ports those it listens at
        record Running(List<Integer> ports) implements State {
            public Running {
                ports = List.copyOf(ports);
            }
        }

        /// @param reason with the way out
        record Failed(String reason) implements State {}
    }

    public State state() {
        return state;
    }

    /// Of all towns, since the start.
    ///
    /// @param dropped messages subscribers missed
    public record Figures(int connections, long dropped) {}

    public Figures figures() {
        return new Figures((int) meters.connections(), (long) meters.dropped());
    }

    /// A subscriber that is too slow.
    ///
    /// @param client   by the id it has given itself
    /// @param messages that were dropped for it since the start
    public record Missed(String client, long messages) {}

    /// Whose messages were dropped in this town, the ten with most of them.
    public List<Missed> missed(City town) {
        return missed.worst(town, WORST);
    }

    /// Commands that do their work without a web server have no broker either.
    @EventListener
    void ready(ApplicationReadyEvent event) {
        boolean serves = event.getApplicationContext() instanceof WebServerApplicationContext;
        if (serves && !properties.ports().areAllOff()) {
            begin(properties.ports(), AFTER_FIRST_PAGE);
        }
    }

    /// Starts in a thread of its own; [#state] says how that goes.
    synchronized void begin(MqttProperties.Ports ports, Duration pause) {
        state = new State.Starting();
        changing = Thread.ofPlatform().name("mqtt-start").start(() -> {
            try {
                Thread.sleep(pause);
                start(ports);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            } catch (IOException | ExecutionException | TimeoutException | RuntimeException failed) {
                log.error("The MQTT broker could not be started", failed);
                state = new State.Failed("The MQTT broker could not be started: " + failed.getMessage());
            }
        });
    }

    private void start(MqttProperties.Ports ports)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String problem = files.problem(ports);
        if (problem.isEmpty()) {
            problem = taken(files.address(), ports);
        }
        if (!problem.isEmpty()) {
            log.warn("No MQTT broker: {}", problem);
            state = new State.Failed(problem);
            return;
        }
        long from = System.nanoTime();
        files.write(ports);
        keepSmall();
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(files.folder("conf"))
                .withDataFolder(files.folder("data"))
                .withExtensionsFolder(files.folder("extensions"))
                .withEmbeddedExtension(extension())
                .withoutLoggingBootstrap()
                .build();
        synchronized (this) {
            running = broker;
        }
        broker.start().get(LONGEST_START.toSeconds(), TimeUnit.SECONDS);
        gate.open();
        List<Integer> open = java.util.stream.IntStream.of(ports.plain(), ports.tls(), ports.webSocket())
                .filter(port -> port > 0)
                .boxed()
                .toList();
        endpoints.announce(files.endpoints(ports));
        state = new State.Running(open);
        log.info("MQTT broker listens on {} ({} ms)", open, (System.nanoTime() - from) / 1_000_000);
    }

    private EmbeddedExtension extension() {
        return EmbeddedExtension.builder()
                .withId("stadtkern")
                .withName("Stadtkern")
                .withVersion("1")
                .withExtensionMain(gate)
                .build();
    }

    /// Made for machines that do nothing else. Here it keeps few messages, shares the cores with everything, and has
    /// to stop with the rest of the process.
    private static void keepSmall() {
        InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);
        InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(8);
        InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(8);
        InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
    }

    /// Asked beforehand, because the broker itself says it in no way a person would read.
    private static String taken(String address, MqttProperties.Ports ports) throws IOException {
        for (int port : new int[] {ports.plain(), ports.tls(), ports.webSocket()}) {
            if (port > 0 && !isFree(address, port)) {
                return ("Port %d is taken by another program, perhaps another MQTT broker. Stop that one, or set"
                                + " stadtkern.mqtt.port to another port, or to 0 for none.")
                        .formatted(port);
            }
        }
        return "";
    }

    private static boolean isFree(String address, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(address), port));
            return true;
        } catch (java.net.BindException taken) {
            return false;
        }
    }

    /// As soon as the end is near, so that it ends beside the web server and not after it.
    @EventListener
    synchronized void closing(ContextClosedEvent event) {
        gate.close();
        endpoints.announce(List.of());
        Thread starting = changing;
        EmbeddedHiveMQ broker = running;
        running = null;
        if (starting == null) {
            return;
        }
        starting.interrupt();
        changing = broker == null
                ? starting
                : Thread.ofPlatform().name("mqtt-stop").start(() -> stop(broker));
    }

    private void stop(EmbeddedHiveMQ broker) {
        try {
            broker.close();
        } catch (ExecutionException failed) {
            log.warn("The MQTT broker did not stop as it should", failed);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        state = new State.Off();
    }

    /// What the broker's clients are served from is taken away only after it.
    @PreDestroy
    void awaitEnd() throws InterruptedException {
        Thread ending = changing;
        if (ending != null) {
            ending.join(LONGEST_STOP.toMillis());
        }
    }
}
