package de.stadtkern.knowledge;

import java.io.IOException;
import org.apache.lucene.index.IndexReader;
import org.jspecify.annotations.Nullable;

/// An index as it is at one moment, with the words in it.
final class IndexPart {

    private final IndexReader reader;
    private volatile @Nullable Vocabulary vocabulary;

    IndexPart(IndexReader reader) {
        this.reader = reader;
    }

    IndexReader reader() {
        return reader;
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
