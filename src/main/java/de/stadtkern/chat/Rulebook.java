package de.stadtkern.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The rules as they are written in `chat/*.rules`; the first one that fits decides.
///
/// A line is a comment (`#`), a list of words with a name (`@name = word word* @other`), a heading `[KIND
/// topic]`, or a rule: lists or words joined by ` + ` that must all occur in one sentence, and by ` - ` that
/// must not occur in the whole question. `only` before it: the question consists of nothing else. `all`
/// before it: the sentences count as one. How a word is written says [Phrase].
final class Rulebook {

    private static final List<String> FILES = List.of("words", "crisis", "attacks", "towns", "elsewhere", "manners");

    /// The name of the list that is the town's own name.
    private static final String OWN_TOWN = "@own";

    private final Map<String, List<String>> lists = new HashMap<>();
    private final Map<String, Phrase.Form> forms = new HashMap<>();
    private final List<Rule> rules = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    /// @param scope which words are looked at together
    private record Rule(Verdict verdict, Scope scope, List<Need> needed, List<Need> forbidden) {}

    /// @param phrases by the letter their first word begins with, then by that word; one of them must occur
    private record Need(boolean own, Map<Character, Map<Phrase.Form, List<Phrase>>> phrases) {

        private static final char ANY = 0;

        static Need of(List<Phrase> phrases) {
            return new Need(
                    false,
                    phrases.stream()
                            .collect(Collectors.groupingBy(
                                    Phrase::first,
                                    Collectors.groupingBy(
                                            phrase -> phrase.forms().getFirst()))));
        }

        boolean occurs(List<String> words, Set<String> known) {
            for (int i = 0; i < words.size(); i++) {
                if (longestAt(words, i, known) > 0) {
                    return true;
                }
            }
            return false;
        }

        /// How many words from this one on its longest phrase takes, 0 for none.
        int longestAt(List<String> words, int start, Set<String> known) {
            return Math.max(
                    longest(words.get(start).charAt(0), words, start, known), longest(ANY, words, start, known));
        }

        private int longest(char letter, List<String> words, int start, Set<String> known) {
            int longest = 0;
            for (var phrases : phrases.getOrDefault(letter, Map.of()).entrySet()) {
                if (Phrase.taken(words, start, phrases.getKey(), known) > 0) {
                    for (Phrase phrase : phrases.getValue()) {
                        longest = Math.max(longest, phrase.lengthAt(words, start, known));
                    }
                }
            }
            return longest;
        }
    }

    private enum Scope {
        SENTENCE,
        ALL,
        ONLY
    }

    record Verdict(Reply.Kind kind, String topic) {}

    Rulebook() {
        FILES.forEach(this::read);
    }

    /// @param town the town's own name; questions about others are not ours
    Optional<Verdict> judge(String text, String town) {
        Wording wording = Wording.of(text);
        Need own = Need.of(
                Wording.words(town).stream().max(Comparator.comparingInt(String::length)).map(Phrase::of).stream()
                        .toList());
        return first(wording, own, rules.stream())
                .or(() -> first(
                        Wording.backwards(text),
                        own,
                        rules.stream().filter(rule -> rule.verdict().topic().equals("injection"))));
    }

    private Optional<Verdict> first(Wording wording, Need own, Stream<Rule> rules) {
        List<String> all = wording.all();
        return rules.filter(rule -> fits(rule, wording, all, own)).findFirst().map(Rule::verdict);
    }

    private boolean fits(Rule rule, Wording wording, List<String> all, Need own) {
        boolean fits = switch (rule.scope()) {
            case SENTENCE -> wording.sentences().stream().anyMatch(words -> hasAll(rule, words));
            case ALL -> hasAll(rule, all);
            case ONLY -> rule.needed().getFirst().occurs(all, known) && isCovered(rule, all);
        };
        return fits && rule.forbidden().stream().noneMatch(need -> (need.own() ? own : need).occurs(all, known));
    }

    private boolean hasAll(Rule rule, List<String> words) {
        return rule.needed().stream().allMatch(need -> need.occurs(words, known));
    }

    private boolean isCovered(Rule rule, List<String> words) {
        int at = 0;
        while (at < words.size()) {
            int start = at;
            int longest = rule.needed().stream()
                    .mapToInt(need -> need.longestAt(words, start, known))
                    .max()
                    .orElse(0);
            if (longest == 0) {
                return false;
            }
            at += longest;
        }
        return true;
    }

    private void read(String file) {
        Verdict verdict = null;
        int number = 0;
        for (String written : lines(file)) {
            number++;
            String line = written.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            if (line.startsWith("@") && line.contains(" = ")) {
                String[] parts = line.split(" = ", 2);
                lists.computeIfAbsent(parts[0].strip(), _ -> new ArrayList<>()).addAll(words(parts[1]));
                phrases(parts[1]);
            } else if (line.startsWith("[")) {
                String[] parts = line.substring(1, line.length() - 1).split(" ");
                verdict = new Verdict(Reply.Kind.valueOf(parts[0]), parts[1]);
            } else if (verdict != null) {
                rules.add(rule(verdict, line));
            } else {
                throw new IllegalStateException("chat/%s.rules, line %d has no heading".formatted(file, number));
            }
        }
    }

    private Rule rule(Verdict verdict, String line) {
        Scope scope = line.startsWith("only ") ? Scope.ONLY : line.startsWith("all ") ? Scope.ALL : Scope.SENTENCE;
        String needs = scope == Scope.SENTENCE ? line : line.substring(line.indexOf(' ') + 1);
        String[] parts = needs.split("\\s+-\\s+");
        List<Need> needed =
                Stream.of(parts[0].split("\\s+\\+\\s+")).map(this::need).toList();
        List<Need> forbidden = Stream.of(parts).skip(1).map(this::need).toList();
        return new Rule(verdict, scope, needed, forbidden);
    }

    private Need need(String words) {
        return words.strip().equals(OWN_TOWN) ? new Need(true, Map.of()) : Need.of(phrases(words));
    }

    private List<Phrase> phrases(String written) {
        List<Phrase> phrases =
                words(written).stream().map(word -> Phrase.of(word, forms)).toList();
        phrases.stream()
                .flatMap(phrase -> phrase.forms().stream())
                .filter(Phrase.Form::isWord)
                .forEach(form -> known.add(form.text()));
        return phrases;
    }

    private List<String> words(String written) {
        return Stream.of(written.strip().split("\\s+"))
                .flatMap(word -> spread(word).stream())
                .toList();
    }

    /// A list inside of a phrase (`in_@town`) makes a phrase with each of its words.
    private List<String> spread(String word) {
        int at = word.indexOf('@');
        if (at < 0) {
            return List.of(word);
        }
        int end = at + 1;
        while (end < word.length() && Character.isLetter(word.charAt(end))) {
            end++;
        }
        List<String> list = lists.get(word.substring(at, end));
        if (list == null) {
            throw new IllegalStateException("The rules of the chat use '%s' before it is said".formatted(word));
        }
        String before = word.substring(0, at);
        String after = word.substring(end);
        return list.stream()
                .flatMap(each -> spread(before + each + after).stream())
                .toList();
    }

    private static List<String> lines(String file) {
        try (InputStream stream = Rulebook.class.getResourceAsStream("/chat/" + file + ".rules")) {
            if (stream == null) {
                throw new IllegalStateException("chat/%s.rules is missing".formatted(file));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
