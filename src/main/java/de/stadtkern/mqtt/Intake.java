package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.packets.general.Qos;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.PublishPacket;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Machines;
import de.stadtkern.problem.Problem;
import de.stadtkern.sensorthings.ObservationMessages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// Takes in what clients publish. Each message is written on a thread of its own, and acknowledged after its commit:
/// the broker itself never hands a published message on, because subscribers get the entity that was made of it.
@Component
class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);
    private static final String DUPLICATES = "duplicates";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /// So many messages may be at work; beyond, the writer's queue would refuse them anyway.
    private static final int AT_ONCE = 5_000;
    /// What waits for its turn lies in memory. Whoever lets more than this come together is sent away, if a message of
    /// theirs has waited a moment; and whoever is that far behind anyway.
    private static final long MUCH_WAITS = 20_000;
    private static final long MOMENT_MILLIS = 500;
    private static final long FAR_BEHIND_MILLIS = 10_000;

    private final Cities cities;
    private final Machines machines;
    private final ObservationMessages observations;
    private final BrokerMeters meters;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private volatile @Nullable Hive hive;
    private volatile boolean closed;

    Intake(Cities cities, Machines machines, ObservationMessages observations, BrokerMeters meters) {
        this.cities = cities;
        this.machines = machines;
        this.observations = observations;
        this.meters = meters;
    }

    void open(Hive broker) {
        hive = broker;
        closed = false;
    }

    /// What comes from now on is not acknowledged, so that clients send it again to whoever is there then.
    void close() {
        closed = true;
    }

    void take(Guest guest, PublishInboundInput input, PublishInboundOutput output) {
        PublishPacket packet = input.getPublishPacket();
        boolean isAwaited = packet.getQos() != Qos.AT_MOST_ONCE;
        long early = guest.pace().early();
        meters.turn();
        if (isFarBehind(packet)) {
            sendAway(input);
            refuse(output, AckReasonCode.QUOTA_EXCEEDED, "Too many messages wait; publish more slowly.", "too-fast");
        } else if (!isAwaited && early > 0) {
            refuse(output, AckReasonCode.SUCCESS, "", "too-fast");
        } else if (closed || !room.tryAcquire()) {
            AckReasonCode code = isAwaited ? AckReasonCode.QUOTA_EXCEEDED : AckReasonCode.SUCCESS;
            refuse(output, code, "Too many messages wait; please try again in a moment.", "busy");
        } else if (isAwaited) {
            Async<PublishInboundOutput> later = output.async(
                    PATIENCE,
                    TimeoutFallback.FAILURE,
                    AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                    "This took too long; please send it again.");
            start(() -> answer(guest, packet, output, early), later::resume);
        } else {
            // Nobody waits for an answer, so the client's next message need not wait either.
            output.preventPublishDelivery(AckReasonCode.SUCCESS);
            start(() -> write(guest, packet), () -> {});
        }
    }

    private void start(Runnable work, Runnable afterwards) {
        Thread.ofVirtual().name("mqtt-take").start(() -> {
            try {
                work.run();
            } finally {
                room.release();
                afterwards.run();
            }
        });
    }

    private void answer(Guest guest, PublishPacket packet, PublishInboundOutput output, long early) {
        long from = System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(early);
        }
        Problem refused = write(guest, packet);
        if (refused == null) {
            output.preventPublishDelivery(AckReasonCode.SUCCESS);
            meters.acknowledged(System.nanoTime() - from);
        } else {
            output.preventPublishDelivery(Reasons.puback(refused), Reasons.text(refused));
        }
    }

    /// Null when it is stored, or was there already and the client says that this is all right.
    private @Nullable Problem write(Guest guest, PublishPacket packet) {
        try {
            TopicName topic = TopicName.of(packet.getTopic());
            City town = town(guest, topic);
            byte[] body = packet.getPayload().map(Intake::bytes).orElse(new byte[0]);
            String duplicates = duplicates(packet, topic);
            CityContext.run(town, () -> store(guest, topic.resource(), body, duplicates));
            meters.taken(packet.getTopic());
            return null;
        } catch (Problem refused) {
            if (refused.name().equals("observation-exists")) {
                return null;
            }
            meters.refused("publish", refused.name());
            log.debug("A published message was refused: {}", refused.getMessage());
            return refused;
        } catch (RuntimeException failed) {
            meters.refused("publish", "failed");
            log.warn("A published message could not be stored", failed);
            return new Problem(
                    Problem.Kind.UNAVAILABLE, "failed", "This could not be stored; please send it again in a moment.");
        }
    }

    private void store(Guest guest, String path, byte[] body, @Nullable String duplicates) {
        if (guest.key().isPresent()) {
            machines.as(guest.key().get(), () -> observations.take(path, body, duplicates));
        } else {
            observations.take(path, body, duplicates);
        }
    }

    private City town(Guest guest, TopicName topic) {
        String slug = topic.town().isEmpty() ? guest.town() : topic.town();
        City town = slug.isEmpty() ? cities.defaultCity() : cities.getBySlug(slug);
        cities.requireOpen(town);
        return town;
    }

    /// By the user property `Duplicates`, or behind the topic for clients of MQTT 3.1.1, which has no properties.
    private static @Nullable String duplicates(PublishPacket packet, TopicName topic) {
        if (!topic.query().isEmpty()) {
            if (!topic.query().startsWith(DUPLICATES + "=")) {
                throw new Problem(
                        Problem.Kind.INVALID,
                        "option-invalid",
                        "A topic to publish to knows the option 'duplicates' only.",
                        java.util.Map.of("topic", packet.getTopic()));
            }
            return topic.query().substring(DUPLICATES.length() + 1);
        }
        return packet.getUserProperties().asList().stream()
                .filter(property -> property.getName().equalsIgnoreCase(DUPLICATES))
                .findFirst()
                .map(property -> property.getValue())
                .orElse(null);
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(payload.position(), bytes);
        return bytes;
    }

    private boolean isFarBehind(PublishPacket packet) {
        long waited = System.currentTimeMillis() - packet.getTimestamp();
        return waited > FAR_BEHIND_MILLIS || waited > MOMENT_MILLIS && meters.waiting() > MUCH_WAITS;
    }

    private void sendAway(PublishInboundInput input) {
        String client = input.getClientInformation().getClientId();
        Hive broker = hive;
        if (broker != null) {
            broker.clients()
                    .disconnectClient(client, false, DisconnectReasonCode.MESSAGE_RATE_TOO_HIGH, "Publish more slowly.")
                    .exceptionally(gone -> false);
        }
    }

    private void refuse(PublishInboundOutput output, AckReasonCode code, String reason, String name) {
        meters.refused("publish", name);
        if (code == AckReasonCode.SUCCESS) {
            output.preventPublishDelivery(code);
        } else {
            output.preventPublishDelivery(code, reason);
        }
    }
}
