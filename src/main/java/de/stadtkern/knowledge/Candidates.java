package de.stadtkern.knowledge;

import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.knowledge.OfferedPassages.Offer;
import de.stadtkern.seams.Passage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.BytesRef;

/// Which texts a question is about. Whole texts are found by what is meant ([Inquiry]) and sections by groups of four
/// letters, which finds what is typed wrongly too; what both say is put in order together with how much of a text's
/// title the question says.
final class Candidates {

    private static final double TITLED = 0.5;
    private static final double ALIKE = 0.2;
    /// Whole texts and sections looked at.
    private static final int DEPTH = 100;
    /// Texts of which the titles are compared.
    private static final int CLOSER = 30;

    private final Searchable index;
    private final Offer offer;
    private final KnowledgeStore store;
    private final List<String> audiences;

    Candidates(Searchable index, Offer offer, KnowledgeStore store, List<String> audiences) {
        this.index = index;
        this.offer = offer;
        this.store = store;
        this.audiences = List.copyOf(audiences);
    }

    /// A text of the index.
    private record Key(boolean isOffered, long document) {}

    /// What is known of a text before its title is looked at.
    private record Seen(Key key, double covered, double alike) {

        double first() {
            return covered + ALIKE * alike;
        }
    }

    private record Ranked(Seen seen, double titled) {

        double score() {
            return seen.first() + TITLED * titled;
        }
    }

    List<Candidate> find(Inquiry inquiry, Query grams, int most) throws IOException {
        double all = Math.max(inquiry.all(), Double.MIN_NORMAL);
        Map<Key, Double> covered = best(top(index.answers(), inquiry.query()), all);
        ScoreDoc[] alikes = top(index.searcher(), grams);
        Map<Key, Double> alike = best(alikes, alikes.length == 0 ? 1 : alikes[0].score);
        Map<Key, Seen> seen = new HashMap<>();
        covered.forEach((key, share) -> seen.put(key, new Seen(key, share, alike.getOrDefault(key, 0.0))));
        alike.forEach((key, share) -> seen.putIfAbsent(key, new Seen(key, 0, share)));
        List<Seen> closer = seen.values().stream()
                .sorted(Comparator.comparingDouble(Seen::first).reversed())
                .limit(CLOSER)
                .toList();
        Map<Long, Head> heads = heads(closer);
        List<Ranked> ranked = new ArrayList<>();
        for (Seen one : closer) {
            if (one.key().isOffered()) {
                Passage passage = offer.passages().get((int) one.key().document());
                ranked.add(new Ranked(
                        one,
                        inquiry.saysTitle(passage.title(), passage.language().getLanguage())));
            } else if (heads.get(one.key().document()) instanceof Head head) {
                ranked.add(new Ranked(one, inquiry.saysTitle(head.title(), head.language())));
            }
        }
        List<Ranked> chosen = ranked.stream()
                .sorted(Comparator.comparingDouble(Ranked::score)
                        .reversed()
                        .thenComparing(one -> one.seen().key().isOffered())
                        .thenComparingLong(one -> one.seen().key().document()))
                .limit(2L * most)
                .toList();
        return candidates(chosen, heads).stream()
                .filter(candidate ->
                        candidate.parts().stream().anyMatch(part -> !part.text().isBlank()))
                .limit(most)
                .toList();
    }

    /// How many more there are is not counted.
    private ScoreDoc[] top(IndexSearcher searcher, Query query) throws IOException {
        return searcher.search(allowed(query), new TopScoreDocCollectorManager(DEPTH, null, 1)).scoreDocs;
    }

    /// Where everything is for these readers, which it is in most towns, nothing has to be left out.
    private Query allowed(Query query) throws IOException {
        int readable = 0;
        for (String one : audiences) {
            readable += index.frequency(new Term(IndexEntry.AUDIENCE, one));
        }
        return readable == index.searcher().getIndexReader().maxDoc()
                ? query
                : new BooleanQuery.Builder()
                        .add(query, Occur.MUST)
                        .add(
                                new TermInSetQuery(
                                        IndexEntry.AUDIENCE,
                                        audiences.stream().map(BytesRef::new).toList()),
                                Occur.FILTER)
                        .build();
    }

    /// Of each text its best hit, as a share.
    private Map<Key, Double> best(ScoreDoc[] hits, double whole) throws IOException {
        Map<Key, Double> best = new HashMap<>();
        for (ScoreDoc hit : hits) {
            Key key = new Key(index.isOffered(hit.doc), index.value(hit.doc, IndexEntry.DOCUMENT));
            best.merge(key, hit.score / whole, Math::max);
        }
        return best;
    }

    /// Of those that may be read at this moment.
    private Map<Long, Head> heads(List<Seen> seen) {
        Map<Long, Head> heads = store.shown(seen.stream()
                .filter(one -> !one.key().isOffered())
                .map(one -> one.key().document())
                .toList());
        heads.values().removeIf(head -> !audiences.contains(head.audience()));
        return heads;
    }

    private List<Candidate> candidates(List<Ranked> ranked, Map<Long, Head> heads) {
        Map<Long, List<Section>> sections = store.sections(ranked.stream()
                .filter(one -> !one.seen().key().isOffered())
                .map(one -> one.seen().key().document())
                .toList());
        List<Candidate> candidates = new ArrayList<>();
        for (Ranked one : ranked) {
            long document = one.seen().key().document();
            candidates.add(
                    one.seen().key().isOffered()
                            ? of(offer.passages().get((int) document), one)
                            : of(
                                    Objects.requireNonNull(heads.get(document)),
                                    sections.getOrDefault(document, List.of()),
                                    one));
        }
        return candidates;
    }

    private static Candidate of(Passage passage, Ranked ranked) {
        return new Candidate(
                passage.address(),
                passage.title(),
                passage.address(),
                passage.language().getLanguage(),
                null,
                List.of(new Candidate.Part("", passage.address(), passage.text())),
                ranked.seen().covered(),
                ranked.titled(),
                ranked.seen().alike(),
                ranked.score(),
                Details.NONE);
    }

    private static Candidate of(Head head, List<Section> sections, Ranked ranked) {
        String address = head.address();
        return new Candidate(
                head.key(),
                head.title(),
                address,
                head.language(),
                head.updated(),
                sections.stream()
                        .map(section -> new Candidate.Part(
                                section.heading(),
                                section.anchor().isEmpty() ? address : address + "#" + section.anchor(),
                                section.body()))
                        .toList(),
                ranked.seen().covered(),
                ranked.titled(),
                ranked.seen().alike(),
                ranked.score(),
                head.details());
    }
}
