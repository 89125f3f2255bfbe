package de.stadtkern.footfall;

import de.stadtkern.identity.Area;
import de.stadtkern.identity.Changes;
import de.stadtkern.problem.Flaws;
import de.stadtkern.problem.Problem;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// The front door to documents and photos of counters. Each is written down in the list of changes; deleted is deleted:
/// a photo somebody should not have been on is not to be had back.
@Service
class CounterDocuments {

    static final int MOST = 20;
    private static final int LONGEST = 200;

    private final DocumentStore store;
    private final CounterStore counters;
    private final Counters register;
    private final Changes changes;

    CounterDocuments(DocumentStore store, CounterStore counters, Counters register, Changes changes) {
        this.store = store;
        this.counters = counters;
        this.register = register;
        this.changes = changes;
    }

    List<CounterDocument> of(Counter counter) {
        register.require();
        return store.of(counter.id());
    }

    /// Photos that stand on "What is measured here?".
    List<CounterDocument> shown(Counter counter) {
        return store.of(counter.id()).stream().filter(CounterDocument::shown).toList();
    }

    /// For editors.
    CounterDocument get(Counter counter, long id) {
        register.require();
        return find(counter, id).orElseThrow(() -> unknown(id));
    }

    /// For everybody.
    CounterDocument getShown(Counter counter, long id) {
        return find(counter, id).filter(CounterDocument::shown).orElseThrow(() -> unknown(id));
    }

    private Optional<CounterDocument> find(Counter counter, long id) {
        return store.find(id).filter(document -> document.counterId() == counter.id());
    }

    private static Problem unknown(long id) {
        return new Problem(Problem.Kind.MISSING, "document-unknown", "There is no document %d.".formatted(id));
    }

    byte[] content(CounterDocument document) {
        return store.content(document.id());
    }

    /// @param content empty where no file was chosen
    @Transactional
    public void add(Counter counter, String title, String alt, boolean shown, Optional<byte[]> content) {
        register.require();
        Flaws flaws = new Flaws();
        if (title.isBlank() || title.length() > LONGEST) {
            flaws.add(Problem.field("title", "document-title", "Give it a title of at most 200 characters."));
        }
        DocumentFile file = flaws.read(
                null,
                () -> DocumentFile.of(content.orElseThrow(
                        () -> Problem.field(DocumentFile.FIELD, "document-missing", "Please choose a file."))));
        if (file != null) {
            described(file, alt, shown, flaws);
        }
        counters.lock();
        if (store.of(counter.id()).size() >= MOST) {
            flaws.add(Problem.field("file", "documents-many", "A counter has at most 20 documents; delete one first."));
        }
        flaws.end();
        long id = store.put(counter.id(), title, alt, shown, Objects.requireNonNull(file), Instant.now());
        record(counter, id, null, store.find(id).orElseThrow());
    }

    private static void described(DocumentFile file, String alt, boolean shown, Flaws flaws) {
        if (file.isPicture() ? alt.isBlank() || alt.length() > LONGEST * 2 : !alt.isBlank()) {
            flaws.add(Problem.field(
                    "alt",
                    file.isPicture() ? "document-alt" : "document-alt-pdf",
                    file.isPicture()
                            ? "Say what the picture shows, in at most 400 characters, for whoever does not see it."
                            : "Only a picture has an alternative text."));
        }
        if (shown && !file.isPicture()) {
            flaws.add(Problem.field("shown", "document-shown", "Only a picture can stand on that page."));
        }
    }

    @Transactional
    public void show(Counter counter, long id, boolean shown) {
        CounterDocument before = get(counter, id);
        if (shown && !before.isPicture()) {
            throw new Problem(Problem.Kind.INVALID, "document-shown", "Only a picture can stand on that page.");
        }
        store.show(id, shown);
        record(counter, id, before, store.find(id).orElseThrow());
    }

    @Transactional
    public void delete(Counter counter, long id) {
        CounterDocument before = get(counter, id);
        store.delete(id);
        record(counter, id, before, null);
    }

    private void record(Counter counter, long id, @Nullable CounterDocument before, @Nullable CounterDocument after) {
        changes.record(
                new Changes.Subject(
                        Area.FOOTFALL,
                        "counter-document",
                        String.valueOf(id),
                        counter.wish().name()),
                before == null ? null : tree(before),
                after == null ? null : tree(after),
                "");
    }

    private static Map<String, String> tree(CounterDocument document) {
        Map<String, String> tree = new LinkedHashMap<>();
        tree.put("counter", String.valueOf(document.counterId()));
        tree.put("title", document.title());
        tree.put("alt", document.alt());
        tree.put("shown", String.valueOf(document.shown()));
        return tree;
    }
}
