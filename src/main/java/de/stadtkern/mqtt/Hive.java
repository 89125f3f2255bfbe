package de.stadtkern.mqtt;

import com.codahale.metrics.MetricRegistry;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.extension.sdk.api.services.publish.PublishService;
import com.hivemq.extension.sdk.api.services.session.ClientService;
import com.hivemq.extension.sdk.api.services.subscription.SubscriptionStore;

/// What one running broker does for us. Its own registry of these is one for the whole JVM and knows the broker that
/// was started last, which need not be ours: several contexts in a test, or the one before a restart.
record Hive(PublishService messages, SubscriptionStore subscriptions, ClientService clients, MetricRegistry figures) {

    /// Asked for while our own broker starts.
    static Hive starting() {
        return new Hive(
                Services.publishService(),
                Services.subscriptionStore(),
                Services.clientService(),
                Services.metricRegistry());
    }
}
