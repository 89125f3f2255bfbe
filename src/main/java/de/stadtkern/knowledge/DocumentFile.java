package de.stadtkern.knowledge;

import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.knowledge.DocumentLine.Refused;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A file of texts: JSON lines, or one JSON array of the same objects. A line that is wrong does not keep the others
/// from being stored.
final class DocumentFile {

    private static final int BATCH = 200;
    private static final int MOST_FINDINGS = 10_000;
    private static final int LARGEST_ARRAY = 32 << 20;

    private final ToIntFunction<List<NewDocument>> store;
    private final List<NewDocument> batch = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private int read;
    private int written;
    private int number = 1;

    private DocumentFile(ToIntFunction<List<NewDocument>> store) {
        this.store = store;
    }

    /// @param written those that are new or changed
    record Report(int read, int written, List<Finding> findings) {
        Report {
            findings = List.copyOf(findings);
        }
    }

    /// @param store takes some of them and says how many it wrote
    static Report read(BufferedReader lines, ToIntFunction<List<NewDocument>> store) throws IOException {
        DocumentFile file = new DocumentFile(store);
        String line = file.firstLine(lines);
        // An object that begins with nothing else on its line goes on below: it is one, as an array is one.
        if (line != null && (line.startsWith("[") || line.equals("{"))) {
            file.whole(line, lines);
        } else {
            file.lines(line, lines);
        }
        file.flush();
        return new Report(file.read, file.written, file.findings);
    }

    private @Nullable String firstLine(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        if (line != null && line.startsWith("\uFEFF")) {
            line = line.substring(1);
        }
        while (line != null && line.isBlank()) {
            line = lines.readLine();
            number++;
        }
        return line == null ? null : line.strip();
    }

    private void lines(@Nullable String first, BufferedReader lines) throws IOException {
        for (String line = first; line != null; line = lines.readLine(), number++) {
            if (!line.isBlank()) {
                try {
                    take(DocumentLine.read(line));
                } catch (Refused refused) {
                    refuse(refused.at(number));
                }
            }
        }
    }

    /// Of an array the place stands for the line.
    private void whole(String first, BufferedReader lines) throws IOException {
        StringBuilder text = new StringBuilder(first);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            text.append('\n').append(line);
            if (text.length() > LARGEST_ARRAY) {
                refuse(new Finding(1, "", "an array is at most %d MB; use JSON lines".formatted(LARGEST_ARRAY >> 20)));
                return;
            }
        }
        try {
            JsonNode all = new JsonMapper().readTree(text.toString());
            int place = 0;
            for (JsonNode object : all.isArray() ? all : List.of(all)) {
                place++;
                try {
                    take(DocumentLine.read(object));
                } catch (Refused refused) {
                    refuse(refused.at(place));
                }
            }
        } catch (JacksonException unreadable) {
            refuse(new Finding(1, "", "this is no JSON: " + unreadable.getOriginalMessage()));
        }
    }

    private void take(NewDocument document) {
        read++;
        batch.add(document);
        if (batch.size() == BATCH) {
            flush();
        }
    }

    private void refuse(Finding finding) {
        read++;
        if (findings.size() < MOST_FINDINGS) {
            findings.add(finding);
        }
    }

    private void flush() {
        if (!batch.isEmpty()) {
            written += store.applyAsInt(List.copyOf(batch));
            batch.clear();
        }
    }
}
