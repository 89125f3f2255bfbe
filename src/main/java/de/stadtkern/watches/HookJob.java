package de.stadtkern.watches;

import de.stadtkern.city.TownJob;
import java.time.Duration;
import org.springframework.stereotype.Component;

/// Sends a town's web-hooks.
@Component
class HookJob implements TownJob {

    private final HookQueue hooks;

    HookJob(HookQueue hooks) {
        this.hooks = hooks;
    }

    @Override
    public String name() {
        return "watch-hooks";
    }

    @Override
    public Duration pause() {
        return Duration.ofSeconds(5);
    }

    @Override
    public int atOnce() {
        return 2;
    }

    @Override
    public void run() {
        hooks.sendDue();
        hooks.deleteOld();
    }
}
