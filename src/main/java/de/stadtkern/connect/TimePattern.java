package de.stadtkern.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a file writes its times. Reads straight from the line's letters into numbers: `java.time`'s own parser takes
/// some 800 ns for each value, this one some 30.
///
/// Known are `iso` (`2024-03-31T01:00`, also with a blank, seconds, an offset, or the date alone), `epoch-seconds`,
/// `epoch-millis`, and patterns of `yyyy`, `yy` (20yy), `MM`, `M`, `dd`, `d`, `HH`, `H`, `mm`, `ss`, `S` (digits of a
/// second), `X` (offset: `Z`, `+01`, `+01:00`) and `z` (`MEZ`, `MESZ`, `CET`, `CEST`, `UTC`); all else stands for
/// itself.
final class TimePattern {

    /// A time as it was written, re-used from line to line.
    static final class Written {
        /// Seconds since 1970 on the clock that was read.
        long localSeconds;

        int nanos;
        boolean hasOffset;
        int offsetSeconds;
    }

    private static final Map<String, Integer> ZONE_HOURS =
            Map.of("MEZ", 1, "MESZ", 2, "CET", 1, "CEST", 2, "UTC", 0, "GMT", 0, "Z", 0);
    private static final long YEAR_1 = -62_135_596_800L;
    private static final long YEAR_10000 = 253_402_300_800L;
    private static final String LETTERS = "yMdHmsSXz";
    private static final int[] DAYS = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    /// One part of a pattern: a field letter and how often it stands there, or 0 and a letter that stands for itself.
    private record Part(char field, int width, char literal) {}

    private enum Way {
        ISO,
        SECONDS,
        MILLIS,
        PARTS
    }

    private final String text;
    private final Way way;
    private final Part[] parts;

    private TimePattern(String text, Way way, List<Part> parts) {
        this.text = text;
        this.way = way;
        this.parts = parts.toArray(Part[]::new);
    }

    static TimePattern of(String text) {
        return switch (text) {
            case "iso" -> new TimePattern(text, Way.ISO, List.of());
            case "epoch-seconds" -> new TimePattern(text, Way.SECONDS, List.of());
            case "epoch-millis" -> new TimePattern(text, Way.MILLIS, List.of());
            default -> new TimePattern(text, Way.PARTS, parts(text));
        };
    }

    private static List<Part> parts(String text) {
        if (text.length() > 60) {
            throw new IllegalArgumentException("'%.60s…' is longer than any time".formatted(text));
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder seen = new StringBuilder();
        boolean quoted = false;
        for (int at = 0; at < text.length(); ) {
            char letter = text.charAt(at);
            int width = 1;
            if (letter == '\'') {
                quoted = !quoted;
            } else if (quoted || !Character.isLetter(letter)) {
                parts.add(new Part((char) 0, 1, letter));
            } else {
                while (at + width < text.length() && text.charAt(at + width) == letter) {
                    width++;
                }
                parts.add(field(text, letter, width));
                seen.append(letter);
            }
            at += width;
        }
        for (char needed : new char[] {'y', 'M', 'd'}) {
            if (seen.chars().filter(letter -> letter == needed).count() != 1) {
                throw new IllegalArgumentException("'%s' needs year, month and day once each".formatted(text));
            }
        }
        return parts;
    }

    private static Part field(String text, char letter, int width) {
        boolean known = LETTERS.indexOf(letter) >= 0
                && switch (letter) {
                    case 'y' -> width == 4 || width == 2;
                    case 'S' -> width <= 9;
                    case 'X', 'z' -> width <= 3;
                    default -> width <= 2;
                };
        if (!known) {
            throw new IllegalArgumentException("'%s' in '%s'; use iso or a pattern such as dd.MM.yyyy HH:mm"
                    .formatted(String.valueOf(letter).repeat(width), text));
        }
        return new Part(letter, width, (char) 0);
    }

    @Override
    public String toString() {
        return text;
    }

    /// Reads the letters from `from` to `to`; false if they are not written so, or name a time that no clock shows.
    boolean read(char[] letters, int from, int to, Written into) {
        var cursor = new Cursor(letters, from, to);
        boolean read = switch (way) {
            case ISO -> iso(cursor);
            case SECONDS -> cursor.epoch(1);
            case MILLIS -> cursor.epoch(1_000);
            case PARTS -> inParts(cursor);
        };
        return read && cursor.at == cursor.to && cursor.finish(into);
    }

    private static boolean iso(Cursor cursor) {
        if (!(cursor.number('y', 4, 4)
                && cursor.literal('-')
                && cursor.number('M', 2, 2)
                && cursor.literal('-')
                && cursor.number('d', 2, 2))) {
            return false;
        }
        if (cursor.at == cursor.to) {
            return true;
        }
        if (!(cursor.literal('T') || cursor.literal(' ') || cursor.literal('t'))
                || !cursor.number('H', 2, 2)
                || !cursor.literal(':')
                || !cursor.number('m', 2, 2)) {
            return false;
        }
        if (cursor.literal(':')) {
            if (!cursor.number('s', 2, 2)) {
                return false;
            }
            if ((cursor.literal('.') || cursor.literal(',')) && !cursor.fraction(9)) {
                return false;
            }
        }
        return cursor.at == cursor.to || cursor.offset();
    }

    private boolean inParts(Cursor cursor) {
        for (Part part : parts) {
            boolean read = switch (part.field) {
                case 0 -> cursor.literal(part.literal);
                case 'S' -> cursor.fraction(part.width);
                case 'X' -> cursor.offset();
                case 'z' -> cursor.zoneName();
                case 'y' -> cursor.number('y', part.width, part.width);
                default -> cursor.number(part.field, part.width, 2);
            };
            if (!read) {
                return false;
            }
        }
        return true;
    }

    /// Where the reading has come to, and what was read so far.
    private static final class Cursor {
        private final char[] letters;
        private final int to;
        private int at;
        private int year;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private int second;
        private int nanos;
        private boolean absolute;
        private long epochSeconds;
        private boolean hasOffset;
        private int offsetSeconds;

        Cursor(char[] letters, int from, int to) {
            this.letters = letters;
            this.at = from;
            this.to = to;
        }

        boolean literal(char wanted) {
            if (at < to && letters[at] == wanted) {
                at++;
                return true;
            }
            return false;
        }

        /// -1 if fewer than `least` digits stand here.
        private int digits(int least, int most) {
            int value = 0;
            int end = Math.min(to, at + most);
            int start = at;
            while (at < end && letters[at] >= '0' && letters[at] <= '9') {
                value = value * 10 + letters[at++] - '0';
            }
            return at - start < least ? -1 : value;
        }

        boolean number(char field, int least, int most) {
            int value = digits(least, most);
            switch (field) {
                case 'y' -> year = most == 2 ? 2000 + value : value;
                case 'M' -> month = value;
                case 'd' -> day = value;
                case 'H' -> hour = value;
                case 'm' -> minute = value;
                default -> second = value;
            }
            return value >= 0;
        }

        boolean fraction(int most) {
            int start = at;
            int value = digits(1, most);
            for (int read = at - start; read < 9; read++) {
                value *= 10;
            }
            nanos = value;
            return value >= 0;
        }

        boolean offset() {
            hasOffset = true;
            if (literal('Z') || literal('z')) {
                return true;
            }
            int sign = literal('+') ? 1 : literal('-') ? -1 : 0;
            int hours = digits(2, 2);
            if (sign == 0 || hours < 0 || hours > 18) {
                return false;
            }
            int minutes = literal(':') || at < to ? digits(2, 2) : 0;
            offsetSeconds = sign * (hours * 3_600 + minutes * 60);
            return minutes >= 0 && minutes < 60;
        }

        boolean zoneName() {
            int start = at;
            while (at < to && Character.isLetter(letters[at]) && at - start < 5) {
                at++;
            }
            Integer hours = ZONE_HOURS.get(new String(letters, start, at - start));
            hasOffset = true;
            offsetSeconds = hours == null ? 0 : hours * 3_600;
            return hours != null;
        }

        boolean epoch(int unit) {
            int sign = literal('-') ? -1 : 1;
            long value = 0;
            int start = at;
            while (at < to && at - start < 16 && letters[at] >= '0' && letters[at] <= '9') {
                value = value * 10 + letters[at++] - '0';
            }
            absolute = true;
            hasOffset = true;
            epochSeconds = Math.floorDiv(sign * value, (long) unit);
            nanos = (int) Math.floorMod(sign * value, (long) unit) * (1_000_000_000 / unit);
            return at > start && epochSeconds >= YEAR_1 && epochSeconds < YEAR_10000;
        }

        boolean finish(Written into) {
            if (absolute) {
                into.localSeconds = epochSeconds;
            } else {
                // 24:00 is how many German logs write the end of a day.
                boolean endOfDay = hour == 24 && minute == 0 && second == 0 && nanos == 0;
                if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOfMonth()) {
                    return false;
                }
                if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) {
                    return false;
                }
                into.localSeconds = days() * 86_400 + hour * 3_600L + minute * 60L + second;
            }
            into.nanos = nanos;
            into.hasOffset = hasOffset;
            into.offsetSeconds = offsetSeconds;
            return true;
        }

        private int daysOfMonth() {
            return month == 2 && isLeap() ? 29 : DAYS[month - 1];
        }

        private boolean isLeap() {
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        }

        /// Days since 1970 of a Gregorian date, counted in years that begin in March so that the leap day comes last.
        private long days() {
            long marchYear = month > 2 ? year : year - 1;
            long monthFromMarch = (month + 9L) % 12;
            long era = Math.floorDiv(marchYear, 400L);
            long yearOfEra = marchYear - era * 400;
            long dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
            long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
            return era * 146_097 + dayOfEra - 719_468;
        }
    }
}
