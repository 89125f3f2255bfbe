package de.stadtkern.installation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The folder this installation keeps everything in. Whoever holds this object holds the lock on the folder: the
/// operating system gives it to one process only and takes it back when that process ends, however it ends.
public final class DataFolder {

    private final Path folder;
    private final boolean fresh;
    private final FileChannel lockFile;

    DataFolder(InstallationProperties properties) {
        folder = properties.data().toAbsolutePath().normalize();
        create();
        fresh = isEmpty();
        lockFile = lock();
    }

    public Path path() {
        return folder;
    }

    /// A file or folder inside, not created.
    public Path resolve(String name) {
        return folder.resolve(name);
    }

    /// Whether the folder was empty when this process came.
    public boolean isFresh() {
        return fresh;
    }

    private void create() {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, "write", ".probe"));
        } catch (IOException refused) {
            throw new StartRefused(
                    "The data folder %s cannot be created or written (%s)."
                            .formatted(folder, refused.getClass().getSimpleName()),
                    "Give this user the right to write there, or name another folder with stadtkern.data (environment:"
                            + " STADTKERN_DATA).");
        }
    }

    private boolean isEmpty() {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private FileChannel lock() {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return channel;
            }
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        throw new StartRefused(
                "Another Stadtkern already works with the data folder %s.".formatted(folder),
                "Stop it first, or start this one with another folder (stadtkern.data) and port (server.port).");
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    void release() {
        try {
            lockFile.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
