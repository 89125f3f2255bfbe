package de.stadtkern.knowledge;

import de.stadtkern.knowledge.Question.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;

/// A question as queries on an index.
final class Queries {

    private static final float TITLE = 3;
    private static final float HEADING = 2;
    private static final float SYNONYM = 0.8f;
    private static final float TYPED_WRONGLY = 0.6f;
    private static final float PART = 0.3f;
    private static final int MOST_NEAR = 5;
    private static final int MOST_PARTS = 200;
    private static final int MOST_GRAMS = 48;

    private final Searchable index;
    private final Question question;
    private final Map<Word, List<Vocabulary.Entry>> near = new HashMap<>();
    private final List<Query> holding = new ArrayList<>();

    Queries(Searchable index, Question question) {
        this.index = index;
        this.question = question;
    }

    /// BM25F over title, heading and text: each word once, whatever stands for it.
    Query words() throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Word word : question.words()) {
            all.add(word(word), Occur.SHOULD);
        }
        return all.build();
    }

    private Query word(Word word) throws IOException {
        List<Query> ways = new ArrayList<>(stems(word.written()));
        for (List<String> same : word.same()) {
            ways.add(new BoostQuery(all(same), SYNONYM));
        }
        for (Vocabulary.Entry entry : near(word)) {
            stems(entry.written()).forEach(query -> ways.add(new BoostQuery(query, TYPED_WRONGLY)));
        }
        return new DisjunctionMaxQuery(ways, 0);
    }

    private Query all(List<String> phrase) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String word : phrase) {
            all.add(new DisjunctionMaxQuery(stems(word), 0), Occur.MUST);
        }
        return all.build();
    }

    /// A word as each of the languages has it.
    private List<Query> stems(String word) {
        List<Query> stems = new ArrayList<>();
        for (String language : index.languages()) {
            for (Languages.Token token : Languages.tokens(Languages.words(language), word)) {
                stems.add(new CombinedFieldQuery.Builder(token.term())
                        .addField(IndexEntry.TITLE + language, TITLE)
                        .addField(IndexEntry.HEADING + language, HEADING)
                        .addField(IndexEntry.BODY + language)
                        .build());
            }
        }
        return stems;
    }

    /// Whether the texts have this word, in any form.
    private boolean isKnown(Word word) throws IOException {
        for (String language : index.languages()) {
            for (Languages.Token token : Languages.tokens(Languages.words(language), word.written())) {
                for (String field : List.of(IndexEntry.BODY, IndexEntry.TITLE, IndexEntry.HEADING)) {
                    if (index.frequency(new Term(field + language, token.term())) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /// Words that may be meant by one no text has.
    List<Vocabulary.Entry> near(Word word) throws IOException {
        List<Vocabulary.Entry> known = near.get(word);
        if (known == null) {
            known = isKnown(word) ? List.of() : index.near(word.plain(), MOST_NEAR);
            near.put(word, known);
        }
        return known;
    }

    /// The same by four letters each; of many the rarest, which say most.
    Query grams() throws IOException {
        Set<String> grams = new LinkedHashSet<>();
        for (Word word : question.words()) {
            Languages.tokens(Languages.GRAMS, word.written()).forEach(token -> grams.add(token.term()));
        }
        record Gram(Term term, int frequency) {}
        List<Gram> known = new ArrayList<>();
        for (String gram : grams) {
            Term term = new Term(IndexEntry.GRAMS, gram);
            int frequency = index.frequency(term);
            if (frequency > 0) {
                known.add(new Gram(term, frequency));
            }
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        known.stream()
                .sorted(Comparator.comparingInt(Gram::frequency))
                .limit(MOST_GRAMS)
                .forEach(gram -> all.add(new TermQuery(gram.term()), Occur.SHOULD));
        return all.build();
    }

    /// What holds at least so many of the words: as they are, in another form, as a part of a longer word, as a
    /// synonym, or nearly.
    Query holding(int least) throws IOException {
        if (holding.isEmpty()) {
            for (Word word : question.words()) {
                BooleanQuery.Builder ways = new BooleanQuery.Builder();
                stems(word.written()).forEach(query -> ways.add(query, Occur.SHOULD));
                word.same().forEach(same -> ways.add(all(same), Occur.SHOULD));
                List<Vocabulary.Entry> longer = index.holding(word.plain());
                ways.add(spelt(longer.isEmpty() ? near(word) : longer), Occur.SHOULD);
                holding.add(ways.build());
            }
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        holding.forEach(word -> all.add(word, Occur.SHOULD));
        return new ConstantScoreQuery(all.setMinimumNumberShouldMatch(least).build());
    }

    /// A weak list of its own: parts of longer words.
    Query parts() throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Word word : question.words()) {
            Query inTitle = new DisjunctionMaxQuery(stems(word.written()), 0);
            all.add(inTitle, Occur.SHOULD);
            all.add(new BoostQuery(new ConstantScoreQuery(spelt(index.holding(word.plain()))), PART), Occur.SHOULD);
        }
        return all.build();
    }

    static Query spelt(Collection<Vocabulary.Entry> entries) {
        List<BytesRef> spellings = entries.stream()
                .limit(MOST_PARTS)
                .flatMap(entry -> entry.spellings().stream())
                .toList();
        return new TermInSetQuery(IndexEntry.WORDS, spellings);
    }
}
