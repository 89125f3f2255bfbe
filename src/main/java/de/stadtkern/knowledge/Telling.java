package de.stadtkern.knowledge;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a question is about, to be compared with any text: how much of it a sentence has.
public final class Telling {

    /// What some words of the question stand for.
    ///
    /// @param worth with how much the stems tell
    record Weighed(Set<Integer> at, String language, List<String> stems, double worth) {}

    private final List<Weighed> ways;

    Telling(List<Weighed> ways) {
        this.ways = List.copyOf(ways);
    }

    /// Of a question that says nothing.
    static Telling nothing() {
        return new Telling(List.of());
    }

    /// The sum of what a text has of what is asked; each word of the question counts once.
    ///
    /// @param language of the text
    public double of(String text, String language) {
        String known = Languages.known(language);
        Set<String> stems = new HashSet<>();
        Languages.tokens(Languages.words(known), text).forEach(token -> stems.add(token.term()));
        Map<Set<Integer>, Double> best = new HashMap<>();
        for (Weighed way : ways) {
            if (way.language().equals(known) && stems.containsAll(way.stems())) {
                best.merge(way.at(), way.worth(), Math::max);
            }
        }
        return best.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
