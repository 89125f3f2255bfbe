package de.stadtkern.chat;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param address of an interface like OpenAI's, up to `/v1`; empty: no language model is asked, and nothing is missing
/// @param key     for the login there, empty for none
/// @param name    of the model there
/// @param timeout after which the quote is shown instead
@ConfigurationProperties("stadtkern.chat.model")
record ModelProperties(
        @DefaultValue("") String address,
        @DefaultValue("") String key,
        @DefaultValue("") String name,
        @DefaultValue("8s") Duration timeout) {

    ModelProperties {
        if (!address.isEmpty() && !address.matches("https?://\\S+")) {
            throw new IllegalArgumentException("stadtkern.chat.model.address begins with https://");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("stadtkern.chat.model.timeout is longer than 0");
        }
    }
}
