package de.stadtkern.sources;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Sees to it that some process listens to each broker that is a source of the town.
@Component
class BrokerJob implements TownJob {

    private final ForeignBrokers brokers;

    BrokerJob(ForeignBrokers brokers) {
        this.brokers = brokers;
    }

    @Override
    public String name() {
        return "source-brokers";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        brokers.listenToFree();
    }
}
