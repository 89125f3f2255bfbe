package de.stadtkern.footfall;

import de.stadtkern.city.CityContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Listens to what is settled, for tests of what is told.
@Component
class SettledHours {

    private final Map<Long, List<HoursSettled>> heard = new ConcurrentHashMap<>();

    @EventListener
    void on(HoursSettled event) {
        heard.computeIfAbsent(CityContext.current().id(), _ -> new CopyOnWriteArrayList<>())
                .add(event);
    }

    List<HoursSettled> of(long town) {
        return heard.getOrDefault(town, List.of());
    }
}
