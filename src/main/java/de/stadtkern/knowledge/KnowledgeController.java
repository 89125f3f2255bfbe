package de.stadtkern.knowledge;

import de.stadtkern.knowledge.DocumentFile.Report;
import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Texts for programs.
@RestController
@RequestMapping("/api/knowledge/documents")
class KnowledgeController {

    private static final int LARGEST = 16 << 20;

    private final Documents documents;

    KnowledgeController(Documents documents) {
        this.documents = documents;
    }

    /// One object, an array of them, or JSON lines. What is right is stored, also where something else is wrong; where
    /// nothing is right the first finding is the answer.
    @PostMapping
    Report put(HttpServletRequest request, @RequestParam(defaultValue = "") String source) throws IOException {
        documents.require();
        byte[] body = request.getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE,
                    "documents-too-large",
                    "At most %d MB are taken at once; send several requests.".formatted(LARGEST >> 20));
        }
        KnowledgeSource target = documents.target(source);
        Report report;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder()))) {
            report = DocumentFile.read(lines, batch -> documents.put(target, batch));
        } catch (MalformedInputException other) {
            throw new Problem(Problem.Kind.INVALID, "documents-encoding", "The body is not written in UTF-8.");
        }
        if (report.read() == 0) {
            throw new Problem(
                    Problem.Kind.INVALID,
                    "documents-missing",
                    "The body is empty; a JSON object with 'id', 'title' and 'html' or 'text' is expected.");
        }
        if (report.findings().size() == report.read()) {
            Finding first = report.findings().getFirst();
            throw new Problem(
                    Problem.Kind.INVALID,
                    "documents-refused",
                    first.toString(),
                    Map.of("field", first.field(), "line", first.line()));
        }
        return report;
    }

    /// It is found no more, at once.
    @DeleteMapping("/{key}")
    Map<String, Boolean> delete(@PathVariable String key, @RequestParam(defaultValue = "") String source) {
        documents.remove(source, key);
        return Map.of("removed", true);
    }
}
