package de.stadtkern.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A part of a text that can be quoted.
///
/// @param anchor  of its address, empty for none
/// @param heading may be empty
/// @param body    lines of text; list items begin with a bullet
record Section(String anchor, String heading, String body) {

    private static final int SHINGLE = 3;
    private static final int BITS = 64;
    /// Two sections that differ in no more bits than this say the same: nine tenths of their words are equal.
    private static final int NEAR = 8;

    /// A number that is near to that of a nearly equal text (a simhash); 0 where there is too little text to say.
    long likeness() {
        List<String> words = new ArrayList<>();
        for (String word : body.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.size() < 2 * SHINGLE) {
            return 0;
        }
        int[] votes = new int[BITS];
        for (int at = 0; at + SHINGLE <= words.size(); at++) {
            long hash = hash(String.join(" ", words.subList(at, at + SHINGLE)));
            for (int bit = 0; bit < BITS; bit++) {
                votes[bit] += (hash >>> bit & 1) == 1 ? 1 : -1;
            }
        }
        long likeness = 0;
        for (int bit = 0; bit < BITS; bit++) {
            likeness |= votes[bit] > 0 ? 1L << bit : 0;
        }
        return likeness == 0 ? 1 : likeness;
    }

    static boolean areAlike(long one, long other) {
        return one != 0 && other != 0 && Long.bitCount(one ^ other) <= NEAR;
    }

    /// FNV-1a, spread once more so that every bit depends on every letter.
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x100000001b3L;
        }
        hash = (hash ^ hash >>> 32) * 0xd6e8feb86659fd93L;
        return hash ^ hash >>> 32;
    }
}
