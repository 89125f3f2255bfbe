package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.interceptor.publish.PublishInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.PublishOutboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundInput;
import com.hivemq.extension.sdk.api.interceptor.publish.parameter.PublishOutboundOutput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.SubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.subscribe.parameter.SubscribeInboundOutput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.UnsubscribeInboundInterceptor;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundInput;
import com.hivemq.extension.sdk.api.interceptor.unsubscribe.parameter.UnsubscribeInboundOutput;
import com.hivemq.extension.sdk.api.packets.subscribe.ModifiableSubscription;
import com.hivemq.extension.sdk.api.parameter.ClientBasedInput;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// One connection of a client. A client whose user name is a town's short name says `v1.1/…` and means that town: for
/// the broker, which has one tree of topics for all towns, these are `TOWN/v1.1/…`.
final class Guest
        implements PublishInboundInterceptor,
                SubscribeInboundInterceptor,
                UnsubscribeInboundInterceptor,
                PublishOutboundInterceptor {

    private final String town;
    private final Optional<String> key;
    private final Intake intake;
    private final Pace pace;

    /// @param town the short name of the town it has named; empty for the default town
    /// @param key  with which it came
    Guest(String town, Optional<String> key, Intake intake, MqttProperties properties) {
        this.town = town;
        this.key = key;
        this.intake = intake;
        this.pace = new Pace(properties.messagesPerSecond());
    }

    static String address(ClientBasedInput input) {
        return input.getConnectionInformation()
                .getInetAddress()
                .map(InetAddress::getHostAddress)
                .orElse("");
    }

    boolean isElsewhere() {
        return !town.isEmpty();
    }

    String town() {
        return town;
    }

    Optional<String> key() {
        return key;
    }

    Pace pace() {
        return pace;
    }

    @Override
    public void onInboundPublish(PublishInboundInput input, PublishInboundOutput output) {
        intake.take(this, input, output);
    }

    @Override
    public void onInboundSubscribe(SubscribeInboundInput input, SubscribeInboundOutput output) {
        for (ModifiableSubscription subscription : output.getSubscribePacket().getSubscriptions()) {
            String filter = subscription.getTopicFilter();
            if (!hasWildcard(filter)) {
                subscription.setTopicFilter(inside(filter));
            }
        }
    }

    @Override
    public void onInboundUnsubscribe(UnsubscribeInboundInput input, UnsubscribeInboundOutput output) {
        List<String> filters = input.getUnsubscribePacket().getTopicFilters();
        output.getUnsubscribePacket()
                .setTopicFilters(filters.stream()
                        .map(filter -> hasWildcard(filter) ? filter : inside(filter))
                        .toList());
    }

    @Override
    public void onOutboundPublish(PublishOutboundInput input, PublishOutboundOutput output) {
        String topic = input.getPublishPacket().getTopic();
        if (topic.startsWith(town + "/")) {
            output.getPublishPacket().setTopic(topic.substring(town.length() + 1));
        }
    }

    /// Refused later, in words.
    private static boolean hasWildcard(String filter) {
        return filter.contains("+") || filter.contains("#");
    }

    private String inside(String topic) {
        return topic.startsWith(TopicName.SERVICE) ? town + "/" + topic : topic;
    }
}
