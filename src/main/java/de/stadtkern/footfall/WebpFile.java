package de.stadtkern.footfall;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A WebP, chunk by chunk (RFC 9649): only chunks that make the picture come through, so what cameras note does not.
/// The JDK reads no WebP, so its pixels are not drawn anew.
final class WebpFile {

    private static final Set<String> PIXELS = Set.of("VP8X", "VP8 ", "VP8L", "ALPH", "ICCP");
    private static final int HEAD = 12;
    /// Bits of the extended header that say Exif, XMP and animation are there.
    private static final int NOTES = 0x08 | 0x04 | 0x02;

    private WebpFile() {}

    private record Size(int width, int height) {}

    static DocumentFile stripped(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        if (in.capacity() < HEAD || Integer.toUnsignedLong(in.getInt(4)) + 8 > content.length) {
            throw DocumentFile.broken();
        }
        int end = (int) (Integer.toUnsignedLong(in.getInt(4)) + 8);
        var kept = new ByteArrayOutputStream();
        @Nullable Size size = null;
        boolean hasPicture = false;
        for (int at = HEAD; at + 8 <= end; ) {
            String type = new String(content, at, 4, StandardCharsets.ISO_8859_1);
            long length = Integer.toUnsignedLong(in.getInt(at + 4));
            if (at + 8 + length > end || type.equals("ANIM") || type.equals("ANMF")) {
                throw DocumentFile.broken();
            }
            int padded = (int) Math.min(length + (length & 1), end - at - 8L);
            if (PIXELS.contains(type)) {
                byte[] chunk = java.util.Arrays.copyOfRange(content, at, at + 8 + padded);
                if (type.equals("VP8X") && length >= 10) {
                    chunk[8] &= (byte) ~NOTES;
                }
                kept.writeBytes(chunk);
                size = size == null ? size(type, in, at + 8, (int) length) : size;
                hasPicture |= type.startsWith("VP8") && !type.equals("VP8X");
            }
            at += 8 + padded;
        }
        if (size == null || !hasPicture) {
            throw DocumentFile.broken();
        }
        if (size.width() > Photo.LONGEST_SIDE
                || size.height() > Photo.LONGEST_SIDE
                || (long) size.width() * size.height() > Photo.MOST_PIXELS) {
            throw DocumentFile.tooManyPixels();
        }
        return new DocumentFile("image/webp", whole(kept.toByteArray()), size.width(), size.height());
    }

    private static byte[] whole(byte[] chunks) {
        return ByteBuffer.allocate(HEAD + chunks.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(4 + chunks.length)
                .put("WEBP".getBytes(StandardCharsets.ISO_8859_1))
                .put(chunks)
                .array();
    }

    private static @Nullable Size size(String type, ByteBuffer in, int at, int length) {
        if (length < 10) {
            throw DocumentFile.broken();
        }
        return switch (type) {
            case "VP8X" -> new Size((in.getInt(at + 4) & 0xffffff) + 1, (in.getInt(at + 6) >>> 8) + 1);
            case "VP8 " -> new Size(in.getShort(at + 6) & 0x3fff, in.getShort(at + 8) & 0x3fff);
            case "VP8L" -> new Size((in.getInt(at + 1) & 0x3fff) + 1, (in.getInt(at + 1) >>> 14 & 0x3fff) + 1);
            default -> null;
        };
    }
}
