package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// An archive to be read. Everything it throws says that nothing was changed, because nothing is before [#verify] has
/// read it to its end.
final class ArchiveFile implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path path;
    private final ZipFile zip;
    private final ArchiveContents contents;

    private ArchiveFile(Path path, ZipFile zip) throws IOException {
        this.path = path;
        this.zip = zip;
        try {
            this.contents = JSON.readValue(bytes("contents.json"), ArchiveContents.class);
        } catch (JacksonException unreadable) {
            throw damaged(path, "contents.json cannot be read");
        }
        if (contents.format() != ArchiveContents.FORMAT) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "archive-format",
                    "%s has the format %d; this Stadtkern reads format %d. Use the Stadtkern that wrote it, or a newer one."
                            .formatted(path, contents.format(), ArchiveContents.FORMAT));
        }
    }

    static ArchiveFile open(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new Problem(Problem.Kind.MISSING, "archive-missing", "There is no file %s to read.".formatted(path));
        }
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (IOException noArchive) {
            throw damaged(path, String.valueOf(noArchive.getMessage()));
        }
        try {
            return new ArchiveFile(path, zip);
        } catch (IOException | RuntimeException refused) {
            zip.close();
            throw refused;
        }
    }

    ArchiveContents contents() {
        return contents;
    }

    /// Reads everything once and compares it with the checksums.
    void verify(Consumer<String> progress) throws IOException {
        Map<String, ArchiveContents.Checksum> checksums;
        try {
            checksums = JSON.readValue(
                    bytes("checksums.json"), new TypeReference<Map<String, ArchiveContents.Checksum>>() {});
        } catch (JacksonException unreadable) {
            throw damaged(path, "checksums.json cannot be read");
        }
        for (ArchiveContents.Town town : contents.towns()) {
            for (ArchiveContents.Table table : town.tables()) {
                verify(town.entry(table), checksums.get(town.entry(table)));
                progress.accept("checked " + town.entry(table));
            }
        }
        verify("contents.json", checksums.get("contents.json"));
    }

    private void verify(String name, ArchiveContents.@Nullable Checksum expected) throws IOException {
        var digest = TownArchive.sha256();
        try (InputStream in = new DigestInputStream(stream(name), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException unreadable) {
            throw damaged(path, name + " cannot be read: " + unreadable.getMessage());
        }
        if (expected == null || !HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())) {
            throw damaged(path, name + " is not what was written");
        }
    }

    InputStream stream(String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw damaged(path, name + " is missing");
        }
        return zip.getInputStream(entry);
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        } catch (java.util.zip.ZipException unreadable) {
            throw damaged(path, name + " cannot be read: " + unreadable.getMessage());
        }
    }

    private static Problem damaged(Path path, String why) {
        return new Problem(
                Problem.Kind.INVALID,
                "archive-damaged",
                "%s is no whole archive (%s). Nothing was changed; take another copy of it.".formatted(path, why));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
