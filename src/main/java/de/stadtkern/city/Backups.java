package de.stadtkern.city;

import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Writes towns into archives and makes towns out of them again, on this installation or another one.
@Service
public class Backups {

    private final Cities cities;
    private final TownArchive archive;
    private final TownRestore restore;

    Backups(Cities cities, TownArchive archive, TownRestore restore) {
        this.cities = cities;
        this.archive = archive;
        this.restore = restore;
    }

    /// @param town     which town of the archive, null for all
    /// @param as       short name it gets here, null for the one it had
    /// @param replaces full name of the town here to be put in its place; an archive of it is written first
    public record Wish(
            @Nullable String town,
            @Nullable String as,
            @Nullable String replaces) {

        public static final Wish ALL = new Wish(null, null, null);
    }

    /// @param stopped what waits no longer to be told because the town is a copy beside the one it came from
    public record Restored(City city, List<String> stopped) {

        public Restored {
            stopped = List.copyOf(stopped);
        }
    }

    /// @param file name in the folder of archives
    public record Archive(String file, long bytes, FileTime at) {}

    /// All from one moment, while they go on working.
    ///
    /// @param progress is told now and then how far it is, in words; what it throws ends the work
    public Path write(List<City> towns, Path file, Consumer<ArchiveProgress> progress) throws IOException {
        return archive.write(towns, file, progress);
    }

    /// The archives in the data folder's `backups`, the newest first.
    public List<Archive> list() throws IOException {
        if (!Files.isDirectory(archive.folder())) {
            return List.of();
        }
        List<Archive> archives = new ArrayList<>();
        try (Stream<Path> files = Files.list(archive.folder())) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".zip")).toList()) {
                archives.add(new Archive(
                        String.valueOf(file.getFileName()), Files.size(file), Files.getLastModifiedTime(file)));
            }
        }
        archives.sort(Comparator.comparing(Archive::at).reversed());
        return archives;
    }

    Path folder() {
        return archive.folder();
    }

    /// Checks the whole archive first; a damaged one changes nothing. Each town appears when it is complete.
    ///
    /// @return the towns that are there now
    public List<Restored> restore(Path file, Wish wish, Consumer<String> progress) throws IOException {
        try (ArchiveFile opened = ArchiveFile.open(file)) {
            List<ArchiveContents.Town> towns = chosen(opened.contents(), wish);
            for (ArchiveContents.Town town : towns) {
                replaced(slug(town, wish), wish);
            }
            opened.verify(progress);
            List<Restored> restored = new ArrayList<>();
            for (ArchiveContents.Town town : towns) {
                String slug = slug(town, wish);
                Optional<City> old = replaced(slug, wish);
                restored.add(
                        old.isEmpty()
                                ? restore(opened, town, slug, old, progress)
                                : cities.atItsEnd(old.get(), () -> {
                                    progress.accept("archived the town there is: " + archive.write(old.get()));
                                    return restore(opened, town, slug, old, progress);
                                }));
            }
            return restored;
        }
    }

    /// Under another short name, and in nobody's place, it is a copy: the town itself may still be at work.
    private Restored restore(
            ArchiveFile opened, ArchiveContents.Town town, String slug, Optional<City> old, Consumer<String> progress)
            throws IOException {
        String schema = cities.freeSchema(slug);
        boolean copy = old.isEmpty() && !slug.equals(town.slug());
        List<String> stopped = restore.fill(schema, opened, town, copy, progress);
        return new Restored(cities.adopt(town.row(), slug, schema, old), stopped);
    }

    private static List<ArchiveContents.Town> chosen(ArchiveContents contents, Wish wish) {
        List<ArchiveContents.Town> towns = contents.towns().stream()
                .filter(town -> wish.town == null || town.slug().equals(wish.town))
                .toList();
        String there = String.join(
                ", ", contents.towns().stream().map(ArchiveContents.Town::slug).toList());
        if (towns.isEmpty()) {
            throw Problem.field("town", "town-not-in-archive", "The archive has these towns: " + there + ".");
        }
        if (towns.size() > 1 && (wish.as != null || wish.replaces != null)) {
            throw Problem.field(
                    "town", "town-not-chosen", "The archive has several towns; say which one: " + there + ".");
        }
        return towns;
    }

    /// An archive is data, not a program: what it says of a town must be what a town could be told by hand.
    private static String slug(ArchiveContents.Town town, Wish wish) {
        Map<String, Object> row = town.row();
        return NewCity.named(wish.as == null ? town.slug() : wish.as, town.name())
                .withArs(String.valueOf(row.get("ars")))
                .withHosts(texts(row.get("hosts")))
                .withLanguages(texts(row.get("languages")))
                .withColour(String.valueOf(row.get("colour")))
                .withZone(String.valueOf(row.get("zone")))
                .slug();
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private Optional<City> replaced(String slug, Wish wish) {
        Optional<City> there = cities.findBySlug(slug);
        if (there.isPresent() && !there.get().name().equals(wish.replaces)) {
            throw new Problem(
                    Problem.Kind.CONFLICTING,
                    "town-exists",
                    "There is a town '%s' already. Give the restored one another short name (--as), or type the full name of the one to be replaced (--replace): %s"
                            .formatted(slug, there.get().name()),
                    Map.of("field", "as"));
        }
        return there;
    }
}
