package de.stadtkern.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/// How texts become words, by their language.
final class Languages {

    /// For languages nobody has described: words as they are.
    static final String OTHER = "other";

    private static final Map<String, Analyzer> BY_LANGUAGE = Map.of(
            "de",
            new GermanAnalyzer(),
            "en",
            new EnglishAnalyzer(),
            "fr",
            new FrenchAnalyzer(),
            "es",
            new SpanishAnalyzer(),
            "it",
            new ItalianAnalyzer(),
            "tr",
            new TurkishAnalyzer(),
            "ar",
            new ArabicAnalyzer(),
            "ru",
            new RussianAnalyzer(),
            "ro",
            new RomanianAnalyzer(),
            OTHER,
            new StandardAnalyzer());

    /// Words that say nothing about what is looked for, of the two languages most questions come in.
    private static final CharArraySet STOP = stop();

    /// Words exactly as they are written.
    static final Analyzer WORDS = analyzer(StandardTokenizer::new, tokens -> tokens);

    /// Stems of German, of all words, those that say little too.
    static final Analyzer STEMS = analyzer(
            StandardTokenizer::new,
            tokens -> new GermanLightStemFilter(new GermanNormalizationFilter(new LowerCaseFilter(tokens))));

    private static final int GRAM = 4;

    /// Four letters each, whatever the language: finds parts of compounds and what is written wrongly.
    static final Analyzer GRAMS = analyzer(
            StandardTokenizer::new,
            tokens -> new NGramTokenFilter(
                    new StopFilter(new GermanNormalizationFilter(new LowerCaseFilter(tokens)), STOP),
                    GRAM,
                    GRAM,
                    true));

    private Languages() {}

    /// The one it is analysed as.
    static String known(String language) {
        return BY_LANGUAGE.containsKey(language) ? language : OTHER;
    }

    /// @param language as [#known] says it
    static Analyzer words(String language) {
        Analyzer analyzer = BY_LANGUAGE.get(language);
        if (analyzer == null) {
            throw new IllegalArgumentException("No analyzer for " + language);
        }
        return analyzer;
    }

    static boolean isStopWord(String word) {
        return STOP.contains(word);
    }

    /// @param start of it in the text
    record Token(String term, int start, int end) {}

    static List<Token> tokens(Analyzer analyzer, String text) {
        List<Token> tokens = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                tokens.add(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return tokens;
    }

    private static CharArraySet stop() {
        CharArraySet stop = new CharArraySet(GermanAnalyzer.getDefaultStopSet(), true);
        stop.addAll(EnglishAnalyzer.getDefaultStopSet());
        return CharArraySet.unmodifiableSet(stop);
    }

    /// What a filter makes of a tokenizer's words.
    private interface Filters {
        TokenStream of(TokenStream tokens);
    }

    private static Analyzer analyzer(Supplier<StandardTokenizer> tokenizer, Filters filters) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                StandardTokenizer source = tokenizer.get();
                return new TokenStreamComponents(source, filters.of(source));
            }
        };
    }
}
