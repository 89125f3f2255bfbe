package de.stadtkern.knowledge;

import de.stadtkern.page.SearchText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// A question somebody wants answered: which of its words say what it is about, what each of them may mean, and how
/// much it weighs that a text has it. Unlike [Question], which is for people who look for words, it counts what is
/// meant.
final class Inquiry {

    /// A part of a word of the question, and one that no text has and is typed nearly like this.
    private static final double PART = 0.7;

    private static final double TYPED_WRONGLY = 0.8;
    /// What is meant by everyday words counts a little more than the words themselves: offices do not use them.
    private static final double EVERYDAY = 1.2;
    private static final double SYNONYM = 0.9;
    /// Words of talking, and those that say what is asked rather than about what.
    private static final double SMALL = 0.3;

    private static final double ASPECT = 0.4;
    /// For each word more of a phrase that stands for something.
    private static final double PHRASE = 0.2;
    /// Of a phrase's worth that is not in its words already.
    private static final double BESIDE_WORDS = 0.75;

    /// A word of which a part is known.
    private static final double HALF = 0.5;

    private static final int SHORTEST_TYPED_WRONGLY = 5;
    private static final int MOST_NEAR = 5;
    private static final int MOST_WORDS = 120;

    /// BM25's k1 and b, for frequencies counted in tenths.
    static final float SATURATION = 1.2f * WholeEntry.BODY;

    static final float LENGTH = 0.75f;

    private final Searchable index;
    private final Everyday everyday;
    private final IndexReader reader;
    private final List<String> stems;
    private final List<String> written;
    /// By the places of the words.
    private final Map<Set<Integer>, List<Way>> ways = new LinkedHashMap<>();
    private final Map<Term, Double> telling = new HashMap<>();
    /// Places of words no text has as they are, typed nearly like another or made of known parts at best.
    private final Set<Integer> unknownWords = new HashSet<>();

    /// Something a text has to have for what is asked.
    ///
    /// @param language of the stems
    private record Way(String language, List<String> stems, double worth) {}

    /// @param synonyms as [Synonyms#plain] gives them
    Inquiry(Searchable index, Everyday everyday, String text, List<List<String>> synonyms) throws IOException {
        this.index = index;
        this.everyday = everyday;
        reader = index.searcher().getIndexReader();
        List<Languages.Token> tokens = Languages.tokens(Languages.STEMS, text).stream()
                .limit(MOST_WORDS)
                .toList();
        stems = tokens.stream().map(Languages.Token::term).toList();
        written = tokens.stream()
                .map(token -> text.substring(token.start(), token.end()))
                .toList();
        for (int at = 0; at < stems.size(); at++) {
            if (!Languages.isStopWord(written.get(at).toLowerCase(Locale.ROOT))) {
                own(at);
            }
        }
        for (Everyday.Meaning meaning : everyday.of(stems)) {
            add(meaning.at(), Everyday.LANGUAGE, meaning.phrase(), meaning.worth() * EVERYDAY);
        }
        synonyms(text, synonyms);
    }

    private void add(Set<Integer> at, String language, List<String> phrase, double worth) {
        double share = at.size() == 1 ? share(stems.get(at.iterator().next())) : 1;
        ways.computeIfAbsent(at, _ -> new ArrayList<>()).add(new Way(language, phrase, worth * share));
    }

    private double share(String stem) {
        return everyday.isSmall(stem) ? SMALL : everyday.isAspect(stem) ? ASPECT : 1;
    }

    private void own(int at) throws IOException {
        boolean isKnown = everyday.knows(stems.get(at));
        for (String language : index.languages()) {
            for (String stem : stems(language, written.get(at))) {
                isKnown |= idf(language, stem) > 0;
                add(Set.of(at), language, List.of(stem), 1);
            }
        }
        if (!isKnown) {
            unknownWords.add(at);
        }
        List<String> parts = everyday.partsOf(stems.get(at));
        parts.forEach(part -> add(Set.of(at), Everyday.LANGUAGE, List.of(part), PART));
        if (!isKnown && parts.isEmpty() && stems.get(at).length() >= SHORTEST_TYPED_WRONGLY) {
            for (Vocabulary.Entry near : index.near(SearchText.plain(written.get(at)), MOST_NEAR)) {
                for (String language : index.languages()) {
                    stems(language, near.written())
                            .forEach(stem -> add(Set.of(at), language, List.of(stem), TYPED_WRONGLY));
                }
            }
        }
    }

    private static List<String> stems(String language, String text) {
        return Languages.tokens(Languages.words(language), text).stream()
                .map(Languages.Token::term)
                .toList();
    }

    /// What staff say means the same.
    private void synonyms(String text, List<List<String>> synonyms) {
        for (Question.Word word : Question.of(text, synonyms).words()) {
            int at = written.indexOf(word.written());
            for (List<String> same : at < 0 ? List.<List<String>>of() : word.same()) {
                for (String language : index.languages()) {
                    List<String> phrase = stems(language, String.join(" ", same));
                    if (!phrase.isEmpty()) {
                        add(Set.of(at), language, phrase, SYNONYM);
                    }
                }
            }
        }
    }

    boolean isEmpty() {
        return ways.isEmpty();
    }

    /// Finds whole texts; their score is the sum of what they have of what is asked.
    Query query() {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        ways.forEach((at, some) -> {
            double more = at.size() == 1 ? 1 : BESIDE_WORDS * (1 + PHRASE * (at.size() - 1));
            List<Query> queries = some.stream()
                    .<Query>map(way -> new BoostQuery(phrase(way), (float)
                            (way.worth() * more / Math.sqrt(way.stems().size()))))
                    .toList();
            all.add(new DisjunctionMaxQuery(queries, 0), Occur.SHOULD);
        });
        return all.build();
    }

    private static Query phrase(Way way) {
        if (way.stems().size() == 1) {
            return field(way.language(), way.stems().getFirst());
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        way.stems().forEach(stem -> all.add(field(way.language(), stem), Occur.MUST));
        return all.build();
    }

    private static Query field(String language, String stem) {
        return new TermQuery(new Term(WholeEntry.TEXT + language, stem));
    }

    /// The most a text can have of what is asked, in the measure of [#query].
    double all() throws IOException {
        double all = 0;
        for (Map.Entry<Set<Integer>, List<Way>> some : ways.entrySet()) {
            all += some.getKey().size() == 1 ? most(some.getValue()) : 0;
        }
        return all;
    }

    private double most(List<Way> some) throws IOException {
        double most = 0;
        for (Way way : some) {
            double sum = 0;
            for (String stem : way.stems()) {
                sum += idf(way.language(), stem);
            }
            most = Math.max(most, way.worth() * sum);
        }
        return most;
    }

    /// How much of what is asked any text has words for, from 0 to 1: words that none has and that stand for nothing
    /// one has are what the question is really about, more often than not.
    double understood() throws IOException {
        double unknown = 0;
        double rarest = Math.log(1 + 2.0 * (reader.getDocCount(WholeEntry.TEXT + Everyday.LANGUAGE) + 0.5));
        for (int at = 0; at < stems.size(); at++) {
            List<Way> some = ways.getOrDefault(Set.of(at), List.of());
            if (!some.isEmpty() && !unknownWords.contains(at)) {
                continue;
            }
            double share = some.isEmpty() ? 0 : share(stems.get(at));
            unknown += share * (most(some) == 0 ? rarest : HALF * Math.max(0, rarest - most(some) / share));
        }
        double known = all();
        return known == 0 ? 0 : known / (known + unknown);
    }

    /// The same for any text, without the index.
    Telling telling() throws IOException {
        List<Telling.Weighed> weighed = new ArrayList<>();
        for (Map.Entry<Set<Integer>, List<Way>> some : ways.entrySet()) {
            for (Way way : some.getValue()) {
                double sum = 0;
                for (String stem : way.stems()) {
                    sum += idf(way.language(), stem);
                }
                if (sum > 0) {
                    double worth = way.worth() * sum / Math.sqrt(way.stems().size());
                    weighed.add(new Telling.Weighed(some.getKey(), way.language(), way.stems(), worth));
                }
            }
        }
        return new Telling(weighed);
    }

    /// How much a stem tells; 0 where no text has it.
    double idf(String language, String stem) throws IOException {
        Term term = new Term(WholeEntry.TEXT + language, stem);
        Double known = telling.get(term);
        if (known == null) {
            int with = index.frequency(term);
            int all = reader.getDocCount(term.field());
            known = with == 0 ? 0 : Math.log(1 + (Math.max(0, all - with) + 0.5) / (with + 0.5));
            telling.put(term, known);
        }
        return known;
    }

    /// How much of a title is said by the question, from 0 to 1, telling words counting more.
    double saysTitle(String title, String language) throws IOException {
        String known = Languages.known(language);
        Map<String, Double> said = new HashMap<>();
        ways.values().stream()
                .flatMap(List::stream)
                .filter(way -> way.language().equals(known))
                .forEach(way -> way.stems().forEach(stem -> said.merge(stem, way.worth(), Math::max)));
        double all = 0;
        double got = 0;
        for (String stem : Set.copyOf(stems(known, title))) {
            double telling = idf(known, stem);
            double best = said.getOrDefault(stem, 0.0);
            if (known.equals(Everyday.LANGUAGE)) {
                for (String part : everyday.partsOf(stem)) {
                    best = Math.max(best, PART * said.getOrDefault(part, 0.0));
                }
            }
            all += telling;
            got += telling * best;
        }
        return all == 0 ? 0 : Math.min(1, got / all);
    }
}
