package de.stadtkern.knowledge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// One section as the index holds it. Texts are not stored there: they are read from the database, so that what was
/// withdrawn can never be shown.
///
/// @param document number of the document; of what modules offer its place among them
/// @param place    of the section in the document
/// @param kind     what readers can narrow the search to: the source, or what modules call it
/// @param cared    whether somebody answers for it and nobody had to look at it long since
record IndexEntry(
        long document,
        int place,
        String title,
        String heading,
        String tags,
        String body,
        String language,
        String audience,
        String kind,
        long likeness,
        @Nullable Instant changed,
        boolean cared) {

    static final String DOCUMENT = "document";
    static final String PLACE = "place";
    static final String AUDIENCE = "audience";
    static final String KIND = "kind";
    static final String LANGUAGE = "language";
    static final String LIKENESS = "likeness";
    static final String CHANGED = "changed";
    static final String CARED = "cared";
    /// Behind the point stands the language.
    static final String TITLE = "title.";
    static final String HEADING = "heading.";
    static final String BODY = "body.";
    static final String WORDS = "words";
    static final String GRAMS = "grams";

    static final FieldType TEXT = text();

    /// Each field with its own words.
    static final Analyzer ANALYZER = new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return field.startsWith(GRAMS)
                    ? Languages.GRAMS
                    : field.equals(WORDS) ? Languages.WORDS : Languages.words(field.substring(field.indexOf('.') + 1));
        }
    };

    private static FieldType text() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        type.freeze();
        return type;
    }

    Document forLucene() {
        String known = Languages.known(language);
        Document entry = new Document();
        entry.add(new StringField(DOCUMENT, String.valueOf(document), Field.Store.NO));
        entry.add(new NumericDocValuesField(DOCUMENT, document));
        entry.add(new NumericDocValuesField(PLACE, place));
        entry.add(new NumericDocValuesField(LIKENESS, likeness));
        entry.add(new NumericDocValuesField(CARED, cared ? 1 : 0));
        entry.add(new NumericDocValuesField(
                CHANGED,
                changed == null ? 0 : changed.truncatedTo(ChronoUnit.SECONDS).getEpochSecond()));
        entry.add(new StringField(AUDIENCE, audience, Field.Store.NO));
        entry.add(new StringField(LANGUAGE, known, Field.Store.NO));
        entry.add(new StringField(KIND, kind, Field.Store.NO));
        entry.add(new SortedDocValuesField(KIND, new BytesRef(kind)));
        String headings = heading + " " + tags;
        entry.add(new Field(TITLE + known, title, TEXT));
        entry.add(new Field(HEADING + known, headings, TEXT));
        entry.add(new Field(BODY + known, body, TEXT));
        entry.add(new Field(WORDS, String.join(" ", title, headings, body), TEXT));
        // The title counts thrice. In one field, so that most entries need not be looked at (block-max WAND).
        entry.add(new Field(GRAMS, String.join(" ", title, title, title, headings, body), TEXT));
        return entry;
    }
}
