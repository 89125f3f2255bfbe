package de.stadtkern.connect;

import org.jspecify.annotations.Nullable;

/// One line of a file, re-used for the next: where its fields begin and end in the reader's letters.
final class CsvLine {

    static final int MAX_FIELDS = 2_000;

    char[] letters = new char[0];
    final int[] from = new int[MAX_FIELDS];
    final int[] to = new int[MAX_FIELDS];
    int count;

    /// As an editor counts them, the first is 1.
    long number;

    /// Why it cannot be cut into fields; null if it can.
    @Nullable
    Reason problem;

    /// How a line begins that has a problem.
    String excerpt = "";

    /// In letters, without the ends.
    int length() {
        return count == 0 ? 0 : to[count - 1] - from[0];
    }

    boolean isEmpty(int field) {
        return from[field] == to[field];
    }

    String field(int field) {
        return new String(letters, from[field], to[field] - from[field]);
    }

    /// The letters of the field without blanks around it, no-break spaces included.
    void trim(int field) {
        while (from[field] < to[field] && isBlank(letters[from[field]])) {
            from[field]++;
        }
        while (from[field] < to[field] && isBlank(letters[to[field] - 1])) {
            to[field]--;
        }
    }

    private static boolean isBlank(char letter) {
        return letter <= ' ' || letter == '\u00a0' || letter == '\u202f';
    }
}
