package de.stadtkern.chat;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Checks before an answer is sent that every number in it, and with them every date, amount, phone number and
/// address, and every link stands in what it cites.
final class Proof {

    /// Numbers with what joins their digits, and what leads somewhere.
    private static final Pattern CLAIM = Pattern.compile(
            "(?:https?://|www\\.)\\S+|[\\w.+-]+@[\\w-]+\\.[\\w.-]+|\\d(?:[\\d.,/:() -]*\\d)?", Pattern.UNICODE_CASE);

    private Proof() {}

    /// Whether all of it is cited. What rules say cites nothing and is the town's own text.
    static boolean holds(Reply reply) {
        if (reply.sources().isEmpty() && reply.facts().isEmpty()) {
            return true;
        }
        Set<String> cited = Stream.concat(
                        reply.sources().stream().flatMap(source -> Stream.of(source.quote(), source.title())),
                        reply.facts().stream().map(fact -> fact.sentence()))
                .flatMap(Proof::claims)
                .collect(Collectors.toSet());
        return claims(reply.text()).allMatch(cited::contains);
    }

    private static Stream<String> claims(String text) {
        return CLAIM.matcher(text).results().map(found -> found.group().replaceAll("\\s+", " "));
    }
}
