package de.stadtkern.chat;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// @param questionsPerMinute how many questions are answered from one network in a minute
/// @param origins            whose pages may show the chat, such as `https://www.stadt.example`; `*` for all
@ConfigurationProperties("stadtkern.chat")
record ChatProperties(
        @DefaultValue("60") int questionsPerMinute,
        @DefaultValue("*") List<String> origins) {

    ChatProperties {
        origins = List.copyOf(origins);
        if (questionsPerMinute < 1) {
            throw new IllegalArgumentException("stadtkern.chat.questions-per-minute is larger than 0");
        }
    }
}
