package de.stadtkern.sources;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Asks the services that are a town's sources.
@Component
class PullJob implements TownJob {

    private final Pulls pulls;

    PullJob(Pulls pulls) {
        this.pulls = pulls;
    }

    @Override
    public String name() {
        return "source-pulls";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(10);
    }

    @Override
    public int atOnce() {
        return 1;
    }

    @Override
    public void run() {
        pulls.askDue();
    }
}
