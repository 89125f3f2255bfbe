package de.stadtkern.connect;

import java.util.Arrays;
import java.util.Set;

/// A few texts to be recognised among a line's letters without making a `String` of each field.
final class Texts {

    private final char[][] texts;

    Texts(Set<String> texts) {
        this.texts = texts.stream().map(String::toCharArray).toArray(char[][]::new);
    }

    boolean has(CsvLine line, int field) {
        for (char[] text : texts) {
            if (Arrays.equals(text, 0, text.length, line.letters, line.from[field], line.to[field])) {
                return true;
            }
        }
        return false;
    }
}
