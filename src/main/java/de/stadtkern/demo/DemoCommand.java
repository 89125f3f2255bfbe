package de.stadtkern.demo;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.springframework.stereotype.Component;

@Component
class DemoCommand implements Command {

    private final Cities cities;

    DemoCommand(Cities cities) {
        this.cities = cities;
    }

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String usage() {
        return "demo remove --confirm \"" + FirstTown.DEMO_NAME + "\"";
    }

    @Override
    public String summary() {
        return "Removes the demo town and everything in it; an archive of it stays in the data folder.";
    }

    @Override
    public int run(List<String> words, Terminal terminal) throws IOException {
        if (words.size() != 3 || !words.get(0).equals("remove") || !words.get(1).equals("--confirm")) {
            throw new Problem(Problem.Kind.INVALID, "usage", "It is called so: " + usage());
        }
        City demo = cities.list().stream()
                .filter(City::demo)
                .findFirst()
                .orElseThrow(() -> new Problem(Problem.Kind.MISSING, "no-demo", "There is no demo town here."));
        Path archive = cities.remove(demo, words.get(2));
        terminal.line("Removed: %s. Its archive: %s".formatted(demo.name(), archive));
        if (cities.list().isEmpty()) {
            City first = cities.create(FirstTown.plain());
            terminal.line("Created: %s, with which you can start.".formatted(first.name()));
        }
        return 0;
    }
}
