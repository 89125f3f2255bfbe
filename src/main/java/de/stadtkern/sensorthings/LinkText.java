package de.stadtkern.sensorthings;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/// The links of an entity in an answer: three of them are most of what an Observation weighs, and they differ in one
/// number. What stands before it is made ready for JSON once for all rows, the number once for all links of a row.
final class LinkText {

    private static final int DIGITS = 20;

    private final int prefix;
    private byte[] bytes;
    private int length;
    private long id;

    /// @param before what stands before the id
    LinkText(String before) {
        byte[] quoted = new SerializedString(before).asQuotedUTF8();
        prefix = quoted.length;
        bytes = Arrays.copyOf(quoted, prefix + DIGITS);
        put(0);
    }

    /// @param after what stands after the id: ASCII that JSON takes as it is
    void write(JsonGenerator json, SerializableString name, long id, byte[] after) {
        if (id != this.id) {
            put(id);
        }
        int end = length + after.length;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, end + DIGITS);
        }
        System.arraycopy(after, 0, bytes, length, after.length);
        json.writeName(name);
        json.writeRawUTF8String(bytes, 0, end);
    }

    private void put(long id) {
        byte[] digits = Long.toString(id).getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(digits, 0, bytes, prefix, digits.length);
        length = prefix + digits.length;
        this.id = id;
    }
}
