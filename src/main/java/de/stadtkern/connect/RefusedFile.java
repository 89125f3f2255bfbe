package de.stadtkern.connect;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The refusals of an import as a table to be read, repaired and imported again. Made with the first refusal; without
/// any there is no file.
final class RefusedFile implements AutoCloseable {

    /// A file of the wrong kind may be refused line by line; nobody reads more than this.
    private static final int MOST = 100_000;

    private final Path path;
    private volatile @Nullable CsvWriter writer;
    private boolean closed;
    private int count;

    /// What an earlier run has left there goes.
    RefusedFile(Path path) throws IOException {
        this.path = path;
        Files.deleteIfExists(path);
    }

    void add(Refusal refusal) {
        try {
            if (writer == null) {
                // The mark tells table programs that this is UTF-8.
                writer = CsvWriter.builder()
                        .fieldSeparator(';')
                        .build(Files.newBufferedWriter(path, StandardCharsets.UTF_8));
                writer.writeRecord("\ufeffline", "column", "value", "reason");
            }
            if (count++ < MOST) {
                writer.writeRecord(
                        String.valueOf(refusal.line()),
                        refusal.column(),
                        refusal.value(),
                        refusal.reason().toString());
            }
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    boolean isThere() {
        return writer != null;
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (writer != null && !closed) {
            closed = true;
            writer.close();
        }
    }
}
