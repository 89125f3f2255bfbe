package de.stadtkern.knowledge;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.jspecify.annotations.Nullable;

/// An index as it is at one moment, with the words in it.
final class IndexPart {

    private static final int MOST_COUNTED = 50_000;

    private final IndexReader reader;
    private final Map<Term, Integer> frequencies = new ConcurrentHashMap<>();
    private volatile @Nullable Vocabulary vocabulary;

    IndexPart(IndexReader reader) {
        this.reader = reader;
    }

    IndexReader reader() {
        return reader;
    }

    /// In how many entries a term is; asked for the same words by nearly every question.
    int frequency(Term term) throws IOException {
        Integer known = frequencies.get(term);
        if (known == null) {
            known = reader.docFreq(term);
            if (frequencies.size() < MOST_COUNTED) {
                frequencies.put(term, known);
            }
        }
        return known;
    }

    Vocabulary vocabulary() throws IOException {
        Vocabulary known = vocabulary;
        if (known == null) {
            known = Vocabulary.of(reader);
            vocabulary = known;
        }
        return known;
    }
}
