package de.stadtkern.knowledge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiReader;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.util.BytesRef;

/// The town's documents and what modules offer, as one index for one question.
final class Searchable implements AutoCloseable {

    private final IndexPart documents;
    private final IndexPart offered;
    private final IndexSearcher searcher;
    private final IndexSearcher answers;
    private final List<String> languages = new ArrayList<>();

    /// @param documents of which this gives the reader back when it is closed
    Searchable(IndexPart documents, IndexPart offered) throws IOException {
        this.documents = documents;
        this.offered = offered;
        searcher = new IndexSearcher(new MultiReader(new IndexReader[] {documents.reader(), offered.reader()}, false));
        searcher.setSimilarity(new BM25Similarity());
        answers = new IndexSearcher(searcher.getIndexReader());
        answers.setSimilarity(new BM25Similarity(Inquiry.SATURATION, Inquiry.LENGTH));
        answers.setQueryCache(null);
        // Questions are seldom the same, and texts change: what is kept would be memory for nothing.
        searcher.setQueryCache(null);
        Terms known = MultiTerms.getTerms(searcher.getIndexReader(), IndexEntry.LANGUAGE);
        if (known != null) {
            TermsEnum all = known.iterator();
            for (BytesRef term = all.next(); term != null; term = all.next()) {
                languages.add(term.utf8ToString());
            }
        }
    }

    IndexSearcher searcher() {
        return searcher;
    }

    /// The same entries, weighed for [Inquiry].
    IndexSearcher answers() {
        return answers;
    }

    /// In how many entries a term is.
    int frequency(Term term) throws IOException {
        return documents.frequency(term) + offered.frequency(term);
    }

    /// A number an entry has; 0 where it has none.
    long value(int hit, String field) throws IOException {
        IndexReader reader = searcher.getIndexReader();
        LeafReaderContext leaf = reader.leaves().get(ReaderUtil.subIndex(hit, reader.leaves()));
        NumericDocValues values = leaf.reader().getNumericDocValues(field);
        return values != null && values.advanceExact(hit - leaf.docBase) ? values.longValue() : 0;
    }

    /// Those texts are written in, as [Languages#known] says them.
    List<String> languages() {
        return languages;
    }

    boolean isOffered(int hit) {
        return hit >= documents.reader().maxDoc();
    }

    Optional<Vocabulary.Entry> word(String plain) throws IOException {
        Optional<Vocabulary.Entry> known = documents.vocabulary().find(plain);
        return known.isPresent() ? known : offered.vocabulary().find(plain);
    }

    List<Vocabulary.Entry> holding(String plain) throws IOException {
        return Stream.concat(
                        documents.vocabulary().holding(plain).stream(), offered.vocabulary().holding(plain).stream())
                .toList();
    }

    List<Vocabulary.Entry> near(String plain, int most) throws IOException {
        List<Vocabulary.Entry> all = Stream.concat(
                        documents.vocabulary().near(plain, most).stream(),
                        offered.vocabulary().near(plain, most).stream())
                .toList();
        int least = all.stream()
                .mapToInt(entry -> Vocabulary.mistakes(plain, entry.plain(), 2))
                .min()
                .orElse(0);
        return all.stream()
                .filter(entry -> Vocabulary.mistakes(plain, entry.plain(), 2) == least)
                .limit(most)
                .toList();
    }

    @Override
    public void close() throws IOException {
        documents.reader().decRef();
    }
}
