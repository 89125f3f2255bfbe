package de.stadtkern.mqtt;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A topic as the broker has it. What a client with a key may hear is a matter of that key, so its topics are told
/// apart from everybody's by a mark in front, `@7/jena/v1.1/Things`, which no client ever says or sees.
///
/// @param key   number of the key; empty for what everybody may hear
/// @param topic as a [TopicName] is read from it
record Heard(OptionalLong key, String topic) {

    private static final Pattern MARKED = Pattern.compile("@(\\d{1,18})/(.*)", Pattern.DOTALL);

    static Heard of(String filter) {
        Matcher marked = MARKED.matcher(filter);
        return marked.matches()
                ? new Heard(OptionalLong.of(Long.parseLong(marked.group(1))), marked.group(2))
                : new Heard(OptionalLong.empty(), filter);
    }

    String filter() {
        return key.isPresent() ? "@%d/%s".formatted(key.getAsLong(), topic) : topic;
    }
}
