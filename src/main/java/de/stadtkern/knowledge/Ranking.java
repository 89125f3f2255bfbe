package de.stadtkern.knowledge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;

/// Puts sections in order: several lists, each good at something else, are fused by the places sections have in them
/// (reciprocal rank fusion). How fresh a text is and whether somebody cares for it decides between equals.
final class Ranking {

    /// As in the paper on it; how much the first places count more than the later ones.
    private static final int FLAT = 60;

    private static final double FRESH = 0.03;
    private static final double CARED = 0.02;
    private static final Duration STALE = Duration.ofDays(730);

    private final Searchable index;
    private final Instant now;

    Ranking(Searchable index, Instant now) {
        this.index = index;
        this.now = now;
    }

    /// A section with its place in the order.
    ///
    /// @param isOffered by a module; `document` is its place among what was offered
    record Ranked(boolean isOffered, long document, int place, long likeness, double score) {}

    /// @param filter what may be found
    /// @param depth  sections of each list
    List<Ranked> rank(List<Query> lists, Query filter, int depth) throws IOException {
        Map<Integer, Double> fused = new HashMap<>();
        for (Query list : lists) {
            Query allowed = new BooleanQuery.Builder()
                    .add(list, Occur.MUST)
                    .add(filter, Occur.FILTER)
                    .build();
            int place = 0;
            for (ScoreDoc hit : index.searcher().search(allowed, depth).scoreDocs) {
                place++;
                fused.merge(hit.doc, 1.0 / (FLAT + place), Double::sum);
            }
        }
        List<Ranked> ranked = new ArrayList<>();
        for (Map.Entry<Integer, Double> hit : fused.entrySet()) {
            ranked.add(ranked(hit.getKey(), hit.getValue()));
        }
        ranked.sort(Comparator.comparingDouble(Ranked::score)
                .reversed()
                .thenComparing(Ranked::isOffered)
                .thenComparingLong(Ranked::document)
                .thenComparingInt(Ranked::place));
        return ranked;
    }

    private Ranked ranked(int hit, double score) throws IOException {
        long changed = index.value(hit, IndexEntry.CHANGED);
        double fresh =
                changed == 0 ? 0 : Math.exp(-(double) Math.max(0, now.getEpochSecond() - changed) / STALE.toSeconds());
        double signals = 1 + FRESH * fresh + CARED * index.value(hit, IndexEntry.CARED);
        return new Ranked(
                index.isOffered(hit),
                index.value(hit, IndexEntry.DOCUMENT),
                (int) index.value(hit, IndexEntry.PLACE),
                index.value(hit, IndexEntry.LIKENESS),
                score * signals);
    }
}
