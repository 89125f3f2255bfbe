package de.stadtkern.knowledge;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.CityRemoved;
import de.stadtkern.installation.DataFolder;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The indexes of all towns, in the folder `search` of the data folder. Of many towns those asked last are kept open.
@Component
class TownIndexes {

    private static final Logger log = LoggerFactory.getLogger(TownIndexes.class);
    private static final int MOST_OPEN = 100;

    private final Path folder;
    private final KnowledgeStore store;
    private final Everyday everyday;
    private final Map<Long, TownIndex> open = new LinkedHashMap<>(16, 0.75f, true);

    TownIndexes(DataFolder folder, KnowledgeStore store, Everyday everyday) {
        this.everyday = everyday;
        this.folder = folder.resolve("search");
        this.store = store;
    }

    /// That of the bound town.
    TownIndex current() {
        City city = CityContext.current();
        List<TownIndex> idle = new ArrayList<>();
        TownIndex index;
        synchronized (open) {
            index = open.computeIfAbsent(city.id(), _ -> new TownIndex(path(city), store, everyday));
            Iterator<TownIndex> oldest = open.values().iterator();
            while (open.size() > MOST_OPEN) {
                idle.add(oldest.next());
                oldest.remove();
            }
        }
        idle.forEach(TownIndexes::close);
        return index;
    }

    /// A schema may come again as another town.
    private Path path(City city) {
        return folder.resolve("%s-%d".formatted(city.schema(), city.id()));
    }

    private static void close(TownIndex index) {
        try {
            index.close();
        } catch (IOException failed) {
            log.warn("A search index was not closed", failed);
        }
    }

    @EventListener
    void forget(CityRemoved event) {
        TownIndex index;
        synchronized (open) {
            TownIndex known = open.remove(event.city().id());
            index = known == null ? new TownIndex(path(event.city()), store, everyday) : known;
        }
        try {
            index.delete();
        } catch (IOException failed) {
            log.warn("The search index of {} was not deleted", event.city().slug(), failed);
        }
    }

    @PreDestroy
    void close() {
        synchronized (open) {
            open.values().forEach(TownIndexes::close);
            open.clear();
        }
    }
}
