package de.stadtkern.city;

import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// `town list`, `town add`, `town edit`, `town remove`.
@Component
class TownCommand implements Command {

    private static final String SETTINGS = ". A SETTING is --ars ARS, --host HOST, --language TAG, --colour #RRGGBB,"
        + " --operator TEXT, --address TEXT, --mail TEXT, --privacy TEXT or --enforcement TEXT; --host and --language"
        + " may come several times. --logo takes a PNG or an SVG.";
    private static final int MOST_OF_A_FILE = 1 << 20;

    private final Cities cities;
    private final TownEditor editor;
    private final List<TownWelcome> welcomes;

    TownCommand(Cities cities, TownEditor editor, List<TownWelcome> welcomes) {
        this.cities = cities;
        this.editor = editor;
        this.welcomes = welcomes;
    }

    @Override
    public String name() {
        return "town";
    }

    @Override
    public String usage() {
        return "town list | town add SLUG NAME [--zone ZONE] [SETTING …] | town edit SLUG [--name NAME]"
                + " [--logo FILE | --no-logo] [SETTING …] |"
                + " town remove SLUG --confirm NAME";
    }

    @Override
    public String summary() {
        return "Lists, creates, changes and removes towns; a removed town leaves an archive in the data folder.";
    }

    @Override
    public int run(List<String> words, Terminal terminal) throws IOException {
        switch (words.isEmpty() ? "list" : words.getFirst()) {
            case "list" -> list(terminal);
            case "add" -> add(words.subList(1, words.size()), terminal);
            case "edit" -> edit(words.subList(1, words.size()), terminal);
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
        if (words.size() < 2 || words.get(0).startsWith("--") || words.get(1).startsWith("--")) {
            throw wrong();
        }
        NewCity wish = with(NewCity.named(words.get(0), words.get(1)), words.subList(2, words.size()), true);
        City city = cities.create(wish);
        terminal.line("Created: %s. It answers at http://%s.localhost on the port of this Stadtkern."
                .formatted(city.name(), city.slug()));
        welcomes.forEach(welcome -> welcome.welcome(city).ifPresent(terminal::line));
    }

    /// What is not named stays as it is; host names and languages are replaced as a whole.
    private void edit(List<String> words, Terminal terminal) throws IOException {
        if (words.size() < 2) {
            throw wrong();
        }
        City city = cities.getBySlug(words.getFirst());
        List<String> options = new ArrayList<>(words.subList(1, words.size()));
        boolean removesLogo = options.remove("--no-logo");
        String file = take("--logo", options);
        if (file != null && removesLogo) {
            throw wrong();
        }
        NewCity to = with(NewCity.of(city), options, false);
        City changed =
                editor.edit(city, removesLogo ? to.withLogo("") : to, file == null ? null : read(file, terminal));
        terminal.line("Changed: %s.".formatted(changed.name()));
    }

    /// The value of an option, which is then no longer among them.
    private @Nullable String take(String option, List<String> options) {
        int at = options.indexOf(option);
        if (at < 0) {
            return null;
        }
        if (at + 1 == options.size()) {
            throw wrong();
        }
        options.remove(at);
        return options.remove(at);
    }

    /// More than enough of it to see that it is too large, if it is.
    private static byte[] read(String file, Terminal terminal) throws IOException {
        Path path = terminal.resolve(file);
        if (!Files.isReadable(path)) {
            throw new Problem(Problem.Kind.MISSING, "file-missing", "There is no file %s to read.".formatted(path));
        }
        try (InputStream content = Files.newInputStream(path)) {
            return content.readNBytes(MOST_OF_A_FILE);
        }
    }

    private NewCity with(NewCity given, List<String> options, boolean fresh) {
        NewCity wish = given;
        List<String> hosts = new ArrayList<>();
        List<String> languages = new ArrayList<>();
        Map<String, String> legal = new HashMap<>(given.legal());
        for (int at = 0; at < options.size(); at += 2) {
            if (at + 1 == options.size()) {
                throw wrong();
            }
            String value = options.get(at + 1);
            switch (options.get(at)) {
                case "--name" -> wish = wish.withName(value);
                case "--ars" -> wish = wish.withArs(value);
                case "--colour" -> wish = wish.withColour(value);
                case "--host" -> hosts.add(value);
                case "--language" -> languages.add(value);
                case "--operator", "--address", "--mail", "--privacy", "--enforcement" ->
                    legal.put(options.get(at).substring(2), value);
                case "--zone" -> {
                    if (!fresh) {
                        throw new Problem(
                                Problem.Kind.INVALID,
                                "zone-fixed",
                                "The time zone of a town stays: the days of its values are cut by it.");
                    }
                    wish = wish.withZone(value);
                }
                default -> throw wrong();
            }
        }
        return wish.withHosts(hosts.isEmpty() ? given.hosts() : hosts)
                .withLanguages(languages.isEmpty() ? given.languages() : languages)
                .withLegal(legal);
    }

    private void remove(List<String> words, Terminal terminal) throws IOException {
        if (words.size() != 3 || !words.get(1).equals("--confirm")) {
            throw wrong();
        }
        City city = cities.getBySlug(words.getFirst());
        terminal.line("Removed: %s. Its archive: %s".formatted(city.name(), cities.remove(city, words.get(2))));
    }

    private Problem wrong() {
        return new Problem(Problem.Kind.INVALID, "usage", "It is called so: " + usage() + SETTINGS);
    }
}
