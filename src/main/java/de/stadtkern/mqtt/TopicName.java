package de.stadtkern.mqtt;

import de.stadtkern.problem.Problem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where a message goes: `v1.1/Datastreams(5)/Observations` in the client's own town, `jena/v1.1/…` in another one.
///
/// @param town     short name; empty for the client's own
/// @param resource below `v1.1/`
/// @param query    behind the question mark; empty for none
record TopicName(String town, String resource, String query) {

    static final String SERVICE = "v1.1/";
    /// The broker knows no longer ones than 4,096, with what is put in front of them here.
    static final int LONGEST = 4_000;

    private static final Pattern FORM = Pattern.compile("(?:([a-z][a-z0-9-]{0,39})/)?v1\\.1/([^?]+)(?:\\?(.*))?");

    static TopicName of(String topic) {
        if (topic.length() > LONGEST) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "topic-too-long",
                    "A topic has at most %d characters, with the town's short name.".formatted(LONGEST),
                    Map.of("topic", shown(topic)));
        }
        Matcher form = FORM.matcher(topic);
        if (!form.matches()) {
            throw unknown(topic);
        }
        return new TopicName(
                form.group(1) == null ? "" : form.group(1), form.group(2), form.group(3) == null ? "" : form.group(3));
    }

    static Problem unknown(String topic) {
        return new Problem(
                Problem.Kind.INVALID,
                "topic-unknown",
                "There is no topic '%s'; topics begin with 'v1.1/', or with a town's short name: 'jena/v1.1/'."
                        .formatted(shown(topic)),
                Map.of("topic", shown(topic)));
    }

    private static String shown(String topic) {
        String plain = topic.codePoints()
                .limit(80)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.length() < topic.length() ? plain + "…" : plain;
    }
}
