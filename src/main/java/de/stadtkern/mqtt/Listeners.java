package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.packets.disconnect.DisconnectReasonCode;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;
import de.stadtkern.identity.Machines;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Who subscribes, of which only the broker knows, and whether they may still.
final class Listeners {

    private static final long PATIENCE_SECONDS = 10;

    private final SubscriptionStore subscriptions;
    private final ClientService clients;
    private final Machines machines;

    Listeners(Hive broker, Machines machines) {
        this.subscriptions = broker.subscriptions();
        this.clients = broker.clients();
        this.machines = machines;
    }

    /// Whether anybody subscribes to this topic; true if the broker does not say.
    boolean isAny(String filter) {
        try {
            return !clients(filter, 1).isEmpty();
        } catch (InterruptedException | ExecutionException | TimeoutException unknown) {
            return true;
        }
    }

    /// Those of the keys that are good in the bound town.
    Set<Long> good(Collection<Long> keys) {
        return machines.asEach(keys, () -> true).keySet();
    }

    /// Ends the sessions of all who subscribe to this topic, with what waits for them: their key is good no longer.
    void sendAway(String filter) throws InterruptedException {
        try {
            for (String client : clients(filter, Integer.MAX_VALUE)) {
                clients.disconnectClient(
                                client,
                                false,
                                DisconnectReasonCode.NOT_AUTHORIZED,
                                "The key was revoked or is too old; please connect with one that is valid.")
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                clients.invalidateSession(client).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException | TimeoutException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private List<String> clients(String filter, int most)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> found = new ArrayList<>();
        subscriptions
                .iterateAllSubscribersWithTopicFilter(filter, (context, subscriber) -> {
                    found.add(subscriber.getClientId());
                    if (found.size() >= most) {
                        context.abortIteration();
                    }
                })
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return found;
    }
}
