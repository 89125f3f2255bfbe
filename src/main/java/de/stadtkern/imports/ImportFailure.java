package de.stadtkern.imports;

import de.stadtkern.page.Wording;
import de.stadtkern.problem.Problem;
import java.util.List;

/// Why an import failed.
///
/// @param name    of the problem, for a text in the reader's language; empty for failures before names were kept
/// @param facts   what that text names
/// @param message in English, for programs and where there is no such text
public record ImportFailure(String name, List<String> facts, String message) {

    /// An error of ours, which the log tells of.
    static final ImportFailure OURS = new ImportFailure(
            "stadtkern-failed",
            List.of(),
            "Stadtkern failed; the operator finds the reason in the log. What was imported so far stays.");

    static ImportFailure of(Problem problem) {
        List<String> facts = problem.name().equals("mapping-invalid")
                ? List.of(
                        String.valueOf(problem.facts().getOrDefault("field", "")),
                        String.valueOf(problem.facts().getOrDefault("line", 1)),
                        String.valueOf(problem.getMessage()))
                : problem.facts().values().stream().map(String::valueOf).toList();
        return new ImportFailure(problem.name(), facts, String.valueOf(problem.getMessage()));
    }

    public String text(Wording wording) {
        return wording.find("imports.problem." + name, facts.toArray()).orElse(message);
    }
}
