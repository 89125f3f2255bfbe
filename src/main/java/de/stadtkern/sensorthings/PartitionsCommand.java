package de.stadtkern.sensorthings;

import de.stadtkern.city.Cities;
import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.installation.Command;
import de.stadtkern.installation.CommandWords;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;

@Component
class PartitionsCommand implements Command {

    private final Cities cities;
    private final Partitions partitions;

    PartitionsCommand(Cities cities, Partitions partitions) {
        this.cities = cities;
        this.partitions = partitions;
    }

    @Override
    public String name() {
        return "partitions";
    }

    @Override
    public String usage() {
        return "partitions monthly|yearly [--town SLUG]";
    }

    @Override
    public String summary() {
        return "Decides how long the partitions are that a town's Observations get from now on.";
    }

    @Override
    public int run(List<String> given, Terminal terminal) {
        CommandWords words = new CommandWords(this, given, Set.of("--town"), Set.of());
        if (words.plain().size() != 1
                || !List.of("monthly", "yearly").contains(words.plain().getFirst())) {
            throw words.wrong();
        }
        boolean monthly = words.plain().getFirst().equals("monthly");
        City city = words.option("--town").map(cities::getBySlug).orElseGet(cities::defaultCity);
        CityContext.run(city, () -> partitions.setMonths(monthly ? 1 : 12));
        terminal.line("%s: a partition for each %s from now on; those there stay as they are."
                .formatted(city.name(), monthly ? "month" : "year"));
        return 0;
    }
}
