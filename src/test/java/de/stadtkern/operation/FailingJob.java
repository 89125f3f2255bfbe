package de.stadtkern.operation;

import de.stadtkern.city.City;
import de.stadtkern.city.CityContext;
import de.stadtkern.city.TownJob;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Fails for the towns it is told to, for tests of what is shown then.
@Component
class FailingJob implements TownJob {

    static final String NAME = "test-failing";

    private final Map<Long, String> failures = new ConcurrentHashMap<>();

    void failFor(City city, String why) {
        failures.put(city.id(), why);
    }

    void workFor(City city) {
        failures.remove(city.id());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        String why = failures.get(CityContext.current().id());
        if (why != null) {
            throw new IllegalStateException(why);
        }
    }
}
