package de.stadtkern.chat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One word of a rule, or several that must follow each other: `a_b` at once, `a~b` with at most three words
/// between. A star stands for more letters; a word of five letters or more may have one typing mistake.
record Phrase(List<Form> forms, List<Boolean> loose) {

    private static final int BETWEEN = 3;
    private static final int TOLERANT = 5;
    private static final int TOLERANT_START = 7;
    private static final int JOINED = 8;

    Phrase {
        forms = List.copyOf(forms);
        loose = List.copyOf(loose);
    }

    /// @param exact without tolerance, written with an exclamation mark at its end
    record Form(String text, boolean openStart, boolean openEnd, boolean exact) {

        static Form of(String written) {
            boolean exact = written.endsWith("!");
            String word = exact ? written.substring(0, written.length() - 1) : written;
            boolean openStart = word.startsWith("*");
            boolean openEnd = word.endsWith("*") && word.length() > 1;
            return new Form(Wording.fold(word.replace("*", "")), openStart, openEnd, exact);
        }

        boolean matches(String word, Set<String> known) {
            if (openStart) {
                return openEnd ? word.contains(text) : word.endsWith(text);
            }
            if (openEnd) {
                return word.startsWith(text)
                        || !exact && text.length() >= TOLERANT_START && startsNearly(word) && !known.contains(word);
            }
            return word.equals(text)
                    || !exact && text.length() >= TOLERANT && isNear(text, word) && !known.contains(word);
        }

        private boolean startsNearly(String word) {
            for (int length = text.length() - 1; length <= text.length() + 1; length++) {
                if (word.length() >= length && isNear(text, word.substring(0, length))) {
                    return true;
                }
            }
            return false;
        }

        boolean isWord() {
            return !openStart && !openEnd;
        }
    }

    /// The letter it begins with, 0 where it may be any.
    char first() {
        Form form = forms.getFirst();
        return form.openStart() ? 0 : form.text().charAt(0);
    }

    static Phrase of(String written) {
        return of(written, new HashMap<>());
    }

    /// @param read forms that were read before
    static Phrase of(String written, Map<String, Form> read) {
        List<Form> forms = new ArrayList<>();
        List<Boolean> loose = new ArrayList<>();
        int start = 0;
        boolean gap = false;
        for (int i = 1; i <= written.length(); i++) {
            if (i == written.length() || written.charAt(i) == '_' || written.charAt(i) == '~') {
                forms.add(read.computeIfAbsent(written.substring(start, i), Form::of));
                loose.add(gap);
                start = i + 1;
                gap = i < written.length() && written.charAt(i) == '~';
            }
        }
        return new Phrase(forms, loose);
    }

    /// How many words from this one on the phrase takes, 0 if it does not begin here.
    int lengthAt(List<String> words, int start, Set<String> known) {
        return lengthAt(words, start, 0, known);
    }

    private int lengthAt(List<String> words, int start, int form, Set<String> known) {
        int taken = taken(words, start, forms.get(form), known);
        if (taken == 0 || form == forms.size() - 1) {
            return taken;
        }
        int farthest = loose.get(form + 1) ? BETWEEN : 0;
        for (int gap = 0; gap <= farthest; gap++) {
            int rest = lengthAt(words, start + taken + gap, form + 1, known);
            if (rest > 0) {
                return taken + gap + rest;
            }
        }
        return 0;
    }

    /// How many words the form takes here: a compound may be written apart.
    static int taken(List<String> words, int start, Form form, Set<String> known) {
        if (start >= words.size()) {
            return 0;
        }
        if (form.matches(words.get(start), known)) {
            return 1;
        }
        boolean joined = form.text().length() >= JOINED
                && !form.openStart()
                && start + 1 < words.size()
                && words.get(start).length() >= 3
                && form.text().startsWith(words.get(start))
                && form.matches(words.get(start) + words.get(start + 1), known);
        return joined ? 2 : 0;
    }

    /// One letter wrong, missing, too much, or two changed places; the first letter is right.
    static boolean isNear(String text, String word) {
        if (word.isEmpty() || text.charAt(0) != word.charAt(0) || Math.abs(text.length() - word.length()) > 1) {
            return false;
        }
        int i = 0;
        while (i < text.length() && i < word.length() && text.charAt(i) == word.charAt(i)) {
            i++;
        }
        int textLeft = text.length() - i;
        int wordLeft = word.length() - i;
        if (textLeft == 0 || wordLeft == 0) {
            return true;
        }
        return textLeft == wordLeft && text.regionMatches(i + 1, word, i + 1, textLeft - 1)
                || textLeft == wordLeft + 1 && text.regionMatches(i + 1, word, i, wordLeft)
                || wordLeft == textLeft + 1 && text.regionMatches(i, word, i + 1, textLeft)
                || textLeft == wordLeft
                        && textLeft > 1
                        && text.charAt(i) == word.charAt(i + 1)
                        && text.charAt(i + 1) == word.charAt(i)
                        && text.regionMatches(i + 2, word, i + 2, textLeft - 2);
    }
}
