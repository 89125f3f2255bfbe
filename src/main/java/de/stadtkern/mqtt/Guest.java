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
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One connection of a client. A client whose user name is a town's short name says `v1.1/…` and means that town: for
/// the broker, which has one tree of topics for all towns, these are `TOWN/v1.1/…`. What a client with a key hears of
/// its own town is [Heard] apart from the rest.
final class Guest
        implements PublishInboundInterceptor,
                SubscribeInboundInterceptor,
                UnsubscribeInboundInterceptor,
                PublishOutboundInterceptor {

    private final String town;
    private final String home;
    private final @Nullable Key key;
    private final Intake intake;
    private final Pace pace;

    /// @param number by which it is known without its secret
    record Key(String token, long number) {}

    /// @param town the short name of the town it has named; empty for the default town
    /// @param home the short name of its town, named or not
    /// @param key  with which it came
    Guest(String town, String home, @Nullable Key key, Intake intake, MqttProperties properties) {
        this.town = town;
        this.home = home;
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

    /// Whether the broker has its topics by other names than it says.
    boolean isToldApart() {
        return !town.isEmpty() || key != null;
    }

    String town() {
        return town;
    }

    Optional<String> key() {
        return Optional.ofNullable(key).map(Key::token);
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
        String topic = Heard.of(input.getPublishPacket().getTopic()).topic();
        boolean isOfTown = !town.isEmpty() && topic.startsWith(town + "/");
        output.getPublishPacket().setTopic(isOfTown ? topic.substring(town.length() + 1) : topic);
    }

    /// Refused later, in words.
    private static boolean hasWildcard(String filter) {
        return filter.contains("+") || filter.contains("#");
    }

    /// Of what is too long enough is left to be refused in words.
    private String inside(String topic) {
        String said = topic.substring(0, Math.min(topic.length(), TopicName.LONGEST + 1));
        boolean isPlain = said.startsWith(TopicName.SERVICE);
        String whole = isPlain && !town.isEmpty() ? town + "/" + said : said;
        boolean isHome = isPlain || said.startsWith(home + "/" + TopicName.SERVICE);
        return key != null && isHome ? new Heard(OptionalLong.of(key.number()), whole).filter() : whole;
    }
}
