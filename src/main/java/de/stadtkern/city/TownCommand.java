package de.stadtkern.city;

import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/// `town list`, `town add`, `town remove`.
@Component
class TownCommand implements Command {

    private final Cities cities;
    private final List<TownWelcome> welcomes;

    TownCommand(Cities cities, List<TownWelcome> welcomes) {
        this.cities = cities;
        this.welcomes = welcomes;
    }

    @Override
    public String name() {
        return "town";
    }

    @Override
    public String usage() {
        return "town list | town add SLUG NAME [--ars ARS] [--zone ZONE] [--host HOST …] | town remove SLUG --confirm"
                + " NAME";
    }

    @Override
    public String summary() {
        return "Lists, creates and removes towns; a removed town leaves an archive in the data folder.";
    }

    @Override
    public int run(List<String> words, Terminal terminal) throws IOException {
        switch (words.isEmpty() ? "list" : words.getFirst()) {
            case "list" -> list(terminal);
            case "add" -> add(words.subList(1, words.size()), terminal);
            case "remove" -> remove(words.subList(1, words.size()), terminal);
            default -> throw wrong();
        }
        return 0;
    }

    private void list(Terminal terminal) {
        for (City city : cities.list()) {
            terminal.line("%-20s %-30s http://%s.localhost%s%s"
                    .formatted(
                            city.slug(),
                            city.name(),
                            city.slug(),
                            city.isDefault() ? "  (default)" : "",
                            city.demo() ? "  (demo)" : ""));
        }
    }

    private void add(List<String> words, Terminal terminal) {
        List<String> plain = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        NewCity wish = null;
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (!word.startsWith("--")) {
                plain.add(word);
                wish = plain.size() == 2 ? NewCity.named(plain.get(0), plain.get(1)) : wish;
                continue;
            }
            if (wish == null || at + 1 == words.size()) {
                throw wrong();
            }
            String value = words.get(++at);
            switch (word) {
                case "--ars" -> wish = wish.withArs(value);
                case "--zone" -> wish = wish.withZone(value);
                case "--host" -> hosts.add(value);
                default -> throw wrong();
            }
        }
        if (wish == null || plain.size() != 2) {
            throw wrong();
        }
        City city = cities.create(wish.withHosts(hosts));
        terminal.line("Created: %s. It answers at http://%s.localhost on the port of this Stadtkern."
                .formatted(city.name(), city.slug()));
        welcomes.forEach(welcome -> welcome.welcome(city).ifPresent(terminal::line));
    }

    private void remove(List<String> words, Terminal terminal) throws IOException {
        if (words.size() != 3 || !words.get(1).equals("--confirm")) {
            throw wrong();
        }
        City city = cities.getBySlug(words.getFirst());
        terminal.line("Removed: %s. Its archive: %s".formatted(city.name(), cities.remove(city, words.get(2))));
    }

    private Problem wrong() {
        return new Problem(Problem.Kind.INVALID, "usage", "It is called so: " + usage());
    }
}
