package de.stadtkern.sensorthings;

import de.stadtkern.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FastByteArrayOutputStream;

/// A part of an answer that is read from the database before it is sent: in memory while it is small, in a temporary
/// file beyond. So the slowest reader holds no connection, and the largest answer little memory.
final class Spool extends OutputStream {

    /// Each slow reader may hold so much of the heap; a usual page of a thousand Observations fits in.
    private static final int IN_MEMORY = 512 << 10;
    /// From here on a part is sent before more is read.
    static final int LARGE = 4 << 20;

    private final long most;
    /// In blocks, which are not copied when it grows.
    private final FastByteArrayOutputStream memory = new FastByteArrayOutputStream(32_768);
    private @Nullable FileChannel file;
    private long size;

    /// @param most bytes it takes; beyond, the request is refused
    Spool(long most) {
        this.most = most;
    }

    Spool() {
        this(Long.MAX_VALUE);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        size += length;
        if (size > most) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "answer-too-large",
                    "This answer would have more than %d bytes; ask for less by $top, $select or $filter."
                            .formatted(most),
                    Map.of("option", "$top"));
        }
        if (memory.size() + length > IN_MEMORY) {
            moveOut();
        }
        memory.write(bytes, offset, length);
    }

    private void moveOut() throws IOException {
        FileChannel out = file;
        if (out == null) {
            // Its name goes as soon as it is open, so that nothing is left of it however this ends.
            out = FileChannel.open(
                    Files.createTempFile("stadtkern-answer", null),
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
            file = out;
        }
        memory.writeTo(Channels.newOutputStream(out));
        memory.reset();
    }

    void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        put(bytes, bytes.length);
    }

    void put(byte[] bytes, int length) {
        try {
            write(bytes, 0, length);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    byte[] toByteArray() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) Math.min(size, Integer.MAX_VALUE - 8));
        try {
            drainTo(bytes);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return bytes.toByteArray();
    }

    long size() {
        return size;
    }

    /// Gives out what is here and begins anew.
    void drainTo(OutputStream out) throws IOException {
        if (file != null) {
            Channels.newInputStream(file.position(0)).transferTo(out);
        }
        memory.writeTo(out);
        clear();
    }

    void clear() {
        memory.reset();
        size = 0;
        try {
            if (file != null) {
                file.close();
                file = null;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
