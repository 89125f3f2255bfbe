package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.PayloadFormatIndicator;
import com.hivemq.extension.sdk.api.services.builder.Builders;
import com.hivemq.extension.sdk.api.services.publish.Publish;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Updates;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells one town's subscribers what is new: a thread that follows the town's change log while anybody subscribes, and
/// gives each message to the broker once, whoever it is for.
final class Delivery {

    private static final Logger log = LoggerFactory.getLogger(Delivery.class);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final long LOOK_AROUND_NANOS = Duration.ofSeconds(10).toNanos();
    /// So long a subscription that was just allowed may take until the broker knows it.
    private static final long JUST_NOW_NANOS = Duration.ofSeconds(30).toNanos();
    private static final long PATIENCE_SECONDS = 10;

    private final City town;
    private final Updates.Follower follower;
    private final PublishService broker;
    private final Listeners listeners;
    private final BrokerMeters meters;
    private final int most;
    private final Map<String, Topic> topics = new ConcurrentHashMap<>();
    private volatile boolean ended;

    private record Topic(Updates.Wanted wanted, long since) {

        Optional<Long> key() {
            return wanted.key().stream().boxed().findFirst();
        }
    }

    /// @param follower in that town, which is bound
    Delivery(
            City town,
            Updates.Follower follower,
            PublishService broker,
            Listeners listeners,
            BrokerMeters meters,
            int most) {
        this.town = town;
        this.follower = follower;
        this.broker = broker;
        this.listeners = listeners;
        this.meters = meters;
        this.most = most;
    }

    void start() {
        Thread.ofVirtual().name("mqtt-" + town.slug()).start(CityContext.wrap(this::run));
    }

    /// False if it has ended because nobody was left.
    synchronized boolean add(String topic, Updates.Wanted wanted) {
        if (topics.size() >= most && !topics.containsKey(topic)) {
            throw new Problem(
                    Problem.Kind.FULL,
                    "too-many-topics",
                    "In this town %d topics have subscribers already.".formatted(most));
        }
        topics.put(topic, new Topic(wanted, System.nanoTime()));
        return !ended;
    }

    boolean isEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    private void run() {
        long lookedAround = System.nanoTime();
        try {
            while (!ended) {
                if (!follower.hasMore()) {
                    Thread.sleep(EVERY);
                }
                try {
                    deliver();
                    if (System.nanoTime() - lookedAround > LOOK_AROUND_NANOS) {
                        lookedAround = System.nanoTime();
                        lookAround();
                    }
                } catch (RuntimeException databaseAway) {
                    log.debug("What is new in '{}' could not be told", town.slug(), databaseAway);
                    Thread.sleep(EVERY);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// Topics nobody wants are forgotten, and those whose key is good no longer with all who subscribe to them.
    private void lookAround() throws InterruptedException {
        long now = System.nanoTime();
        Set<Long> good = listeners.good(
                topics.values().stream().flatMap(topic -> topic.key().stream()).collect(Collectors.toSet()));
        for (Map.Entry<String, Topic> entry : List.copyOf(topics.entrySet())) {
            Topic topic = entry.getValue();
            if (!topic.key().map(good::contains).orElse(true)) {
                listeners.sendAway(entry.getKey());
                topics.remove(entry.getKey(), topic);
            } else if (now - topic.since() > JUST_NOW_NANOS && !listeners.isAny(entry.getKey())) {
                topics.remove(entry.getKey(), topic);
            }
        }
        synchronized (this) {
            ended |= topics.isEmpty();
        }
    }

    private void deliver() throws InterruptedException {
        Map<Updates.Wanted, List<String>> names = new HashMap<>();
        topics.forEach((name, topic) ->
                names.computeIfAbsent(topic.wanted(), _ -> new ArrayList<>()).add(name));
        List<CompletableFuture<Void>> handed = new ArrayList<>();
        List<Updates.Message> messages = follower.next(names.keySet());
        if (!messages.isEmpty() && meters.isFull()) {
            meters.skipped(messages.size());
            log.warn(
                    "Too much waits for slow subscribers; {} messages of '{}' are dropped",
                    messages.size(),
                    town.slug());
            return;
        }
        for (Updates.Message message : messages) {
            for (String name : names.getOrDefault(message.wanted(), List.of())) {
                handed.add(broker.publish(publish(name, message.body())));
                meters.told(name);
            }
        }
        // The next come when the broker has these, so that memory holds no more than one portion.
        try {
            CompletableFuture.allOf(handed.toArray(CompletableFuture[]::new)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            log.warn("The broker did not take all messages of '{}'", town.slug(), failed);
        }
    }

    /// Each subscriber gets it with the quality of service it has asked for.
    private static Publish publish(String topic, byte[] body) {
        return Builders.publish()
                .topic(topic)
                .qos(Qos.EXACTLY_ONCE)
                .payload(ByteBuffer.wrap(body))
                .payloadFormatIndicator(PayloadFormatIndicator.UTF_8)
                .contentType("application/json")
                .build();
    }
}
