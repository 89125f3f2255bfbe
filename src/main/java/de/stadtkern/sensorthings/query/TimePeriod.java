package de.stadtkern.sensorthings.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// A moment, or a stretch of time whose end is not included, as SensorThings writes them: ISO 8601 with an offset,
/// `start/end` for a stretch. Read by hand, because every Observation that comes in passes here (a tenth of the time
/// of the general parser).
public record TimePeriod(Instant start, @Nullable Instant end) {

    public TimePeriod {
        if (end != null && end.isBefore(start)) {
            throw new DateTimeException("The end %s lies before the start %s".formatted(end, start));
        }
    }

    /// Throws a [DateTimeException] whose message says what is expected.
    public static TimePeriod parse(String text) {
        int slash = text.indexOf('/');
        return slash < 0
                ? new TimePeriod(instant(text), null)
                : new TimePeriod(instant(text.substring(0, slash)), instant(text.substring(slash + 1)));
    }

    /// A moment with any offset: `2026-11-22T14:30:00Z`, `…+01:00`, `…+0100`. Seconds may be missing; more than six
    /// digits of a second are cut, because the store keeps microseconds. Throws a [DateTimeException].
    public static Instant instant(String text) {
        Digits digits = new Digits(text);
        int year = digits.number(4);
        digits.expect('-');
        int month = digits.number(2);
        digits.expect('-');
        int day = digits.number(2);
        digits.expect('T');
        int hour = digits.number(2);
        digits.expect(':');
        int minute = digits.number(2);
        int second = digits.accept(':') ? digits.number(2) : 0;
        int micros = digits.accept('.') || digits.accept(',') ? digits.fraction() : 0;
        int offset = digits.offset();
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second, micros * 1_000)
                    .toInstant(ZoneOffset.UTC)
                    .minusSeconds(offset);
        } catch (DateTimeException impossible) {
            throw new DateTimeException("'%s' is no moment: %s".formatted(text, impossible.getMessage()));
        }
    }

    public String text() {
        return end == null ? start.toString() : start + "/" + end;
    }

    private static final class Digits {
        private final String text;
        private int at;

        Digits(String text) {
            this.text = text;
        }

        int number(int count) {
            int value = 0;
            for (int i = 0; i < count; i++) {
                value = value * 10 + digit();
            }
            return value;
        }

        private int digit() {
            char c = at < text.length() ? text.charAt(at) : ' ';
            if (c < '0' || c > '9') {
                throw unreadable();
            }
            at++;
            return c - '0';
        }

        int fraction() {
            int value = digit() * 100_000;
            for (int unit = 10_000; at < text.length() && Character.digit(text.charAt(at), 10) >= 0; unit /= 10) {
                value += digit() * unit;
            }
            return value;
        }

        void expect(char c) {
            if (!accept(c) && !(c == 'T' && accept('t'))) {
                throw unreadable();
            }
        }

        boolean accept(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        /// Seconds east of Greenwich.
        int offset() {
            int sign = accept('+') ? 1 : accept('-') ? -1 : 0;
            int seconds = 0;
            if (sign != 0) {
                int hours = number(2);
                boolean colon = accept(':');
                int minutes = colon || at < text.length() ? number(2) : 0;
                if (hours > 18 || minutes > 59) {
                    throw unreadable();
                }
                seconds = sign * (hours * 3600 + minutes * 60);
            } else if (!accept('Z') && !accept('z')) {
                throw unreadable();
            }
            if (at != text.length()) {
                throw unreadable();
            }
            return seconds;
        }

        private DateTimeException unreadable() {
            String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
            return new DateTimeException(
                    "'%s' is not a time with an offset; write it like 2026-11-22T14:30:00+01:00 or 2026-11-22T13:30:00Z"
                            .formatted(shown));
        }
    }
}
