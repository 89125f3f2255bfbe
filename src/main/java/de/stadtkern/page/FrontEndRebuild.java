package de.stadtkern.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.stream.Stream;

/// For development: builds styles and scripts anew before a page is shown, if one of their sources was saved since.
class FrontEndRebuild {

    private static final Path SOURCES = Path.of("frontend/src");
    private static final Path OUTPUT = Path.of("target/classes/static/assets").toAbsolutePath();

    private final FrontEnd frontEnd;
    private FileTime built;

    FrontEndRebuild(FrontEnd frontEnd) {
        this.frontEnd = frontEnd;
        this.built = newest(OUTPUT.resolve(".vite"));
    }

    synchronized void run() {
        FileTime saved = newest(SOURCES);
        if (saved.compareTo(built) <= 0) {
            return;
        }
        try {
            // Old files stay: a page shown before may still ask for them.
            new ProcessBuilder("node", "node_modules/vite/bin/vite.js", "build", "--outDir", OUTPUT.toString())
                    .directory(Path.of("frontend").toFile())
                    .inheritIO()
                    .start()
                    .waitFor();
            built = saved;
            frontEnd.reload();
        } catch (IOException notStarted) {
            throw new IllegalStateException("The front end could not be built again", notStarted);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    static FileTime newest(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(FrontEndRebuild::saved)
                    .max(Comparator.naturalOrder())
                    .orElse(FileTime.fromMillis(0));
        } catch (IOException missing) {
            return FileTime.fromMillis(0);
        }
    }

    private static FileTime saved(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException vanished) {
            return FileTime.fromMillis(0);
        }
    }
}
