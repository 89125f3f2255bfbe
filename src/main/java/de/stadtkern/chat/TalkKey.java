package de.stadtkern.chat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Random, and all there is to a talk: whoever holds it reads the talk and goes on with it. Here only its hash is kept.
record TalkKey(String text) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    private static final String CONSONANTS = "bdfgklmnprstvw";
    private static final String VOWELS = "aeiou";
    private static final int GROUPS = 5;
    private static final int SYLLABLES = 2;

    static TalkKey random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new TalkKey(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// Empty for what cannot be one.
    static Optional<TalkKey> of(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new TalkKey(text)) : Optional.empty();
    }

    byte[] hash() {
        return sha256("key:" + text);
    }

    /// To be written down or read out: 61 bits in five groups of two syllables. Who knows it can delete the talk and
    /// nothing else; the key cannot be told from it.
    String word() {
        byte[] bytes = sha256("word:" + text);
        List<String> groups = new ArrayList<>();
        for (int group = 0; group < GROUPS; group++) {
            StringBuilder said = new StringBuilder();
            for (int syllable = 0; syllable < SYLLABLES; syllable++) {
                int at = 2 * (group * SYLLABLES + syllable);
                said.append(CONSONANTS.charAt((bytes[at] & 0xff) % CONSONANTS.length()))
                        .append(VOWELS.charAt((bytes[at + 1] & 0xff) % VOWELS.length()));
            }
            groups.add(said.toString());
        }
        return String.join("-", groups);
    }

    /// Of a code word as somebody types it: capitals, blanks and hyphens do not matter.
    static byte[] hashOfWord(String typed) {
        return sha256("typed:" + typed.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", ""));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    /// Not in logs, by no accident.
    @Override
    public String toString() {
        return "TalkKey";
    }
}
