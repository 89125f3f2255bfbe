package de.stadtkern.page;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.Command;
import de.stadtkern.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `map FILE`: gives the town its outline and its districts.
@Component
class TownMapCommand implements Command {

    private static final long LARGEST = 5_000_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final Cities cities;
    private final TownMap map;

    TownMapCommand(Cities cities, TownMap map) {
        this.cities = cities;
        this.map = map;
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
        if (Files.size(file) > LARGEST) {
            throw new Problem(
                    Problem.Kind.TOO_LARGE, "map-too-large", "'%s' has more than 5 MB; simplify it.".formatted(file));
        }
        String text = Files.readString(file);
        requireCollection(text);
        CityContext.run(city, () -> map.set(text));
        int districts = CityContext.call(city, () -> map.districts().size());
        terminal.line("%s: %d areas with a name".formatted(city.name(), districts));
        return 0;
    }

    private static void requireCollection(String text) {
        try {
            JsonNode root = JSON.readTree(text);
            if (root.path("type").asString("").equals("FeatureCollection")) {
                return;
            }
        } catch (JacksonException unreadable) {
            // Said below.
        }
        throw new Problem(
                Problem.Kind.INVALID,
                "map-invalid",
                "The file is no GeoJSON FeatureCollection; each district is one feature.");
    }
}
