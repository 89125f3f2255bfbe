package de.stadtkern.city;

import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

@Component
class BackupCommand implements Command {

    private final Cities cities;
    private final Backups backups;

    BackupCommand(Cities cities, Backups backups) {
        this.cities = cities;
        this.backups = backups;
    }

    @Override
    public String name() {
        return "backup";
    }

    @Override
    public String usage() {
        return "backup FILE [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Writes all towns, or one, into an archive while they go on working.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        CommandWords words = new CommandWords(this, given, Set.of("--town"), Set.of());
        if (words.plain().size() != 1) {
            throw words.wrong();
        }
        List<City> towns = words.option("--town")
                .map(slug -> List.of(cities.getBySlug(slug)))
                .orElseGet(cities::list);
        Consumer<String> heard = untilGone(terminal);
        Path file = backups.write(
                towns, terminal.resolve(words.plain().getFirst()), progress -> heard.accept(progress.toString()));
        terminal.line("%d town(s) written to %s, %,d bytes".formatted(towns.size(), file, Files.size(file)));
        return 0;
    }

    /// Passes progress on, and ends the work when the person has pressed Ctrl-C.
    static Consumer<String> untilGone(Terminal terminal) {
        return text -> {
            if (terminal.isGone()) {
                throw new Problem(Problem.Kind.CONFLICTING, "stopped", "It was stopped; nothing is left half done.");
            }
            terminal.progress(text);
        };
    }
}
