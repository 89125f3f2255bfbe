package de.stadtkern.bench;

import de.stadtkern.bench.ChatBench.Text;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.CombinedFieldQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/// The floor of the chat: BM25F over title, heading and body and groups of four letters, fused by reciprocal rank, in
/// memory. It knows no audience, no synonyms and no answers. Like the chat it works on few questions at once, in their
/// order.
final class PlainSearch implements AutoCloseable {

    private static final int DEPTH = 100;
    private static final int FUSED = 60;
    private static final Analyzer GRAMS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(words, new NGramTokenFilter(new LowerCaseFilter(words), 4, 4, true));
        }
    };
    private static final Analyzer WORDS = new GermanAnalyzer();

    private final Semaphore turns = new Semaphore(2 * Runtime.getRuntime().availableProcessors(), true);
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    PlainSearch(List<Text> texts) throws IOException {
        ByteBuffersDirectory memory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(
                memory, new IndexWriterConfig(new PerFieldAnalyzerWrapper(WORDS, Map.of("grams", GRAMS))))) {
            for (Text text : texts) {
                for (int section = 0; section < text.bodies().size(); section++) {
                    String heading = text.headings().get(section);
                    String body = text.bodies().get(section);
                    Document document = new Document();
                    document.add(new TextField("title", text.title(), Field.Store.NO));
                    document.add(new TextField("heading", heading, Field.Store.NO));
                    document.add(new TextField("body", body, Field.Store.NO));
                    document.add(new TextField("grams", String.join(" ", text.title(), heading, body), Field.Store.NO));
                    writer.addDocument(document);
                }
            }
            writer.forceMerge(1);
        }
        reader = DirectoryReader.open(memory);
        searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
    }

    /// @return numbers of the sections found, with what they have of both ways
    Map<Integer, Double> find(String question) throws IOException {
        turns.acquireUninterruptibly();
        try {
            Map<Integer, Double> fused = new HashMap<>();
            for (Query query : List.of(words(question), grams(question))) {
                ScoreDoc[] hits = searcher.search(query, DEPTH).scoreDocs;
                for (int rank = 0; rank < hits.length; rank++) {
                    fused.merge(hits[rank].doc, 1.0 / (FUSED + rank), Double::sum);
                }
            }
            return fused;
        } finally {
            turns.release();
        }
    }

    private static Query words(String question) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String term : terms(WORDS, question)) {
            all.add(
                    new CombinedFieldQuery.Builder(term)
                            .addField("title", 3)
                            .addField("heading", 2)
                            .addField("body")
                            .build(),
                    Occur.SHOULD);
        }
        return all.build();
    }

    private static Query grams(String question) throws IOException {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (String term : terms(GRAMS, question)) {
            all.add(new TermQuery(new Term("grams", term)), Occur.SHOULD);
        }
        return all.build();
    }

    private static List<String> terms(Analyzer analyzer, String text) throws IOException {
        java.util.Set<String> terms = new java.util.LinkedHashSet<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return List.copyOf(terms);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
