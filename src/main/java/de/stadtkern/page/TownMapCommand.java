package de.stadtkern.page;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.identity.Rights;
import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import org.springframework.stereotype.Component;

/// `map FILE`: gives the town its outline and its districts.
@Component
class TownMapCommand implements Command {

    private final Cities cities;
    private final TownAreas areas;
    private final Rights rights;

    TownMapCommand(Cities cities, TownAreas areas, Rights rights) {
        this.cities = cities;
        this.areas = areas;
        this.rights = rights;
    }

    @Override
    public String name() {
        return "map";
    }

    @Override
    public String usage() {
        return "map FILE.geojson [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Sets the outline and the districts that maps of a town show.";
    }

    @Override
    public int run(List<String> words, Terminal terminal) throws IOException {
        boolean plain = words.size() == 1;
        if (!plain && !(words.size() == 3 && words.get(1).equals("--town"))) {
            throw new Problem(Problem.Kind.INVALID, "usage", "Usage: " + usage());
        }
        City city = plain ? cities.defaultCity() : cities.getBySlug(words.get(2));
        var file = terminal.resolve(words.getFirst());
        if (!Files.isReadable(file)) {
            throw new Problem(Problem.Kind.MISSING, "file-missing", "There is no file %s to read.".formatted(file));
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(AreasFile.LARGEST + 1);
        }
        AreasFile given = AreasFile.of(content);
        CityContext.run(city, () -> rights.asOperator(() -> areas.set(given, "")));
        terminal.line("%s: %d areas with a name"
                .formatted(city.name(), given.districts().size()));
        return 0;
    }
}
