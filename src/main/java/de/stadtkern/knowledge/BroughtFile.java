package de.stadtkern.knowledge;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.knowledge.DocumentLine.Refused;
import de.stadtkern.page.Slug;
import de.stadtkern.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What a file that somebody brings by page says, as the kind of its source has it.
///
/// @param isWhole whether it is all the source has: what is not in it goes
record BroughtFile(List<NewDocument> documents, List<Finding> findings, boolean isWhole) {

    private static final List<String> QUESTIONS = List.of("question", "frage", "title", "titel");
    private static final List<String> ANSWERS = List.of("answer", "antwort", "text");

    BroughtFile {
        documents = List.copyOf(documents);
        findings = List.copyOf(findings);
    }

    /// @param title of a single text, empty for what the file calls itself
    static BroughtFile read(KnowledgeSource.Kind kind, String content, String title) {
        return switch (kind) {
            case TEXT -> text(content, title);
            case FAQ -> table(content);
            case IMPORT -> lines(content, false);
            case SERVICES -> lines(content, true);
            case WEB, CALENDAR ->
                throw new Problem(
                        Problem.Kind.CONFLICTING,
                        "knowledge-source-fetched",
                        "What this source holds is fetched by Stadtkern itself.");
        };
    }

    private static BroughtFile text(String content, String title) {
        boolean isHtml = content.stripLeading().startsWith("<");
        String own = isHtml ? Sections.line(Jsoup.parse(content).title()) : "";
        String named = Sections.line(title).isEmpty() ? own : Sections.line(title);
        if (named.isEmpty()) {
            throw Problem.field("title", "title-missing", "Give the text a title.");
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", Slug.of(0, named).words());
        line.put("title", named);
        line.put(isHtml ? "html" : "text", content);
        try {
            return new BroughtFile(List.of(DocumentLine.read(line).undetailed()), List.of(), false);
        } catch (Refused refused) {
            return new BroughtFile(List.of(), List.of(refused.at(1)), false);
        }
    }

    private static BroughtFile lines(String content, boolean isWhole) {
        List<NewDocument> documents = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new StringReader(content))) {
            DocumentFile.Report report = DocumentFile.read(lines, batch -> {
                documents.addAll(batch);
                return batch.size();
            });
            return new BroughtFile(documents, report.findings(), isWhole);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// A table with a column for questions and one for answers; further ones are named like the fields of a document.
    private static BroughtFile table(String content) {
        String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
        String head = text.lines().findFirst().orElse("");
        char separator =
                head.chars().filter(letter -> letter == ';').count() > 0 ? ';' : head.indexOf('\t') >= 0 ? '\t' : ',';
        List<NewDocument> documents = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().fieldSeparator(separator).ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : rows) {
                int line = (int) row.getStartingLineNumber();
                try {
                    documents.add(DocumentLine.read(object(row)));
                } catch (Refused refused) {
                    findings.add(refused.at(line));
                }
            }
        } catch (CsvParseException | IOException broken) {
            findings.add(new Finding(0, "", "this is no table: " + broken.getMessage()));
        }
        return new BroughtFile(documents, findings, true);
    }

    private static ObjectNode object(NamedCsvRecord row) throws Refused {
        Map<String, String> fields = new LinkedHashMap<>();
        row.getFieldsAsMap().forEach((name, value) -> fields.put(name.strip().toLowerCase(Locale.ROOT), value));
        String question = first(fields, QUESTIONS);
        String answer = first(fields, ANSWERS);
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("id", fields.getOrDefault("id", Slug.of(0, question).words()));
        line.put("title", question);
        line.put(answer.stripLeading().startsWith("<") ? "html" : "text", answer);
        for (String name : List.of("url", "language", "updated", "audience", "owner", "review")) {
            line.put(name, fields.getOrDefault(name, ""));
        }
        Details.FIELDS.forEach(name -> line.put(name, fields.getOrDefault(name, "")));
        return line;
    }

    private static String first(Map<String, String> fields, List<String> names) throws Refused {
        for (String name : names) {
            if (fields.get(name) instanceof String value) {
                return value;
            }
        }
        throw new Refused(names.getFirst(), "there is no such column");
    }
}
