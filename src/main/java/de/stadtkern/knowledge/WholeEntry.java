package de.stadtkern.knowledge;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.TermFrequencyAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;

/// A whole text as the index holds it, beside its sections: which text a question is about is told by all of it, and
/// only then which section answers it. Title, headings, body and the parts of compounds are one field, in which a word
/// of the title is counted as if it stood there several times: that is BM25F with one posting for each word.
///
/// @param document as in [IndexEntry]
record WholeEntry(
        long document, String title, List<String> tags, List<Section> sections, String language, String audience) {

    /// Behind the point stands the language.
    static final String TEXT = "whole.";

    /// How often a word of the body is counted, in tenths; Lucene's frequencies are whole numbers.
    static final int BODY = 10;

    private static final int TITLE = 30;
    private static final int HEADING = 15;
    private static final int PART = 4;

    Document forLucene(Everyday everyday) {
        String known = Languages.known(language);
        Map<String, Integer> words = new HashMap<>();
        add(words, known, everyday, title, TITLE);
        tags.forEach(tag -> add(words, known, everyday, tag, HEADING));
        for (Section section : sections) {
            add(words, known, everyday, section.heading(), HEADING);
            add(words, known, everyday, section.body(), BODY);
        }
        Document entry = new Document();
        entry.add(new StringField(IndexEntry.DOCUMENT, String.valueOf(document), Field.Store.NO));
        entry.add(new NumericDocValuesField(IndexEntry.DOCUMENT, document));
        entry.add(new StringField(IndexEntry.AUDIENCE, audience, Field.Store.NO));
        entry.add(new Field(TEXT + known, new Weighed(words), IndexEntry.TEXT));
        return entry;
    }

    private static void add(Map<String, Integer> words, String language, Everyday everyday, String text, int weight) {
        for (Languages.Token token : Languages.tokens(Languages.words(language), text)) {
            words.merge(token.term(), weight, Integer::sum);
            if (language.equals(Everyday.LANGUAGE)) {
                everyday.partsOf(token.term())
                        .forEach(part -> words.merge(part, Math.max(1, weight * PART / BODY), Integer::sum));
            }
        }
    }

    /// Words with how often they are to be counted.
    private static final class Weighed extends TokenStream {

        private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
        private final TermFrequencyAttribute frequency = addAttribute(TermFrequencyAttribute.class);
        private final Iterator<Map.Entry<String, Integer>> words;

        Weighed(Map<String, Integer> words) {
            this.words = words.entrySet().iterator();
        }

        @Override
        public boolean incrementToken() {
            if (!words.hasNext()) {
                return false;
            }
            clearAttributes();
            Map.Entry<String, Integer> word = words.next();
            term.append(word.getKey());
            frequency.setTermFrequency(word.getValue());
            return true;
        }
    }
}
