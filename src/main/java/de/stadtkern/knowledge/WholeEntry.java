package de.stadtkern.knowledge;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;

/// A whole text as the index holds it, beside its sections: which text a question is about is told by all of it, and
/// only then which section answers it.
///
/// @param document as in [IndexEntry]
record WholeEntry(
        long document, String title, List<String> tags, List<Section> sections, String language, String audience) {

    /// Behind the point stands the language.
    static final String TITLE = "whole-title.";
    static final String HEADING = "whole-heading.";
    static final String BODY = "whole-body.";
    /// Parts of compounds; German only.
    static final String PARTS = "whole-parts.";

    Document forLucene(Everyday everyday) {
        String known = Languages.known(language);
        String headings = sections.stream().map(Section::heading).collect(Collectors.joining("\n", "", "\n"))
                + String.join("\n", tags);
        String body = sections.stream().map(Section::body).collect(Collectors.joining("\n"));
        Document entry = new Document();
        entry.add(new StringField(IndexEntry.DOCUMENT, String.valueOf(document), Field.Store.NO));
        entry.add(new NumericDocValuesField(IndexEntry.DOCUMENT, document));
        entry.add(new StringField(IndexEntry.AUDIENCE, audience, Field.Store.NO));
        entry.add(new Field(TITLE + known, title, IndexEntry.TEXT));
        entry.add(new Field(HEADING + known, headings, IndexEntry.TEXT));
        entry.add(new Field(BODY + known, body, IndexEntry.TEXT));
        if (known.equals(Everyday.LANGUAGE)) {
            // The title's parts count as much more as the title itself.
            String parts = String.join(
                    " ",
                    everyday.parts(title),
                    everyday.parts(title),
                    everyday.parts(title),
                    everyday.parts(headings),
                    everyday.parts(body));
            entry.add(new Field(PARTS + known, parts, IndexEntry.TEXT));
        }
        return entry;
    }
}
