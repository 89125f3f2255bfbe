package de.stadtkern.chat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/// In which language something is asked, known by its letters and its most frequent words.
final class Tongue {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{M}]+");
    private static final Pattern ARABIC = Pattern.compile("\\p{IsArabic}");
    private static final Pattern PERSIAN = Pattern.compile("[پچژگ]");
    private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}{2,}");
    private static final Pattern UKRAINIAN = Pattern.compile("[іїєґІЇЄҐ]");
    private static final Pattern RUSSIAN = Pattern.compile("[ыэъёЫЭЪЁ]");
    private static final Map<String, Pattern> OWN_LETTERS = Map.of(
            "de", Pattern.compile("[äßÄ]"),
            "tr", Pattern.compile("[ğışİĞŞ]"),
            "pl", Pattern.compile("[ąęłńśźżĄĘŁŚŻ]"),
            "ro", Pattern.compile("[țșăȚȘ]"),
            "es", Pattern.compile("[ñ¿¡]"),
            "fr", Pattern.compile("[èêçœùÈÇ]"));
    private static final List<String> LATIN = List.of("de", "en", "tr", "fr", "es", "it", "pl", "ro");
    private static final Map<String, Set<String>> WORDS = read();

    private Tongue() {}

    /// Empty where nothing tells, as for a single name.
    static Optional<Locale> of(String text) {
        return tag(text).map(Locale::forLanguageTag);
    }

    private static Optional<String> tag(String text) {
        long letters = text.codePoints().filter(Character::isLetter).count();
        if (ARABIC.matcher(text).results().count() * 2 > letters) {
            return Optional.of(PERSIAN.matcher(text).find() || count("fa", text) > count("ar", text) ? "fa" : "ar");
        }
        long cyrillic = CYRILLIC.matcher(text)
                .results()
                .mapToLong(found -> found.group().length())
                .sum();
        if (cyrillic * 2 > letters) {
            return Optional.of(cyrillic(text));
        }
        return LATIN.stream()
                .filter(language -> count(language, text) > 0)
                .max(Comparator.<String>comparingInt(language -> count(language, text))
                        .thenComparingInt(language -> -LATIN.indexOf(language)));
    }

    private static String cyrillic(String text) {
        int ukrainian = count("uk", text) + (UKRAINIAN.matcher(text).find() ? 3 : 0);
        int russian = count("ru", text) + (RUSSIAN.matcher(text).find() ? 3 : 0);
        return ukrainian > russian ? "uk" : "ru";
    }

    private static int count(String language, String text) {
        Set<String> words = WORDS.getOrDefault(language, Set.of());
        int count = 0;
        for (String word : BETWEEN.split(text.toLowerCase(Locale.ROOT))) {
            count += words.contains(word) ? 1 : 0;
        }
        Pattern letters = OWN_LETTERS.get(language);
        return count + (letters != null && letters.matcher(text).find() ? 2 : 0);
    }

    private static Map<String, Set<String>> read() {
        Properties written = new Properties();
        try (InputStream stream = Tongue.class.getResourceAsStream("/chat/tongues.properties")) {
            if (stream == null) {
                throw new IllegalStateException("chat/tongues.properties is missing");
            }
            written.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, Set<String>> words = new HashMap<>();
        written.stringPropertyNames()
                .forEach(language -> words.put(
                        language,
                        Set.copyOf(List.of(written.getProperty(language, "").split(" ")))));
        return Map.copyOf(words);
    }
}
