package de.stadtkern.knowledge;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;

/// How many documents something finds: of each kind, sections counted once.
///
/// @param byKind in the order of the alphabet
record Tally(Map<String, Integer> byKind) {

    static Tally of(Searchable index, Query query) throws IOException {
        IndexSearcher searcher = index.searcher();
        Weight weight = searcher.createWeight(searcher.rewrite(query), ScoreMode.COMPLETE_NO_SCORES, 1);
        Map<String, Integer> byKind = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            SortedDocValues kinds = leaf.reader().getSortedDocValues(IndexEntry.KIND);
            NumericDocValues documents = leaf.reader().getNumericDocValues(IndexEntry.DOCUMENT);
            if (scorer == null || kinds == null || documents == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            DocIdSetIterator hits = scorer.iterator();
            for (int hit = hits.nextDoc(); hit != DocIdSetIterator.NO_MORE_DOCS; hit = hits.nextDoc()) {
                if ((live == null || live.get(hit)) && kinds.advanceExact(hit) && documents.advanceExact(hit)) {
                    boolean isNew = seen.add(index.isOffered(leaf.docBase + hit) + " " + documents.longValue());
                    if (isNew) {
                        byKind.merge(kinds.lookupOrd(kinds.ordValue()).utf8ToString(), 1, Integer::sum);
                    }
                }
            }
        }
        return new Tally(byKind);
    }

    int total() {
        return byKind.values().stream().mapToInt(Integer::intValue).sum();
    }
}
