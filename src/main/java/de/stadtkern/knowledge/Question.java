package de.stadtkern.knowledge;

import de.stadtkern.page.SearchText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What somebody looks for: the words that say something, each with others that mean the same.
///
/// @param text as it was typed
record Question(String text, List<Word> words) {

    private static final int MOST_LETTERS = 500;
    private static final int MOST_WORDS = 40;
    private static final int LONGEST_WORD = 60;

    Question {
        words = List.copyOf(words);
    }

    /// @param written as it was typed
    /// @param plain   as it is compared
    /// @param start   of it in the text
    /// @param same    what staff say means the same, word by word
    record Word(String written, String plain, int start, List<List<String>> same) {}

    /// @param synonyms lines of words that mean the same
    static Question of(String text, List<List<String>> synonyms) {
        String whole = Sections.line(text);
        String cut = whole.length() > MOST_LETTERS ? whole.substring(0, MOST_LETTERS) : whole;
        List<Languages.Token> tokens = Languages.tokens(Languages.WORDS, cut);
        List<Languages.Token> telling = tokens.stream()
                .filter(token -> !Languages.isStopWord(token.term().toLowerCase(Locale.ROOT)))
                .toList();
        List<Word> words = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<String> all =
                tokens.stream().map(token -> SearchText.plain(token.term())).toList();
        for (Languages.Token token : telling.isEmpty() ? tokens : telling) {
            String plain = SearchText.plain(token.term());
            if (plain.length() <= LONGEST_WORD && words.size() < MOST_WORDS && seen.add(plain)) {
                words.add(new Word(token.term(), plain, token.start(), same(plain, all, synonyms)));
            }
        }
        return new Question(cut, words);
    }

    /// What means the same as a word, or as a phrase of the question that begins with it.
    private static List<List<String>> same(String plain, List<String> all, List<List<String>> synonyms) {
        List<List<String>> same = new ArrayList<>();
        for (List<String> line : synonyms) {
            boolean isMeant = line.stream().anyMatch(term -> {
                List<String> phrase = List.of(term.split(" "));
                return phrase.getFirst().equals(plain) && java.util.Collections.indexOfSubList(all, phrase) >= 0;
            });
            if (isMeant) {
                line.stream()
                        .map(term -> List.of(term.split(" ")))
                        .filter(term -> !term.equals(List.of(plain)))
                        .forEach(same::add);
            }
        }
        return same;
    }

    boolean isEmpty() {
        return words.isEmpty();
    }
}
