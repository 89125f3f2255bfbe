package de.stadtkern.operation;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/// Fails for the towns it is told to, for tests of what is shown then.
@Component
class FailingListener {

    private final Set<Long> failing = ConcurrentHashMap.newKeySet();

    /// What happened.
    record SomethingHappened(String what) {}

    void failFor(City city) {
        failing.add(city.id());
    }

    void workFor(City city) {
        failing.remove(city.id());
    }

    @ApplicationModuleListener
    void on(SomethingHappened event) {
        if (failing.contains(CityContext.current().id())) {
            throw new IllegalStateException("cannot deal with " + event.what());
        }
    }
}
