package de.stadtkern.city;

import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class RestoreCommand implements Command {

    private final Backups backups;
    private final List<TownWelcome> welcomes;

    RestoreCommand(Backups backups, List<TownWelcome> welcomes) {
        this.backups = backups;
        this.welcomes = welcomes;
    }

    @Override
    public String name() {
        return "restore";
    }

    @Override
    public String usage() {
        return "restore FILE [--town SLUG] [--as SLUG] [--replace NAME]";
    }

    @Override
    public String summary() {
        return "Makes towns out of an archive, after checking all of it; a town that is replaced is archived first.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) throws IOException {
        CommandWords words = new CommandWords(this, given, Set.of("--town", "--as", "--replace"), Set.of());
        if (words.plain().size() != 1) {
            throw words.wrong();
        }
        var wish = new Backups.Wish(
                words.option("--town").orElse(null),
                words.option("--as").orElse(null),
                words.option("--replace").orElse(null));
        for (Backups.Restored restored :
                backups.restore(terminal.resolve(words.plain().getFirst()), wish, BackupCommand.untilGone(terminal))) {
            City city = restored.city();
            terminal.line("Restored: %s. It answers at http://%s.localhost on the port of this Stadtkern."
                    .formatted(city.name(), city.slug()));
            if (!restored.stopped().isEmpty()) {
                terminal.line("It is a copy, so nobody is told anything a second time: %s."
                        .formatted(String.join(", ", restored.stopped())));
            }
            welcomes.forEach(welcome -> welcome.welcome(city).ifPresent(terminal::line));
        }
        return 0;
    }
}
