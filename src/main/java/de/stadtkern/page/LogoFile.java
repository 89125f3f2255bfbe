package de.stadtkern.page;

import de.stadtkern.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;

/// A file that can be a town's logo: a PNG, or an SVG that draws and does nothing else. What a file is stands in its
/// first bytes, not in its name; what cannot be a logo is refused at the field `logo`.
public final class LogoFile {

    public static final int LARGEST = 256 * 1024;
    public static final int LONGEST_SIDE = 2000;

    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final int CHUNK_AROUND = 12;
    private static final int HEADER_LENGTH = 13;
    private static final int HASH = 10;

    private final TownLogo logo;
    private final byte[] content;

    private LogoFile(TownLogo logo, byte[] content) {
        this.logo = logo;
        this.content = content;
    }

    /// @param width  for an SVG in relation to the height
    record Size(int width, int height) {}

    public static LogoFile of(byte[] content) {
        if (content.length > LARGEST) {
            throw Problem.field(
                    "logo",
                    "logo-too-large",
                    "A logo has at most %d kB.".formatted(LARGEST / 1024),
                    Map.of("kilobytes", LARGEST / 1024));
        }
        if (Arrays.mismatch(content, PNG) == PNG.length) {
            return new LogoFile(named(content, sizeOfPng(content), "png"), content);
        }
        if (new String(content, StandardCharsets.UTF_8)
                .replace("\ufeff", "")
                .stripLeading()
                .startsWith("<")) {
            return new LogoFile(named(content, LogoDrawing.check(content), "svg"), content);
        }
        throw refused("logo-kind", "A logo is a PNG or an SVG; this file is neither, whatever its name says.");
    }

    private static TownLogo named(byte[] content, Size size, String ending) {
        String hash = HexFormat.of().formatHex(sha256(content), 0, HASH);
        return new TownLogo(
                "%s-%dx%d.%s".formatted(hash, size.width(), size.height(), ending), size.width(), size.height());
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// From chunk to chunk up to the end, each against its checksum, without unpacking a single pixel: whole and of
    /// a bearable size is all that must be known here.
    private static Size sizeOfPng(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        in.position(PNG.length);
        Size size = null;
        while (in.remaining() >= CHUNK_AROUND) {
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                break;
            }
            String type = new String(content, in.position(), 4, StandardCharsets.US_ASCII);
            CRC32 sum = new CRC32();
            sum.update(content, in.position(), length + 4);
            int data = in.position() + 4;
            in.position(data + length);
            boolean isHeader = type.equals("IHDR") && length == HEADER_LENGTH;
            if (in.getInt() != (int) sum.getValue() || isHeader != (size == null)) {
                break;
            }
            if (size == null) {
                size = bearable(in.getInt(data), in.getInt(data + 4));
            }
            if (type.equals("acTL")) {
                throw moving(type);
            }
            if (type.equals("IEND")) {
                if (in.hasRemaining()) {
                    break;
                }
                return size;
            }
        }
        throw refused("logo-broken", "This PNG is damaged or not whole.");
    }

    private static Size bearable(int width, int height) {
        if (width <= 0 || height <= 0) {
            throw refused("logo-broken", "This PNG is damaged or not whole.");
        }
        if (width > LONGEST_SIDE || height > LONGEST_SIDE) {
            throw Problem.field(
                    "logo",
                    "logo-side",
                    "A logo has at most %d pixels on a side; this one has %d × %d."
                            .formatted(LONGEST_SIDE, width, height),
                    Map.of("most", LONGEST_SIDE));
        }
        return new Size(width, height);
    }

    static Problem refused(String name, String message) {
        return Problem.field("logo", name, message);
    }

    static Problem moving(String what) {
        return Problem.field(
                "logo",
                "logo-moving",
                "A logo does not move; this one has '%s'.".formatted(what),
                Map.of("what", what));
    }

    /// Under which it is known from now on; the same file has the same name everywhere.
    public String name() {
        return logo.name();
    }

    byte[] content() {
        return content;
    }
}
