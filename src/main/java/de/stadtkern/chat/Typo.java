package de.stadtkern.chat;

import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// One slip of a finger in a word of five letters or more.
final class Typo {

    private static final Pattern LONG_WORD = Pattern.compile("\\p{L}{5,}");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

    private Typo() {}

    /// The same text if no word is long enough.
    static String in(String text, Random random) {
        List<MatchResult> words = LONG_WORD.matcher(text).results().toList();
        if (words.isEmpty()) {
            return text;
        }
        MatchResult word = words.get(random.nextInt(words.size()));
        StringBuilder typed = new StringBuilder(word.group());
        int at = 1 + random.nextInt(typed.length() - 2);
        char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
        switch (random.nextInt(4)) {
            case 0 -> typed.deleteCharAt(at);
            case 1 -> typed.insert(at, letter);
            case 2 -> typed.setCharAt(at, letter);
            default -> {
                char next = typed.charAt(at + 1);
                typed.setCharAt(at + 1, typed.charAt(at));
                typed.setCharAt(at, next);
            }
        }
        return text.substring(0, word.start()) + typed + text.substring(word.end());
    }
}
