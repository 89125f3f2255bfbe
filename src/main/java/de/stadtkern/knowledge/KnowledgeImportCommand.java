package de.stadtkern.knowledge;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.knowledge.DocumentLine.Finding;
import de.stadtkern.problem.Problem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

/// `import-knowledge FILE`: texts from JSON lines.
@Component
class KnowledgeImportCommand implements Command {

    private static final int FINDINGS_SHOWN = 20;

    private final Cities cities;
    private final Documents documents;
    private final Knowledge knowledge;
    private final Rights rights;

    KnowledgeImportCommand(Cities cities, Documents documents, Knowledge knowledge, Rights rights) {
        this.cities = cities;
        this.documents = documents;
        this.knowledge = knowledge;
        this.rights = rights;
    }

    @Override
    public String name() {
        return "import-knowledge";
    }

    @Override
    public String usage() {
        return "import-knowledge FILE [--town SLUG] [--source SLUG]";
    }

    @Override
    public String summary() {
        return "Brings in texts that can be found and quoted: JSON lines with id, url, title, html or text, language,"
                + " updated, audience, owner, tags.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        CommandWords words = new CommandWords(this, given, Set.of("--town", "--source"), Set.of());
        if (words.plain().size() != 1) {
            throw words.wrong();
        }
        City city = words.option("--town").map(cities::getBySlug).orElseGet(cities::defaultCity);
        Path file = terminal.resolve(words.plain().getFirst());
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new Problem(Problem.Kind.MISSING, "file-missing", "There is no file %s to read.".formatted(file));
        }
        DocumentFile.Report report;
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            report = CityContext.call(city, () -> rights.asOperator(() -> bring(lines, words, terminal)));
        } catch (MalformedInputException other) {
            throw new Problem(
                    Problem.Kind.INVALID, "file-encoding", "%s is not written in UTF-8.".formatted(file.getFileName()));
        }
        report.findings().stream().limit(FINDINGS_SHOWN).map(Finding::toString).forEach(terminal::error);
        if (report.findings().size() > FINDINGS_SHOWN) {
            terminal.error("and %d more".formatted(report.findings().size() - FINDINGS_SHOWN));
        }
        terminal.line("%s: %d texts read, %d new or changed, %d refused"
                .formatted(
                        city.name(),
                        report.read(),
                        report.written(),
                        report.findings().size()));
        return report.findings().isEmpty() ? 0 : 1;
    }

    private DocumentFile.Report bring(BufferedReader lines, CommandWords words, Terminal terminal) throws IOException {
        KnowledgeSource source = documents.target(words.option("--source").orElse(""));
        DocumentFile.Report report = DocumentFile.read(lines, batch -> {
            if (terminal.isGone()) {
                throw new Problem(Problem.Kind.CONFLICTING, "cancelled", "Stopped; what was brought in stays.");
            }
            return documents.put(source, batch);
        });
        knowledge.refresh();
        return report;
    }
}
