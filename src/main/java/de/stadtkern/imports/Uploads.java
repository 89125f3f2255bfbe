package de.stadtkern.imports;

import de.stadtkern.connect.SourceFile;
import de.stadtkern.installation.DiskSpace;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Keeps uploaded files in the town's schema, in pieces and packed with gzip unless they are already, and opens them
/// again.
@Component
class Uploads {

    private static final int PIECE = 256 * 1024;

    private final JdbcClient jdbc;
    private final ImportStore store;
    private final DiskSpace disk;

    Uploads(JdbcClient jdbc, ImportStore store, DiskSpace disk) {
        this.jdbc = jdbc;
        this.store = store;
        this.disk = disk;
    }

    /// Stores the file of an import as far as it can be read; half a file is not kept.
    void receive(long importId, InputStream content) throws IOException {
        disk.requireRoom();
        MessageDigest hash = sha256();
        try {
            var read = new PushbackInputStream(new DigestInputStream(content, hash), 2);
            byte[] first = read.readNBytes(2);
            read.unread(first);
            var pieces = new Pieces(importId);
            boolean packed = first.length == 2 && first[0] == (byte) 0x1f && first[1] == (byte) 0x8b;
            long size;
            try (OutputStream out = packed || first.length == 0 ? pieces : new Packing(pieces)) {
                size = read.transferTo(out);
            }
            store.received(importId, hash.digest(), size, pieces.length);
        } catch (IOException | RuntimeException broken) {
            store.delete(importId);
            throw broken;
        }
    }

    SourceFile open(ImportJob job) {
        return new SourceFile(job.file(), job.storedSize(), () -> new Stored(job.id()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static final class Packing extends GZIPOutputStream {
        Packing(OutputStream out) throws IOException {
            super(out, 64 * 1024);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    private final class Pieces extends OutputStream {
        private final long importId;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private int number;
        private long length;

        Pieces(long importId) {
            this.importId = importId;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) {
            int at = from;
            while (at < from + count) {
                int room = Math.min(PIECE - filled, from + count - at);
                System.arraycopy(bytes, at, piece, filled, room);
                filled += room;
                at += room;
                if (filled == PIECE) {
                    store();
                }
            }
        }

        private void store() {
            if (filled > 0) {
                jdbc.sql("insert into import_content (import_id, number, content) values (?, ?, ?)")
                        .params(importId, number++, Arrays.copyOf(piece, filled))
                        .update();
                length += filled;
                filled = 0;
            }
        }

        @Override
        public void close() {
            store();
        }
    }

    private final class Stored extends InputStream {
        private final long importId;
        private InputStream piece = new ByteArrayInputStream(new byte[0]);
        private int number;

        Stored(long importId) {
            this.importId = importId;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            int read = piece.read(into, from, count);
            while (read < 0) {
                byte[] next = jdbc.sql("select content from import_content where import_id = ? and number = ?")
                        .params(importId, number++)
                        .query((row, one) -> row.getBytes(1))
                        .optional()
                        .orElse(new byte[0]);
                if (next.length == 0) {
                    return -1;
                }
                piece = new ByteArrayInputStream(next);
                read = piece.read(into, from, count);
            }
            return read;
        }
    }
}
