package de.stadtkern.knowledge;

import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.seams.Passage;
import de.stadtkern.seams.Passages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// What modules offer to the caller at this moment. They are asked each time, so nobody finds what they may not read
/// and everything is as new as its page; the index of it in memory is made again only when they say something else.
@Component
class OfferedPassages {

    /// Of all towns together; the offer asked for last is kept however large it is. Readers with other rights or
    /// another
    /// language have another one.
    private static final int MOST_KEPT = 20_000;

    private final List<Passages> modules;
    private final Everyday everyday;
    private final Map<Key, Offer> kept = new LinkedHashMap<>(16, 0.75f, true);

    OfferedPassages(List<Passages> modules, Everyday everyday) {
        this.modules = modules;
        this.everyday = everyday;
    }

    private record Key(long town, List<Passage> passages) {}

    /// @param part whose entries have the passages' places as their documents
    record Offer(List<Passage> passages, IndexPart part) {}

    Offer offer(Locale language) {
        List<Passage> passages = new ArrayList<>();
        modules.forEach(module -> passages.addAll(module.passages(language)));
        Key key = new Key(CityContext.current().id(), List.copyOf(passages));
        synchronized (kept) {
            Offer known = kept.get(key);
            if (known != null) {
                return known;
            }
        }
        Offer made = new Offer(key.passages(), index(key.passages()));
        synchronized (kept) {
            kept.put(key, made);
            int all = kept.keySet().stream()
                    .mapToInt(one -> one.passages().size())
                    .sum();
            Iterator<Key> oldest = kept.keySet().iterator();
            while (all > MOST_KEPT && kept.size() > 1) {
                all -= oldest.next().passages().size();
                oldest.remove();
            }
        }
        return made;
    }

    /// In memory only, and left to the garbage collector: nothing of it needs to be closed.
    private IndexPart index(List<Passage> passages) {
        ByteBuffersDirectory memory = new ByteBuffersDirectory();
        try {
            try (IndexWriter writer = new IndexWriter(memory, new IndexWriterConfig(IndexEntry.ANALYZER))) {
                for (int place = 0; place < passages.size(); place++) {
                    Passage passage = passages.get(place);
                    writer.addDocument(entry(passage, place).forLucene());
                    writer.addDocument(whole(passage, place).forLucene(everyday));
                }
            }
            return new IndexPart(DirectoryReader.open(memory));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// The module has asked already who may read it.
    private static IndexEntry entry(Passage passage, int place) {
        return new IndexEntry(
                place,
                0,
                passage.title(),
                "",
                "",
                passage.text(),
                passage.language().getLanguage(),
                Audience.PUBLIC,
                passage.kind(),
                0,
                passage.changed(),
                true);
    }

    private static WholeEntry whole(Passage passage, int place) {
        return new WholeEntry(
                place,
                passage.title(),
                List.of(),
                List.of(new Section("", "", passage.text())),
                passage.language().getLanguage(),
                Audience.PUBLIC);
    }

    @EventListener
    void forget(CityRemoved event) {
        synchronized (kept) {
            kept.keySet().removeIf(key -> key.town() == event.city().id());
        }
    }
}
