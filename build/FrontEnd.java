import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the front end, but only what changed: packages when the lock file differs from the one they were installed from,
 * the bundle when a source is newer than the built manifest. Arguments: front-end folder, output folder.
 */
class FrontEnd {
    public static void main(String[] arguments) throws Exception {
        Path source = Path.of(arguments[0]);
        Path output = Path.of(arguments[1]);
        Path lock = source.resolve("package-lock.json");
        Path installedFrom = source.resolve("node_modules/.installed-from");
        if (!Files.exists(installedFrom) || Files.mismatch(lock, installedFrom) != -1) {
            run(source, "npm", "ci", "--no-audit", "--no-fund");
            Files.copy(lock, installedFrom, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        Path manifest = output.resolve(".vite/manifest.json");
        if (!Files.exists(manifest) || newest(source).compareTo(Files.getLastModifiedTime(manifest)) > 0) {
            run(source, "npm", "run", "build", "--", "--outDir", output.toAbsolutePath().toString(), "--emptyOutDir");
        }
    }

    private static FileTime newest(Path source) throws IOException {
        try (Stream<Path> files = Files.walk(source)) {
            return files.filter(file -> !file.startsWith(source.resolve("node_modules")))
                    .filter(Files::isRegularFile)
                    .map(FrontEnd::changed)
                    .max(FileTime::compareTo)
                    .orElseThrow();
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException vanished) {
            return FileTime.fromMillis(0);
        }
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(command));
        if (File.separatorChar == '\\') {
            words.set(0, words.get(0) + ".cmd");
        }
        int exit = new ProcessBuilder(words).directory(folder.toFile()).inheritIO().start().waitFor();
        if (exit != 0) {
            System.err.println("\nThe front end was not built: '" + String.join(" ", words) + "' in " + folder + " ended with " + exit
                    + ". Its own message stands above; without a network the first download of packages fails here.");
            System.exit(1);
        }
    }
}
