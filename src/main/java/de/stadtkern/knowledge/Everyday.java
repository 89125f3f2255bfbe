package de.stadtkern.knowledge;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// How people say what offices write otherwise, delivered with Stadtkern beside the synonyms staff keep. Everything is
/// compared by German stems.
@Component
final class Everyday {

    /// Of its words.
    static final String LANGUAGE = "de";

    private static final String FILE = "/knowledge/everyday_de.txt";

    /// How much less it is worth that a text has a word that means the same, or that may be meant.
    private static final double SAME = 0.85;

    private static final double MEANT = 0.7;
    /// A word of the question whose last, or first part is one of a line.
    private static final double LAST_PART = 0.9;

    private static final double FIRST_PART = 0.6;
    private static final int SHORTEST_PART = 4;
    private static final int SHORTEST_TYPED_WRONGLY = 5;
    /// Words between parts of a loose phrase, these included.
    private static final int WINDOW = 7;

    private final Map<String, List<Line>> byFirstWord = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    /// By a word, the numbers of the lines that say what means the same as it.
    private final Map<String, Set<Integer>> groups = new HashMap<>();
    private final Set<String> small = new HashSet<>();
    private final Set<String> aspects = new HashSet<>();

    /// One line of the file.
    private record Line(List<Said> said, List<List<String>> meant, double worth) {}

    /// @param isLoose whether its parts may stand apart, in any order
    private record Said(List<String> stems, boolean isLoose) {}

    /// What some words of the question may mean.
    ///
    /// @param at     places of the words
    /// @param phrase stems a text has to have for it
    /// @param worth  from 0 to 1
    record Meaning(Set<Integer> at, List<String> phrase, double worth) {}

    private final String version;
    private int lastGroup;

    Everyday() {
        String lines = read();
        version = Integer.toHexString(lines.hashCode());
        lines.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::add);
    }

    private static String read() {
        try (InputStream file = Everyday.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException("There is no " + FILE);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void add(String line) {
        if (line.startsWith("-")) {
            Arrays.stream(line.substring(1).split(",")).forEach(word -> small.addAll(stems(word)));
            return;
        }
        boolean isAspect = line.startsWith("?");
        add(isAspect ? line.substring(1) : line, isAspect);
    }

    private void add(String line, boolean isAspect) {
        String[] sides = line.split(">", 2);
        List<Said> said = Arrays.stream(sides[0].split(","))
                .map(term -> new Said(stems(term.replace("+", " ")), term.contains("+")))
                .filter(one -> !one.stems().isEmpty())
                .toList();
        List<List<String>> meant = (sides.length == 1
                        ? said.stream().filter(one -> !one.isLoose()).map(Said::stems)
                        : Arrays.stream(sides[1].split(",")).map(Everyday::stems))
                .filter(stems -> !stems.isEmpty())
                .toList();
        if (sides.length == 1) {
            int group = ++lastGroup;
            said.stream()
                    .filter(one -> one.stems().size() == 1)
                    .forEach(one -> groups.computeIfAbsent(one.stems().getFirst(), _ -> new HashSet<>())
                            .add(group));
        }
        Line whole = new Line(said, meant, sides.length == 1 ? SAME : MEANT);
        for (Said one : said) {
            words.addAll(one.stems());
            if (isAspect) {
                aspects.addAll(one.stems());
            }
            (one.isLoose() ? one.stems() : one.stems().subList(0, 1))
                    .forEach(stem -> byFirstWord
                            .computeIfAbsent(stem, _ -> new ArrayList<>())
                            .add(new Line(List.of(one), whole.meant(), whole.worth())));
        }
    }

    private static List<String> stems(String text) {
        return Languages.tokens(Languages.STEMS, text).stream()
                .map(Languages.Token::term)
                .toList();
    }

    /// Changes with every line: an index made with other lines has other parts.
    String version() {
        return version;
    }

    boolean knows(String stem) {
        return words.contains(stem);
    }

    /// Whether two words mean the same, or are the same but for a slip.
    boolean areSame(String one, String other) {
        return one.equals(other)
                || groups.getOrDefault(one, Set.of()).stream().anyMatch(groups.getOrDefault(other, Set.of())::contains)
                || one.length() >= SHORTEST_TYPED_WRONGLY
                        && other.length() >= SHORTEST_TYPED_WRONGLY
                        && Vocabulary.mistakes(one, other, 1) == 1;
    }

    /// The parts of a compound that are known words, both of them or a long one; none where it is no compound.
    List<String> partsOf(String stem) {
        List<String> parts = new ArrayList<>();
        for (int cut = SHORTEST_PART; cut <= stem.length() - SHORTEST_PART; cut++) {
            String first = first(stem.substring(0, cut));
            String last = words.contains(stem.substring(cut)) ? stem.substring(cut) : "";
            boolean isWhole = !first.isEmpty() && !last.isEmpty();
            if (!last.isEmpty() && (isWhole || last.length() > SHORTEST_PART)) {
                parts.add(last);
            }
            if (!first.isEmpty() && (isWhole || cut > SHORTEST_PART)) {
                parts.add(first);
            }
        }
        return parts;
    }

    /// As it is, or without the s that joins it to the next part; empty where it is no known word.
    private String first(String part) {
        if (words.contains(part)) {
            return part;
        }
        String bare = part.endsWith("s") ? part.substring(0, part.length() - 1) : "";
        return words.contains(bare) ? bare : "";
    }

    /// Whether a word says little about what a question is about, and much about how people talk.
    boolean isSmall(String stem) {
        return small.contains(stem);
    }

    /// Whether a word says what is asked about a subject rather than which one.
    boolean isAspect(String stem) {
        return aspects.contains(stem);
    }

    /// What the words of a question may mean besides themselves, the most telling one of each phrase.
    ///
    /// @param stems of all its words in their order
    List<Meaning> of(List<String> stems) {
        List<Map<String, Double>> forms = stems.stream().map(this::forms).toList();
        Map<String, Meaning> best = new LinkedHashMap<>();
        for (int at = 0; at < stems.size(); at++) {
            for (Map.Entry<String, Double> form : forms.get(at).entrySet()) {
                for (Line line : byFirstWord.getOrDefault(form.getKey(), List.of())) {
                    Said said = line.said().getFirst();
                    Set<Integer> places = places(said, forms, at);
                    if (places.isEmpty()) {
                        continue;
                    }
                    double worth = line.worth() * (said.stems().size() == 1 ? form.getValue() : 1);
                    for (List<String> phrase : line.meant()) {
                        Meaning meaning = new Meaning(places, phrase, worth);
                        best.merge(
                                places + " " + phrase,
                                meaning,
                                (one, other) -> one.worth() >= other.worth() ? one : other);
                    }
                }
            }
        }
        return List.copyOf(best.values());
    }

    /// The words of the lines a word of the question may be, itself or by a part of it, with how much that is worth.
    private Map<String, Double> forms(String stem) {
        Map<String, Double> forms = new LinkedHashMap<>();
        if (words.contains(stem)) {
            forms.put(stem, 1.0);
        }
        for (int cut = SHORTEST_PART; cut <= stem.length() - SHORTEST_PART; cut++) {
            String first = stem.substring(0, cut);
            String last = stem.substring(cut);
            if (words.contains(last)) {
                forms.merge(last, LAST_PART, Math::max);
            }
            if (words.contains(first)) {
                forms.merge(first, FIRST_PART, Math::max);
            }
        }
        if (forms.isEmpty() && stem.length() >= SHORTEST_TYPED_WRONGLY) {
            words.stream()
                    .filter(word -> word.length() >= SHORTEST_TYPED_WRONGLY - 1
                            && Math.abs(word.length() - stem.length()) <= 1
                            && Vocabulary.mistakes(stem, word, 1) == 1)
                    .forEach(word -> forms.put(word, LAST_PART));
        }
        return forms;
    }

    /// Where the words of a phrase stand, one of them at this place; empty where they do not.
    private static Set<Integer> places(Said said, List<Map<String, Double>> forms, int at) {
        Set<Integer> places = new HashSet<>();
        if (said.isLoose()) {
            for (String stem : said.stems()) {
                int place = nearest(stem, forms, at, places);
                if (place < 0) {
                    return Set.of();
                }
                places.add(place);
            }
            return places.contains(at) ? places : Set.of();
        }
        for (int i = 0; i < said.stems().size(); i++) {
            if (at + i >= forms.size()
                    || !forms.get(at + i).containsKey(said.stems().get(i))) {
                return Set.of();
            }
            places.add(at + i);
        }
        return places;
    }

    private static int nearest(String stem, List<Map<String, Double>> forms, int at, Set<Integer> taken) {
        for (int far = 0; far < WINDOW; far++) {
            for (int place : new int[] {at - far, at + far}) {
                if (place >= 0
                        && place < forms.size()
                        && !taken.contains(place)
                        && forms.get(place).containsKey(stem)) {
                    return place;
                }
            }
        }
        return -1;
    }
}
