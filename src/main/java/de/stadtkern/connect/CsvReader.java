package de.stadtkern.connect;

import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/// Cuts a file into lines and fields, in memory that does not grow with the file or its fields, and with its lines only
/// where one is longer than usual.
///
/// A parser of its own, because of what happens at a stray quote: it must cost the line it stands in, not everything
/// behind it. So a line that cannot be read is refused, and reading goes on at the next line break after its
/// beginning.
final class CsvReader {

    /// In letters. A result of megabytes or a feature with hundred thousands of corners fits in, quotes doubled.
    static final int MAX_LINE = 16 << 20;

    /// Lines of measured values are shorter than this.
    private static final int USUAL_LINE = 64 * 1024;

    private static final int USUAL_BUFFER = 4 * USUAL_LINE;

    private final Reader source;
    private final char separator;
    private final char quote;
    private char[] letters = new char[USUAL_BUFFER];
    private int longest = USUAL_LINE;
    private int at;
    private int limit;
    private boolean ended;
    private long line;
    private int breaksInside;

    /// @param firstLine number of the line the reader stands at
    CsvReader(Reader source, char separator, char quote, long firstLine) {
        this.source = source;
        this.separator = separator;
        this.quote = quote;
        this.line = firstLine;
    }

    /// Reads the next line that is not empty; false at the end of the file.
    boolean next(CsvLine into) throws IOException {
        while (true) {
            longest = USUAL_LINE;
            fill();
            if (at == limit) {
                return false;
            }
            into.number = line;
            into.problem = null;
            while (!cut(into)) {
                lookFarther();
            }
            into.letters = letters;
            boolean empty = into.problem == null && into.count == 1 && into.isEmpty(0);
            if (!empty) {
                return true;
            }
        }
    }

    /// A line may be longer than the ones before it.
    private void lookFarther() throws IOException {
        longest = 4 * longest;
        if (letters.length <= longest) {
            letters = Arrays.copyOf(letters, longest + USUAL_LINE);
        }
        fill();
    }

    /// Makes sure that the longest line looked for is in memory as a whole. The memory for a very long one is given
    /// back when what is left of it is short again.
    private void fill() throws IOException {
        if (ended || limit - at > longest) {
            return;
        }
        boolean isTooLarge = longest == USUAL_LINE && letters.length > USUAL_BUFFER;
        char[] before = letters;
        letters = isTooLarge ? new char[USUAL_BUFFER] : letters;
        System.arraycopy(before, at, letters, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < letters.length) {
            int read = source.read(letters, limit, letters.length - limit);
            if (read < 0) {
                ended = true;
                return;
            }
            limit += read;
        }
    }

    /// False if nothing can be said without looking farther.
    private boolean cut(CsvLine into) throws IOException {
        int start = at;
        int end = Math.min(limit, start + longest);
        boolean isAll = end == limit && ended;
        int field = start;
        boolean escaped = false;
        breaksInside = 0;
        into.count = 0;
        while (true) {
            if (into.count == CsvLine.MAX_FIELDS) {
                return refuse(into, start, Reason.of(Reason.Kind.TOO_MANY_FIELDS, CsvLine.MAX_FIELDS));
            }
            boolean quoted = field < end && letters[field] == quote;
            int close = quoted ? quotedField(into, field, end) : plainField(into, field, end);
            if ((close < 0 || close == end) && !isAll && longest < MAX_LINE) {
                return false;
            }
            if (close < 0) {
                return refuse(into, start, Reason.of(Reason.Kind.OPEN_QUOTE));
            }
            escaped |= into.to[into.count] < 0;
            into.count++;
            if (close == end && !isAll) {
                return refuse(into, start, Reason.of(Reason.Kind.TOO_LONG, MAX_LINE));
            }
            if (close == end || letters[close] == '\n' || letters[close] == '\r') {
                at = behindBreak(close);
                line += 1 + breaksInside;
                if (escaped) {
                    unescape(into);
                }
                return true;
            }
            if (letters[close] != separator) {
                return refuse(into, start, Reason.of(Reason.Kind.BEHIND_QUOTE));
            }
            field = close + 1;
        }
    }

    private int plainField(CsvLine into, int field, int end) {
        int close = field;
        while (close < end && letters[close] != separator && letters[close] != '\n' && letters[close] != '\r') {
            close++;
        }
        into.from[into.count] = field;
        into.to[into.count] = close;
        return close;
    }

    /// Returns what comes behind the closing quote, -1 if there is none. A field with doubled quotes is marked by a
    /// negative end.
    private int quotedField(CsvLine into, int field, int end) {
        boolean escaped = false;
        int close = field + 1;
        while (close < end && (letters[close] != quote || (close + 1 < end && letters[close + 1] == quote))) {
            if (letters[close] == quote) {
                escaped = true;
                close++;
            } else if (letters[close] == '\n') {
                breaksInside++;
            }
            close++;
        }
        into.from[into.count] = field + 1;
        into.to[into.count] = escaped ? -close : close;
        return close >= end ? -1 : close + 1;
    }

    private int behindBreak(int close) {
        if (close < limit && letters[close] == '\r' && close + 1 < limit && letters[close + 1] == '\n') {
            return close + 2;
        }
        return Math.min(limit, close + 1);
    }

    /// Only now that the whole line is good: a line that is refused must be found again as it was.
    private void unescape(CsvLine into) {
        for (int field = 0; field < into.count; field++) {
            if (into.to[field] >= 0) {
                continue;
            }
            int end = -into.to[field];
            int write = into.from[field];
            for (int read = into.from[field]; read < end; read++) {
                letters[write++] = letters[read];
                if (letters[read] == quote) {
                    read++;
                }
            }
            into.to[field] = write;
        }
    }

    /// Goes on behind the first line break after `start`, however far away that is.
    private boolean refuse(CsvLine into, int start, Reason why) throws IOException {
        into.problem = why;
        into.count = 0;
        int look = start;
        while (look < limit && look < start + 80 && letters[look] != '\n' && letters[look] != '\r') {
            look++;
        }
        into.excerpt = new String(letters, start, look - start);
        at = start;
        while (true) {
            while (at < limit && letters[at] != '\n' && letters[at] != '\r') {
                at++;
            }
            if (at == limit - 1) {
                fill(); // the second half of a line break may still be outside
            }
            if (at < limit) {
                at = behindBreak(at);
                line++;
                return true;
            }
            if (ended) {
                return true;
            }
            fill();
        }
    }
}
