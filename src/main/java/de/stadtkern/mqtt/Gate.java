package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.ExtensionMain;
import com.hivemq.extension.sdk.api.async.Async;
import com.hivemq.extension.sdk.api.async.TimeoutFallback;
import com.hivemq.extension.sdk.api.auth.SimpleAuthenticator;
import com.hivemq.extension.sdk.api.auth.SubscriptionAuthorizer;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthInput;
import com.hivemq.extension.sdk.api.auth.parameter.SimpleAuthOutput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerInput;
import com.hivemq.extension.sdk.api.auth.parameter.SubscriptionAuthorizerOutput;
import com.hivemq.extension.sdk.api.client.ClientContext;
import com.hivemq.extension.sdk.api.client.parameter.ConnectionAttributeStore;
import com.hivemq.extension.sdk.api.client.parameter.InitializerInput;
import com.hivemq.extension.sdk.api.interceptor.connect.ConnectInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundInput;
import com.hivemq.extension.sdk.api.interceptor.connect.parameter.ConnectInboundOutput;
import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.connect.ConnectPacket;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStartOutput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopInput;
import com.hivemq.extension.sdk.api.parameter.ExtensionStopOutput;
import com.hivemq.extension.sdk.api.services.Services;
import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Machines;
import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What every packet meets first: who comes, and which topics there are. Nothing is looked up on the broker's own
/// threads, of which there are few.
@Component
class Gate implements ExtensionMain {

    private static final Logger log = LoggerFactory.getLogger(Gate.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int PREFIX_DIGITS = 12;
    private static final String TOWN = "town";
    private static final String KEY = "key";
    private static final String KEY_NUMBER = "key-number";

    private final Cities cities;
    private final Machines machines;
    private final Intake intake;
    private final Subscriptions subscriptions;
    private final BrokerMeters meters;
    private final MissedMessages missed;
    private final MqttProperties properties;

    Gate(
            Cities cities,
            Machines machines,
            Intake intake,
            Subscriptions subscriptions,
            BrokerMeters meters,
            MissedMessages missed,
            MqttProperties properties) {
        this.cities = cities;
        this.machines = machines;
        this.intake = intake;
        this.subscriptions = subscriptions;
        this.meters = meters;
        this.missed = missed;
        this.properties = properties;
    }

    @Override
    public void extensionStart(ExtensionStartInput input, ExtensionStartOutput output) {
        Services.interceptorRegistry()
                .setConnectInboundInterceptorProvider(_ -> (ConnectInboundInterceptor) Gate::name);
        Services.securityRegistry().setAuthenticatorProvider(_ -> (SimpleAuthenticator) this::admit);
        Services.securityRegistry().setAuthorizerProvider(_ -> (SubscriptionAuthorizer) this::subscribe);
        Services.initializerRegistry().setClientInitializer(this::welcome);
        Hive hive = Hive.starting();
        meters.open(hive.figures());
        missed.open();
        intake.open(hive);
        subscriptions.open(hive);
    }

    @Override
    public void extensionStop(ExtensionStopInput input, ExtensionStopOutput output) {
        close();
    }

    /// The broker runs: clients that were away before the start have subscriptions already.
    void open() {
        subscriptions.remember();
    }

    /// The broker is about to end.
    void close() {
        intake.close();
        subscriptions.close();
        missed.close();
        meters.close();
    }

    /// The broker keeps sessions by client id for the whole installation. With the user name and the password in it,
    /// nobody takes over a session by guessing an id, in the same town or from another one.
    ///
    /// What waits for clients that are away takes memory, so only those with a key are waited for.
    private static void name(ConnectInboundInput input, ConnectInboundOutput output) {
        ConnectPacket packet = input.getConnectPacket();
        String whose = packet.getUserName().orElse("") + "\n"
                + packet.getPassword().map(Gate::text).orElse("");
        String prefix = "%s:".formatted(HexFormat.of().formatHex(sha256(whose), 0, PREFIX_DIGITS / 2));
        if (packet.getPassword().isEmpty()) {
            output.getConnectPacket().setSessionExpiryInterval(0);
        }
        // A client whose id was made here says it again when it comes back.
        if (!packet.getClientId().startsWith(prefix)) {
            output.getConnectPacket().setClientId(prefix + packet.getClientId());
        }
    }

    /// The id as the client has said it.
    static String saidName(String clientId) {
        int prefix = clientId.indexOf(':');
        return prefix == PREFIX_DIGITS ? clientId.substring(prefix + 1) : clientId;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.asReadOnlyBuffer()).toString();
    }

    private void admit(SimpleAuthInput input, SimpleAuthOutput output) {
        Async<SimpleAuthOutput> later =
                output.async(PATIENCE, TimeoutFallback.FAILURE, ConnackReasonCode.SERVER_BUSY, "This takes too long.");
        Thread.ofVirtual().name("mqtt-admit").start(() -> {
            try {
                admit(input);
                output.authenticateSuccessfully();
            } catch (Problem refused) {
                meters.refused("connect", refused.name());
                log.info("An MQTT client was refused: {}", refused.getMessage());
                output.failAuthentication(Reasons.connack(refused), Reasons.text(refused));
            } catch (RuntimeException failed) {
                log.warn("An MQTT client could not be let in", failed);
                output.failAuthentication(ConnackReasonCode.SERVER_UNAVAILABLE, "Please try again in a moment.");
            } finally {
                later.resume();
            }
        });
    }

    /// Without a password anybody may come, as anybody may read over HTTP.
    private void admit(SimpleAuthInput input) {
        ConnectPacket packet = input.getConnectPacket();
        if (packet.getWillPublish().isPresent()) {
            throw new Problem(
                    Problem.Kind.NOT_OFFERED,
                    "will-not-offered",
                    "A last will is not offered here: whoever subscribes gets entities, and nothing else. Connect"
                            + " without one.");
        }
        City town = town(packet.getUserName());
        Optional<String> key = packet.getPassword().map(Gate::text).filter(password -> !password.isEmpty());
        var store = input.getConnectionInformation().getConnectionAttributeStore();
        key.ifPresent(token -> {
            long number = CityContext.call(town, () -> machines.require(token, Guest.address(input)));
            store.putAsString(KEY, token);
            store.putAsString(KEY_NUMBER, String.valueOf(number));
        });
        if (!town.isDefault()) {
            store.putAsString(TOWN, town.slug());
        }
    }

    /// A user name that is a town's short name leads there, any other to the default town.
    private City town(Optional<String> userName) {
        return userName.flatMap(cities::findBySlug).orElseGet(cities::defaultCity);
    }

    private void welcome(InitializerInput input, ClientContext context) {
        var store = input.getConnectionInformation().getConnectionAttributeStore();
        Guest.Key key = store.getAsString(KEY)
                .map(token -> new Guest.Key(token, number(store).orElseThrow()))
                .orElse(null);
        String town = store.getAsString(TOWN).orElse("");
        String home = town.isEmpty() ? cities.defaultCity().slug() : town;
        Guest guest = new Guest(town, home, key, intake, properties);
        context.addPublishInboundInterceptor(guest);
        if (guest.isToldApart()) {
            context.addSubscribeInboundInterceptor(guest);
            context.addUnsubscribeInboundInterceptor(guest);
            context.addPublishOutboundInterceptor(guest);
        }
    }

    private static OptionalLong number(ConnectionAttributeStore store) {
        return store.getAsString(KEY_NUMBER).stream().mapToLong(Long::parseLong).findFirst();
    }

    private void subscribe(SubscriptionAuthorizerInput input, SubscriptionAuthorizerOutput output) {
        Async<SubscriptionAuthorizerOutput> later = output.async(PATIENCE, TimeoutFallback.FAILURE);
        OptionalLong key = number(input.getConnectionInformation().getConnectionAttributeStore());
        Thread.ofVirtual().name("mqtt-subscribe").start(() -> {
            try {
                subscriptions.add(
                        input.getClientInformation().getClientId(),
                        key,
                        input.getSubscription().getTopicFilter());
                output.authorizeSuccessfully();
            } catch (Problem refused) {
                meters.refused("subscribe", refused.name());
                output.failAuthorization(Reasons.suback(refused), Reasons.textOfTopic(refused));
            } catch (RuntimeException failed) {
                log.warn("A subscription could not be looked at", failed);
                output.failAuthorization(SubackReasonCode.UNSPECIFIED_ERROR, "Please try again in a moment");
            } finally {
                later.resume();
            }
        });
    }
}
