package de.stadtkern.mqtt;

import com.hivemq.extension.sdk.api.packets.connect.ConnackReasonCode;
import com.hivemq.extension.sdk.api.packets.publish.AckReasonCode;
import com.hivemq.extension.sdk.api.packets.subscribe.SubackReasonCode;
import de.stadtkern.problem.Problem;

/// Problems in the words of MQTT 5, whose clients also get the sentence. MQTT 3.1.1 knows neither.
final class Reasons {

    private static final int LONGEST = 300;

    private Reasons() {}

    static String text(Problem problem) {
        String text = String.valueOf(problem.getMessage());
        return text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    }

    /// The broker puts a full stop behind the reason for each of the topics, and then all of them into one text.
    static String textOfTopic(Problem problem) {
        String text = text(problem);
        return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    }

    static ConnackReasonCode connack(Problem problem) {
        return switch (problem.kind()) {
            case UNAUTHENTICATED -> ConnackReasonCode.BAD_USER_NAME_OR_PASSWORD;
            case UNAVAILABLE, TOO_MANY, FULL -> ConnackReasonCode.SERVER_BUSY;
            case INVALID, FORBIDDEN, MISSING, METHOD, CONFLICTING, PRECONDITION, TOO_LARGE, MEDIA_TYPE, NOT_OFFERED ->
                ConnackReasonCode.NOT_AUTHORIZED;
        };
    }

    static AckReasonCode puback(Problem problem) {
        return switch (problem.kind()) {
            case UNAUTHENTICATED, FORBIDDEN -> AckReasonCode.NOT_AUTHORIZED;
            case UNAVAILABLE, TOO_MANY -> AckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
            case FULL, TOO_LARGE -> AckReasonCode.QUOTA_EXCEEDED;
            case INVALID, MISSING, METHOD, CONFLICTING, PRECONDITION, MEDIA_TYPE, NOT_OFFERED ->
                problem.facts().containsKey("topic")
                        ? AckReasonCode.TOPIC_NAME_INVALID
                        : AckReasonCode.PAYLOAD_FORMAT_INVALID;
        };
    }

    static SubackReasonCode suback(Problem problem) {
        return switch (problem.kind()) {
            case UNAUTHENTICATED, FORBIDDEN -> SubackReasonCode.NOT_AUTHORIZED;
            case UNAVAILABLE, TOO_MANY, FULL, TOO_LARGE -> SubackReasonCode.QUOTA_EXCEEDED;
            case NOT_OFFERED, INVALID, MISSING, METHOD, CONFLICTING, PRECONDITION, MEDIA_TYPE ->
                switch (problem.name()) {
                    case "wildcard-not-offered" -> SubackReasonCode.WILDCARD_SUBSCRIPTION_NOT_SUPPORTED;
                    case "sharing-not-offered" -> SubackReasonCode.SHARED_SUBSCRIPTION_NOT_SUPPORTED;
                    default -> SubackReasonCode.TOPIC_FILTER_INVALID;
                };
        };
    }
}
