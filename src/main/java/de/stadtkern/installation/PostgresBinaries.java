package de.stadtkern.installation;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs `postgres`, `initdb` and `pg_ctl`, unpacked once from the archive in our jar.
///
/// PostgreSQL refuses to run as root. Where Stadtkern itself runs as root (a container, a test machine), its programs
/// run in a user namespace of their own, in which root is nobody.
final class PostgresBinaries {

    private final Path folder;

    PostgresBinaries(Path parent) {
        this.folder = parent.resolve(String.valueOf(EmbeddedPostgres.MAJOR));
    }

    void unpack() throws IOException {
        if (Files.exists(folder)) {
            return;
        }
        Path growing = folder.resolveSibling("unpacking");
        deleteTree(growing);
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + archiveName())) {
            if (archive == null) {
                throw new StartRefused(
                        "Stadtkern brings no embedded PostgreSQL for %s on %s."
                                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")),
                        "Install PostgreSQL 15 to 18 and name it in stadtkern.database.url, .username and .password.");
            }
            untar(archive, growing);
        }
        Files.move(growing, folder);
    }

    private static String archiveName() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + system + "-" + machine + ".txz";
    }

    private static void untar(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    /// The words to start a program with: as ourselves, or through a user namespace when we are root.
    List<String> command(String program, String... arguments) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("unshare", "-U"));
        }
        words.add(folder.resolve("bin").resolve(program).toString());
        words.addAll(List.of(arguments));
        return words;
    }

    /// Runs a program to its end; what it prints goes to the log file.
    void run(Path logFile, String program, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(program, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                .start();
        if (process.waitFor() != 0) {
            String wayOut = isRoot()
                    ? "Its message stands in %s. As root it needs user namespaces (unshare -U); easier is to start"
                            + " Stadtkern as an ordinary user."
                    : "Its message stands in %s.";
            throw new StartRefused(
                    "The embedded PostgreSQL's '%s' failed.".formatted(program), wayOut.formatted(logFile));
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    static void deleteTree(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
