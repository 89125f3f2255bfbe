package de.stadtkern.mqtt;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.identity.Machines;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.Updates;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Which topics anybody subscribes to, by town: only these are read. The broker knows who.
@Component
class Subscriptions {

    private static final Logger log = LoggerFactory.getLogger(Subscriptions.class);
    /// Each topic costs something for every change in the town.
    private static final int MOST_TOPICS = 10_000;
    private static final long PATIENCE_SECONDS = 10;

    private final Cities cities;
    private final Updates updates;
    private final Machines machines;
    private final MqttProperties properties;
    private final BrokerMeters meters;
    private final Map<Long, Delivery> towns = new ConcurrentHashMap<>();
    private volatile @Nullable Hive hive;

    Subscriptions(Cities cities, Updates updates, Machines machines, MqttProperties properties, BrokerMeters meters) {
        this.cities = cities;
        this.updates = updates;
        this.machines = machines;
        this.properties = properties;
        this.meters = meters;
    }

    void open(Hive broker) {
        hive = broker;
    }

    /// Those of clients that are away.
    void remember() {
        var _ = hive().subscriptions()
                .iterateAllSubscriptions(
                        (_, client) -> client.getSubscriptions().forEach(known -> remember(known.getTopicFilter())));
    }

    private void remember(String filter) {
        try {
            add(filter);
        } catch (RuntimeException unknownNow) {
            log.info("Nobody serves the subscription of {} any more: {}", filter, unknownNow.getMessage());
        }
    }

    void close() {
        hive = null;
        towns.values().forEach(Delivery::end);
        towns.clear();
    }

    /// Lets a client subscribe; throws if the topic is none, or it has too many, or its key is good no longer.
    ///
    /// @param key number of the key it came with
    void add(String client, OptionalLong key, String filter) {
        requireTopic(filter);
        Heard heard = Heard.of(filter);
        if (heard.key().isPresent() && !heard.key().equals(key)) {
            throw TopicName.unknown(filter);
        }
        int known = count(client);
        if (known >= properties.subscriptions()) {
            throw new Problem(
                    Problem.Kind.FULL,
                    "too-many-subscriptions",
                    "A client subscribes to at most %d topics.".formatted(properties.subscriptions()));
        }
        add(filter);
    }

    private Hive hive() {
        Hive broker = hive;
        if (broker == null) {
            throw new Problem(Problem.Kind.UNAVAILABLE, "broker-ending", "The broker is about to end.");
        }
        return broker;
    }

    private static void requireTopic(String filter) {
        if (filter.startsWith("$share/")) {
            throw new Problem(
                    Problem.Kind.NOT_OFFERED, "sharing-not-offered", "Shared subscriptions are not offered here.");
        }
        if (filter.contains("#") || filter.contains("+")) {
            throw new Problem(
                    Problem.Kind.NOT_OFFERED,
                    "wildcard-not-offered",
                    "Wildcards are not offered here: 'v1.1/Observations' is all Observations, 'v1.1/Things' all"
                            + " Things.");
        }
    }

    private int count(String client) {
        try {
            return hive().subscriptions()
                    .getSubscriptions(client)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .size();
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private void add(String filter) {
        Heard heard = Heard.of(filter);
        TopicName topic = TopicName.of(heard.topic());
        City town = topic.town().isEmpty() ? cities.defaultCity() : cities.getBySlug(topic.town());
        cities.requireOpen(town);
        Updates.Wanted wanted = new Updates.Wanted(Updates.subject(topic.resource(), topic.query()), heard.key());
        CityContext.run(town, () -> {
            heard.key().ifPresent(machines::requireGood);
            while (!delivery(town).add(filter, wanted)) {
                // It was just about to end because nobody was left.
                towns.computeIfPresent(town.id(), (_, old) -> old.isEnded() ? null : old);
            }
        });
    }

    private Delivery delivery(City town) {
        return towns.computeIfAbsent(town.id(), _ -> {
            Hive broker = hive();
            Delivery delivery = new Delivery(
                    town, updates.follow(), broker.messages(), new Listeners(broker, machines), meters, MOST_TOPICS);
            delivery.start();
            return delivery;
        });
    }

    @EventListener
    void forget(CityRemoved event) {
        Delivery delivery = towns.remove(event.city().id());
        if (delivery != null) {
            delivery.end();
        }
    }
}
