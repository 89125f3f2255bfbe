package de.stadtkern.chat;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// A text as the rules compare it: words in small letters without accents, sentence by sentence; look-alike
/// letters of other scripts, figures put for letters and words spelled letter by letter are read as the word
/// they imitate.
record Wording(List<List<String>> sentences) {

    private static final Pattern END = Pattern.compile("[.!?;…]+(?:\\s+|$)|\\s[–—-]\\s");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[([\\p{L}-]+)]");
    private static final Pattern APOSTROPHE = Pattern.compile("(?<=\\p{L})['’‘`´](?=\\p{L})");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");
    private static final Pattern STRETCHED = Pattern.compile("(\\p{L})\\1{2,}");
    private static final Pattern LATIN = Pattern.compile("\\p{IsLatin}");
    private static final Pattern FIGURES = Pattern.compile("(?=.*\\p{L}.*\\p{L})(?=.*[013457]).{4,}");
    private static final Map<Character, Character> LIKE =
            likes("аaеeоoрpсcуyхxіiјjѕsԁdһhԛqԝwкkмmнhтtвbьbпnгrαaοoρpεeιiκkνvτtυuχxηn", "0o1i3e4a5s7t");

    Wording {
        sentences = List.copyOf(sentences);
    }

    static Wording of(String text) {
        String shown = PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> " x" + found.group(1).replace("-", "").toLowerCase(Locale.ROOT) + "x ");
        List<List<String>> sentences = new ArrayList<>();
        for (String sentence : END.split(shown)) {
            List<String> words = words(sentence);
            if (!words.isEmpty()) {
                sentences.add(words);
            }
        }
        return new Wording(sentences);
    }

    /// All words as one sentence.
    List<String> all() {
        return sentences.stream().flatMap(List::stream).toList();
    }

    /// As read from right to left.
    static Wording backwards(String text) {
        return of(new StringBuilder(text).reverse().toString());
    }

    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : BETWEEN.split(APOSTROPHE.matcher(text).replaceAll(""))) {
            if (!word.isEmpty()) {
                words.add(fold(word));
            }
        }
        return joinSpelled(words);
    }

    static String fold(String word) {
        String small = word.toLowerCase(Locale.ROOT)
                .replace("ä", "ae")
                .replace("ö", "oe")
                .replace("ü", "ue")
                .replace("ß", "ss")
                .replace("ı", "i");
        String plain =
                MARKS.matcher(Normalizer.normalize(small, Normalizer.Form.NFD)).replaceAll("");
        boolean latin = LATIN.matcher(plain).find();
        if (latin
                && (plain.chars().anyMatch(c -> c > 0x24F)
                        || FIGURES.matcher(plain).matches())) {
            plain = like(plain);
        }
        return STRETCHED.matcher(plain).replaceAll("$1");
    }

    private static String like(String word) {
        StringBuilder read = new StringBuilder();
        word.chars().forEach(letter -> read.append(LIKE.getOrDefault((char) letter, (char) letter)));
        return read.toString();
    }

    /// Four single letters in a row or more are one word.
    private static List<String> joinSpelled(List<String> words) {
        List<String> joined = new ArrayList<>();
        int start = 0;
        while (start < words.size()) {
            int end = start;
            while (end < words.size()
                    && words.get(end).codePointCount(0, words.get(end).length()) == 1) {
                end++;
            }
            if (end - start >= 4) {
                joined.add(String.join("", words.subList(start, end)));
                start = end;
            } else {
                joined.add(words.get(start));
                start++;
            }
        }
        return Collections.unmodifiableList(joined);
    }

    private static Map<Character, Character> likes(String... pairs) {
        Map<Character, Character> likes = new java.util.HashMap<>();
        for (String list : pairs) {
            for (int i = 0; i + 1 < list.length(); i += 2) {
                likes.put(list.charAt(i), list.charAt(i + 1));
            }
        }
        return Map.copyOf(likes);
    }
}
