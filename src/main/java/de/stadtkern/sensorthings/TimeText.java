package de.stadtkern.sensorthings;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;

/// A moment or a stretch of time of an entity in an answer, as [java.time.Instant] writes it. By hand, because an
/// answer of many Observations is mostly links and times; and in the order of time, one moment often comes many
/// times.
final class TimeText {

    private static final int LONGEST = 2 * "-4000-01-01T00:00:00.000000Z".length() + 16;

    private final byte[] bytes = new byte[LONGEST];
    private int length;
    private @Nullable OffsetDateTime start;
    private @Nullable OffsetDateTime end;

    /// @param end null for a moment
    void write(JsonGenerator json, SerializableString name, OffsetDateTime start, @Nullable OffsetDateTime end) {
        if (!start.equals(this.start) || !Objects.equals(end, this.end)) {
            length = put(0, start);
            if (end != null) {
                bytes[length++] = '/';
                length = put(length, end);
            }
            this.start = start;
            this.end = end;
        }
        json.writeName(name);
        json.writeRawUTF8String(bytes, 0, length);
    }

    private int put(int from, OffsetDateTime time) {
        int year = time.getYear();
        if (year < 0 || year > 9_999 || !time.getOffset().equals(ZoneOffset.UTC)) {
            byte[] text = time.toInstant().toString().getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(text, 0, bytes, from, text.length);
            return from + text.length;
        }
        int at = digits(from, year, 4, '-');
        at = digits(at, time.getMonthValue(), 2, '-');
        at = digits(at, time.getDayOfMonth(), 2, 'T');
        at = digits(at, time.getHour(), 2, ':');
        at = digits(at, time.getMinute(), 2, ':');
        int micros = time.getNano() / 1_000;
        at = digits(at, time.getSecond(), 2, micros == 0 ? 'Z' : '.');
        return micros == 0 ? at : micros % 1_000 == 0 ? digits(at, micros / 1_000, 3, 'Z') : digits(at, micros, 6, 'Z');
    }

    private int digits(int from, int number, int count, char behind) {
        int rest = number;
        for (int at = from + count - 1; at >= from; at--) {
            bytes[at] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        bytes[from + count] = (byte) behind;
        return from + count + 1;
    }
}
