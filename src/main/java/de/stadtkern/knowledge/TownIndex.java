package de.stadtkern.knowledge;

import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.knowledge.KnowledgeStore.Whole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/// The index of one town's documents: files that hold nothing the database does not, marked with the version they are
/// of. What does not fit or cannot be read is thrown away and made again.
final class TownIndex {

    private static final Logger log = LoggerFactory.getLogger(TownIndex.class);

    /// Another number where entries are made otherwise than before.
    private static final String FORMAT = "4";

    private static final String FORMAT_MARK = "format";
    private static final String VERSION_MARK = "version";
    private static final int BATCH = 200;
    private static final double BUFFER_MB = 32;

    private final Path folder;
    private final KnowledgeStore store;
    private final Everyday everyday;
    private final ReentrantLock changing = new ReentrantLock();
    private volatile @Nullable Opened opened;

    TownIndex(Path folder, KnowledgeStore store, Everyday everyday) {
        this.folder = folder;
        this.store = store;
        this.everyday = everyday;
    }

    private record Opened(Directory directory, DirectoryReader reader, IndexPart part, long version) {}

    /// The index as the database is now. Whoever gets it gives it back with `decRef` of its reader.
    IndexPart acquire() {
        try {
            while (true) {
                Opened now = upToDate();
                if (now.reader().tryIncRef()) {
                    return now.part();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Opened upToDate() throws IOException {
        long version = store.version();
        Opened known = opened;
        if (known != null && known.version() == version) {
            return known;
        }
        changing.lock();
        try {
            Opened last = opened == null ? open() : opened;
            // What this process has seen already can be ahead of what was asked before the lock.
            if (last.version() > version && last.version() > store.version()) {
                last = begin("it is of a later state than the database");
            }
            if (last.version() < version) {
                last = follow(last, version);
            }
            opened = last;
            return last;
        } finally {
            changing.unlock();
        }
    }

    /// What is on the disk, if it can be used.
    private Opened open() throws IOException {
        if (!Files.isDirectory(folder)) {
            return begin("");
        }
        Directory directory = FSDirectory.open(folder);
        try {
            DirectoryReader reader = DirectoryReader.open(directory);
            Map<String, String> marks = reader.getIndexCommit().getUserData();
            if (format().equals(marks.get(FORMAT_MARK)) && marks.get(VERSION_MARK) instanceof String version) {
                return new Opened(directory, reader, new IndexPart(reader), Long.parseLong(version));
            }
            reader.close();
        } catch (IOException | IllegalArgumentException unreadable) {
            log.warn("The search index in {} cannot be read", folder, unreadable);
        }
        directory.close();
        return begin("it cannot be used");
    }

    /// An empty one in its place.
    private Opened begin(String why) throws IOException {
        close();
        if (!why.isEmpty()) {
            log.info("The search index in {} is made anew: {}", folder, why);
        }
        FileSystemUtils.deleteRecursively(folder);
        Files.createDirectories(folder);
        Directory directory = FSDirectory.open(folder);
        try (IndexWriter writer = writer(directory, IndexWriterConfig.OpenMode.CREATE)) {
            mark(writer, 0);
        }
        DirectoryReader reader = DirectoryReader.open(directory);
        return new Opened(directory, reader, new IndexPart(reader), 0);
    }

    private static IndexWriter writer(Directory directory, IndexWriterConfig.OpenMode mode) throws IOException {
        return new IndexWriter(
                directory,
                new IndexWriterConfig(IndexEntry.ANALYZER)
                        .setOpenMode(mode)
                        .setRAMBufferSizeMB(BUFFER_MB)
                        .setCommitOnClose(false));
    }

    private String format() {
        return FORMAT + " " + everyday.version();
    }

    private void mark(IndexWriter writer, long version) throws IOException {
        writer.setLiveCommitData(Map.of(FORMAT_MARK, format(), VERSION_MARK, String.valueOf(version))
                .entrySet());
        writer.commit();
    }

    /// One commit at the end: a crash on the way leaves the state before, from which the same way is gone again.
    private Opened follow(Opened last, long version) throws IOException {
        try (IndexWriter writer = writer(last.directory(), IndexWriterConfig.OpenMode.APPEND)) {
            for (long document : store.changed(last.version(), version)) {
                writer.deleteDocuments(new Term(IndexEntry.DOCUMENT, String.valueOf(document)));
            }
            long after = 0;
            for (List<Whole> batch = store.next(last.version(), version, after, BATCH);
                    !batch.isEmpty();
                    batch = store.next(last.version(), version, after, BATCH)) {
                for (Whole document : batch) {
                    add(writer, document);
                    after = document.head().id();
                }
            }
            mark(writer, version);
        }
        DirectoryReader fresh = DirectoryReader.openIfChanged(last.reader());
        if (fresh == null) {
            return new Opened(last.directory(), last.reader(), last.part(), version);
        }
        last.reader().decRef();
        return new Opened(last.directory(), fresh, new IndexPart(fresh), version);
    }

    private void add(IndexWriter writer, Whole document) throws IOException {
        Head head = document.head();
        // What is a title only can be found, but answers nothing.
        if (document.sections().stream().anyMatch(section -> !section.body().isBlank())) {
            writer.addDocument(new WholeEntry(
                            head.id(), head.title(), head.tags(), document.sections(), head.language(), head.audience())
                    .forLucene(everyday));
        }
        boolean cared = !head.owner().isEmpty()
                && (head.reviewOn() == null || !head.reviewOn().isBefore(LocalDate.now(java.time.ZoneOffset.UTC)));
        for (int place = 0; place < document.sections().size(); place++) {
            Section section = document.sections().get(place);
            writer.addDocument(new IndexEntry(
                            head.id(),
                            place,
                            head.title(),
                            section.heading(),
                            String.join(" ", head.tags()),
                            section.body(),
                            head.language(),
                            head.audience(),
                            head.source(),
                            section.likeness(),
                            head.updated(),
                            cared)
                    .forLucene());
        }
    }

    /// Lets go of the files; whoever reads at this moment reads on, and whoever comes later opens them again.
    void close() throws IOException {
        changing.lock();
        try {
            Opened last = opened;
            opened = null;
            if (last != null) {
                last.reader().decRef();
                last.directory().close();
            }
        } finally {
            changing.unlock();
        }
    }

    void delete() throws IOException {
        close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
