package de.stadtkern.demo;

import de.stadtkern.city.City;
import de.stadtkern.city.CityRemoved;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What goes on in the background of a demo town ends with the town. Nobody waits for it: whoever removes a town has
/// closed its tables, so what is still being written waits for them and fails.
@Component
class DemoWork {

    private final Set<Long> leaving = ConcurrentHashMap.newKeySet();

    /// Does the work unless the town is no demo or about to go.
    void in(City city, Runnable work) {
        if (city.demo() && !isLeaving(city)) {
            work.run();
        }
    }

    /// To be asked during long work, which then has to end.
    boolean isLeaving(City city) {
        return leaving.contains(city.id());
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void removed(CityRemoved event) {
        leaving.add(event.city().id());
    }
}
