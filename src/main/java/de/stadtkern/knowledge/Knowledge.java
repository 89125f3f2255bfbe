package de.stadtkern.knowledge;

import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.knowledge.KnowledgeStore.Head;
import de.stadtkern.knowledge.OfferedPassages.Offer;
import de.stadtkern.knowledge.Question.Word;
import de.stadtkern.knowledge.Ranking.Ranked;
import de.stadtkern.seams.Passage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// The front door: finds what the caller may read, in the town's texts and in what modules offer.
@Service
public class Knowledge {

    private static final int PER_PAGE = 20;
    private static final int DEPTH = 500;
    /// Of so few words all are looked for; of more most of them.
    private static final int FEW_WORDS = 3;
    private static final double MOST_OF = 0.6;

    private final TownIndexes indexes;
    private final OfferedPassages offered;
    private final KnowledgeStore store;
    private final Documents documents;
    private final KnowledgeSourceStore sources;
    private final CalendarReading calendars;
    private final Synonyms synonyms;
    private final Everyday everyday;
    private final Rights rights;

    Knowledge(
            TownIndexes indexes,
            OfferedPassages offered,
            KnowledgeStore store,
            Documents documents,
            KnowledgeSourceStore sources,
            CalendarReading calendars,
            Synonyms synonyms,
            Everyday everyday,
            Rights rights) {
        this.everyday = everyday;
        this.documents = documents;
        this.sources = sources;
        this.calendars = calendars;
        this.indexes = indexes;
        this.offered = offered;
        this.store = store;
        this.synonyms = synonyms;
        this.rights = rights;
    }

    /// What somebody looks for.
    ///
    /// @param kind narrows it, empty for all
    /// @param page from 1
    public record Asked(String text, Locale language, String kind, int page) {}

    /// @param text     what was looked for, cut where it was too long
    /// @param total    documents of the kind that was asked for
    /// @param kinds    of all that is found, with how many there are
    /// @param meant    the same question with what may be meant by words no text has, empty for none
    /// @param isLoosely whether not all words are in what was found
    public record Found(
            String text,
            List<Hit> hits,
            int total,
            int page,
            int pages,
            Map<String, Integer> kinds,
            String meant,
            boolean isLoosely) {}

    /// A text that was found.
    ///
    /// @param heading  of the section, may be empty
    /// @param address  with the section's anchor
    /// @param changed  null where nobody knows
    /// @param also     titles and addresses of texts that say nearly the same
    public record Hit(
            String kind,
            String title,
            String heading,
            Excerpt excerpt,
            String address,
            String language,
            @Nullable Instant changed,
            List<Link> also) {}

    public record Link(String title, String address) {}

    /// Makes the index as new as the database, so that nobody waits for it later.
    void refresh() {
        try {
            indexes.current().acquire().reader().decRef();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// For people who look for something.
    public Found search(Asked asked) {
        Question question = Question.of(asked.text(), synonyms.plain());
        if (question.isEmpty()) {
            return new Found(question.text(), List.of(), 0, 1, 1, Map.of(), "", false);
        }
        Offer offer = offered.offer(asked.language());
        try (Searchable index = new Searchable(indexes.current().acquire(), offer.part())) {
            return search(asked, question, offer, index);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Found search(Asked asked, Question question, Offer offer, Searchable index) throws IOException {
        Queries queries = new Queries(index, question);
        int all = question.words().size();
        int wanted = all <= FEW_WORDS ? all : (int) Math.ceil(all * MOST_OF);
        int least = wanted;
        Query holding = allowed(queries.holding(least));
        Tally tally = Tally.of(index, holding);
        while (tally.total() == 0 && least > 1) {
            least--;
            holding = allowed(queries.holding(least));
            tally = Tally.of(index, holding);
        }
        Query filter = asked.kind().isEmpty()
                ? holding
                : both(holding, new TermQuery(new Term(IndexEntry.KIND, asked.kind())));
        int total = asked.kind().isEmpty() ? tally.total() : tally.byKind().getOrDefault(asked.kind(), 0);
        List<Ranked> ranked = new Ranking(index, Instant.now())
                .rank(List.of(queries.words(), queries.grams(), queries.parts()), filter, DEPTH);
        List<List<Ranked>> groups = grouped(ranked);
        int pages = Math.max(1, Math.ceilDiv(groups.size(), PER_PAGE));
        int page = Math.clamp(asked.page(), 1, pages);
        return new Found(
                question.text(),
                hits(
                        groups.stream()
                                .skip((page - 1L) * PER_PAGE)
                                .limit(PER_PAGE)
                                .toList(),
                        offer,
                        marked(queries, question)),
                total,
                page,
                pages,
                tally.byKind(),
                meant(index, queries, question),
                least < wanted);
    }

    /// Brings in a file of texts as the usual source, and makes the index of it.
    ///
    /// @return how many texts were refused
    public int bring(BufferedReader lines) throws IOException {
        KnowledgeSource source = documents.target("");
        DocumentFile.Report report = DocumentFile.read(lines, batch -> documents.put(source, batch));
        refresh();
        return report.findings().size();
    }

    /// Brings in a calendar (iCalendar) as a source for everybody, which is made if there is none of this address.
    ///
    /// @return how many of its entries were refused
    public int bringCalendar(String slug, String name, String calendar) {
        documents.require();
        KnowledgeSource source = sources.find(slug).orElseGet(() -> {
            String language = CityContext.current().languages().getFirst();
            long id = sources.insert(
                    null,
                    new KnowledgeSource.Wish(
                            slug, name, KnowledgeSource.Kind.CALENDAR, "", language, Audience.PUBLIC, "", null),
                    true);
            return sources.find(id).orElseThrow();
        });
        return calendars.bring(source, calendar).size();
    }

    /// What was found for a question.
    ///
    /// @param texts      it may be about, the best one first
    /// @param telling    which sentences of them are about it
    /// @param understood share of what is asked that any text has words for, from 0 to 1
    public record Answerable(List<Candidate> texts, Telling telling, double understood) {

        public Answerable {
            texts = List.copyOf(texts);
        }
    }

    /// For whoever answers questions.
    public Answerable answerable(String text, Locale language, int most) {
        List<List<String>> same = synonyms.plain();
        Question question = Question.of(text, same);
        if (question.isEmpty()) {
            return new Answerable(List.of(), Telling.nothing(), 0);
        }
        Offer offer = offered.offer(language);
        try (Searchable index = new Searchable(indexes.current().acquire(), offer.part())) {
            Inquiry inquiry = new Inquiry(index, everyday, question.text(), same);
            List<Candidate> texts = new Candidates(index, offer, store, Audience.of(rights))
                    .find(inquiry, new Queries(index, question).grams(), most);
            return new Answerable(texts, inquiry.telling(), inquiry.understood());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// Whether any text says something in a form that can be worked with.
    public boolean hasDetails() {
        return store.hasDetails();
    }

    /// Keys of the texts the plain way finds, for measuring: BM25F fused with groups of four letters.
    public List<String> plainly(String text, Locale language, int most) {
        Question question = Question.of(text, synonyms.plain());
        if (question.isEmpty()) {
            return List.of();
        }
        Offer offer = offered.offer(language);
        List<Long> ids;
        try (Searchable index = new Searchable(indexes.current().acquire(), offer.part())) {
            Queries queries = new Queries(index, question);
            ids = new Ranking(index, Instant.now())
                    .rank(List.of(queries.words(), queries.grams()), audience(), DEPTH).stream()
                            .filter(one -> !one.isOffered())
                            .map(Ranked::document)
                            .distinct()
                            .limit(most)
                            .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Map<Long, Head> heads = store.shown(ids);
        return ids.stream()
                .filter(heads::containsKey)
                .map(id -> Objects.requireNonNull(heads.get(id)).key())
                .toList();
    }

    private Query allowed(Query query) {
        return both(query, audience());
    }

    private static Query both(Query one, Query other) {
        return new BooleanQuery.Builder()
                .add(one, Occur.FILTER)
                .add(other, Occur.FILTER)
                .build();
    }

    private Query audience() {
        return new TermInSetQuery(
                IndexEntry.AUDIENCE,
                Audience.of(rights).stream().map(BytesRef::new).toList());
    }

    /// The best section of each document first, with those that say nearly the same elsewhere.
    private static List<List<Ranked>> grouped(List<Ranked> ranked) {
        List<List<Ranked>> groups = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Ranked one : ranked) {
            if (!seen.add(one.isOffered() + " " + one.document())) {
                continue;
            }
            List<Ranked> alike = groups.stream()
                    .filter(group -> Section.areAlike(group.getFirst().likeness(), one.likeness()))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Ranked> group = new ArrayList<>();
                        groups.add(group);
                        return group;
                    });
            alike.add(one);
        }
        return groups;
    }

    private List<Hit> hits(List<List<Ranked>> groups, Offer offer, Set<String> words) {
        List<Long> ids = groups.stream()
                .flatMap(List::stream)
                .filter(one -> !one.isOffered())
                .map(Ranked::document)
                .toList();
        Map<Long, Head> heads = store.shown(ids);
        // Whatever the index says, which may be a moment older.
        List<String> own = Audience.of(rights);
        heads.values().removeIf(head -> !own.contains(head.audience()));
        Map<Long, List<Section>> sections = store.sections(ids);
        List<Hit> hits = new ArrayList<>();
        for (List<Ranked> group : groups) {
            Ranked best = group.getFirst();
            if (best.isOffered()) {
                hits.add(hit(offer.passages().get((int) best.document()), words));
            } else if (heads.get(best.document()) instanceof Head head) {
                List<Section> all = sections.getOrDefault(best.document(), List.of());
                Section section = best.place() < all.size() ? all.get(best.place()) : new Section("", "", "");
                hits.add(hit(head, section, words, also(group, heads)));
            }
        }
        return hits;
    }

    private static Hit hit(Passage passage, Set<String> words) {
        String language = passage.language().getLanguage();
        return new Hit(
                passage.kind(),
                passage.title(),
                "",
                Excerpt.of(passage.text(), words, language),
                passage.address(),
                language,
                null,
                List.of());
    }

    private static Hit hit(Head head, Section section, Set<String> words, List<Link> also) {
        return new Hit(
                head.source(),
                head.title(),
                section.heading(),
                Excerpt.of(section.body(), words, head.language()),
                section.anchor().isEmpty() ? head.address() : head.address() + "#" + section.anchor(),
                head.language(),
                head.updated(),
                also);
    }

    private static List<Link> also(List<Ranked> group, Map<Long, Head> heads) {
        Map<Long, Link> also = new LinkedHashMap<>();
        for (Ranked one : group.subList(1, group.size())) {
            Head head = heads.get(one.document());
            if (head != null) {
                also.put(one.document(), new Link(head.title(), head.address()));
            }
        }
        return List.copyOf(also.values());
    }

    /// The words to be marked: those of the question and what stands for them.
    private static Set<String> marked(Queries queries, Question question) throws IOException {
        Set<String> words = new HashSet<>();
        for (Word word : question.words()) {
            words.add(word.plain());
            word.same().forEach(words::addAll);
            queries.near(word).forEach(entry -> words.add(entry.plain()));
        }
        return words;
    }

    /// Nobody learns so of a word that only texts for others have.
    private String meant(Searchable index, Queries queries, Question question) throws IOException {
        StringBuilder meant = new StringBuilder(question.text());
        boolean isOther = false;
        for (Word word : question.words().reversed()) {
            for (Vocabulary.Entry entry : queries.near(word)) {
                if (index.searcher().count(allowed(Queries.spelt(List.of(entry)))) > 0) {
                    meant.replace(word.start(), word.start() + word.written().length(), entry.written());
                    isOther = true;
                    break;
                }
            }
        }
        return isOther ? meant.toString() : "";
    }
}
