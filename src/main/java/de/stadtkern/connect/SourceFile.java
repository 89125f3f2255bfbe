package de.stadtkern.connect;

import de.stadtkern.problem.Problem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// A file to be imported, wherever it lies. Recognises gzip, byte order marks and charsets by looking at its first
/// bytes, and says which other kind of file it is if it is no text.
///
/// @param name as people know it
/// @param size in bytes as it lies there, compressed or not; progress is counted in these
public record SourceFile(String name, long size, Opening opening) {

    private static final int LOOK = 64 * 1024;

    /// Opens the bytes from the beginning.
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    public static SourceFile of(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Problem(
                    Problem.Kind.MISSING,
                    "file-unreadable",
                    "There is no file '%s' that Stadtkern may read.".formatted(file));
        }
        return new SourceFile(file.getFileName().toString(), Files.size(file), () -> Files.newInputStream(file));
    }

    /// The file as letters, and how many of its bytes were read so far.
    static final class Text implements AutoCloseable {
        private final Counting bytes;
        private final Charset charset;
        private final Reader reader;
        private final @Nullable Unpacking unpacking;

        private Text(Counting bytes, Charset charset, Reader reader, @Nullable Unpacking unpacking) {
            this.bytes = bytes;
            this.charset = charset;
            this.reader = reader;
            this.unpacking = unpacking;
        }

        /// Whether a packed file broke off before its end.
        boolean isBroken() {
            return unpacking != null && unpacking.broken;
        }

        /// By which the letters are read.
        Charset charset() {
            return charset;
        }

        Reader reader() {
            return reader;
        }

        long bytesRead() {
            return bytes.count;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /// @param charset null: found out
    Text open(@Nullable Charset charset) throws IOException {
        var bytes = new Counting(opening.open());
        try {
            var raw = new BufferedInputStream(bytes, LOOK);
            Unpacking unpacking = isPacked(raw) ? unpacking(raw) : null;
            InputStream plain = unpacking == null ? raw : new BufferedInputStream(unpacking, LOOK);
            byte[] first = look(plain, LOOK);
            refuseOtherKinds(first);
            Mark mark = Mark.of(first);
            Charset used = mark != null ? mark.charset : charset != null ? charset : guess(first);
            plain.skipNBytes(mark == null ? 0 : mark.length);
            return new Text(bytes, used, new InputStreamReader(plain, used), unpacking);
        } catch (IOException | RuntimeException refused) {
            bytes.close();
            throw refused;
        }
    }

    private static boolean isPacked(InputStream raw) throws IOException {
        byte[] first = look(raw, 2);
        return first.length == 2 && first[0] == (byte) 0x1f && first[1] == (byte) 0x8b;
    }

    private Unpacking unpacking(InputStream raw) throws IOException {
        try {
            return new Unpacking(new GZIPInputStream(raw, LOOK));
        } catch (ZipException | EOFException damaged) {
            throw kind("a damaged gzip file");
        }
    }

    private static byte[] look(InputStream stream, int length) throws IOException {
        stream.mark(length);
        byte[] first = stream.readNBytes(length);
        stream.reset();
        return first;
    }

    private void refuseOtherKinds(byte[] first) {
        if (first.length == 0) {
            throw kind("empty");
        }
        String start = new String(first, 0, Math.min(8, first.length), StandardCharsets.ISO_8859_1);
        if (start.startsWith("PK\u0003\u0004")) {
            throw kind("a zip file or an Excel or LibreOffice table");
        }
        if (start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
            throw kind("an old Excel table");
        }
        if (start.startsWith("%PDF")) {
            throw kind("a PDF");
        }
        if (Mark.of(first) == null) {
            for (byte value : first) {
                if (value == 0) {
                    throw kind("no text file");
                }
            }
        }
    }

    private Problem kind(String what) {
        return new Problem(
                Problem.Kind.INVALID,
                "file-kind",
                "'%s' is %s. What can be imported is text with separators (CSV), also packed with gzip; a table program saves it so with 'Save as: CSV'."
                        .formatted(name, what),
                Map.of("file", name));
    }

    /// UTF-8 if the beginning is, else what German table programs write.
    private static Charset guess(byte[] first) {
        int length = first.length;
        // A letter of several bytes may be cut in two where the look ends.
        for (int back = 0; first.length == LOOK && back < 4 && length > 1 && first[length - 1] < 0; back++) {
            length--;
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(first, 0, length));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException other) {
            return Charset.forName("windows-1252");
        }
    }

    private enum Mark {
        UTF_8(StandardCharsets.UTF_8, 0xef, 0xbb, 0xbf),
        UTF_16_LE(StandardCharsets.UTF_16LE, 0xff, 0xfe),
        UTF_16_BE(StandardCharsets.UTF_16BE, 0xfe, 0xff);

        private final Charset charset;
        private final int[] bytes;
        private final int length;

        Mark(Charset charset, int... bytes) {
            this.charset = charset;
            this.bytes = bytes;
            this.length = bytes.length;
        }

        static @Nullable Mark of(byte[] first) {
            for (Mark mark : values()) {
                boolean same = first.length >= mark.length;
                for (int at = 0; same && at < mark.length; at++) {
                    same = (first[at] & 0xff) == mark.bytes[at];
                }
                if (same) {
                    return mark;
                }
            }
            return null;
        }
    }

    /// Ends where a packed file breaks off, so that what came before is not lost.
    private static final class Unpacking extends FilterInputStream {
        private boolean broken;

        Unpacking(GZIPInputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                return broken ? -1 : super.read(into, offset, length);
            } catch (EOFException | ZipException damaged) {
                broken = true;
                return -1;
            }
        }
    }

    private static final class Counting extends FilterInputStream {
        private volatile long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            add(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            add(Math.max(0, read));
            return read;
        }

        /// Written by the reading thread alone; others only look.
        @SuppressWarnings("NonAtomicVolatileUpdate")
        private void add(int more) {
            count += more;
        }
    }
}
